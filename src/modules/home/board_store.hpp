// SPDX-License-Identifier: Apache-2.0
// SQL of the board, over the tables of issues, meetings and measures; what the reader may not see is in no result.
// Consultations come from memory (board_cases.hpp).
#pragma once
#include <vector>

#include "db/transaction.hpp"
#include "modules/access/actor.hpp"
#include "modules/home/board_rules.hpp"

namespace tsunagi::home {

/// Stage 2: what waits for a planned meeting. Cases carry id and day only.
[[nodiscard]] std::vector<Standing> on_agendas(db::ReadTx& tx, const access::Actor& actor, const HomeFilter& filter);
/// Stages 3, 4 and 5: issues by their state.
[[nodiscard]] std::vector<Stage> issues(db::ReadTx& tx, const access::Actor& actor, const HomeFilter& filter);
/// Everything but consultations that is due on or before that day, a hundred of each kind.
[[nodiscard]] std::vector<Card> due(db::ReadTx& tx, const access::Actor& actor, const HomeFilter& filter,
                                    const core::Date& until);

/// Open things but consultations without an entry since before that moment.
[[nodiscard]] Stuck stuck(db::ReadTx& tx, const access::Actor& actor, const HomeFilter& filter, const core::Date& today,
                          const core::Instant& before);

}  // namespace tsunagi::home
