// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/date.hpp"
#include "core/id.hpp"
#include "record/describe.hpp"
#include "record/told_difference.hpp"
#include "record/types.hpp"

namespace tsunagi::holidays {

/// 祝日, or a day off that follows from two of them.
struct Holiday {
    core::Date day;
    record::NonEmpty<record::Text<60>> name;
    bool operator==(const Holiday&) const = default;
};
BOOST_DESCRIBE_STRUCT(Holiday, (), (day, name))

using HolidayLoadingId = core::Id<struct HolidayLoadingTag>;

/// The published file, taken in.
struct HolidayLoading {
    HolidayLoadingId id;
    std::string file_name;
    std::int64_t from_year = 0;  ///< the years of the file
    std::int64_t until_year = 0;
    std::int64_t count = 0;  ///< its days
    core::Instant loaded_at;
    std::string loaded_by_name;
};
BOOST_DESCRIBE_STRUCT(HolidayLoading, (), (id, file_name, from_year, until_year, count, loaded_at, loaded_by_name))

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
    std::vector<std::string> closed;        ///< days of every year, as 12-29
    std::optional<HolidayLoading> loading;  ///< the last one, which can be taken back
};
BOOST_DESCRIBE_STRUCT(HolidayList, (), (years, known_until, closed, loading))

struct HolidayImportQuery {
    record::NonEmpty<record::Text<200>> file_name;
    bool apply = false;  ///< otherwise only the difference is told
};
BOOST_DESCRIBE_STRUCT(HolidayImportQuery, (), (file_name, apply))

/// The file beside the days that are known of its years; days are named as 2027-01-01 元日.
struct HolidayDifference : record::ToldDifference {
    std::string file_name;
    bool applied = false;
    std::int64_t from_year = 0;
    std::int64_t until_year = 0;
    std::int64_t count = 0;
    std::int64_t due_days = 0;  ///< once applied: how many deadlines were counted anew and moved
};
BOOST_DESCRIBE_STRUCT(HolidayDifference, (record::ToldDifference),
                      (file_name, applied, from_year, until_year, count, due_days))

struct HolidayFilter {
    std::optional<std::int64_t> from;  ///< first year; the year before this one when absent
};
BOOST_DESCRIBE_STRUCT(HolidayFilter, (), (from))

}  // namespace tsunagi::holidays
