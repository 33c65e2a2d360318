// SPDX-License-Identifier: Apache-2.0
// Pure decisions about indicators and evaluations. No I/O, no clock.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "modules/indicators/indicator.hpp"
#include "modules/packs/packs_service.hpp"

namespace tsunagi::indicators {

/// Codes of a text, pointers below `root`; `period` is empty, month, fiscal_year or point; nothing is linked twice.
/// Codes that the text `before` already had stay allowed after their retirement.
[[nodiscard]] std::vector<core::FieldError> check(const IndicatorText& text, const packs::CodeBook& codes,
                                                  const core::Date& today, const std::string& root,
                                                  const IndicatorText* before = nullptr);

/// Periods that exist, none twice; either a value or the reason why there is none; numbers that are numbers.
[[nodiscard]] std::vector<core::FieldError> check(const IndicatorSeries& series, const packs::CodeBook& codes,
                                                  const core::Date& today, const IndicatorSeries* before = nullptr);

/// A measure or an issue, a day that has come, no indicator judged twice.
[[nodiscard]] std::vector<core::FieldError> check(const EvaluationText& text, const core::Date& latest_day);

/// The last day of 2026 (a fiscal year, to 2027-03-31), 2026-10 or 2026-10-31; nothing when it is no such period.
[[nodiscard]] std::optional<core::Date> last_day(const std::string& period);

void sort_by_period(IndicatorSeries& series);

/// The newest value that is not missing and whose period is over by `until`.
[[nodiscard]] const IndicatorValue* last_value(const std::vector<IndicatorValue>& values,
                                               const std::optional<core::Date>& until = std::nullopt);
/// The target that a value of that period is on the way to: the next one to come, else the last one.
[[nodiscard]] const IndicatorTarget* target_for(const std::vector<IndicatorTarget>& targets, const std::string& period);

/// Whether the value is as good as the target; nothing where direction, value or target is missing.
[[nodiscard]] std::optional<bool> reached(const std::optional<record::Code<"direction">>& direction,
                                          const std::optional<double>& value, const std::optional<double>& target);

}  // namespace tsunagi::indicators
