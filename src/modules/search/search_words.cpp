// SPDX-License-Identifier: Apache-2.0
#include "modules/search/search_words.hpp"

#include <algorithm>
#include <stdexcept>

#include <yaml-cpp/yaml.h>

namespace tsunagi::search {
namespace {

/// Raise it when texts are folded or cut into keys differently, or another field is looked through: every index is then
/// made anew.
constexpr int form_version = 2;

YAML::Node list(const YAML::Node& root, const char* name) {
    YAML::Node node = root[name];
    if (!node || !node.IsSequence())
        throw std::runtime_error(std::string("needs a list `") + name + "`");
    return node;
}

std::string fingerprint_of(const std::vector<std::string>& letters) {
    std::uint64_t hash = 14695981039346656037ULL;  // FNV-1a
    for (const std::string& group : letters) {
        for (const char c : group + "\n")
            hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    }
    return std::to_string(form_version) + "-" + std::to_string(hash);
}

}  // namespace

SearchWords read_search_words(const std::filesystem::path& file) {
    try {
        const YAML::Node root = YAML::LoadFile(file.string());
        if (!root.IsMap())
            throw std::runtime_error("must be a map");
        const auto letters = list(root, "same_letters").as<std::vector<std::string>>();
        SearchWords words{.folding = Folding(letters), .synonyms = {}, .fingerprint = fingerprint_of(letters)};
        for (const YAML::Node& node : list(root, "synonyms")) {
            std::vector<Synonym> group;
            for (const auto& word : node.as<std::vector<std::string>>()) {
                std::u32string folded = words.folding.fold(word);
                if (folded.size() < 2)
                    throw std::runtime_error("a synonym has at least two letters: \"" + word + "\"");
                if (std::ranges::find(group, folded, &Synonym::folded) == group.end())
                    group.push_back({word, std::move(folded)});
            }
            words.synonyms.push_back(std::move(group));
        }
        return words;
    } catch (const std::runtime_error& error) {
        throw std::runtime_error(file.string() + ": " + error.what());
    }
}

}  // namespace tsunagi::search
