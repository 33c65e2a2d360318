// SPDX-License-Identifier: Apache-2.0
#include "core/municipality_code.hpp"

#include <gtest/gtest.h>

namespace tsunagi::core {
namespace {

TEST(MunicipalityCode, TheSixthDigitChecksTheOthers) {
    EXPECT_EQ(municipality_check_digit("01100"), '2');  // 札幌市
    EXPECT_EQ(municipality_check_digit("13101"), '6');  // 千代田区: the remainder is 5
    for (const char* right : {"011002", "131016", "392014", "152226", "991007", "993611"})
        EXPECT_TRUE(is_municipality_code(right)) << right;
    for (const char* wrong : {"", "01100", "011003", "0110021", "01100a", "131015"})
        EXPECT_FALSE(is_municipality_code(wrong)) << wrong;
}

TEST(MunicipalityCode, FiveDigitsGetTheSixthAndNothingElseDoes) {
    EXPECT_EQ(six_digit_code("01100"), "011002");
    EXPECT_EQ(six_digit_code("011002"), "011002");
    EXPECT_EQ(six_digit_code("0110"), "0110");
    EXPECT_EQ(six_digit_code("北海道"), "北海道");
}

}  // namespace
}  // namespace tsunagi::core
