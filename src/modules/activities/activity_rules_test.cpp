// SPDX-License-Identifier: Apache-2.0
#include "modules/activities/activity_rules.hpp"

#include <set>

#include <gtest/gtest.h>

namespace tsunagi::activities {
namespace {

packs::Scheme scheme(const std::string& name, const std::vector<std::pair<std::string, std::string>>& codes) {
    packs::Scheme result;
    result.name = record::CodeName(name);
    std::int64_t position = 0;
    for (const auto& [code, parent] : codes) {
        packs::CodeEntry entry;
        entry.code = record::CodeName(code);
        entry.label.ja = code;
        if (!parent.empty())
            entry.parent = record::CodeName(parent);
        entry.position = position++;
        result.codes.push_back(entry);
    }
    return result;
}

class ActivityRulesTest : public ::testing::Test {
protected:
    static core::Date day(const char* text) { return core::Date::parse(text).value(); }

    [[nodiscard]] std::set<std::string> faults(const ActivityText& text, bool of_case = true) const {
        std::set<std::string> result;
        for (const auto& error :
             check(text,
                   {.codes = codes, .today = day("2026-11-17"), .latest_day = day("2026-11-17"), .of_case = of_case}))
            result.insert(error.pointer + " " + error.reason);
        return result;
    }

    static ActivityText text(const char* kind) {
        ActivityText result;
        result.kind = record::Code<"activity_kind">(kind);
        result.done_on = day("2026-11-10");
        return result;
    }

    packs::CodeBook codes{{scheme("activity_kind", {{"call", "contact"},
                                                    {"oral", "oral_nutrition"},
                                                    {"pair", "two_physicians"},
                                                    {"begin", "startup"},
                                                    {"own", "request"},
                                                    {"odd", ""}}),
                           scheme("profession", {{"nurse", ""}}), scheme("advice_field", {{"oral", ""}}),
                           scheme("startup_support", {{"social_work", ""}, {"supplies_cart", ""}})},
                          {}};
};

using Faults = std::set<std::string>;

TEST_F(ActivityRulesTest, TwoPhysiciansAreConditionsAChoiceAndAnAgreement) {
    auto pair = text("pair");
    pair.state = ActivityState::asked;
    pair.conditions = "Visits at night, near the station";
    pair.candidates = "Clinic A: full";
    pair.agreement = "The hospital sees to the heart";
    pair.agreed_on = day("2026-11-12");
    pair.begun_on = day("2026-11-15");
    pair.follow_up_on = day("2026-12-01");
    EXPECT_EQ(faults(pair), Faults{});
    pair.state = ActivityState::done;
    EXPECT_EQ(faults(pair), (Faults{"/with_affiliation required"}));
    pair.with_affiliation = "Clinic B";
    EXPECT_EQ(faults(pair), Faults{});
    pair.agreed_on = day("2026-11-18");
    pair.follow_up_on = day("2026-11-09");
    EXPECT_EQ(faults(pair), (Faults{"/agreed_on future", "/follow_up_on date_order"}));
    auto begin = text("begin");
    begin.state = ActivityState::asked;
    begin.with_affiliation = "Clinic C";
    begin.begun_on = day("2026-11-16");
    begin.follow_up_on = day("2026-12-01");
    EXPECT_EQ(faults(begin), Faults{});
    begin.conditions = "x";
    EXPECT_EQ(faults(begin), (Faults{"/conditions not_allowed"}));
    auto call = text("call");
    call.said = "Hello";
    call.follow_up_on = day("2026-12-01");
    EXPECT_EQ(faults(call), (Faults{"/follow_up_on not_allowed"}));
}

TEST_F(ActivityRulesTest, AContactSaysWhatWasSaidOrWhatCameOfIt) {
    auto call = text("call");
    EXPECT_EQ(faults(call), (Faults{"/said required"}));
    call.outcome = "Nobody answered";
    EXPECT_EQ(faults(call), Faults{});
    call.said = "Asked for a visit";
    EXPECT_EQ(faults(call), Faults{});
    EXPECT_EQ(faults(call, false), (Faults{"/kind needs_case"}));
    EXPECT_EQ(form_of(codes, "odd"), "contact");
}

TEST_F(ActivityRulesTest, AFieldOfAnotherFormIsRefused) {
    auto call = text("call");
    call.said = "x";
    call.state = ActivityState::asked;
    call.settled_on = day("2026-11-11");
    call.advice_field.emplace("oral");
    call.partner = "Doctor";
    call.startup_supports.emplace_back("social_work");
    EXPECT_EQ(faults(call), (Faults{"/state not_allowed", "/settled_on not_allowed", "/advice_field not_allowed",
                                    "/partner not_allowed", "/startup_supports not_allowed"}));
    auto own = text("own");
    own.state = ActivityState::declined;
    own.settled_on = day("2026-11-10");
    EXPECT_EQ(faults(own, false), Faults{});
    own.state = ActivityState::arranged;
    EXPECT_EQ(faults(own), (Faults{"/settled_on not_allowed"}));
}

TEST_F(ActivityRulesTest, EachFormAsksForWhatItCannotBeWithout) {
    EXPECT_EQ(faults(text("oral"), false), (Faults{"/state required", "/advice_field required"}));
    EXPECT_EQ(faults(text("pair"), false), (Faults{"/state required"}));
    EXPECT_EQ(faults(text("begin"), false), (Faults{"/state required", "/with_affiliation required"}));
    auto begin = text("begin");
    begin.state = ActivityState::done;
    begin.with_affiliation = "Clinic";
    begin.startup_supports = {record::Code<"startup_support">("social_work"),
                              record::Code<"startup_support">("social_work")};
    begin.settled_on = day("2026-11-09");
    EXPECT_EQ(faults(begin), (Faults{"/startup_supports/1 duplicate", "/settled_on date_order"}));
}

TEST_F(ActivityRulesTest, NothingIsDoneInTheFuture) {
    auto call = text("call");
    call.said = "x";
    call.done_on = day("2026-11-18");
    EXPECT_EQ(faults(call), (Faults{"/done_on future"}));
    auto own = text("own");
    own.state = ActivityState::done;
    own.settled_on = day("2026-11-18");
    EXPECT_EQ(faults(own), (Faults{"/settled_on future"}));
}

TEST_F(ActivityRulesTest, CodesAreThoseOfTheDay) {
    auto call = text("nothing_like_it");
    call.said = "x";
    call.with_profession.emplace("wizard");
    EXPECT_EQ(faults(call), (Faults{"/kind unknown_code", "/with_profession unknown_code"}));
}

TEST_F(ActivityRulesTest, WhoIsNotToldNamesIsNotToldTheSecondOneEither) {
    auto pair = text("pair");
    pair.with_name = "A";
    pair.with_affiliation = "B";
    pair.partner = "C";
    pair.said = "D";
    pair.outcome = "E";
    pair.conditions = "F";
    pair.candidates = "G";
    pair.agreement = "H";
    pair.minutes = record::Whole<0, 1440>{20};
    auto officer = pair;
    withhold_names(officer);
    EXPECT_EQ(officer.with_name.str() + officer.partner.str() + officer.candidates.str(), "");
    EXPECT_EQ(officer.with_affiliation.str() + officer.said.str() + officer.outcome.str(), "BDE");
    EXPECT_EQ(officer.conditions.str() + officer.agreement.str(), "FH");
    withhold_words(pair);
    EXPECT_EQ(
        pair.with_name.str() + pair.partner.str() + pair.with_affiliation.str() + pair.said.str() + pair.outcome.str(),
        "");
    EXPECT_EQ(pair.conditions.str() + pair.candidates.str() + pair.agreement.str(), "");
    EXPECT_EQ(pair.minutes->value, 20);
}

}  // namespace
}  // namespace tsunagi::activities
