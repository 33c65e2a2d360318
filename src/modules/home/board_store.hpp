// SPDX-License-Identifier: Apache-2.0
// SQL of the board, over the tables of issues, meetings, measures, asks and what else is due, and which consultations
// these meetings discuss. As many queries as functions; what the reader may not see is in no result.
#pragma once
#include <vector>

#include "db/transaction.hpp"
#include "modules/access/actor.hpp"
#include "modules/home/board_rules.hpp"

namespace tsunagi::home {

/// Of stage 2: what stands on the agenda of a planned meeting. Cards of consultations have an id and a day.
[[nodiscard]] std::vector<Standing> discussed(db::ReadTx& tx, const access::Actor& actor, const HomeFilter& filter);
/// Stages 3, 4 and 5: issues by their state.
[[nodiscard]] std::vector<Stage> issues(db::ReadTx& tx, const access::Actor& actor, const HomeFilter& filter);
/// Requests to undo a finalisation that the person may settle, with the reason as their title.
[[nodiscard]] std::vector<Card> undos(db::ReadTx& tx, const access::Actor& actor, const HomeFilter& filter);
/// Asks that somebody would take on, on paper, by phone or on the answer page, before the desk has written down what
/// becomes of them; the longest waiting first.
[[nodiscard]] std::vector<Card> answers(db::ReadTx& tx, const access::Actor& actor, const HomeFilter& filter);
/// Everything but consultations that is due on or before that day, a hundred of each kind.
[[nodiscard]] std::vector<Card> due(db::ReadTx& tx, const access::Actor& actor, const HomeFilter& filter,
                                    const core::Date& until);

struct Stuck {
    std::vector<Card> longest;  ///< of each kind the ten that wait longest
    std::int64_t total = 0;
};

/// Open things but consultations without an entry since before that moment.
[[nodiscard]] Stuck stuck(db::ReadTx& tx, const access::Actor& actor, const HomeFilter& filter, const core::Date& today,
                          const core::Instant& before);

}  // namespace tsunagi::home
