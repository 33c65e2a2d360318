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

/// So much is shown of everything that is due, of each kind.
constexpr std::size_t most_due = 100;
/// So much is shown of what is stuck.
constexpr std::size_t stuck_shown = 10;

/// Open things without an entry for long.
struct Stuck {
    std::vector<Card> longest;  ///< of each kind the ten that wait longest
    std::int64_t total = 0;
};

/// The Sunday that ends the week of this day.
[[nodiscard]] core::Date end_of_week(const core::Date& today);

/// A stage of few things. One that stands in it for several reasons counts in each of their states, but once in the
/// total, and is there since its earliest day.
[[nodiscard]] Stage stage_of(std::int64_t stage, const std::vector<std::string>& states,
                             std::vector<Standing> standing);

/// Sorts what is due into today (with what is late, oldest first) and the rest of the week.
void spread_due(Board& board, std::vector<Card> due);

/// Writes the days into the cards and orders them, the longest waiting first, at most `most`.
[[nodiscard]] std::vector<Card> longest_waiting(std::vector<Card> stuck, const core::Date& today, std::size_t most);

}  // namespace tsunagi::home
