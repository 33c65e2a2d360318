// SPDX-License-Identifier: Apache-2.0
#include "modules/resources/spot_rules.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace tsunagi::resources {
namespace {

TEST(SpotRules, ASpotIsTwoNumbersAndABoxFour) {
    ASSERT_TRUE(spot_of("35.6,141.25"));
    EXPECT_DOUBLE_EQ(spot_of("35.6,141.25")->longitude, 141.25);
    for (const char* bad : {"", "35.6", "35.6,", "35.6,141.2,1", "35.6 ,141", "north,east", "91,0", "0,181", "nan,0"})
        EXPECT_FALSE(spot_of(bad)) << bad;
    EXPECT_TRUE(box_of("141,35,142,36"));
    for (const char* bad : {"141,35,142", "142,35,141,36", "141,36,142,35", "141,35,142,91"})
        EXPECT_FALSE(box_of(bad)) << bad;
}

TEST(SpotRules, ADegreeOfLatitudeIsAHundredAndElevenKilometres) {
    EXPECT_NEAR(metres_between({35, 139}, {36, 139}), 111'195, 10);
    EXPECT_NEAR(metres_between({35.681, 139.767}, {34.702, 135.495}), 403'000, 1'500) << "Tokyo and Osaka stations";
    EXPECT_DOUBLE_EQ(metres_between({35, 139}, {35, 139}), 0);
}

TEST(SpotRules, TheFlatMeasureAgreesWithTheRoundOneNearby) {
    const Spot here{35.6, 141.2};
    for (const Spot there : {Spot{35.7, 141.2}, Spot{35.6, 141.4}, Spot{35.45, 141.05}}) {
        const auto scale = square_scale(here);
        const double up = there.latitude - here.latitude;
        const double across = there.longitude - here.longitude;
        const double flat = std::sqrt(up * up * scale.latitude + across * across * scale.longitude);
        EXPECT_NEAR(flat / metres_between(here, there), 1, 0.003);
        const Box box = around(here, metres_between(here, there));
        EXPECT_TRUE(box.west <= there.longitude && there.longitude <= box.east);
        EXPECT_TRUE(box.south <= there.latitude && there.latitude <= box.north);
    }
}

}  // namespace
}  // namespace tsunagi::resources
