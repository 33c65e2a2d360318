// SPDX-License-Identifier: Apache-2.0
#include "modules/exchange/exchange_service.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "tests/support/city_test.hpp"

namespace tsunagi::exchange {
namespace {

using test::faults;

/// number, name, municipality, corporate number
using Office = std::array<std::string, 4>;

class ExchangeServiceTest : public test::CityTest {
protected:
    void SetUp() override {
        CityTest::SetUp();
        if (IsSkipped())
            return;
        coordinator.permissions.insert({"resources.read", "resources.write", "resources.import"});
        const std::filesystem::path standard = std::filesystem::path(TSUNAGI_SOURCE_DIR) / "packs/standard";
        searching = std::make_unique<search::SearchService>(database(), *audit, *consultations,
                                                            search::read_search_words(standard / "search_words.yaml"));
        uploads = std::make_unique<uploads::UploadService>(database(), std::string(32, 'u'), clock);
        localities = std::make_unique<localities::LocalityService>(
            database(), *audit, *uploads, std::filesystem::path(TSUNAGI_SOURCE_DIR) / "packs/standard", clock);
        resources = std::make_unique<resources::ResourceService>(database(), *audit, *packs, *uploads, *localities,
                                                                 *searching, standard / "official_layouts.yaml", clock);
        matches = std::make_unique<referrals::MatchService>(database(), *audit, *packs, *consultations, clock);
        pages = std::make_unique<answer_pages::AnswerPageService>(database(), *audit, std::string(32, 'g'), clock);
        referrals = std::make_unique<referrals::ReferralService>(database(), *audit, *packs, *consultations, *matches,
                                                                 *pages, standard / "report_words.yaml", clock);
        exchange = std::make_unique<ExchangeService>(database(), *audit, *packs, *resources, *searching, *referrals,
                                                     standard / "exchange_words.yaml", "1.2.3", clock);
    }

    void take(const std::string& name, const std::vector<Office>& offices) {
        const auto& official = resources->official();
        const resources::Layout& layout = *official.layouts().find("kaigo");
        std::string text;
        for (const auto& column : layout.columns)
            text += (text.empty() ? "" : ",") + column.header;
        for (const Office& office : offices) {
            text += "\r\n";
            for (std::size_t i = 0; i < layout.columns.size(); ++i) {
                const std::string& field = layout.columns[i].field;
                text += (i == 0 ? "" : ",") + (field == "key"                 ? office[0]
                                               : field == "name"              ? office[1]
                                               : field == "municipality"      ? office[2]
                                               : field == "corporate_number"  ? office[3]
                                               : field == "corporation"       ? std::string("架空法人")
                                               : field == "prefecture_name"   ? std::string("架空県")
                                               : field == "municipality_name" ? std::string("架空市")
                                               : field == "address"           ? std::string("汐見市1-2")
                                                                              : std::string());
            }
        }
        clock.move_to(clock.now().plus(std::chrono::minutes(1)));
        const auto import = official.stage(coordinator, name, text + "\r\n", {});
        (void)official.apply(coordinator, import.id, import.version);
    }

    boost::json::object organizations(const OrganizationQuery& query, const record::QueryParameters& asked = {}) {
        return boost::json::parse(exchange->fhir().search(coordinator, {"http://x/fhir/R4", asked}, query)).as_object();
    }

    static std::string after_of(const boost::json::object& bundle) {
        for (const auto& link : bundle.at("link").as_array()) {
            if (link.at("relation").as_string() != "next")
                continue;
            std::string url(link.at("url").as_string());
            url = url.substr(url.find("after=") + 6);
            return url.substr(0, 1) + ":" + url.substr(4);  // the colon is written as %3A
        }
        return {};
    }

    std::string whole(const std::function<void(const Sink&)>& make) {
        std::string out;
        make([&](std::string_view bytes) { out += bytes; });
        return out;
    }

    std::unique_ptr<search::SearchService> searching;
    std::unique_ptr<uploads::UploadService> uploads;
    std::unique_ptr<localities::LocalityService> localities;
    std::unique_ptr<resources::ResourceService> resources;
    std::unique_ptr<referrals::MatchService> matches;
    std::unique_ptr<answer_pages::AnswerPageService> pages;
    std::unique_ptr<referrals::ReferralService> referrals;
    std::unique_ptr<ExchangeService> exchange;
};

TSUNAGI_BOTH_ENGINES(ExchangeServiceTest);

const std::string one_corporation = "6000000000011";
const std::string other_corporation = "5000000000012";
const std::vector<Office> offices{{"9960190011", "訪問看護みなもと", "991015", one_corporation},
                                  {"9960190029", "訪問看護なぎさ", "991023", one_corporation},
                                  {"9960190037", "凪浜訪問看護", "993611", other_corporation},
                                  {"9960190045", "訪問看護あしはら", "991031", ""}};

TEST_P(ExchangeServiceTest, EveryPageSizeShowsCorporationsAndPlacesOnce) {
    take("jigyosho_130_all_20260630.csv", offices);
    std::set<std::string> numbers;
    {
        const auto bundle = organizations({});
        for (const auto& entry : bundle.at("entry").as_array()) {
            if (const auto* identifiers = entry.at("resource").as_object().if_contains("identifier"))
                numbers.insert(std::string(identifiers->as_array().at(0).at("value").as_string()));
        }
    }
    const std::size_t all = numbers.size();
    EXPECT_GE(all, 4U);
    for (std::int64_t count = 1; count <= 7; ++count) {
        OrganizationQuery query;
        query._count = count;
        std::vector<std::string> ids;
        for (int page = 0; page < 20; ++page) {
            const auto bundle = organizations(query);
            EXPECT_EQ(bundle.at("total").as_int64(), static_cast<std::int64_t>(all)) << count;
            if (const auto* entries = bundle.if_contains("entry")) {
                for (const auto& entry : entries->as_array())
                    ids.emplace_back(entry.at("resource").at("id").as_string());
            }
            query.after.value = after_of(bundle);
            if (query.after.value.empty())
                break;
        }
        EXPECT_EQ(ids.size(), all) << count;
        EXPECT_EQ(std::set(ids.begin(), ids.end()).size(), all) << count;
    }
}

TEST_P(ExchangeServiceTest, WhatIsGoneFromTheNewestFileIsToBeCheckedNotClosed) {
    take("jigyosho_130_all_20260630.csv", offices);
    take("jigyosho_130_all_20261231.csv", {offices[0], offices[1], offices[2]});
    HealthcareServiceQuery query;
    query.name.value = "あしはら";
    const auto bundle =
        boost::json::parse(exchange->fhir().search(coordinator, {"http://x/fhir/R4", {}}, query)).as_object();
    const auto& service = bundle.at("entry").as_array().at(0).at("resource").as_object();
    EXPECT_TRUE(service.at("active").as_bool());
    EXPECT_NE(service.at("comment").as_string().find("廃止とは限らない"), std::string::npos);
}

TEST_P(ExchangeServiceTest, AFileNarrowsAndIsARowOfTheAudit) {
    take("jigyosho_130_all_20260630.csv", offices);
    take("jigyosho_110_all_20260630.csv", {offices[0]});
    ExchangeFilter filter;
    filter.municipality = {"991015"};
    const std::string rows =
        whole([&](const Sink& sink) { exchange->dataset(coordinator, "care_offices", filter, sink); });
    EXPECT_EQ(std::ranges::count(rows, '\n'), 3) << rows;
    EXPECT_NE(rows.find("架空県,架空市,訪問看護みなもと"), std::string::npos) << rows;
    filter.service.emplace_back().value = "110";
    const std::string fewer =
        whole([&](const Sink& sink) { exchange->dataset(coordinator, "care_offices", filter, sink); });
    EXPECT_EQ(std::ranges::count(fewer, '\n'), 2) << fewer;
    EXPECT_EQ(number("SELECT count(*) FROM audit_entries WHERE action = 'export' AND subject_kind = 'place'"), 2);
    filter.municipality = {"x"};
    EXPECT_EQ(faults([&] { exchange->geojson(coordinator, filter, [](std::string_view) {}); }),
              std::set<std::string>{"?municipality municipality_code"});
    EXPECT_EQ(faults([&] { exchange->geojson(advisor, {}, [](std::string_view) {}); }),
              std::set<std::string>{"forbidden"});
}

TEST_P(ExchangeServiceTest, NothingThatAMunicipalityWroteGoesOut) {
    take("jigyosho_130_all_20260630.csv", offices);
    resources::PlaceFilter of_one;
    of_one.words.value = "みなもと";
    const auto place = resources->places(coordinator, of_one).items.at(0).id;
    resources::LocalText text;
    text.phone.value = "000-999-0000";
    text.people.value = "ヒミツの担当";
    text.note.value = "ヒミツの覚え書き";
    (void)resources->change_local(coordinator, place, {}, 0, text);
    const FhirCall call{"http://x/fhir/R4", {}};
    std::string all = whole([&](const Sink& sink) { exchange->fhir_bundle(coordinator, call, {}, sink); }) +
                      whole([&](const Sink& sink) { exchange->geojson(coordinator, {}, sink); }) +
                      whole([&](const Sink& sink) { exchange->dataset(coordinator, "care_offices", {}, sink); }) +
                      exchange->card(coordinator, place.str(), CardVersion::v4);
    HsdsServiceQuery full;
    full.full = true;
    all += exchange->hsds().services(coordinator, full) + exchange->hsds().organizations(coordinator, full);
    EXPECT_NE(all.find("みなもと"), std::string::npos);
    EXPECT_EQ(all.find("ヒミツ"), std::string::npos);
    EXPECT_EQ(all.find("000-999-0000"), std::string::npos);
    // Nor is anything found by it.
    ExchangeFilter filter;
    filter.words.value = "ヒミツ";
    EXPECT_EQ(whole([&](const Sink& sink) { exchange->geojson(coordinator, filter, sink); }),
              R"({"type":"FeatureCollection","features":[]})");
}

TEST_P(ExchangeServiceTest, WhatAMunicipalityRegisteredItselfStaysThere) {
    take("jigyosho_130_all_20260630.csv", offices);
    resources::NewOwnPlace body;
    body.text.name.value = "通いの場ヒミツ";
    body.text.services.emplace_back().value = "130";
    body.text.municipality_code.value = "991015";
    body.text.address.value = "汐見市3";
    const auto own = resources->own_places().create(coordinator, body, {});
    const FhirCall call{"http://x/fhir/R4", {}};
    HsdsServiceQuery full;
    full.full = true;
    const std::string all = whole([&](const Sink& sink) { exchange->geojson(coordinator, {}, sink); }) +
                            whole([&](const Sink& sink) { exchange->fhir_bundle(coordinator, call, {}, sink); }) +
                            whole([&](const Sink& sink) { exchange->dataset(coordinator, "care_offices", {}, sink); }) +
                            exchange->hsds().services(coordinator, full) +
                            exchange->hsds().organizations(coordinator, full) +
                            exchange->hsds().locations(coordinator, full);
    EXPECT_EQ(all.find("ヒミツ"), std::string::npos);
    LocationQuery named;
    named.name.value = "ヒミツ";
    const auto found = boost::json::parse(exchange->fhir().search(coordinator, call, named)).as_object();
    EXPECT_EQ(found.at("total").as_int64(), 0) << "nor counted";
    const std::string id = own.id.str();
    for (const std::function<void()>& read :
         std::vector<std::function<void()>>{[&] { (void)exchange->card(coordinator, id, CardVersion::v4); },
                                            [&] { (void)exchange->fhir().organization(coordinator, call, {}, id); },
                                            [&] { (void)exchange->fhir().location(coordinator, call, {}, id); },
                                            [&] { (void)exchange->hsds().organization(coordinator, id); },
                                            [&] { (void)exchange->hsds().location(coordinator, id); }})
        EXPECT_EQ(faults(read), std::set<std::string>{"not_found"});
}

TEST_P(ExchangeServiceTest, ACorporationWithoutANumberThatHoldsIsNoOrganization) {
    take("jigyosho_130_all_20260630.csv", {{"9960190011", "訪問看護みなもと", "991015", "600000000001X"}});
    const auto bundle = organizations({});
    ASSERT_EQ(bundle.at("entry").as_array().size(), 1U);
    const auto& place = bundle.at("entry").as_array().at(0).at("resource").as_object();
    EXPECT_EQ(place.at("name").as_string(), "訪問看護みなもと");
    EXPECT_EQ(place.if_contains("partOf"), nullptr);
    const auto page = boost::json::parse(exchange->hsds().organizations(coordinator, {})).as_object();
    EXPECT_EQ(page.at("contents").as_array().size(), 1U);
}

TEST_P(ExchangeServiceTest, ASourceIsCreditedWithItsFiles) {
    take("jigyosho_130_all_20260630.csv", offices);
    take("jigyosho_110_all_20260630.csv", {offices[0]});
    const auto credits = exchange->credits(coordinator).items;
    ASSERT_EQ(credits.size(), 1U);
    EXPECT_EQ(credits[0].source, "kaigo");
    ASSERT_EQ(credits[0].files.size(), 2U);
    EXPECT_EQ(credits[0].files[0].file_name, "jigyosho_110_all_20260630.csv");
    EXPECT_EQ(credits[0].files[1].records, 4);
}

}  // namespace
}  // namespace tsunagi::exchange
