// SPDX-License-Identifier: Apache-2.0
// The words of one field as they are compared: one letter for what is written in several ways, each with its place.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <unicode/unistr.h>

namespace tsunagi::anonymisation {

/// `letters` has one letter for each letter of the text (a half-width kana with its voiced mark is one, a variation
/// selector none): width, old forms of kanji and hyphens are made the same, line ends stay. `sounds` is as long, with
/// hiragana as katakana, small kana as large and capitals as small letters.
struct WrittenText {
    icu::UnicodeString original;
    std::u32string letters;
    std::u32string sounds;
    std::vector<std::int32_t> from;  ///< where in `original` the letter begins, in UTF-16 code units
    std::vector<std::int32_t> to;    ///< and ends, with what belongs to it

    [[nodiscard]] std::size_t size() const { return letters.size(); }
};

/// Letters that are looked for as another one: 髙 as 高.
using SameLetters = std::map<char32_t, char32_t>;

/// Whatever the bytes: those that are no UTF-8 count as U+FFFD.
[[nodiscard]] WrittenText written(std::string_view text, const SameLetters& same);
/// The `sounds` of a text without blanks.
[[nodiscard]] std::u32string sounds_of(std::string_view text, const SameLetters& same);
/// The letters as they are compared, blanks kept.
[[nodiscard]] std::u32string letters_of(std::string_view text, const SameLetters& same);
[[nodiscard]] std::string to_utf8(std::u32string_view letters);

[[nodiscard]] bool is_kanji(char32_t letter);
[[nodiscard]] bool is_kana(char32_t letter);
[[nodiscard]] bool is_blank(char32_t letter);

}  // namespace tsunagi::anonymisation
