// SPDX-License-Identifier: Apache-2.0
// What people write into cells, read: days of any era, times, marks, lists. Pure.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/date.hpp"

namespace tsunagi::imports {

/// 2025-04-01, 2025/4/1, 2025.4.1, 20250401, 2025年4月1日, 令和7年4月1日, 令和元年5月1日, R7.4.1, H31/4/1, with a day
/// of the week or a time behind it; 4/1 and 4月1日 in `fiscal_year`; the number of a day as a spreadsheet counts.
/// Nothing where it is no day that exists.
[[nodiscard]] std::optional<core::Date> day_in(const std::string& cell, const std::optional<std::int64_t>& fiscal_year,
                                               bool from_1904);

/// 10:30, 10時30分, 10時半, 午後2時, a fraction of a day, or the time behind a day.
[[nodiscard]] std::optional<core::TimeOfDay> time_in(const std::string& cell);

/// The one form in which headers and words are compared: NFKC, small letters, katakana as they are, without blanks and
/// signs.
[[nodiscard]] std::string folded(std::string_view text);

/// 1.医療, ①医療, (3)医療 without the number before the word.
[[nodiscard]] std::string without_number(std::string_view text);

/// The values of a cell that holds several.
[[nodiscard]] std::vector<std::string> values_in(std::string_view cell);

/// NFKC alone: full-width digits and signs become plain ones.
[[nodiscard]] std::string narrow(std::string_view text);

}  // namespace tsunagi::imports
