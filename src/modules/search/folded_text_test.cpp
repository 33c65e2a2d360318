// SPDX-License-Identifier: Apache-2.0
#include "modules/search/folded_text.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "modules/search/search_words.hpp"

namespace tsunagi::search {
namespace {

const Folding& folding() {
    static const SearchWords words =
        read_search_words(std::filesystem::path(TSUNAGI_SOURCE_DIR) / "packs/standard/search_words.yaml");
    return words.folding;
}

std::string folded(std::string_view text) {
    return to_utf8(folding().fold(text));
}

TEST(FoldedText, WhatIsWrittenInSeveralWaysIsOne) {
    // Wide and narrow, hiragana and katakana, small and large kana, with and without the long vowel mark.
    EXPECT_EQ(folded("\uFF8C\uFF9F\uFF97\uFF9D"), folded("\u30D7\u30E9\u30F3"));
    EXPECT_EQ(folded("\u3051\u3042\u307E\u306D"), folded("\u30B1\u30A2\u30DE\u30CD"));
    EXPECT_EQ(folded("\u971E\u30F6\u95A2"), folded("\u971E\u30B1\u95A2"));
    EXPECT_EQ(folded("\u30B5\u30FC\u30D3\u30B9"), folded("\u30B5\u30D3\u30B9"));
    EXPECT_EQ(folded("\uFF21\uFF2C\uFF33"), "als");
    // Old forms, with a variation selector too, and letters outside the first plane.
    EXPECT_EQ(folded("\u9AD9\uFA11"), folded("\u9AD8\u5D0E"));
    EXPECT_EQ(folded("\u908A\U000E0101"), folded("\u8FBA"));
    EXPECT_EQ(folded("\U00020BB7"), folded("\u5409"));
    // Letters that stand for several.
    EXPECT_EQ(folded("\u3231"), "(\u682A)");
    EXPECT_EQ(folded("\u2460"), "1");
    // Blanks fall away, and hyphens between digits.
    EXPECT_EQ(folded("\u7530\u4E2D\u3000\u82B1\u5B50"), folded("\u7530\u4E2D\u82B1\u5B50"));
    EXPECT_EQ(folded("0944-12\u22123456"), "0944123456");
    EXPECT_EQ(folded("\uFF10\u30FC\uFF11"), "01");
    EXPECT_EQ(folded("R8-0412"), "r80412");
    EXPECT_EQ(folded("a-b"), "a-b");
    EXPECT_EQ(folded(" Night \n visit 3 \u8A2A "), "night visit3\u8A2A");
}

TEST(FoldedText, KnowsWhereALetterCameFrom) {
    const std::string text = "\u9AD9 \uFF76\uFF9E\u30FC\uFF8C\uFF9E!";  // an old form, a blank, narrow voiced kana
    const FoldedText found = folding().fold_with_places(text);
    ASSERT_EQ(to_utf8(found.letters), "\u9AD8\u30AC\u30D6!");
    EXPECT_EQ(text.substr(found.from[1], found.to[1] - found.from[1]), "\uFF76\uFF9E");
    EXPECT_EQ(found.to.back(), text.size());
}

TEST(FoldedText, BytesThatAreNoTextFallAway) {
    EXPECT_EQ(folded("a\xFF\xE3\x81z\xC0"), "az");
}

/// Texts of the letters that meet each other in records, and of any others.
rc::Gen<std::string> texts() {
    const auto letter =
        rc::gen::oneOf(rc::gen::inRange<char32_t>(0x20, 0x7F), rc::gen::inRange<char32_t>(0x3000, 0x3100),
                       rc::gen::inRange<char32_t>(0xFF00, 0xFFE6), rc::gen::inRange<char32_t>(0x4E00, 0xA000),
                       rc::gen::inRange<char32_t>(0x300, 0x310), rc::gen::inRange<char32_t>(0xA0, 0xD7A4),
                       rc::gen::inRange<char32_t>(0xF900, 0x10000), rc::gen::inRange<char32_t>(0x1F000, 0x2FA20));
    return rc::gen::map(rc::gen::container<std::u32string>(letter),
                        [](const std::u32string& letters) { return to_utf8(letters); });
}

RC_GTEST_PROP(FoldedText, FoldingAFoldedTextChangesNothing, ()) {
    const std::string text = *texts();
    const std::string once = folded(text);
    RC_ASSERT(folded(once) == once);
}

RC_GTEST_PROP(FoldedText, PlacesAreThoseOfTheLetters, ()) {
    const std::string text = *texts();
    const FoldedText found = folding().fold_with_places(text);
    RC_ASSERT(found.letters == folding().fold(text));
    RC_ASSERT(found.from.size() == found.letters.size() && found.to.size() == found.letters.size());
    for (std::size_t i = 0; i < found.letters.size(); ++i) {
        RC_ASSERT(found.from[i] < found.to[i] && found.to[i] <= text.size());
        if (i > 0)
            RC_ASSERT(found.from[i - 1] <= found.from[i]);
    }
}

}  // namespace
}  // namespace tsunagi::search
