// SPDX-License-Identifier: Apache-2.0
// The consultations of the board, found in one pass over the unclosed ones in memory. Pure; their cards have a kind, an
// id and a day, until `tell` adds what was read of those shown.
#pragma once
#include <vector>

#include "modules/access/actor.hpp"
#include "modules/consultations/consultation_service.hpp"
#include "modules/home/board_rules.hpp"

namespace tsunagi::home {

/// Registered consultations that are not closed, narrowed like the board.
[[nodiscard]] consultations::ConsultationFilter unclosed_cases(const access::Actor& actor, const HomeFilter& filter);

/// What the board asks about a case.
struct CaseQuestions {
    core::Date due_until;
    core::Instant stuck_before;
    /// These stand in stage 2 for another reason too, and count once in its total.
    std::vector<core::ConsultationId> discussed;
};

/// The cases of one stage: those that may be among its oldest and newest, and how many others there are.
struct CasesOfStage {
    std::vector<Standing> standing;
    std::vector<StateCount> others;
};

struct CasesOfBoard {
    CasesOfStage consulting;       ///< stage 1
    CasesOfStage awaiting_advice;  ///< of stage 2
    /// The hundred whose next follow-up is the most urgent: the hundred most urgent follow-ups are among theirs.
    std::vector<core::ConsultationId> due;
    std::vector<Card> stuck;  ///< the ten without an entry for longest, since the day of that entry
    std::int64_t stuck_total = 0;
};

[[nodiscard]] CasesOfBoard survey(const consultations::Selection& unclosed, const CaseQuestions& questions);

/// A card for each follow-up; one case may have several.
[[nodiscard]] std::vector<Card> cards_of(const std::vector<consultations::DueFollowUp>& due);

/// The cases that have a card on the board.
[[nodiscard]] std::vector<core::ConsultationId> cases_shown(const Board& board);

/// Completes the cards of cases. What has no headline any more loses its card.
void tell(Board& board, const std::vector<consultations::Headline>& headlines);

}  // namespace tsunagi::home
