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

/// Codes of a text, pointers below `root`; `period` is empty, month, fiscal_year or point; nothing is linked twice;
/// what is counted is counted by month or fiscal year. Codes that the text `before` already had stay allowed after
/// their retirement.
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

/// One figure of a desk, from the first period with something to count on, whichever of the two kinds the periods are.
[[nodiscard]] std::vector<CountedValue> counted_values(Figure figure, const std::vector<PeriodFigures>& periods,
                                                       const core::Date& today);
/// The first day from which an indicator of this `period` counts: three years of months, ten of fiscal years.
[[nodiscard]] core::Date counted_from(const std::string& period, const core::Date& today);
/// Adds to the values what was counted of ended periods that nobody wrote a value or a reason for.
void add_counted(std::vector<IndicatorValue>& values, const std::vector<CountedValue>& counted);

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
