// SPDX-License-Identifier: Apache-2.0
#include "modules/suggestions/code_words.hpp"

#include <algorithm>
#include <stdexcept>

#include <yaml-cpp/yaml.h>

namespace tsunagi::suggestions {
namespace {

/// A doubt or a denial stands at most so many letters behind the word.
constexpr std::size_t reach = 6;

std::u32string folded(const std::string& word, const search::Folding& folding) {
    std::u32string letters = folding.fold(word);
    if (letters.size() < 2)
        throw std::runtime_error("a word has at least two letters: \"" + word + "\"");
    return letters;
}

void read_file(const std::filesystem::path& file, const search::Folding& folding, CodeWords& words) {
    const YAML::Node root = YAML::LoadFile(file.string());
    if (!root.IsMap())
        throw std::runtime_error("must be a map");
    for (const auto& part : root) {
        const auto name = part.first.as<std::string>();
        if (name == "doubts" || name == "denials") {
            for (const auto& word : part.second.as<std::vector<std::string>>())
                (name == "doubts" ? words.doubts : words.denials).push_back(folded(word, folding));
            continue;
        }
        if (std::ranges::find(suggested_schemes(), name) == suggested_schemes().end())
            throw std::runtime_error("no codes of the scheme \"" + name + "\" are suggested");
        for (const auto& code : part.second) {
            auto& list = words.words[{name, code.first.as<std::string>()}];
            for (const auto& word : code.second.as<std::vector<std::string>>())
                list.push_back(folded(word, folding));
        }
    }
}

bool stands_behind(const std::vector<std::u32string>& what, std::u32string_view text, std::size_t end) {
    const std::u32string_view behind = text.substr(end, reach + 4);
    return std::ranges::any_of(what, [&](const std::u32string& word) {
        const std::size_t at = behind.find(word);
        return at != std::u32string_view::npos && at <= reach;
    });
}

}  // namespace

const std::vector<std::string>& suggested_schemes() {
    static const std::vector<std::string> schemes{"topic", "scene", "element", "relisted"};
    return schemes;
}

CodeWords read_code_words(const std::filesystem::path& packs, const search::Folding& folding) {
    CodeWords words;
    std::vector<std::filesystem::path> files;
    for (const auto& folder : std::filesystem::directory_iterator(packs)) {
        if (auto file = folder.path() / "classify_words.yaml"; std::filesystem::exists(file))
            files.push_back(std::move(file));
    }
    std::ranges::sort(files);
    for (const auto& file : files) {
        try {
            read_file(file, folding, words);
        } catch (const std::runtime_error& error) {
            throw std::runtime_error(file.string() + ": " + error.what());
        }
    }
    return words;
}

std::vector<WordFound> find_words(const CodeWords& words, const CodeKey& code, const ReadText& text) {
    std::vector<WordFound> found;
    const auto list = words.words.find(code);
    if (list == words.words.end())
        return found;
    const std::u32string_view letters = text.folded.letters;
    for (const std::u32string& word : list->second) {
        for (std::size_t at = letters.find(word); at != std::u32string_view::npos;
             at = letters.find(word, at + word.size())) {
            const std::size_t end = at + word.size();
            if (stands_behind(words.denials, letters, end))
                continue;
            found.push_back({.place = {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)},
                             .doubted = stands_behind(words.doubts, letters, end)});
        }
    }
    return found;
}

}  // namespace tsunagi::suggestions
