// SPDX-License-Identifier: Apache-2.0
#include "modules/issues/issue_rules.hpp"

#include <gtest/gtest.h>

namespace tsunagi::issues {
namespace {

using enum IssueState;

const std::vector<IssueState> all{sign,   reviewing, planned,      underway, evaluating,
                                  solved, continued, reconsidered, on_hold};

core::Date day(const char* text) {
    return core::Date::parse(text).value();
}

packs::Scheme scheme(const char* name, std::vector<std::string> codes) {
    packs::Scheme result;
    result.name = record::CodeName(name);
    for (const std::string& code : codes) {
        packs::CodeEntry entry;
        entry.code = record::CodeName(code);
        if (code.starts_with("old"))
            entry.retired_on = day("2026-04-01");
        result.codes.push_back(entry);
    }
    return result;
}

packs::CodeBook codes() {
    return packs::CodeBook({scheme("scene", {"daily", "discharge", "old_scene"}), scheme("issue_kind", {"linkage"}),
                            scheme("layer", {"primary"}), scheme("profession", {"nurse"})},
                           packs::Sheet{});
}

TEST(IssueRules, TheWholeWayFromSignToSolvedIsOpen) {
    for (const auto& [from, to] : std::vector<std::pair<IssueState, IssueState>>{{sign, reviewing},
                                                                                 {reviewing, planned},
                                                                                 {planned, underway},
                                                                                 {underway, evaluating},
                                                                                 {evaluating, solved},
                                                                                 {evaluating, continued},
                                                                                 {evaluating, reconsidered},
                                                                                 {reconsidered, reviewing},
                                                                                 {continued, underway}}) {
        EXPECT_TRUE(may_follow(from, to)) << record::to_text(from) << " to " << record::to_text(to);
    }
    EXPECT_FALSE(needs_reason(sign, reviewing));
    EXPECT_FALSE(needs_reason(underway, evaluating));
    EXPECT_FALSE(needs_reason(evaluating, continued));
}

TEST(IssueRules, NothingJumpsOverTheDiscussionOrTheEvaluation) {
    EXPECT_FALSE(may_follow(sign, planned));
    EXPECT_FALSE(may_follow(sign, underway));
    EXPECT_FALSE(may_follow(reviewing, underway));
    EXPECT_FALSE(may_follow(planned, evaluating));
    EXPECT_FALSE(may_follow(underway, solved));
    EXPECT_FALSE(may_follow(solved, underway));
    for (const IssueState state : all)
        EXPECT_FALSE(may_follow(state, state)) << record::to_text(state);
}

TEST(IssueRules, EveryStateHasAWayOn) {
    for (const IssueState from : all) {
        EXPECT_TRUE(std::ranges::any_of(all, [&](IssueState to) { return may_follow(from, to); }))
            << record::to_text(from);
    }
}

TEST(IssueRules, HoldingSolvingReconsideringAndStepsBackNeedWords) {
    for (const IssueState from : all) {
        for (const IssueState to : {on_hold, solved, reconsidered})
            EXPECT_TRUE(needs_reason(from, to));
    }
    EXPECT_TRUE(needs_reason(reviewing, sign));
    EXPECT_TRUE(needs_reason(planned, reviewing));
    EXPECT_TRUE(needs_reason(underway, planned));
    EXPECT_TRUE(needs_reason(evaluating, underway));
    EXPECT_TRUE(needs_reason(solved, reviewing));
    EXPECT_FALSE(needs_reason(on_hold, reviewing));

    try {
        require_step(sign, {on_hold, ""}, {});
        FAIL();
    } catch (const core::Error& error) {
        EXPECT_EQ(error.kind(), core::ErrorKind::invalid);
        EXPECT_EQ(error.fields().at(0).pointer, "/reason");
    }
    EXPECT_NO_THROW(require_step(sign, {on_hold, "waiting for the ward"}, {}));
    try {
        require_step(sign, {underway, "hurry"}, {});
        FAIL();
    } catch (const core::Error& error) {
        EXPECT_EQ(error.reason(), "not_allowed_in_state");
    }
}

TEST(IssueRules, WhatIsDiscussedIsDescribedAndWhatIsActedOnHasAGoal) {
    const auto missing = [](const IssueText& text, IssueState state) {
        std::vector<std::string> result;
        for (const auto& error : check_complete(text, state, "/text"))
            result.push_back(error.pointer + " " + error.reason);
        return result;
    };
    using Missing = std::vector<std::string>;
    IssueText text;
    for (const IssueState state : {sign, solved, on_hold})
        EXPECT_EQ(missing(text, state), Missing{}) << record::to_text(state);
    EXPECT_EQ(missing(text, reviewing), Missing{"/text/description required"});
    for (const IssueState state : {planned, underway, evaluating, continued, reconsidered}) {
        EXPECT_EQ(missing(text, state), (Missing{"/text/description required", "/text/goal required"}))
            << record::to_text(state);
    }
    text.description = "nobody visits at night";
    text.goal = "somebody does";
    EXPECT_EQ(missing(text, planned), Missing{});
    try {
        require_step(planned, {reviewing, ""}, {});
        FAIL();
    } catch (const core::Error& error) {
        EXPECT_EQ(error.fields().size(), 2U);
        EXPECT_EQ(error.fields().back().pointer, "/reason");
    }
}

TEST(IssueRules, ATextNamesEveryWrongCode) {
    IssueText text;
    text.scenes = {record::Code<"scene">("daily"), record::Code<"scene">("nowhere"), record::Code<"scene">("daily")};
    text.kind = record::Code<"issue_kind">("nothing");
    const auto errors = check(text, codes(), day("2026-11-22"), "/text");
    ASSERT_EQ(errors.size(), 3U);
    EXPECT_EQ(errors[0].pointer, "/text/scenes/1");
    EXPECT_EQ(errors[0].reason, "unknown_code");
    EXPECT_EQ(errors[1].pointer, "/text/scenes/2");
    EXPECT_EQ(errors[1].reason, "duplicate");
    EXPECT_EQ(errors[2].pointer, "/text/kind");
}

TEST(IssueRules, ARetiredCodeStaysOnlyWhereItWas) {
    IssueText text;
    text.scenes = {record::Code<"scene">("old_scene")};
    const auto errors = check(text, codes(), day("2026-11-22"), "");
    ASSERT_EQ(errors.size(), 1U);
    EXPECT_EQ(errors[0].reason, "retired_code");
    EXPECT_TRUE(check(text, codes(), day("2026-11-22"), "", &text).empty());
}

TEST(IssueRules, AnOriginComesWithItsRecordOrItsCases) {
    NewIssue issue;
    issue.origin = IssueOrigin::meeting;
    EXPECT_EQ(check_origin(issue).at(0).pointer, "/origin_id");
    issue.origin_id = core::new_uuid();
    EXPECT_TRUE(check_origin(issue).empty());
    issue.origin = IssueOrigin::hand;
    EXPECT_EQ(check_origin(issue).at(0).reason, "not_allowed");

    issue.origin_id.reset();
    issue.origin = IssueOrigin::matrix;
    EXPECT_EQ(check_origin(issue).at(0).pointer, "/evidence");
    const auto consultation = core::ConsultationId::make();
    issue.evidence = {{consultation, "", false}};
    EXPECT_TRUE(check_origin(issue).empty());
    issue.evidence.push_back({consultation, "", true});
    EXPECT_EQ(check_origin(issue).at(0).pointer, "/evidence/1/consultation_id");
}

TEST(IssueRules, EvidenceSaysWhyACandidateNeedNot) {
    const auto consultation = core::ConsultationId::make();
    const auto errors = check(NewEvidence{consultation, "", false}, "/evidence/2");
    ASSERT_EQ(errors.size(), 1U);
    EXPECT_EQ(errors[0].pointer, "/evidence/2/note");
    EXPECT_EQ(errors[0].reason, "required");
    EXPECT_EQ(check(NewEvidence{consultation, " \u3000\n", false}, "").size(), 1U) << "blanks say nothing";
    EXPECT_TRUE(check(NewEvidence{consultation, "nobody came for three days", false}, "").empty());
    EXPECT_TRUE(check(NewEvidence{consultation, "", true}, "").empty());
}

TEST(IssueRules, NumbersCarryTheYearOfTheEra) {
    EXPECT_EQ(issue_number(2026, 7), "8-07");
    EXPECT_EQ(issue_number(2026, 112), "8-112");
    EXPECT_EQ(issue_number(2019, 1), "1-01");
}

TEST(IssueRules, OutsideTheScopeOnlyTheBackgroundIsLeft) {
    consultations::CaseBackground background;
    background.number = "R8-0031";
    background.subject = "a line";
    background.background = "alone, refuses help";
    const auto shown = anonymous(background);
    EXPECT_TRUE(shown.number.empty());
    EXPECT_TRUE(shown.subject.empty());
    EXPECT_EQ(shown.background, "alone, refuses help");
}

}  // namespace
}  // namespace tsunagi::issues
