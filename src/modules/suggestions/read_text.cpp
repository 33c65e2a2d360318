// SPDX-License-Identifier: Apache-2.0
#include "modules/suggestions/read_text.hpp"

#include <algorithm>

namespace tsunagi::suggestions {
namespace {

using search::Script;

constexpr unsigned letter_bits = 21;
/// So many kana behind a single kanji belong to its word; more would often be a particle.
constexpr std::uint32_t most_kana_behind = 1;
constexpr std::uint32_t shortest_kana_word = 3;

bool is_of_words(Script script) {
    return script != Script::digit && script != Script::other;
}

}  // namespace

std::string joined(const std::vector<std::string_view>& fields) {
    std::string text;
    for (const std::string_view field : fields) {
        text += field;
        text += '|';
    }
    std::ranges::replace(text, '\n', '|');
    return text;
}

ReadText read_text(std::string joined, const search::Folding& folding) {
    ReadText text;
    text.original = std::move(joined);
    text.folded = folding.fold_with_places(text.original);
    text.scripts = search::scripts_of(text.folded, text.original);
    const std::u32string& letters = text.folded.letters;
    text.places.reserve(2 * letters.size());
    for (std::uint32_t i = 0; i + 1 < letters.size(); ++i) {
        if (!is_of_words(text.scripts[i]) || !is_of_words(text.scripts[i + 1]))
            continue;
        const Letters two = Letters{letters[i]} << (2 * letter_bits) | Letters{letters[i + 1]} << letter_bits;
        text.places.push_back({two, i, 2});
        if (i + 2 < letters.size() && is_of_words(text.scripts[i + 2]))
            text.places.push_back({two | Letters{letters[i + 2]}, i, 3});
    }
    return text;
}

std::vector<Word> words_of(const ReadText& text) {
    std::vector<Word> words;
    const auto size = static_cast<std::uint32_t>(text.scripts.size());
    const auto run = [&](std::uint32_t from) {
        std::uint32_t to = from;
        while (to < size && text.scripts[to] == text.scripts[from])
            ++to;
        return to;
    };
    for (std::uint32_t at = 0; at < size;) {
        const std::uint32_t end = run(at);
        switch (text.scripts[at]) {
            case Script::kanji:
                if (end - at > 1) {
                    words.push_back({at, end});
                } else if (end < size && text.scripts[end] == Script::hiragana) {
                    const std::uint32_t behind = std::min(run(end), end + most_kana_behind);
                    words.push_back({at, behind});
                    at = behind;
                    continue;
                }
                break;
            case Script::katakana:
            case Script::latin:
                if (end - at > 1)
                    words.push_back({at, end});
                break;
            case Script::hiragana:
                if (end - at >= shortest_kana_word)
                    words.push_back({at, end});
                break;
            default:
                break;
        }
        at = end;
    }
    return words;
}

std::string original_of(const ReadText& text, const Word& word) {
    const std::size_t from = text.folded.from[word.begin];
    return text.original.substr(from, text.folded.to[word.end - 1] - from);
}

}  // namespace tsunagi::suggestions
