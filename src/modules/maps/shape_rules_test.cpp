// SPDX-License-Identifier: Apache-2.0
#include "modules/maps/shape_rules.hpp"

#include <algorithm>
#include <set>

#include <gtest/gtest.h>

namespace tsunagi::maps {
namespace {

/// Two squares side by side; the border between them has a small tooth every few metres, written once each way round.
std::vector<Region> neighbours() {
    Ring border;
    for (int i = 0; i <= 100; ++i)
        border.push_back({100'000 + (i % 2 == 0 || i == 100 ? 0 : 5), i * 1000});
    Ring west{{0, 100'000}, {0, 0}};
    west.insert(west.end(), border.begin(), border.end());
    Ring east(border.rbegin(), border.rend());
    east.insert(east.end(), {{200'000, 0}, {200'000, 100'000}});
    return {{"1", "", "", {{west}}}, {"2", "", "", {{east}}}};
}

TEST(ShapeRules, ABorderOfTwoRegionsIsSimplifiedOnceForBoth) {
    auto regions = neighbours();
    simplify(regions, 12);
    const Ring& west = regions[0].polygons.front().front();
    const Ring& east = regions[1].polygons.front().front();
    EXPECT_LT(west.size(), 10U) << "teeth of five metres go";
    std::set<Vertex> in_west(west.begin(), west.end());
    const auto shared = std::ranges::count_if(east, [&](const Vertex& one) { return in_west.contains(one); });
    EXPECT_EQ(shared, static_cast<std::ptrdiff_t>(east.size()) - 2);
    regions = neighbours();
    simplify(regions, 1);
    EXPECT_EQ(regions[0].polygons.front().front().size(), 103U) << "but not where they are seen";
}

TEST(ShapeRules, WhatBecomesNothingGoes) {
    std::vector<Region> regions{{"1", "", "", {{{{0, 0}, {5, 0}, {0, 5}}}, {{{0, 0}, {0, 9000}, {9000, 0}}}}}};
    simplify(regions, 100);
    EXPECT_EQ(regions.front().polygons.size(), 1U);
}

TEST(ShapeRules, AHoleIsNotInside) {
    const Ring outer{{0, 0}, {90'000, 0}, {90'000, 90'000}, {0, 90'000}};
    const Ring hole{{30'000, 30'000}, {60'000, 30'000}, {60'000, 60'000}, {30'000, 60'000}};
    const std::vector<Polygon> polygons{{outer, hole}};
    EXPECT_TRUE(holds(polygons, {10'000, 10'000}));
    EXPECT_FALSE(holds(polygons, {45'000, 45'000}));
    EXPECT_FALSE(holds(polygons, {95'000, 45'000}));
    const Vertex spot = spot_inside(polygons);
    EXPECT_TRUE(holds(polygons, spot)) << "the middle lies in the hole";
    EXPECT_NEAR(area_km2(polygons), area_km2({{outer}}) * 8 / 9, 1);
    EXPECT_NEAR(area_km2({{outer}}), 0.9 * 111.195 * 0.9 * 111.195, 20);
}

}  // namespace
}  // namespace tsunagi::maps
