// SPDX-License-Identifier: Apache-2.0
#include "modules/maps/boundary_file.hpp"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "modules/maps/label_file.hpp"

namespace tsunagi::maps {
namespace {

std::string reason_of(const std::string& name, const std::string& bytes) {
    try {
        (void)read_boundaries(name, bytes);
    } catch (const core::Error& error) {
        return error.reason();
    }
    return "";
}

constexpr const char* square = R"({"type":"Polygon","coordinates":[[[141,35],[142,35],[142,36],[141,35]]]})";

std::string feature(const std::string& properties) {
    return R"({"type":"Feature","properties":)" + properties + R"(,"geometry":)" + square + "}";
}

std::string collection(const std::string& features) {
    return R"({"type":"FeatureCollection","features":[)" + features + "]}";
}

TEST(BoundaryFile, PiecesOfOneMunicipalityAreOneRegion) {
    const std::string ward = R"({"N03_001":"P","N03_003":"City","N03_004":"Ward","N03_007":"99101"})";
    const std::string town = R"({"N03_001":"P","N03_003":"County","N03_004":"Town","N03_007":99361})";
    const std::string nobody = R"({"N03_004":"unsettled","N03_007":null})";
    const auto regions = read_boundaries(
        "x.geojson", collection(feature(ward) + "," + feature(ward) + "," + feature(town) + "," + feature(nobody)));
    ASSERT_EQ(regions.size(), 2U);
    EXPECT_EQ(regions[0].code, "991015");
    EXPECT_EQ(regions[0].name, "CityWard");
    EXPECT_EQ(regions[0].short_name, "Ward");
    EXPECT_EQ(regions[0].polygons.size(), 2U);
    EXPECT_EQ(regions[0].polygons[0][0].size(), 3U) << "the first vertex is not repeated";
    EXPECT_EQ(regions[1].name, "Town");
}

TEST(BoundaryFile, AFileWithoutCodesTellsItByItsName) {
    const std::string bytes = collection(feature(R"({"name":"Somewhere"})"));
    EXPECT_EQ(read_boundaries("39201.geojson", bytes).front().code, "392014");
    EXPECT_EQ(reason_of("kochi.geojson", bytes), "map_without_codes");
}

TEST(BoundaryFile, ArcsOfATopologyAreWalkedEitherWay) {
    const auto regions =
        read_boundaries("x", R"({"type":"Topology","transform":{"scale":[0.1,0.1],"translate":[141,35]},
        "arcs":[[[0,0],[10,0]],[[10,0],[0,10],[-10,-10]],[[0,0],[0,-10],[10,10]]],
        "objects":{"a":{"type":"GeometryCollection","geometries":[
          {"type":"Polygon","arcs":[[0,1]],"properties":{"N03_004":"A","N03_007":"99361"}},
          {"type":"MultiPolygon","arcs":[[[2,-1]]],"properties":{"N03_004":"B","N03_007":"99362"}}]}}})");
    ASSERT_EQ(regions.size(), 2U);
    EXPECT_EQ(regions[0].polygons[0][0],
              (Ring{{14'100'000, 3'500'000}, {14'200'000, 3'500'000}, {14'200'000, 3'600'000}}));
    EXPECT_EQ(regions[1].polygons[0][0],
              (Ring{{14'100'000, 3'500'000}, {14'100'000, 3'400'000}, {14'200'000, 3'500'000}}));
}

TEST(BoundaryFile, WhatIsNoMapIsRefused) {
    EXPECT_EQ(reason_of("x", "{}"), "map_unknown");
    EXPECT_EQ(reason_of("x", "{"), "map_broken");
    EXPECT_EQ(reason_of("x", R"({"type":"FeatureCollection","features":7})"), "map_broken");
    EXPECT_EQ(reason_of("x", R"({"type":"Topology","arcs":[],"objects":{"a":{"type":"GeometryCollection","geometries":
        [{"type":"Polygon","arcs":[[9]],"properties":{"N03_007":"99361"}}]}}})"),
              "map_broken");
    EXPECT_EQ(reason_of("x", collection(R"({"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":
        [[[1000,35],[142,35],[142,36]]]}})")),
              "map_broken");
}

TEST(BoundaryFile, TheRealFilesAreReadWhereTheyAre) {
    const char* named = std::getenv("TSUNAGI_SHARED_DATA");
    const auto folder = (named != nullptr ? std::filesystem::path(named)
                                          : std::filesystem::path(TSUNAGI_SOURCE_DIR) / ".." / "shared" / "data") /
                        "boundaries";
    if (!std::filesystem::exists(folder)) {
        ASSERT_EQ(named, nullptr) << folder << " was named and is not there";
        std::printf("Not looked at: the published files are not in %s.\n", folder.string().c_str());
        return;
    }
    const auto read = [&](const std::string& name) {
        std::ifstream in(folder / name, std::ios::binary);
        auto regions = read_boundaries(name, std::string{std::istreambuf_iterator<char>(in), {}});
        simplify(regions, 12);
        return regions;
    };
    const auto nation = read("smartnews_N03-21_municipality_s0010.topojson");
    EXPECT_GT(nation.size(), 1890U);
    double area = 0;
    for (const auto& region : nation) {
        area += area_km2(region.polygons);
        EXPECT_TRUE(holds(region.polygons, spot_inside(region.polygons))) << region.name;
    }
    EXPECT_NEAR(area, 378'000, 4'000) << "square kilometres of Japan";
    const auto kochi = read("39201.geojson");
    ASSERT_EQ(kochi.size(), 1U);
    EXPECT_NEAR(area_km2(kochi.front().polygons), 309, 4);
}

TEST(LabelFile, TownsAndStationsAreToldApartByTheirColumns) {
    const ColumnNames names{{"city", "municipality"},
                            {"town", "town"},
                            {"station_name", "station"},
                            {"lat", "latitude"},
                            {"lng", "longitude"}};
    const auto towns =
        read_labels(names, "pref,city,town,koaza,lat,lng\nP,C,T,a,35.0,141.0\nP,C,T,b,35.2,141.2\nP,C,U,,,\n");
    EXPECT_EQ(towns.kind, LabelKind::town);
    ASSERT_EQ(towns.spots.size(), 1U);
    EXPECT_EQ(towns.spots[0].area, "C");
    EXPECT_DOUBLE_EQ(towns.spots[0].latitude, 35.1);
    EXPECT_EQ(towns.without_place, 1);
    const auto stations = read_labels(names, "station_name,lat,lng\nS,35.0,141.0\nS,36.0,141.0\n");
    EXPECT_EQ(stations.kind, LabelKind::station);
    EXPECT_EQ(stations.spots.size(), 2U) << "of the same name, far apart";
    EXPECT_THROW((void)read_labels(names, "a,b\n1,2\n"), core::Error);
    EXPECT_THROW((void)read_labels(names, "\x1F\x8Bnonsense"), core::Error);
}

}  // namespace
}  // namespace tsunagi::maps
