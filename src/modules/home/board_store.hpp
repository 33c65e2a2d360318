// SPDX-License-Identifier: Apache-2.0
// SQL of the board, over the tables of consultations, issues, meetings and measures. Five queries in all; what the
// reader may not see is in no result.
#pragma once
#include <vector>

#include "db/transaction.hpp"
#include "modules/access/actor.hpp"
#include "modules/home/board_rules.hpp"

namespace tsunagi::home {

/// Stage 1: registered consultations that are not closed.
[[nodiscard]] Stage consulting(db::ReadTx& tx, const access::Actor& actor, const HomeFilter& filter);
/// Stage 2: what waits for a physician's advice or for a planned meeting.
[[nodiscard]] std::vector<Standing> discussed(db::ReadTx& tx, const access::Actor& actor, const HomeFilter& filter);
/// Stages 3, 4 and 5: issues by their state.
[[nodiscard]] std::vector<Stage> issues(db::ReadTx& tx, const access::Actor& actor, const HomeFilter& filter);
/// Everything that is due on or before that day, a hundred of each kind.
[[nodiscard]] std::vector<Card> due(db::ReadTx& tx, const access::Actor& actor, const HomeFilter& filter,
                                    const core::Date& until);

struct Stuck {
    std::vector<Card> longest;  ///< of each kind the ten that wait longest
    std::int64_t total = 0;
};

/// Open things without an entry since before that moment.
[[nodiscard]] Stuck stuck(db::ReadTx& tx, const access::Actor& actor, const HomeFilter& filter, const core::Date& today,
                          const core::Instant& before);

}  // namespace tsunagi::home
