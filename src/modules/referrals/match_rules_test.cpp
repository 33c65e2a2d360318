// SPDX-License-Identifier: Apache-2.0
#include "modules/referrals/match_rules.hpp"

#include <gtest/gtest.h>

namespace tsunagi::referrals {
namespace {

using Treatments = std::vector<record::Code<"treatment">>;

const core::RegionId here("here");
const core::RegionId there("there");

MatchText wanted() {
    MatchText text;
    text.service = resources::ServiceCode("130");
    text.treatments = Treatments{record::Code<"treatment">("suction"), record::Code<"treatment">("ventilator")};
    text.district_id = here;
    text.days = {Weekday::mon, Weekday::sun};
    text.contact.emplace("fax");
    return text;
}

std::vector<Fit> fits(const PlaceFacts& place) {
    std::vector<Fit> result;
    for (const FitPoint& point : fit(wanted(), place))
        result.push_back(point.fit);
    return result;
}

TEST(MatchRulesTest, WhatNobodyWroteIsUnknown) {
    EXPECT_EQ(fits({}), (std::vector<Fit>{Fit::unknown, Fit::unknown, Fit::unknown, Fit::unknown}));
}

TEST(MatchRulesTest, ConditionsThatTheTextLacksAreNotAsked) {
    MatchText text;
    EXPECT_TRUE(fit(text, {}).empty());
}

TEST(MatchRulesTest, APointNamesWhatIsMissing) {
    PlaceFacts place;
    place.treatments = Treatments{record::Code<"treatment">("suction")};
    place.open_days = {"mon", "tue"};
    place.contact.emplace("phone");
    const auto points = fit(wanted(), place);
    EXPECT_EQ(points.at(0).fit, Fit::misses);
    EXPECT_EQ(points.at(0).missing, std::vector<std::string>{"ventilator"});
    EXPECT_EQ(points.at(2).missing, std::vector<std::string>{"sun"});
    EXPECT_EQ(points.at(3).fit, Fit::misses);
    place.treatments.emplace_back("ventilator");
    place.open_days = {"mon", "sun"};
    place.contact.emplace("fax");
    place.in_district = true;
    EXPECT_EQ(fits(place), (std::vector<Fit>{Fit::fits, Fit::fits, Fit::fits, Fit::fits}));
}

TEST(MatchRulesTest, HoursLanguagesAndCostsAreConditions) {
    MatchText text;
    text.open_times = {record::Code<"open_time">("saturday"), record::Code<"open_time">("night")};
    text.languages = {record::Code<"language">("en"), record::Code<"language">("zh")};
    text.costs = {record::Code<"cost">("free")};
    PlaceFacts place;
    const auto point = [&](std::size_t at) { return fit(text, place).at(at); };
    EXPECT_EQ(point(0).fit, Fit::unknown);
    EXPECT_EQ(point(1).fit, Fit::unknown);
    EXPECT_EQ(point(2).fit, Fit::unknown);
    place.open_days = {"mon", "sat"};
    EXPECT_EQ(point(0).missing, std::vector<std::string>{"night"}) << "published Saturdays count";
    place.open_times = {record::Code<"open_time">("always")};
    EXPECT_EQ(point(0).fit, Fit::fits) << "at any hour is at each of them";
    place.languages = {record::Code<"language">("zh")};
    EXPECT_EQ(point(1).fit, Fit::fits) << "one of them is enough";
    place.languages = {record::Code<"language">("pt")};
    EXPECT_EQ(point(1).missing, (std::vector<std::string>{"en", "zh"}));
    place.costs = {record::Code<"cost">("self_pay")};
    EXPECT_EQ(point(2).missing, std::vector<std::string>{"free"});
}

TEST(MatchRulesTest, WrittenDistrictsDecideThenTheReachThenWhereItStands) {
    const auto district = [](const PlaceFacts& place) { return fit(wanted(), place).at(1).fit; };
    PlaceFacts place;
    place.in_district = true;
    EXPECT_EQ(district(place), Fit::fits);
    place.reach_km = 3;
    EXPECT_EQ(district(place), Fit::fits) << "how far it is nobody knows";
    place.distance_km = 3.1;
    EXPECT_EQ(district(place), Fit::misses);
    place.distance_km = 3;
    EXPECT_EQ(district(place), Fit::fits);
    place.district_ids = {there};
    EXPECT_EQ(district(place), Fit::misses);
    place.district_ids = {there, here};
    EXPECT_EQ(district(place), Fit::fits);
}

TEST(MatchRulesTest, FewestMissesComeFirstThenWhatIsKnownThenTheNearest) {
    const auto candidate = [](const std::string& name, std::int64_t misses, Fit fit, std::optional<double> distance) {
        Candidate one;
        one.name = name;
        one.misses = misses;
        one.points.push_back({"days", fit, {}, {}});
        one.distance_km = distance;
        return one;
    };
    std::vector<Candidate> all{candidate("misses", 1, Fit::misses, 0.1), candidate("unknown", 0, Fit::unknown, 0.2),
                               candidate("nowhere", 0, Fit::fits, {}), candidate("far", 0, Fit::fits, 9),
                               candidate("near", 0, Fit::fits, 1)};
    rank(all);
    std::string order;
    for (const auto& one : all)
        order += one.name + " ";
    EXPECT_EQ(order, "near far nowhere unknown misses ");
}

}  // namespace
}  // namespace tsunagi::referrals
