// SPDX-License-Identifier: Apache-2.0
#include "modules/measures/measure_rules.hpp"

#include <algorithm>

#include <gtest/gtest.h>

namespace tsunagi::measures {
namespace {

using enum MeasureState;

const std::vector<MeasureState> all{draft, coordination, approved, budgeted, underway, evaluating, finished, cancelled};

core::Date day(const char* text) {
    return core::Date::parse(text).value();
}

packs::CodeBook codes() {
    std::vector<packs::Scheme> schemes;
    for (const auto& [name, code] : std::vector<std::pair<const char*, const char*>>{{"measure_kind", "training"},
                                                                                     {"feasibility", "high"},
                                                                                     {"proposal_target", "prefecture"},
                                                                                     {"actor", "city"}}) {
        packs::Scheme scheme;
        scheme.name = record::CodeName(name);
        packs::CodeEntry entry;
        entry.code = record::CodeName(code);
        scheme.codes.push_back(entry);
        schemes.push_back(scheme);
    }
    return packs::CodeBook(schemes, packs::Sheet{});
}

TEST(MeasureRules, TheWayFromDraftToFinishedIsOpenWithAndWithoutMoney) {
    const std::vector<MeasureState> with_money{draft, coordination, approved, budgeted, underway, evaluating, finished};
    for (std::size_t i = 1; i < with_money.size(); ++i) {
        EXPECT_TRUE(may_follow(with_money[i - 1], with_money[i]));
        EXPECT_FALSE(needs_reason(with_money[i - 1], with_money[i]));
    }
    EXPECT_TRUE(may_follow(approved, underway));
}

TEST(MeasureRules, NothingIsDoneUnapprovedOrFinishedUnevaluated) {
    EXPECT_FALSE(may_follow(draft, approved));
    EXPECT_FALSE(may_follow(draft, underway));
    EXPECT_FALSE(may_follow(coordination, underway));
    EXPECT_FALSE(may_follow(underway, finished));
    EXPECT_FALSE(may_follow(cancelled, underway));
    for (const MeasureState state : all)
        EXPECT_FALSE(may_follow(state, state));
}

TEST(MeasureRules, EverythingUnfinishedCanBeGivenUpWithWords) {
    for (const MeasureState from : {draft, coordination, approved, budgeted, underway, evaluating}) {
        EXPECT_TRUE(may_follow(from, cancelled));
        EXPECT_TRUE(needs_reason(from, cancelled));
    }
    EXPECT_FALSE(may_follow(finished, cancelled));
    EXPECT_TRUE(needs_reason(coordination, draft));
    EXPECT_TRUE(needs_reason(evaluating, underway));
    EXPECT_TRUE(needs_reason(finished, evaluating));
    EXPECT_TRUE(needs_reason(cancelled, draft));
    EXPECT_THROW(require_step(draft, {cancelled, ""}, {}), core::Error);
    EXPECT_NO_THROW(require_step(draft, {cancelled, "no staff"}, {}));
    EXPECT_THROW(require_step(draft, {finished, "done"}, {}), core::Error);
}

TEST(MeasureRules, WhatIsDecidedNamesIssuePeriodAndDayOfEvaluation) {
    const auto missing = [](const MeasureText& text, MeasureState state) {
        std::vector<std::string> result;
        for (const auto& error : check_complete(text, state, "/text"))
            result.push_back(error.pointer + " " + error.reason);
        return result;
    };
    using Missing = std::vector<std::string>;
    MeasureText text;
    EXPECT_EQ(missing(text, draft), Missing{});
    EXPECT_EQ(missing(text, cancelled), Missing{});
    EXPECT_EQ(missing(text, coordination), Missing{"/text/issue_ids required"});
    for (const MeasureState state : {approved, budgeted, underway, evaluating, finished}) {
        EXPECT_EQ(missing(text, state), (Missing{"/text/issue_ids required", "/text/starts_on required",
                                                 "/text/ends_on required", "/text/evaluate_on required"}));
    }
    text.issue_ids = {core::IssueId::make()};
    text.starts_on = text.ends_on = text.evaluate_on = day("2026-11-22");
    EXPECT_EQ(missing(text, finished), Missing{});
}

TEST(MeasureRules, AStepNamesEverythingThatIsMissing) {
    try {
        require_step(coordination, {approved, ""}, {});
        FAIL();
    } catch (const core::Error& error) {
        EXPECT_EQ(error.fields().size(), 4U);
    }
    try {
        require_step(evaluating, {underway, ""}, {});
        FAIL();
    } catch (const core::Error& error) {
        EXPECT_EQ(error.fields().back().pointer, "/reason");
        EXPECT_EQ(error.fields().size(), 5U);
    }
}

TEST(MeasureRules, ATextNamesEveryFault) {
    MeasureText text;
    text.kind = record::Code<"measure_kind">("nothing");
    text.actors = {record::Code<"actor">("city"), record::Code<"actor">("city")};
    const auto issue = core::IssueId::make();
    text.issue_ids = {issue, issue};
    text.starts_on = day("2026-10-01");
    text.ends_on = day("2026-09-30");
    text.evaluate_on = day("2026-09-01");
    text.budget_asked = -1;
    const auto errors = check(text, codes(), day("2026-11-22"), "/text");
    std::vector<std::string> found;
    for (const auto& error : errors)
        found.push_back(error.pointer + " " + error.reason);
    EXPECT_EQ(found, (std::vector<std::string>{"/text/kind unknown_code", "/text/actors/1 duplicate",
                                               "/text/issue_ids/1 duplicate", "/text/ends_on date_order",
                                               "/text/evaluate_on date_order", "/text/budget_asked range"}));
}

TEST(MeasureRules, ProgressIsNeverOfTomorrow) {
    NewProgress progress;
    EXPECT_TRUE(check(progress, day("2026-11-22")).empty());
    progress.on = day("2026-11-22");
    EXPECT_TRUE(check(progress, day("2026-11-22")).empty());
    progress.on = day("2026-11-23");
    EXPECT_EQ(check(progress, day("2026-11-22")).at(0).reason, "future");
    EXPECT_THROW(require_open(finished), core::Error);
    EXPECT_NO_THROW(require_open(evaluating));
}

}  // namespace
}  // namespace tsunagi::measures
