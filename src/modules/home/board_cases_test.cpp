// SPDX-License-Identifier: Apache-2.0
#include "modules/home/board_cases.hpp"

#include <algorithm>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace tsunagi::home {
namespace {

using consultations::Changes;
using consultations::ConsultationState;
using consultations::DayNumber;
using consultations::Facts;
using consultations::IdNumber;
using consultations::Selection;

constexpr std::int64_t day_in_milliseconds = 86'400'000;

/// Unclosed cases with few days, so that many of them are the same.
std::vector<Facts> some_cases() {
    const auto count = *rc::gen::inRange<std::uint64_t>(0, 400);
    std::vector<Facts> cases;
    for (std::uint64_t i = 0; i < count; ++i) {
        Facts facts;
        facts.id = {.high = *rc::gen::inRange<std::uint64_t>(0, 3), .low = i};
        facts.state =
            *rc::gen::element(ConsultationState::open, ConsultationState::on_hold, ConsultationState::reopened);
        facts.listed_on = *rc::gen::inRange<DayNumber>(20'000, 20'010);
        facts.updated_at = *rc::gen::inRange<std::int64_t>(20'000, 20'010) * day_in_milliseconds;
        if (*rc::gen::arbitrary<bool>())
            facts.follow_up_on = *rc::gen::inRange<DayNumber>(20'000, 20'010);
        facts.worked_on = *rc::gen::arbitrary<bool>();
        if (facts.worked_on && *rc::gen::arbitrary<bool>())
            facts.awaiting_advice_since = *rc::gen::inRange<std::uint16_t>(20'000, 20'010);
        cases.push_back(facts);
    }
    return cases;
}

Selection selection_of(const std::vector<Facts>& cases, const consultations::FactWords& words) {
    Changes changes;
    for (const Facts& facts : cases)
        changes.changed.add(facts, {});
    return {.shelves = {{core::DeskId::make(),
                         std::make_shared<const consultations::Shelf>(with_changes({}, std::move(changes), 1)), false}},
            .conditions = consultations::Conditions({}, packs::CodeBook({}, {}), words, {}),
            .words = &words,
            .searched = {}};
}

/// Kind, id and day of the cards, which is all that is known before the headlines are read.
std::vector<std::pair<std::string, core::Date>> places(const std::vector<Card>& cards) {
    std::vector<std::pair<std::string, core::Date>> result;
    for (const Card& card : cards)
        result.emplace_back(card.id, card.on.value());
    return result;
}

Standing standing(const Facts& facts, const std::string& state, DayNumber since) {
    Card card;
    card.kind = "consultation";
    card.id = facts.id.id().str();
    card.on = consultations::date_of(since);
    return {state, card};
}

void expect_same(const Stage& found, const Stage& wanted) {
    RC_ASSERT(found.total == wanted.total);
    for (std::size_t i = 0; i < wanted.states.size(); ++i)
        RC_ASSERT(found.states[i].count == wanted.states[i].count);
    RC_ASSERT(found.oldest.has_value() == wanted.oldest.has_value());
    if (wanted.oldest)
        RC_ASSERT(places({*found.oldest}) == places({*wanted.oldest}));
    RC_ASSERT(places(found.newest) == places(wanted.newest));
}

std::string state_of(const Facts& facts) {
    if (facts.state == ConsultationState::open)
        return facts.worked_on ? "open" : "received";
    return facts.state == ConsultationState::on_hold ? "on_hold" : "reopened";
}

/// One pass that keeps a few cases finds the same as looking at all of them at once.
RC_GTEST_PROP(BoardCases, AreThoseThatLookingAtAllOfThemFinds, ()) {
    const auto cases = some_cases();
    const consultations::FactWords words;
    const std::vector<std::string> of_consulting{"received", "open", "on_hold", "reopened"};
    const std::vector<std::string> of_discussion{"discussed_cases", "awaiting_advice"};
    CaseQuestions questions;
    questions.due_until = consultations::date_of(20'004);
    questions.stuck_before =
        core::Instant(std::chrono::system_clock::time_point(std::chrono::milliseconds(20'005 * day_in_milliseconds)));
    std::vector<Standing> consulting;
    std::vector<Standing> discussed;
    std::vector<Standing> awaiting;
    std::vector<Card> due;
    std::vector<std::pair<std::int64_t, std::string>> stuck;
    for (const Facts& facts : cases) {
        consulting.push_back(standing(facts, state_of(facts), facts.listed_on));
        if (facts.id.low % 7 == 0) {
            questions.discussed.push_back(facts.id.id());
            discussed.push_back(standing(facts, "discussed_cases", 20'005));
        }
        if (facts.awaiting_advice_since != 0)
            awaiting.push_back(standing(facts, "awaiting_advice", facts.awaiting_advice_since));
        if (facts.follow_up_on <= 20'004)
            due.push_back(standing(facts, "", facts.follow_up_on).card);
        if (facts.updated_at < 20'005 * day_in_milliseconds)
            stuck.emplace_back(facts.updated_at, facts.id.id().str());
    }

    const auto found = survey(selection_of(cases, words), questions);

    expect_same(stage_of(1, of_consulting, found.consulting.standing, found.consulting.others),
                stage_of(1, of_consulting, consulting));
    auto found_discussed = discussed;
    std::ranges::copy(found.awaiting_advice.standing, std::back_inserter(found_discussed));
    std::ranges::copy(awaiting, std::back_inserter(discussed));
    expect_same(stage_of(2, of_discussion, found_discussed, found.awaiting_advice.others),
                stage_of(2, of_discussion, discussed));
    std::ranges::sort(due, {}, [](const Card& card) { return std::pair(card.on, card.id); });
    due.resize(std::min<std::size_t>(due.size(), 100));
    RC_ASSERT(found.due.size() == due.size());
    for (std::size_t i = 0; i < due.size(); ++i)
        RC_ASSERT(found.due[i].str() == due[i].id);
    RC_ASSERT(found.stuck_total == static_cast<std::int64_t>(stuck.size()));
    std::ranges::sort(stuck);
    stuck.resize(std::min<std::size_t>(stuck.size(), 10));
    RC_ASSERT(found.stuck.size() == stuck.size());
    for (std::size_t i = 0; i < stuck.size(); ++i)
        RC_ASSERT(found.stuck[i].id == stuck[i].second);
}

TEST(BoardCases, ACaseThatIsGoneHasNoCard) {
    Board board;
    Card card;
    card.kind = "consultation";
    card.id = core::ConsultationId::make().str();
    Card other = card;
    other.id = core::ConsultationId::make().str();
    Card meeting;
    meeting.kind = "meeting";
    meeting.title = "Council";
    board.stages = {Stage{.stage = 1, .total = 2, .states = {}, .oldest = card, .newest = {other}}};
    board.due_week = cards_of({{core::ConsultationId(other.id), core::Date(), "send papers", ""},
                               {core::ConsultationId(other.id), core::Date(), "look again", "Kato"},
                               {core::ConsultationId(card.id), core::Date(), "of the one that is gone", ""}});
    board.due_week.push_back(meeting);
    board.stuck = {other};
    ASSERT_EQ(cases_shown(board).size(), 2U);
    tell(board, {{core::ConsultationId(other.id), "R8-0001", "A bed at home", "ask again", "Ishida"}});
    EXPECT_FALSE(board.stages[0].oldest);
    EXPECT_EQ(board.stages[0].newest.at(0).title, "A bed at home");
    EXPECT_EQ(board.stages[0].newest.at(0).who, "Ishida");
    ASSERT_EQ(board.due_week.size(), 3U);
    EXPECT_EQ(board.due_week[0].title, "A bed at home — send papers");
    EXPECT_EQ(board.due_week[0].who, "Ishida");
    EXPECT_EQ(board.due_week[0].number, "R8-0001");
    EXPECT_EQ(board.due_week[1].title, "A bed at home — look again");
    EXPECT_EQ(board.due_week[1].who, "Kato");
    EXPECT_EQ(board.due_week[2].title, "Council");
    EXPECT_EQ(board.stuck.at(0).who, "ask again");
}

TEST(BoardCases, ACaseThatNobodyReceivedStillSaysWhatIsToBeDoneAndByWhom) {
    const auto id = core::ConsultationId::make();
    Board board;
    board.due_week = cards_of({{id, core::Date(), "send papers", "Kato"}});
    tell(board, {{id, "R8-0001", "A bed at home", "", ""}});
    EXPECT_EQ(board.due_week.at(0).title, "A bed at home — send papers");
    EXPECT_EQ(board.due_week.at(0).who, "Kato");
}

}  // namespace
}  // namespace tsunagi::home
