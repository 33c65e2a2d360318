// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/date.hpp"
#include "record/describe.hpp"
#include "record/types.hpp"

namespace tsunagi::holidays {

/// 祝日, or a day off that follows from two of them.
struct Holiday {
    core::Date day;
    record::NonEmpty<record::Text<60>> name;
};
BOOST_DESCRIBE_STRUCT(Holiday, (), (day, name))

/// The holidays of one year, and where they come from.
struct HolidayYear {
    std::int64_t year = 0;
    bool loaded = false;  ///< from the official file, not from the pack
    std::vector<Holiday> items;
};
BOOST_DESCRIBE_STRUCT(HolidayYear, (), (year, loaded, items))

struct HolidayList {
    std::vector<HolidayYear> years;  ///< oldest first
    std::optional<std::int64_t> known_until;
    std::vector<std::string> closed;  ///< days of every year, as 12-29
    std::optional<core::Instant> loaded_at;
    std::string loaded_by_name;
};
BOOST_DESCRIBE_STRUCT(HolidayList, (), (years, known_until, closed, loaded_at, loaded_by_name))

struct HolidayFilter {
    std::optional<std::int64_t> from;  ///< first year; the year before this one when absent
};
BOOST_DESCRIBE_STRUCT(HolidayFilter, (), (from))

}  // namespace tsunagi::holidays
