// SPDX-License-Identifier: Apache-2.0
#include "modules/home/board_rules.hpp"

#include <gtest/gtest.h>

namespace tsunagi::home {
namespace {

core::Date day(const char* text) {
    return core::Date::parse(text).value();
}

Card card(const char* id, const char* on) {
    Card result;
    result.kind = "issue";
    result.id = id;
    result.on = day(on);
    return result;
}

TEST(BoardRules, TheWeekEndsOnSunday) {
    EXPECT_EQ(end_of_week(day("2026-11-16")), day("2026-11-22"));
    EXPECT_EQ(end_of_week(day("2026-11-21")), day("2026-11-22"));
    EXPECT_EQ(end_of_week(day("2026-11-22")), day("2026-11-22"));
    EXPECT_EQ(end_of_week(day("2026-12-28")), day("2027-01-03"));
}

TEST(BoardRules, AStageCountsEachThingInEachOfItsStatesAndOnceInAll) {
    const auto stage = stage_of(2, {"discussing", "awaiting_advice"},
                                {{"discussing", card("a", "2026-11-10")},
                                 {"awaiting_advice", card("a", "2026-11-02")},
                                 {"awaiting_advice", card("b", "2026-11-05")},
                                 {"discussing", card("c", "2026-11-09")},
                                 {"discussing", card("d", "2026-11-11")}});
    EXPECT_EQ(stage.total, 4);
    EXPECT_EQ(stage.states.at(0).count, 3);
    EXPECT_EQ(stage.states.at(1).count, 2);
    EXPECT_EQ(stage.oldest->id, "a");
    EXPECT_EQ(stage.oldest->on, day("2026-11-02"));
    ASSERT_EQ(stage.newest.size(), 2U);
    EXPECT_EQ(stage.newest[0].id, "d");
    EXPECT_EQ(stage.newest[1].id, "c");
}

TEST(BoardRules, WhatIsOnlyCountedIsInTheTotalAndInItsState) {
    const auto stage =
        stage_of(1, {"received", "open"}, {{"open", card("a", "2026-11-10")}}, {{"received", 7}, {"open", 2}});
    EXPECT_EQ(stage.total, 10);
    EXPECT_EQ(stage.states.at(0).count, 7);
    EXPECT_EQ(stage.states.at(1).count, 3);
    EXPECT_EQ(stage.oldest->id, "a");
    EXPECT_TRUE(stage.newest.empty());
}

TEST(BoardRules, TheOnlyCardIsTheOldestAndNoNewestOne) {
    const auto stage = stage_of(2, {"discussing"}, {{"discussing", card("a", "2026-11-10")}});
    EXPECT_TRUE(stage.oldest.has_value());
    EXPECT_TRUE(stage.newest.empty());
    EXPECT_FALSE(stage_of(2, {"discussing"}, {}).oldest.has_value());
}

TEST(BoardRules, WhatIsLateStandsBeforeWhatIsDueToday) {
    Board board;
    board.today = day("2026-11-17");
    spread_due(board, {card("c", "2026-11-18"), card("b", "2026-11-17"), card("a", "2026-11-10")});
    ASSERT_EQ(board.due_today.size(), 2U);
    EXPECT_EQ(board.due_today[0].id, "a");
    EXPECT_EQ(board.due_today[0].days, 7);
    EXPECT_EQ(board.due_today[1].days, 0);
    ASSERT_EQ(board.due_week.size(), 1U);
    EXPECT_EQ(board.due_week[0].days, 0);
}

TEST(BoardRules, TheLongestWaitStandsFirst) {
    const auto found = longest_waiting(day("2026-11-30"),
                                       {card("a", "2026-11-15"), card("c", "2026-10-27"), card("b", "2026-10-27")}, 2);
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].id, "b");
    EXPECT_EQ(found[0].days, 34);
    EXPECT_EQ(found[1].id, "c");
}

}  // namespace
}  // namespace tsunagi::home
