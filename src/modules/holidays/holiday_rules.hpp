// SPDX-License-Identifier: Apache-2.0
// Counting days, and reading the two files that tell which of them are holidays. No database, no clock.
#pragma once
#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "modules/holidays/holiday.hpp"

namespace tsunagi::holidays {

/// Days on which offices work: Monday to Friday without holidays and without the days closed each year.
class WorkingDays {
public:
    WorkingDays() = default;
    /// `closed`: month and day.
    WorkingDays(std::set<core::Date> holidays, std::set<std::pair<unsigned, unsigned>> closed);

    [[nodiscard]] bool works(const core::Date& day) const;
    /// The day itself when it is a working day, else the next one.
    [[nodiscard]] core::Date on_or_after(core::Date day) const;
    /// The day itself when it is a working day, else the one before.
    [[nodiscard]] core::Date on_or_before(core::Date day) const;
    /// The day `count` working days later, or earlier when negative; the first day is not counted. With 0 the day
    /// itself.
    [[nodiscard]] core::Date plus(core::Date day, int count) const;

private:
    std::set<core::Date> holidays_;
    std::set<std::pair<unsigned, unsigned>> closed_;
};

/// packs/standard/holidays.yaml.
struct HolidayPack {
    std::vector<std::string> closed;
    std::vector<Holiday> holidays;
};
BOOST_DESCRIBE_STRUCT(HolidayPack, (), (closed, holidays))

/// Throws std::runtime_error naming file, line and what is wrong.
[[nodiscard]] HolidayPack read_holiday_pack(const std::filesystem::path& folder);
/// `12-29` as month and day. Throws std::runtime_error for anything else.
[[nodiscard]] std::pair<unsigned, unsigned> month_and_day(const std::string& text);

/// Whether the first lines are those of the official file: a header, and a day and its name below. Reads no further.
[[nodiscard]] bool is_holiday_file(std::string_view bytes);

/// The official file, oldest day first. Throws core::Error `invalid`: `holidays_unknown` for any other file, and at
/// `/rows/N` `date`, `name`, `duplicate`; as workbooks::read.
[[nodiscard]] std::vector<Holiday> read_official(std::string_view bytes);

}  // namespace tsunagi::holidays
