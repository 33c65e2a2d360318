// SPDX-License-Identifier: Apache-2.0
// Pure decisions about measures. No I/O, no clock.
#pragma once
#include <string>
#include <vector>

#include "core/error.hpp"
#include "modules/measures/measure.hpp"
#include "modules/packs/packs_service.hpp"

namespace tsunagi::measures {

/// Codes, the order of the days, money that is not negative, no issue twice; pointers below `root`. Codes that the text
/// `before` already had stay allowed after their retirement.
[[nodiscard]] std::vector<core::FieldError> check(const MeasureText& text, const packs::CodeBook& codes,
                                                  const core::Date& today, const std::string& root,
                                                  const MeasureText* before = nullptr);

/// A report of progress is of the latest day (`Actor::latest_day`) or earlier.
[[nodiscard]] std::vector<core::FieldError> check(const NewProgress& progress, const core::Date& latest_day);

[[nodiscard]] bool may_follow(MeasureState from, MeasureState to);
/// Giving up, taking up again and every step back need words.
[[nodiscard]] bool needs_reason(MeasureState from, MeasureState to);
/// What a text must hold in a state (dictionary sections 6 and 7.5), pointers below `root`: in coordination the issues
/// it serves, from approval on its period and the day of its evaluation as well.
[[nodiscard]] std::vector<core::FieldError> check_complete(const MeasureText& text, MeasureState state,
                                                           const std::string& root);
/// Throws `not_allowed_in_state`, or `invalid` with everything that is missing for the step: `/reason` and what the
/// text must hold, below `/text`.
void require_step(MeasureState from, const MeasureStateChange& change, const MeasureText& text);
/// Finished and cancelled measures take no more progress. Throws `not_allowed_in_state`.
void require_open(MeasureState state);

}  // namespace tsunagi::measures
