// SPDX-License-Identifier: Apache-2.0
#include "modules/referrals/gap_rules.hpp"

#include <gtest/gtest.h>

namespace tsunagi::referrals {
namespace {

const core::RegionId east("east");
const core::RegionId west("west");

AskFact ask(const core::RegionId& district, const char* service, const char* about, ReferralAnswer answer,
            const char* reason = "") {
    AskFact fact;
    fact.district_id = district;
    fact.service = resources::ServiceCode(service);
    fact.consultation_id = core::ConsultationId(about);
    fact.answer = answer;
    if (*reason != '\0')
        fact.reason.emplace(reason);
    return fact;
}

SearchFact search(const core::RegionId& district, const char* service, const char* about, CaseMatchState state,
                  std::int64_t fitting, const char* reason = "") {
    SearchFact fact;
    fact.district_id = district;
    fact.service = resources::ServiceCode(service);
    fact.consultation_id = core::ConsultationId(about);
    fact.state = state;
    fact.fitting = fitting;
    if (*reason != '\0')
        fact.reason.emplace(reason);
    return fact;
}

TEST(GapRulesTest, RefusalsAndFailedSearchesAreCountedWhereTheyBelong) {
    const auto table =
        gap_table({ask(west, "130", "a", ReferralAnswer::no, "full"), ask(west, "130", "a", ReferralAnswer::no, "full"),
                   ask(west, "130", "b", ReferralAnswer::none, "not_reached"),
                   ask(east, "130", "c", ReferralAnswer::yes), ask(east, "130", "c", ReferralAnswer::conditional)},
                  {search(west, "130", "a", CaseMatchState::not_found, 2, "full"),
                   search(east, "110", "d", CaseMatchState::searching, 0)});
    ASSERT_EQ(table.items.size(), 3U);
    const GapRow& worst = table.items.front();
    EXPECT_EQ(worst.district_id, west);
    EXPECT_EQ(worst.asks, 3);
    EXPECT_EQ(worst.refused, 2);
    EXPECT_EQ(worst.unanswered, 1);
    EXPECT_EQ(worst.searches, 1);
    EXPECT_EQ(worst.not_found, 1);
    ASSERT_EQ(worst.reasons.size(), 2U);
    EXPECT_EQ(worst.reasons[0].reason.value, "full");
    EXPECT_EQ(worst.reasons[0].count, 3) << "two refusals and the search that was given up";
    EXPECT_EQ(worst.reasons[0].cases.size(), 1U) << "each case once";
    EXPECT_EQ(worst.cases.size(), 2U);
    EXPECT_EQ(table.items[1].service.value, "110");
    EXPECT_EQ(table.items[1].no_fitting, 1);
    EXPECT_EQ(table.items[1].cases.size(), 1U);
    EXPECT_EQ(table.items[2].accepted, 2);
    EXPECT_TRUE(table.items[2].cases.empty()) << "nothing is missing there";
    EXPECT_EQ(table.total.asks, 5);
    EXPECT_EQ(table.total.searches, 2);
    EXPECT_EQ(table.total.cases.size(), 3U);
}

TEST(GapRulesTest, DistancesAreOfWhatBegan) {
    auto near = ask(east, "130", "a", ReferralAnswer::yes);
    near.outcome = ReferralOutcome::began;
    near.distance_km = 2;
    auto far = near;
    far.distance_km = 5;
    auto unknown = near;
    unknown.distance_km.reset();
    auto failed = ask(east, "130", "b", ReferralAnswer::yes);
    failed.outcome = ReferralOutcome::failed;
    failed.outcome_reason.emplace("wish");
    failed.distance_km = 50;
    const auto table = gap_table({near, far, unknown, failed}, {});
    EXPECT_DOUBLE_EQ(table.items.at(0).average_km.value_or(0), 3.5);
    EXPECT_DOUBLE_EQ(table.total.longest_km.value_or(0), 5);
    EXPECT_EQ(table.total.reasons.at(0).reason.value, "wish") << "why it failed after all counts too";
}

TEST(GapRulesTest, AtMostAHundredCasesAreNamed) {
    std::vector<AskFact> asks;
    for (int i = 0; i < 150; ++i)
        asks.push_back(ask(east, "130", std::to_string(i).c_str(), ReferralAnswer::no, "full"));
    const auto table = gap_table(asks, {});
    EXPECT_EQ(table.total.reasons.at(0).count, 150);
    EXPECT_EQ(table.total.reasons.at(0).cases.size(), most_cases);
}

}  // namespace
}  // namespace tsunagi::referrals
