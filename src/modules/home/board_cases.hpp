// SPDX-License-Identifier: Apache-2.0
// The board's consultations, from one pass over those that are not closed. Pure.
#pragma once
#include <string>
#include <vector>

#include "modules/consultations/consultation_service.hpp"
#include "modules/home/board_rules.hpp"

namespace tsunagi::home {

/// Which consultations the board shows and how many there are. The cards carry id and day; the words come later.
struct OpenCases {
    Stage consulting;                       ///< stage 1
    std::vector<Standing> awaiting_advice;  ///< for stage 2, all of them
    std::vector<Card> due;                  ///< the most urgent ones
    Stuck stuck;
};

/// `until` is the last day of what is due, `before` the moment since which nothing stuck has an entry.
[[nodiscard]] OpenCases open_cases(const consultations::Selection& selection,
                                   const consultations::StandingReader& standing, const core::Date& until,
                                   const core::Instant& before);

/// What `open_cases` asks the selection for.
[[nodiscard]] consultations::ConsultationFilter filter_of(const access::Actor& actor, const HomeFilter& filter);

}  // namespace tsunagi::home
