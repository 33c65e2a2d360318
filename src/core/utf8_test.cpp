// SPDX-License-Identifier: Apache-2.0
#include "core/utf8.hpp"

#include <string>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace tsunagi::core {
namespace {

TEST(Utf8, CountsCodePoints) {
    EXPECT_EQ(utf8_length(""), 0U);
    EXPECT_EQ(utf8_length("abc"), 3U);
    EXPECT_EQ(utf8_length("髙﨑濵邉"), 4U);
    EXPECT_EQ(utf8_length("𠮷"), 1U);
    EXPECT_EQ(utf8_length("辻󠄀"), 2U) << "the variation selector is a code point of its own";
    EXPECT_EQ(utf8_length("①Ⅰ㎝㌢〇々"), 6U);
    EXPECT_EQ(utf8_length("\xf4\x8f\xbf\xbf"), 1U);
}

TEST(Utf8, RefusesWhatIsNotWellFormed) {
    using namespace std::string_view_literals;
    for (const std::string_view bad :
         {"\x80"sv, "\xff"sv, "\xc0\xaf"sv, "\xc1\xbf"sv, "\xe0\x80\xaf"sv, "\xe0\x9f\xbf"sv, "\xf0\x80\x80\x80"sv,
          "\xf0\x8f\xbf\xbf"sv, "\xed\xa0\x80"sv, "\xed\xbf\xbf"sv, "\xf4\x90\x80\x80"sv, "\xf5\x80\x80\x80"sv,
          "\xe9\xab"sv, "\xe9"sv, "\xf0\xa0\xae"sv, "a\0b"sv, "\xe9\x41\x99"sv, "\x90\x7d"sv /* CP932 */}) {
        EXPECT_FALSE(utf8_length(bad));
    }
}

/// The bytes of a code point, written independently of the reader.
std::string encoded(char32_t c) {
    const auto byte = [](char32_t value) { return static_cast<char>(static_cast<unsigned char>(value)); };
    if (c < 0x80)
        return {byte(c)};
    if (c < 0x800)
        return {byte(0xc0U | (c >> 6U)), byte(0x80U | (c & 0x3fU))};
    if (c < 0x10000)
        return {byte(0xe0U | (c >> 12U)), byte(0x80U | ((c >> 6U) & 0x3fU)), byte(0x80U | (c & 0x3fU))};
    return {byte(0xf0U | (c >> 18U)), byte(0x80U | ((c >> 12U) & 0x3fU)), byte(0x80U | ((c >> 6U) & 0x3fU)),
            byte(0x80U | (c & 0x3fU))};
}

TEST(Utf8, KnowsEveryCodePoint) {
    for (char32_t c = 1; c <= 0x110000; ++c) {
        const bool exists = c < 0x110000 && (c < 0xd800 || c > 0xdfff);
        ASSERT_EQ(utf8_length(encoded(c)).has_value(), exists) << std::hex << static_cast<std::uint32_t>(c);
    }
}

TEST(Utf8, BlankIsWhiteSpaceOfEitherWidth) {
    for (const char* text : {"", " ", "\t\r\n", "\u3000", " \u3000 "})
        EXPECT_TRUE(is_blank(text)) << text;
    for (const char* text : {"a", " a", "\u3000。", "\u3001", "\xe3\x80"})
        EXPECT_FALSE(is_blank(text)) << text;
}

RC_GTEST_PROP(Utf8Laws, LengthsAddUp, ()) {
    const auto points = *rc::gen::container<std::vector<std::uint32_t>>(rc::gen::inRange<std::uint32_t>(1, 0xd7ff));
    std::string text;
    for (const auto point : points)
        text += encoded(point);
    RC_ASSERT(utf8_length(text) == points.size());
}

}  // namespace
}  // namespace tsunagi::core
