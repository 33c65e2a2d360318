// SPDX-License-Identifier: Apache-2.0
// The texts of a sheet as the suggestions read them. Pure.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "modules/search/search_service.hpp"

namespace tsunagi::suggestions {

/// Two or three letters side by side, none of them a digit or a mark.
using Letters = std::uint64_t;

struct ReadText {
    /// Where letters stand in the folded text.
    struct Place {
        Letters letters = 0;
        std::uint32_t begin = 0;
        std::uint32_t length = 0;
    };

    std::string original;
    search::FoldedText folded;
    std::vector<search::Script> scripts;
    std::vector<Place> places;
};

/// The fields behind each other; neither they nor their lines run into each other.
[[nodiscard]] std::string joined(const std::vector<std::string_view>& fields);

[[nodiscard]] ReadText read_text(std::string joined, const search::Folding& folding);

/// A piece of the text as somebody would name it: kanji, katakana or Latin letters that stand together, a single kanji
/// with the kana behind it, three kana or more.
struct Word {
    std::uint32_t begin = 0;  ///< in the folded text
    std::uint32_t end = 0;
};

[[nodiscard]] std::vector<Word> words_of(const ReadText& text);

/// The original of a part of the folded text.
[[nodiscard]] std::string original_of(const ReadText& text, const Word& word);

}  // namespace tsunagi::suggestions
