// SPDX-License-Identifier: Apache-2.0
#include "modules/maps/background_rules.hpp"

#include <string>

#include <gtest/gtest.h>

namespace tsunagi::maps {
namespace {

Wanted of(std::string_view range, std::uint64_t size = 1000) {
    return wanted_part(range, "", "\"t\"", size);
}

const Wanted whole{};
const Wanted outside{std::nullopt, true};

Wanted part(std::uint64_t first, std::uint64_t last) {
    return {ByteRange{first, last}, false};
}

TEST(BackgroundRules, OneRangeIsOnePart) {
    EXPECT_EQ(of("bytes=0-126"), part(0, 126));
    EXPECT_EQ(of("bytes=990-2000"), part(990, 999)) << "what lies behind the end is left out";
    EXPECT_EQ(of("bytes=990-"), part(990, 999));
    EXPECT_EQ(of("bytes=-10"), part(990, 999));
    EXPECT_EQ(of("bytes=-5000"), part(0, 999));
    EXPECT_EQ(of("bytes=7-7"), part(7, 7));
}

TEST(BackgroundRules, WhatLiesOutsideIsRefusedAndWhatIsNoRangeMeansAll) {
    EXPECT_EQ(of("bytes=1000-1001"), outside);
    EXPECT_EQ(of("bytes=-0"), outside);
    EXPECT_EQ(of("bytes=0-0", 0), outside);
    for (const char* text : {"", "bytes=", "bytes=-", "bytes=a-b", "bytes=5-4", "bytes=0-1,3-4", "lines=0-1",
                             "bytes=0-99999999999999999999999", "bytes=1-x", "bytes= 0-1"})
        EXPECT_EQ(of(text), whole) << text;
}

TEST(BackgroundRules, AnotherFileIsSentWhole) {
    EXPECT_EQ(wanted_part("bytes=0-9", "\"t\"", "\"t\"", 1000), part(0, 9));
    EXPECT_EQ(wanted_part("bytes=0-9", "\"other\"", "\"t\"", 1000), whole);
}

TEST(BackgroundRules, NoAnswerIsLargerThanTheMost) {
    const std::uint64_t size = most_at_once * 3;
    EXPECT_EQ(of("bytes=10-", size), part(10, 9 + most_at_once));
}

TEST(BackgroundRules, AnArchiveIsKnownByItsFirstBytes) {
    EXPECT_TRUE(is_pmtiles(std::string_view("PMTiles\3rest", 12)));
    EXPECT_FALSE(is_pmtiles(std::string_view("PMTiles\2rest", 12))) << "an older version";
    EXPECT_FALSE(is_pmtiles("PMTiles"));
    EXPECT_FALSE(is_pmtiles(""));
}

}  // namespace
}  // namespace tsunagi::maps
