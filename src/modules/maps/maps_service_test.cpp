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
            // A square of a degree, farther north with each code.
            const int south = std::stoi(code.substr(3)) - 1;
            const std::string low = std::to_string(south);
            const std::string high = std::to_string(south + 1);
            features += (features.empty() ? "" : ",") +
                        (R"({"type":"Feature","properties":{"N03_004":")" + name + R"(","N03_007":")" + code +
                         R"("},"geometry":{"type":"Polygon","coordinates":[[[141,)" + low + "],[142," + low +
                         "],[142," + high + "],[141," + high + "],[141," + low + "]]]}}");
        }
        return R"({"type":"FeatureCollection","features":[)" + features + "]}";
    }

    MapDifference take(const std::string& file_name, const std::string& bytes, bool apply = true,
                       bool made_up = false) {
        return maps->import(administrator, file_name, bytes, apply, made_up);
    }

    [[nodiscard]] std::vector<std::string> names(const MapRegionFilter& filter = {}) const {
        std::vector<std::string> result;
        for (const auto& one : maps->regions(filter).items)
            result.push_back(one.code + " " + one.name);
        return result;
    }

    std::unique_ptr<uploads::UploadService> uploads;
    std::unique_ptr<MapsService> maps;
    access::Actor administrator;
};

TSUNAGI_BOTH_ENGINES(MapsServiceTest);

TEST_P(MapsServiceTest, ANewerFileTakesThePlaceOfTheSameRegions) {
    take("a.geojson", boundaries({"15101", "15102", "15222"}, "old"));
    const auto second = take("b.geojson", boundaries({"15222"}, "new"));
    MapRegionFilter filter;
    filter.municipality = {"151009"};
    EXPECT_EQ(maps->regions(filter).items.size(), 2U) << "a city covers its wards";
    filter.municipality = {"15222"};
    const auto found = maps->regions(filter);
    ASSERT_EQ(found.items.size(), 1U);
    EXPECT_EQ(found.items[0].name, "new");
    EXPECT_EQ(found.items[0].shape.at(0).at(0),
              (std::vector<std::int64_t>{14'100'000, 2'100'000, 100'000, 0, 0, 100'000, -100'000, 0}));
    EXPECT_DOUBLE_EQ(found.items[0].latitude, 21.5);
    EXPECT_EQ(found.sources, std::vector<MapSource>{MapSource::n03});
    EXPECT_EQ(maps->list(administrator).items.size(), 2U);
    maps->remove(administrator, second.id.value());
    EXPECT_EQ(names(filter), std::vector<std::string>{"152226 old"}) << "what it had taken the place of";
    EXPECT_EQ(maps->regions({}).items.size(), 3U);
    EXPECT_EQ(faults([&] { maps->remove(administrator, second.id.value()); }), std::set<std::string>{"not_found"});
    filter.municipality = {"x"};
    EXPECT_EQ(faults([&] { (void)maps->regions(filter); }), std::set<std::string>{"?municipality municipality_code"});
}

TEST_P(MapsServiceTest, TheDifferenceIsToldBeforeAnythingIsKept) {
    take("a.geojson", boundaries({"15101", "15102"}, "old"));
    const auto told = take("b.geojson", boundaries({"15102", "15103"}, "new"), false);
    EXPECT_EQ(told.added_names, std::vector<std::string>{"151033 new"});
    EXPECT_EQ(told.changed_names, std::vector<std::string>{"151025 new"});
    EXPECT_EQ(told.gone, 0) << "what the file does not speak of stays";
    EXPECT_FALSE(told.id);
    EXPECT_EQ(names(), (std::vector<std::string>{"151017 old", "151025 old"}));
    const auto same = take("a.geojson", boundaries({"15101", "15102"}, "old"));
    EXPECT_EQ(std::tuple(same.added, same.changed, same.gone), std::tuple(0, 0, 0));
    take("towns.csv", "pref,city,town,lat,lng\nP,C,Honcho,35,141\nP,C,Yamate,35,141\nP,D,Hama,35,141\n");
    const auto towns = take("towns.csv", "pref,city,town,lat,lng\nP,C,Honcho,35,141\nP,C,Minato,35,141\n", false);
    EXPECT_EQ(towns.added_names, std::vector<std::string>{"PC Minato"});
    EXPECT_EQ(towns.gone_names, std::vector<std::string>{"PC Yamate"});
    EXPECT_EQ(towns.changed, 0);
    const auto moved = take("towns.csv", "pref,city,town,lat,lng\nP,C,Honcho,35,141\nP,C,Yamate,35.5,141\n", false);
    EXPECT_EQ(moved.changed_names, std::vector<std::string>{"PC Yamate"}) << "where it is counts as well";
}

TEST_P(MapsServiceTest, GroundThatBelongsToAnotherCodeNowMakesWay) {
    take("a.geojson", boundaries({"15101", "15202"}, "before"));
    // 15202 and 15402 are drawn on one ground by two files: the one became the other.
    const auto merged = take("b.geojson", boundaries({"15402"}, "after"));
    EXPECT_EQ(merged.gone_names, std::vector<std::string>{"152021 before"});
    EXPECT_EQ(names(), (std::vector<std::string>{"151017 before", "154024 after"}));
    EXPECT_EQ(maps->list(administrator).items.at(0).replaced, 1);
    const auto again = take("c.geojson", boundaries({"15402"}, "later"));
    EXPECT_EQ(number("SELECT count(*) FROM map_regions"), 3) << "one is kept below the newest, not two";
    maps->remove(administrator, again.id.value());
    EXPECT_EQ(names(), (std::vector<std::string>{"151017 before", "154024 after"}));
}

TEST_P(MapsServiceTest, TownsComeBackWhenAFileIsTakenBack) {
    take("towns.csv", "pref,city,town,lat,lng\nP,C,Honcho,35,141\n");
    const auto later = take("towns2.csv", "pref,city,town,lat,lng\nP,C,Kitahama,35.2,141\n");
    ASSERT_EQ(maps->labels({}).items.size(), 1U);
    EXPECT_EQ(maps->labels({}).items[0].name, "Kitahama");
    maps->remove(administrator, later.id.value());
    ASSERT_EQ(maps->labels({}).items.size(), 1U);
    EXPECT_EQ(maps->labels({}).items[0].name, "Honcho");
}

TEST_P(MapsServiceTest, ATableOfTownsReplacesThoseOfItsAreas) {
    take("towns.csv", "pref,city,town,lat,lng\nP,C,Honcho,35,141\nP,D,Yamate,35.1,141\n");
    take("towns2.csv", "pref,city,town,lat,lng\nP,C,Kitahama,35.2,141\n");
    take("stations.csv", "station_name,lat,lng\nKitahama,35.21,141.01\n");
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
    take("towns.csv", "pref,city,town,lat,lng\nP,C,Honcho,35,141\n");
    take("a.csv", "town,lat,lng\nYamate,35.1,141\nNowhere,,\n");
    take("b.csv", "town,lat,lng\nKitahama,35.2,141\n");
    std::set<std::string> names;
    for (const auto& one : maps->labels({}).items)
        names.insert(one.name);
    EXPECT_EQ(names, (std::set<std::string>{"Honcho", "Kitahama"}));
    EXPECT_EQ(number("SELECT count(*) FROM audit_entries WHERE detail = 'towns 1 without_place=1'"), 1);
}

TEST_P(MapsServiceTest, NamesOfAMadeUpCityAreCreditedAsSuch) {
    EXPECT_EQ(take("stations.csv", "station_name,lat,lng\nKitahama,35.21,141.01\n", true, true).source,
              MapSource::fictitious);
    EXPECT_EQ(maps->labels({}).sources, std::vector<MapSource>{MapSource::fictitious});
}

TEST_P(MapsServiceTest, OnlyWhoManagesPlacesImports) {
    EXPECT_EQ(faults([&] { (void)maps->import(coordinator, "a.geojson", boundaries({"15222"}, "x"), true); }),
              std::set<std::string>{"forbidden"});
    EXPECT_EQ(faults([&] { (void)maps->list(coordinator); }), std::set<std::string>{"forbidden"});
    EXPECT_EQ(faults([&] { take("a.csv", "a,b\n1,2\n"); }), std::set<std::string>{"map_unknown"});
    EXPECT_EQ(take("a.geojson", boundaries({"99361"}, "x")).source, MapSource::fictitious);
    EXPECT_EQ(number("SELECT count(*) FROM audit_entries WHERE subject_kind = 'map'"), 1);
}

}  // namespace
}  // namespace tsunagi::maps
