// SPDX-License-Identifier: Apache-2.0
#include "modules/maps/maps_service.hpp"

#include "tests/support/city_test.hpp"

namespace tsunagi::maps {
namespace {

using test::faults;

class MapsServiceTest : public test::CityTest {
protected:
    void SetUp() override {
        CityTest::SetUp();
        if (IsSkipped())
            return;
        uploads = std::make_unique<uploads::UploadService>(database(), std::string(32, 'u'), clock);
        maps = std::make_unique<MapsService>(
            database(), *audit, *uploads, std::filesystem::path(TSUNAGI_SOURCE_DIR) / "packs/standard/map_columns.yaml",
            clock);
        administrator.name = "Administrator";
        administrator.permissions = {"places.manage"};
    }

    static std::string boundaries(const std::vector<std::string>& codes, const std::string& name) {
        std::string features;
        for (const std::string& code : codes) {
            features +=
                (features.empty() ? "" : ",") +
                (R"({"type":"Feature","properties":{"N03_004":")" + name + R"(","N03_007":")" + code +
                 R"("},"geometry":{"type":"Polygon","coordinates":[[[141,35],[142,35],[142,36],[141,36],[141,35]]]}})");
        }
        return R"({"type":"FeatureCollection","features":[)" + features + "]}";
    }

    std::unique_ptr<uploads::UploadService> uploads;
    std::unique_ptr<MapsService> maps;
    access::Actor administrator;
};

TSUNAGI_BOTH_ENGINES(MapsServiceTest);

TEST_P(MapsServiceTest, ANewerFileTakesThePlaceOfTheSameRegions) {
    (void)maps->import(administrator, "a.geojson", boundaries({"15101", "15102", "15222"}, "old"));
    const auto second = maps->import(administrator, "b.geojson", boundaries({"15222"}, "new"));
    MapRegionFilter filter;
    filter.municipality = {"151009"};
    EXPECT_EQ(maps->regions(filter).items.size(), 2U) << "a city covers its wards";
    filter.municipality = {"15222"};
    const auto found = maps->regions(filter);
    ASSERT_EQ(found.items.size(), 1U);
    EXPECT_EQ(found.items[0].name, "new");
    EXPECT_EQ(found.items[0].shape.at(0).at(0),
              (std::vector<std::int64_t>{14'100'000, 3'500'000, 100'000, 0, 0, 100'000, -100'000, 0}));
    EXPECT_DOUBLE_EQ(found.items[0].latitude, 35.5);
    EXPECT_EQ(found.sources, std::vector<MapSource>{MapSource::n03});
    EXPECT_EQ(maps->list(administrator).items.size(), 2U);
    maps->remove(administrator, second.id);
    EXPECT_TRUE(maps->regions(filter).items.empty());
    EXPECT_EQ(maps->regions({}).items.size(), 2U);
    EXPECT_EQ(faults([&] { maps->remove(administrator, second.id); }), std::set<std::string>{"not_found"});
    filter.municipality = {"x"};
    EXPECT_EQ(faults([&] { (void)maps->regions(filter); }), std::set<std::string>{"?municipality municipality_code"});
}

TEST_P(MapsServiceTest, ATableOfTownsReplacesThoseOfItsAreas) {
    (void)maps->import(administrator, "towns.csv", "pref,city,town,lat,lng\nP,C,Honcho,35,141\nP,D,Yamate,35.1,141\n");
    (void)maps->import(administrator, "towns2.csv", "pref,city,town,lat,lng\nP,C,Kitahama,35.2,141\n");
    (void)maps->import(administrator, "stations.csv", "station_name,lat,lng\nKitahama,35.21,141.01\n");
    MapLabelFilter filter;
    const auto all = maps->labels(filter);
    ASSERT_EQ(all.items.size(), 3U);
    EXPECT_EQ(all.items[0].kind, LabelKind::station);
    filter.words = "kitahama pc";
    EXPECT_EQ(maps->labels(filter).items.size(), 1U);
    filter = {};
    filter.box = "140.9,35.05,141.005,35.15";
    EXPECT_EQ(maps->labels(filter).items.at(0).name, "Yamate");
    filter.box = "1,2,3";
    filter.limit = 20;
    EXPECT_EQ(faults([&] { (void)maps->labels(filter); }), std::set<std::string>{"?box format"});
    filter.limit = 0;
    EXPECT_EQ(faults([&] { (void)maps->labels(filter); }), std::set<std::string>{"?limit range"});
    EXPECT_EQ(maps->list(administrator).items.size(), 3U);
}

TEST_P(MapsServiceTest, ATableWithoutAreasLeavesTheTownsOfOthersAlone) {
    (void)maps->import(administrator, "towns.csv", "pref,city,town,lat,lng\nP,C,Honcho,35,141\n");
    (void)maps->import(administrator, "a.csv", "town,lat,lng\nYamate,35.1,141\nNowhere,,\n");
    (void)maps->import(administrator, "b.csv", "town,lat,lng\nKitahama,35.2,141\n");
    std::set<std::string> names;
    for (const auto& one : maps->labels({}).items)
        names.insert(one.name);
    EXPECT_EQ(names, (std::set<std::string>{"Honcho", "Kitahama"}));
    EXPECT_EQ(number("SELECT count(*) FROM audit_entries WHERE detail = 'towns 1 without_place=1'"), 1);
}

TEST_P(MapsServiceTest, NamesOfAMadeUpCityAreCreditedAsSuch) {
    EXPECT_EQ(maps->import(administrator, "stations.csv", "station_name,lat,lng\nKitahama,35.21,141.01\n", true).source,
              MapSource::fictitious);
    EXPECT_EQ(maps->labels({}).sources, std::vector<MapSource>{MapSource::fictitious});
}

TEST_P(MapsServiceTest, OnlyWhoManagesPlacesImports) {
    EXPECT_EQ(faults([&] { (void)maps->import(coordinator, "a.geojson", boundaries({"15222"}, "x")); }),
              std::set<std::string>{"forbidden"});
    EXPECT_EQ(faults([&] { (void)maps->list(coordinator); }), std::set<std::string>{"forbidden"});
    EXPECT_EQ(faults([&] { (void)maps->import(administrator, "a.csv", "a,b\n1,2\n"); }),
              std::set<std::string>{"map_unknown"});
    EXPECT_EQ(maps->import(administrator, "a.geojson", boundaries({"99361"}, "x")).source, MapSource::fictitious);
    EXPECT_EQ(number("SELECT count(*) FROM audit_entries WHERE subject_kind = 'map'"), 1);
}

}  // namespace
}  // namespace tsunagi::maps
