// SPDX-License-Identifier: Apache-2.0
#include "modules/resources/match_service.hpp"

#include <algorithm>

#include "modules/resources/resource_test.hpp"

namespace tsunagi::resources {
namespace {

using test::faults;

class MatchServiceTest : public ResourceServiceTest {
protected:
    void fill() {
        (void)applied("jigyosho_130_all_20260630.csv",
                      {{"9960190011", "みなと病院", "991015", "000-231-5100"},
                       {"9910110719", "通所リハビリなぎさ", "991015", "000-232-5100"}});
        hospitals = applied_rows("01-1_hospital_facility_info_20260601.csv", "hospital",
                                 {{{"key", "9911010000013"},
                                   {"name", "医療法人 みなと病院"},
                                   {"prefecture", "99"},
                                   {"municipality_within", "101"},
                                   {"address", "汐見市１－２"},
                                   {"capacity", "48"}}});
        (void)applied_rows("filings_20260601.csv", "filings",
                           {{{"prefecture", "99"},
                             {"kind", "医科"},
                             {"number", "0110719"},
                             {"name", "なぎさ病院"},
                             {"address", "どこか"},
                             {"phone", "000-232-5100"},
                             {"symbol", "支援病３"}}});
    }

    MatchSearchResult look() {
        MatchSearch search;
        search.municipality.value = "99";
        return matches().look(coordinator, search);
    }

    PlaceMatch decide(const PlaceMatch& match, MatchState state) {
        later();
        return matches().decide(coordinator, match.id, match.version, {state});
    }

    [[nodiscard]] const MatchService& matches() const { return resources->matches(); }

    OfficialImport hospitals;
};

TSUNAGI_BOTH_ENGINES(MatchServiceTest);

TEST_P(MatchServiceTest, TwoPlacesBecomeOneAndTwoAgain) {
    fill();
    const std::string before = everything();
    const auto found = look();
    EXPECT_EQ(found.places, 4);
    EXPECT_EQ(found.proposed, 1);
    EXPECT_EQ(found.joined, 1) << "the same number";
    EXPECT_EQ(look().proposed, 0) << "what was named once is not named again";
    MatchFilter filter;
    filter.state = MatchState::proposed;
    const auto page = matches().list(coordinator, filter);
    ASSERT_EQ(page.items.size(), 1U);
    const auto& match = page.items.front();
    EXPECT_EQ(match.place.name, "医療法人 みなと病院") << "the hospital keeps its page";
    EXPECT_EQ(match.other.services, std::vector<std::string>{"130"});
    EXPECT_EQ(match.likeness, (std::vector<std::string>{"name", "address"}));

    const auto confirmed = decide(match, MatchState::confirmed);
    EXPECT_EQ(confirmed.decided_by_name, "Name of coordinator");
    EXPECT_EQ(resources->places(coordinator, {}).total, 2);
    const auto row = only("みなと");
    EXPECT_EQ(row.id, match.place.id);
    ASSERT_EQ(row.services.size(), 2U);
    EXPECT_EQ(row.phone, "000-231-5100") << "what the hospital's file does not say";
    const auto place = resources->get(coordinator, row.id, {});
    EXPECT_EQ(place.name, "医療法人 みなと病院");
    ASSERT_EQ(place.joined.size(), 1U);
    EXPECT_EQ(place.joined[0].match_id, match.id);
    EXPECT_EQ(resources->get(coordinator, match.other.id, {}).joined_to, row.id);

    // A newer file of the other one goes to the place it is now.
    (void)applied("jigyosho_130_all_20261231.csv", {{"9960190011", "みなと病院", "991015", "000-231-9999"},
                                                    {"9910110719", "通所リハビリなぎさ", "991015", "000-232-5100"}});
    EXPECT_EQ(only("みなと").phone, "000-231-9999");
    const auto more = applied("jigyosho_430_all_20261231.csv", {{"9960190011", "みなと居宅", "991015", ""}});
    EXPECT_EQ(only("みなと").services.size(), 3U);
    later();
    (void)official().undo(coordinator, more.id, more.version);
    EXPECT_EQ(only("みなと").services.size(), 2U);

    EXPECT_EQ(faults([&] { (void)decide(match, MatchState::refused); }), std::set<std::string>{"stale"});
    const auto refused = decide(confirmed, MatchState::refused);
    EXPECT_EQ(resources->places(coordinator, {}).total, 3) << "split again";
    EXPECT_EQ(resources->get(coordinator, match.other.id, {}).services.size(), 1U);
    EXPECT_EQ(resources->get(coordinator, match.place.id, {}).services.size(), 1U);
    EXPECT_EQ(decide(refused, MatchState::proposed).decided_by_name, "") << "and may be decided anew";

    filter.state = MatchState::confirmed;
    const auto numbered = matches().list(coordinator, filter).items.at(0);
    EXPECT_TRUE(numbered.by_number);
    EXPECT_EQ(numbered.decided_by_name, "");
    EXPECT_EQ(decide(numbered, MatchState::refused).by_number, false);
    EXPECT_EQ(resources->places(coordinator, {}).total, 4);
    EXPECT_EQ(std::ranges::count(everything(), '\n'), std::ranges::count(before, '\n')) << "nothing is lost";
}

TEST_P(MatchServiceTest, WhatWasJoinedBeforeGoesAlongWhenAPairIsSplit) {
    fill();
    (void)look();
    MatchFilter filter;
    filter.state = MatchState::confirmed;
    const auto numbered = matches().list(coordinator, filter).items.at(0);
    (void)applied_rows("01-1_hospital_facility_info_20260701.csv", "hospital",
                       {{{"key", "9911010000021"},
                         {"name", "なぎさ病院"},
                         {"prefecture", "99"},
                         {"municipality_within", "101"},
                         {"address", "どこか"}}});
    EXPECT_EQ(look().proposed, 1);
    filter.state = MatchState::proposed;
    const auto all = matches().list(coordinator, filter).items;
    const auto match = std::ranges::find(all, numbered.place.id, [](const auto& one) { return one.other.id; });
    ASSERT_NE(match, all.end());
    const auto confirmed = decide(*match, MatchState::confirmed);
    EXPECT_EQ(resources->get(coordinator, numbered.other.id, {}).joined_to, match->place.id);
    (void)decide(confirmed, MatchState::refused);
    EXPECT_EQ(resources->get(coordinator, numbered.other.id, {}).joined_to, numbered.place.id)
        << "nobody said that these two are not one";
    EXPECT_EQ(resources->get(coordinator, numbered.place.id, {}).services.size(), 3U);
    EXPECT_EQ(resources->get(coordinator, match->place.id, {}).services.size(), 1U);
}

TEST_P(MatchServiceTest, AFileIsTakenBackThoughItsPlaceWasJoined) {
    fill();
    (void)look();
    MatchFilter filter;
    filter.state = MatchState::proposed;
    const auto match = matches().list(coordinator, filter).items.at(0);
    (void)decide(match, MatchState::confirmed);
    later();
    (void)official().undo(coordinator, hospitals.id, hospitals.version);
    const auto left = resources->get(coordinator, match.place.id, {});
    EXPECT_EQ(left.services.size(), 1U) << "what was joined is still there";
}

TEST_P(MatchServiceTest, OnlyWhoImportsDecides) {
    fill();
    (void)look();
    const auto match = matches().list(coordinator, {}).items.at(0);
    EXPECT_EQ(faults([&] { (void)matches().list(officer, {}); }), std::set<std::string>{"forbidden"});
    EXPECT_EQ(faults([&] { (void)matches().decide(officer, match.id, match.version, {MatchState::refused}); }),
              std::set<std::string>{"forbidden"});
    MatchSearch search;
    search.municipality.value = "x";
    EXPECT_EQ(faults([&] { (void)matches().look(coordinator, search); }),
              std::set<std::string>{"/municipality municipality_code"});
    const auto seen = matches().list(stranger, {}).items;
    EXPECT_EQ(seen.size(), 2U) << "public data";
}

TEST_P(MatchServiceTest, ACorporationHasItsPlaces) {
    const auto office = [](const char* key, const char* name) {
        return std::map<std::string, std::string>{{"key", key},
                                                  {"name", name},
                                                  {"municipality", "991015"},
                                                  {"address", "汐見市"},
                                                  {"corporation", "架空福祉会Ａ"},
                                                  {"corporate_number", "7000012050002"}};
    };
    (void)applied_rows("jigyosho_130_all_20260630.csv", "kaigo",
                       {office("9960190011", "一号"), office("9960190029", "二号")});
    CorporationFilter filter;
    filter.words = "福祉会";
    const auto list = matches().corporations(officer, filter);
    ASSERT_EQ(list.items.size(), 1U);
    EXPECT_EQ(list.items[0].places, 2);
    filter.words = "福祉会a";
    EXPECT_EQ(matches().corporations(officer, filter).items.size(), 1U) << "however it is written";
    const auto one = matches().corporation(officer, list.items[0].number);
    EXPECT_EQ(one.name, "架空福祉会Ａ");
    EXPECT_EQ(one.places.size(), 2U);
    EXPECT_EQ(one.places[0].services, std::vector<std::string>{"130"});
    EXPECT_EQ(faults([&] { (void)matches().corporation(officer, "1"); }), std::set<std::string>{"not_found"});
    EXPECT_EQ(faults([&] { (void)matches().corporations(advisor, {}); }), std::set<std::string>{"forbidden"});
}

}  // namespace
}  // namespace tsunagi::resources
