// SPDX-License-Identifier: Apache-2.0
// Texts as the search compares them: one form for everything that people write in several. The original is never
// changed; a folded text knows where each of its letters came from.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace tsunagi::search {

/// A folded text with the place of each letter in the original.
struct FoldedText {
    std::u32string letters;
    std::vector<std::uint32_t> from;  ///< byte where the original of the letter begins
    std::vector<std::uint32_t> to;    ///< byte behind it
};

/// NFKC, small letters, hiragana as katakana, small kana as large ones, old forms of kanji as their present one.
/// Blanks but those between Latin words and the long vowel mark behind kana fall away, as does a hyphen between two
/// digits (telephone numbers). Folding a folded text changes nothing. For several threads.
class Folding {
public:
    /// Each text is a group of letters that are looked for as its first one.
    explicit Folding(const std::vector<std::string>& same_letters);

    [[nodiscard]] std::u32string fold(std::string_view text) const;
    [[nodiscard]] FoldedText fold_with_places(std::string_view text) const;

private:
    template <class Out>
    void each_letter(std::string_view text, Out& out) const;

    std::vector<char32_t> plain_;  ///< of the letters below U+10000; see folded_text.cpp
    std::unordered_map<char32_t, std::u32string> several_;
    std::unordered_map<char32_t, char32_t> present_form_;
};

/// What a letter was written in. Folding makes one form of both kana; where words begin and end shows in the original.
enum class Script : std::uint8_t { kanji, hiragana, katakana, latin, digit, other };

/// Of each letter of the folded text.
[[nodiscard]] std::vector<Script> scripts_of(const FoldedText& folded, std::string_view original);

/// The letters as UTF-8.
[[nodiscard]] std::string to_utf8(std::u32string_view letters);

[[nodiscard]] inline bool is_kanji(char32_t letter) {
    return (letter >= 0x3400 && letter <= 0x9FFF) || (letter >= 0xF900 && letter <= 0xFAFF) ||
           (letter >= 0x20000 && letter <= 0x3FFFF) || letter == 0x3005;
}

[[nodiscard]] inline bool is_latin(char32_t letter) {
    return letter >= U'a' && letter <= U'z';
}

[[nodiscard]] inline bool is_digit(char32_t letter) {
    return letter >= U'0' && letter <= U'9';
}

}  // namespace tsunagi::search
