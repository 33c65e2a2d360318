// SPDX-License-Identifier: Apache-2.0
// Pure decisions about the board. No I/O, no clock.
#pragma once
#include <vector>

#include "modules/home/board.hpp"

namespace tsunagi::home {

/// Something that stands in a stage since a day.
struct Standing {
    std::string state;  ///< as counted
    Card card;
};

/// So many of each kind are read of what is due.
constexpr std::size_t most_due = 100;
/// So many are shown of what is stuck.
constexpr std::size_t stuck_shown = 10;

/// The Sunday that ends the week of this day.
[[nodiscard]] core::Date end_of_week(const core::Date& today);

/// A stage of these things. One that stands in it for several reasons counts in each of their states, but once in the
/// total, and is there since its earliest day. `others` are only counted: neither the oldest nor the newest is among
/// them, and each stands in the stage for one reason.
[[nodiscard]] Stage stage_of(std::int64_t stage, const std::vector<std::string>& states,
                             const std::vector<Standing>& standing, const std::vector<StateCount>& others = {});

/// Sorts what is due into today (with what is late, oldest first) and the rest of the week.
void spread_due(Board& board, std::vector<Card> due);

/// The longest waiting first, at most `most`, each with the days since its last entry.
[[nodiscard]] std::vector<Card> longest_waiting(const core::Date& today, std::vector<Card> stuck, std::size_t most);

}  // namespace tsunagi::home
