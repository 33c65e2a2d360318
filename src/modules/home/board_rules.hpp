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

/// The Sunday that ends the week of this day.
[[nodiscard]] core::Date end_of_week(const core::Date& today);

/// A stage of few things. One that stands in it for several reasons counts in each of their states, but once in the
/// total, and is there since its earliest day.
[[nodiscard]] Stage stage_of(std::int64_t stage, const std::vector<std::string>& states,
                             std::vector<Standing> standing);

/// Sorts what is due into today (with what is late, oldest first) and the rest of the week.
void spread_due(Board& board, std::vector<Card> due);

/// The longest waiting first, at most `most`.
[[nodiscard]] std::vector<Card> longest_waiting(std::vector<Card> stuck, std::size_t most);

}  // namespace tsunagi::home
