// SPDX-License-Identifier: Apache-2.0
// Finding places by what somebody needs.
#include <set>

#include "modules/resources/resource_service.hpp"
#include "tests/support/city_test.hpp"
#include "tests/support/place_rows.hpp"

namespace tsunagi::resources {
namespace {

using test::faults;

struct Office {
    std::string key;
    std::string name;
    std::string municipality;
    std::optional<double> latitude;
    std::optional<double> longitude;
};

class PlaceSearchTest : public test::CityTest {
protected:
    void SetUp() override {
        CityTest::SetUp();
        if (IsSkipped())
            return;
        for (auto* actor : {&coordinator, &stranger})
            actor->permissions.insert({"resources.read", "resources.write", "resources.import"});
        searching = std::make_unique<search::SearchService>(
            database(), *audit, *consultations,
            search::read_search_words(std::filesystem::path(TSUNAGI_SOURCE_DIR) / "packs/standard/search_words.yaml"));
        uploads = std::make_unique<uploads::UploadService>(database(), std::string(32, 'u'), clock);
        localities = std::make_unique<localities::LocalityService>(
            database(), *audit, *uploads, std::filesystem::path(TSUNAGI_SOURCE_DIR) / "packs/standard", clock);
        resources = std::make_unique<ResourceService>(
            database(), *audit, *packs, *uploads, *localities, *searching,
            std::filesystem::path(TSUNAGI_SOURCE_DIR) / "packs/standard/official_layouts.yaml", clock);
        add({"1", "訪問看護みなもと", "991015", 35.600, 141.200}, {{"130", R"(["mon","sat"])"}, {"430", R"(["mon"])"}});
        add({"2", "訪問看護なぎさ", "991023", 35.610, 141.250}, {{"130", R"(["mon"])"}});
        add({"3", "凪浜デイサービス", "993611", 35.700, 141.400}, {{"150", R"(["mon","sat"])"}}, 25);
        add({"4", "座標のない事業所", "991015", {}, {}}, {{"150", "[]"}}, 10);
    }

    void add(const Office& office, const std::vector<std::pair<std::string, std::string>>& services,
             std::optional<std::int64_t> capacity = {}) {
        ids[office.key] = database().write([&](db::WriteTx& tx) {
            test::PlaceInDirectory place;
            place.key = place.listed_as = office.key;
            place.name = office.name;
            place.municipality_code = office.municipality;
            place.latitude = office.latitude;
            place.longitude = office.longitude;
            place.searched = search::to_utf8(searching->folding().fold(office.name + "\n汐見市本町"));
            const auto id = test::add_place(tx, place);
            for (const auto& [service, days] : services)
                test::add_service(tx, id, {service, days, capacity});
            return id;
        });
    }

    std::string found(const PlaceFilter& filter) {
        std::string keys;
        const auto page = resources->places(coordinator, filter);
        for (const auto& row : page.items) {
            for (const auto& [key, id] : ids)
                keys += id == row.id ? key : "";
        }
        EXPECT_EQ(page.total, static_cast<std::int64_t>(page.items.size()));
        return keys;
    }

    std::unique_ptr<search::SearchService> searching;
    std::unique_ptr<uploads::UploadService> uploads;
    std::unique_ptr<localities::LocalityService> localities;
    std::unique_ptr<ResourceService> resources;
    std::map<std::string, PlaceId> ids;
};

TSUNAGI_BOTH_ENGINES(PlaceSearchTest);

TEST_P(PlaceSearchTest, WhatIsAskedOfAServiceHoldsOfOneAndTheSame) {
    PlaceFilter filter;
    filter.service.emplace_back("130");
    filter.service.emplace_back("150");
    EXPECT_EQ(found(filter), "1234");
    filter.day = {"mon", "sat"};
    EXPECT_EQ(found(filter), "13");
    filter.service.assign(1, ServiceCode("430"));
    EXPECT_EQ(found(filter), "") << "the Saturday is that of another service";
    filter = {};
    filter.capacity = 20;
    EXPECT_EQ(found(filter), "3");
}

TEST_P(PlaceSearchTest, TheLocalLayerAnswersForProceduresDistrictsContactAndAge) {
    LocalText text;
    text.speciality = "神経難病";
    text.treatments.emplace_back("home_oxygen");
    text.treatments.emplace_back("ventilator");
    text.district_ids = {wards.front()};
    text.contact.emplace("fax");
    text.checked_on = core::Date::parse("2026-08-31").value();
    (void)resources->change_local(coordinator, ids["2"], {}, 0, text);
    PlaceFilter filter;
    filter.treatment.emplace_back("home_oxygen");
    EXPECT_EQ(found(filter), "2");
    filter.treatment.emplace_back("ventilator");
    EXPECT_EQ(found(filter), "2");
    filter.treatment.emplace_back("terminal");
    EXPECT_EQ(found(filter), "") << "all of them";
    filter = {};
    filter.district = {wards.back(), wards.front()};
    filter.contact.emplace_back("fax");
    EXPECT_EQ(found(filter), "2");
    filter = {};
    filter.checked_within = 3;
    EXPECT_EQ(found(filter), "2") << "2026-08-17 and later";
    filter.checked_within = 2;
    EXPECT_EQ(found(filter), "");
    filter = {};
    filter.words = "難病 みなもと";
    EXPECT_EQ(found(filter), "");
    filter.words = "難病 看護";
    EXPECT_EQ(found(filter), "2") << "one word in either layer";
    filter.words = "病";
    EXPECT_EQ(found(filter), "2");
    EXPECT_EQ(resources->places(stranger, filter).total, 0) << "the knowledge of another municipality";
    filter = {};
    filter.treatment.emplace_back("home_oxygen");
    EXPECT_EQ(resources->places(stranger, filter).total, 0);
    filter = {};
    filter.local = false;
    EXPECT_EQ(found(filter), "134");
}

TEST_P(PlaceSearchTest, TheLocalLayerAnswersForHoursLanguagesAndCost) {
    LocalText text;
    text.open_times.emplace_back("evening");
    text.open_times.emplace_back("saturday");
    text.languages.emplace_back("vi");
    text.costs.emplace_back("insured");
    text.costs.emplace_back("travel");
    (void)resources->change_local(coordinator, ids["2"], {}, 0, text);
    LocalText always;
    always.open_times.emplace_back("always");
    always.languages.emplace_back("en");
    (void)resources->change_local(coordinator, ids["1"], {}, 0, always);
    PlaceFilter filter;
    filter.open_time.emplace_back("evening");
    EXPECT_EQ(found(filter), "12") << "who answers at any hour answers in the evening";
    filter.open_time.emplace_back("night");
    EXPECT_EQ(found(filter), "1") << "all of them";
    filter = {};
    filter.open_time.emplace_back("saturday");
    EXPECT_EQ(found(filter), "123") << "a published Saturday counts beside what is known here";
    filter = {};
    filter.language.emplace_back("vi");
    EXPECT_EQ(found(filter), "2");
    filter.language.emplace_back("en");
    EXPECT_EQ(found(filter), "12") << "one of them does";
    filter = {};
    filter.cost.emplace_back("insured");
    filter.cost.emplace_back("travel");
    EXPECT_EQ(found(filter), "2");
    filter.cost.emplace_back("free");
    EXPECT_EQ(found(filter), "");
    filter = {};
    filter.words = "ベトナム";
    EXPECT_EQ(found(filter), "2") << "the words of a code are found";
    text.costs.emplace_back("barter");
    EXPECT_EQ(faults([&] { (void)resources->change_local(coordinator, ids["2"], {}, 1, text); }),
              std::set<std::string>{"/costs/2 unknown_code"});
}

TEST_P(PlaceSearchTest, NearASpotIsWithinAStraightLineAndNearestFirst) {
    PlaceFilter filter;
    filter.near = "35.611,141.251";
    filter.within_km = 6;
    filter.sort = "distance";
    EXPECT_EQ(found(filter), "21");
    filter.within_km = 30;
    EXPECT_EQ(found(filter), "213") << "what has no coordinates is not near";
    const auto page = resources->places(coordinator, filter);
    ASSERT_TRUE(page.items.front().distance_m);
    EXPECT_NEAR(static_cast<double>(*page.items.front().distance_m), 143, 5);
    filter.limit = 1;
    std::string keys;
    for (int i = 0; i < 3; ++i) {
        const auto one = resources->places(coordinator, filter);
        EXPECT_EQ(one.total, 3);
        keys += one.items.front().name.substr(0, 3);
        filter.after = one.next.value_or("");
    }
    EXPECT_EQ(keys, "訪訪凪");
    EXPECT_EQ(filter.after.value, "");
    filter = {};
    filter.near = "here";
    filter.within_km = 500;
    filter.checked_within = 0;
    filter.day = {"monday"};
    EXPECT_EQ(
        faults([&] { (void)resources->places(coordinator, filter); }),
        (std::set<std::string>{"?near format", "?within_km range", "?checked_within range", "?day unknown_code"}));
    filter = {};
    filter.sort = "distance";
    EXPECT_EQ(faults([&] { (void)resources->places(coordinator, filter); }), std::set<std::string>{"?sort needs_near"});
}

TEST_P(PlaceSearchTest, AMapShowsPlacesOneByOneOrGathered) {
    PointFilter filter;
    const auto all = resources->points(coordinator, filter);
    EXPECT_EQ(all.total, 3);
    EXPECT_FALSE(all.gathered);
    EXPECT_DOUBLE_EQ(all.east.value(), 141.4);
    EXPECT_EQ(all.items.front().services, (std::vector<std::string>{"130", "430"}));
    filter.box = "141.1,35.5,141.3,35.65";
    EXPECT_EQ(resources->points(coordinator, filter).total, 2);
    filter.box = "here";
    EXPECT_EQ(faults([&] { (void)resources->points(coordinator, filter); }), std::set<std::string>{"?box format"});
    for (int i = 0; i < 1600; ++i)
        add({"m" + std::to_string(i), "多い", "992011", 36 + i % 40 * 0.01, 142 + i / 40 * 0.01}, {});
    filter.box = "";
    filter.municipality = {"992011"};
    const auto many = resources->points(coordinator, filter);
    EXPECT_TRUE(many.gathered);
    EXPECT_EQ(many.total, 1600);
    EXPECT_LT(many.items.size(), 900U);
    EXPECT_GT(many.items.size(), 300U);
    filter.box = "120,20,150,46";
    filter.municipality = {};
    const auto country = resources->points(coordinator, filter);
    EXPECT_TRUE(country.gathered);
    EXPECT_EQ(country.total, 1603);
    EXPECT_LT(country.items.size(), 9U) << "fields of a degree";
    std::int64_t counted = 0;
    for (const MapPoint& one : country.items) {
        counted += one.count;
        EXPECT_TRUE(one.count <= 3 || (one.latitude >= 36 && one.latitude <= 36.4 && one.longitude >= 142))
            << one.count;
    }
    EXPECT_EQ(counted, 1603);
}

TEST_P(PlaceSearchTest, WordsAreFoundWhereverTheyStandAndAsTheyStandNow) {
    add({"5", R"(かど"の"家 100%_)", "991015", {}, {}}, {});
    const auto words = [&](const char* typed) {
        PlaceFilter filter;
        filter.words = typed;
        return found(filter);
    };
    EXPECT_EQ(words("みなもと"), "1");
    EXPECT_EQ(words("なぎ"), "2") << "two letters";
    EXPECT_EQ(words("本町"), "12345") << "the last two of a text";
    EXPECT_EQ(words("本間"), "");
    EXPECT_EQ(words("汐見 なぎさ"), "2");
    EXPECT_EQ(words("浜"), "3") << "one letter";
    EXPECT_EQ(words("浜 訪問"), "");
    EXPECT_EQ(words("デイサービス 凪浜"), "3") << "in any order";
    EXPECT_EQ(words("ービスデイサ"), "") << "threes that are all there, in another order";
    EXPECT_EQ(words("0%_"), "5");
    EXPECT_EQ(words("0__"), "");
    const auto rename = [&](const char* key, const char* name) {
        database().write([&](db::WriteTx& tx) {
            tx.execute("UPDATE places SET searched = :words WHERE id = :id",
                       db::Params().set("words", search::to_utf8(searching->folding().fold(name))).set("id", ids[key]));
        });
    };
    rename("2", "訪問看護さざなみ");
    EXPECT_EQ(words("なぎさ"), "");
    EXPECT_EQ(words("さざなみ"), "2");
    EXPECT_EQ(words("訪問看護"), "12");
    database().write([&](db::WriteTx& tx) {
        tx.execute("DELETE FROM place_services WHERE place_id = :id", db::Params().set("id", ids["2"]));
        tx.execute("DELETE FROM places WHERE id = :id", db::Params().set("id", ids["2"]));
    });
    EXPECT_EQ(words("さざなみ"), "");
    EXPECT_EQ(words("訪問看護"), "1");
    add({"6", "さざなみ", "991015", {}, {}}, {});
    EXPECT_EQ(words("さざ"), "6") << "a row that takes the number of a removed one";
}

TEST_P(PlaceSearchTest, TheListGoesOnBehindWhatIsCounted) {
    database().write([](db::WriteTx& tx) {
        tx.execute(
            "INSERT INTO places (id, source, source_key, municipality_code, name, kana, listed_as, address, building, "
            "phone, fax, url, corporate_number, corporation, searched) WITH RECURSIVE n(i) AS (SELECT 100000 UNION ALL "
            "SELECT i + 1 FROM n WHERE i < 110050) SELECT '00000000-0000-7000-8000-000000' || i, 'kaigo', 'x' || i, "
            "'131016', 'x' || i, '', 'x' || i, '', '', '', '', '', '', '', 'deep' FROM n");
    });
    PlaceFilter filter;
    filter.words = "deep";
    filter.limit = 200;
    std::string last;
    std::int64_t seen = 0;
    for (;;) {
        const auto page = resources->places(coordinator, filter);
        EXPECT_TRUE(page.total_capped);
        seen += static_cast<std::int64_t>(page.items.size());
        last = page.items.back().name;
        if (!page.next)
            break;
        filter.after = *page.next;
    }
    EXPECT_EQ(seen, 10'051);
    EXPECT_EQ(last, "x110050");
    database().write([](db::WriteTx& tx) {
        tx.execute(
            "INSERT INTO place_services (id, place_id, service, open_days, days_note) SELECT '1' || substr(id, 2), id, "
            "'320', '[]', '' FROM places WHERE searched = 'deep'");
    });
    PlaceFilter services;
    services.service.emplace_back("320");
    services.limit = 200;
    std::int64_t of_service = 0;
    for (;;) {
        const auto page = resources->services(coordinator, services);
        EXPECT_TRUE(page.total_capped);
        for (const auto& row : page.items)
            EXPECT_EQ(row.name, "x" + std::to_string(100'000 + of_service++));
        if (!page.next)
            break;
        services.after = *page.next;
    }
    EXPECT_EQ(of_service, 10'051);
}

}  // namespace
}  // namespace tsunagi::resources
