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
/// Throws `not_allowed_in_state`, or `invalid` at `/reason`.
void require_step(MeasureState from, const MeasureStateChange& change);
/// Finished and cancelled measures take no more progress. Throws `not_allowed_in_state`.
void require_open(MeasureState state);

}  // namespace tsunagi::measures
