// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/date.hpp"
#include "core/id.hpp"
#include "record/describe.hpp"

namespace tsunagi::home {

/// Whose work the board shows: everything the person may see, narrowed to desks or to what they answer for themselves.
struct HomeFilter {
    std::vector<core::DeskId> desk;
    bool mine = false;
};
BOOST_DESCRIBE_STRUCT(HomeFilter, (), (desk, mine))

struct StateCount {
    /// Stage 1: received, open, on_hold, reopened; stage 2: discussed_cases, discussed_issues,
    /// awaiting_advice; stages 3 to 5: states of
    /// issues.
    std::string state;
    std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(StateCount, (), (state, count))

struct Card {
    std::string
        kind;  ///< consultation, issue, meeting, measure, indicator, evaluation, task, referral, discharge, activity
    std::string id;
    std::string number;
    std::string title;
    std::optional<core::Date> on;  ///< the day it entered the stage, or the day it is due
    std::string who;  ///< the one responsible, or whom it waits for; of a discharge the kind of paper, of an activity
                      ///< its kind, of an answer what it is
    std::int64_t days = 0;  ///< days late (due), without an entry (stuck) or since the answer
};
BOOST_DESCRIBE_STRUCT(Card, (), (kind, id, number, title, on, who, days))

/// One of the five stages of 図2.
struct Stage {
    std::int64_t stage = 0;  ///< 1 … 5
    std::int64_t total = 0;
    std::vector<StateCount> states;
    std::optional<Card> oldest;
    std::vector<Card> newest;  ///< at most two
};
BOOST_DESCRIBE_STRUCT(Stage, (), (stage, total, states, oldest, newest))

struct Board {
    core::Date today;
    std::vector<Stage> stages;
    /// Finalisations that somebody else asks to undo and the reader may agree to, the oldest request first; `mine`
    /// leaves none out, for they wait for the reader. `on`: the day it was asked, `who`: by whom.
    std::vector<Card> undos;
    /// Answers to asks that one could take, the longest waiting first: the desk decides. `on`: the day of the answer,
    /// `days`: since then.
    std::vector<Card> answers;
    std::vector<Card> due_today;  ///< late or due today
    std::vector<Card> due_week;   ///< due after today, until the coming Sunday
    std::vector<Card> stuck;      ///< fourteen days without an entry, longest first
    std::int64_t stuck_total = 0;
};
BOOST_DESCRIBE_STRUCT(Board, (), (today, stages, undos, answers, due_today, due_week, stuck, stuck_total))

}  // namespace tsunagi::home
