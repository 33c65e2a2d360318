// SPDX-License-Identifier: Apache-2.0
#include "modules/holidays/holiday_rules.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>

#include "core/error.hpp"
#include "modules/packs/yaml_values.hpp"
#include "record/scalar.hpp"
#include "workbooks/table.hpp"

namespace tsunagi::holidays {
namespace {

constexpr int saturday = 5;
constexpr workbooks::Limits limits{.rows = 5'000, .columns = 20};

/// 1955/1/1, and 1955-01-01 as somebody's spreadsheet saved it.
std::optional<core::Date> written_day(std::string text) {
    std::ranges::replace(text, '/', '-');
    std::string iso;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find('-', at), text.size());
        const std::string part = text.substr(at, end - at);
        iso += (iso.empty() ? "" : "-") + std::string(part.size() == 1 ? "0" : "") + part;
        at = end + 1;
    }
    return core::Date::parse(iso);
}

/// What a message shows of a cell: at most twenty letters.
std::string shown(const std::string& cell) {
    constexpr std::size_t most = 20;
    std::size_t at = 0;
    for (std::size_t letters = 0; at < cell.size() && letters < most; ++letters) {
        do
            ++at;
        while (at < cell.size() && (static_cast<unsigned char>(cell[at]) & 0xc0U) == 0x80U);
    }
    return cell.substr(0, at);
}

bool has_digit(const std::string& text) {
    return std::ranges::any_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

WorkingDays::WorkingDays(std::set<core::Date> holidays, std::set<std::pair<unsigned, unsigned>> closed)
    : holidays_(std::move(holidays)), closed_(std::move(closed)) {}

bool WorkingDays::works(const core::Date& day) const {
    return day.weekday() < saturday && !holidays_.contains(day) && !closed_.contains({day.month(), day.day()});
}

core::Date WorkingDays::on_or_after(core::Date day) const {
    while (!works(day))
        day = day.plus_days(1);
    return day;
}

core::Date WorkingDays::on_or_before(core::Date day) const {
    while (!works(day))
        day = day.plus_days(-1);
    return day;
}

core::Date WorkingDays::plus(core::Date day, int count) const {
    const int step = count < 0 ? -1 : 1;
    for (int left = count * step; left > 0;) {
        day = day.plus_days(step);
        left -= works(day) ? 1 : 0;
    }
    return day;
}

std::pair<unsigned, unsigned> month_and_day(const std::string& text) {
    // Of a leap year, so that 02-29 is a day.
    const auto day = core::Date::parse("2024-" + text);
    if (!day)
        throw std::runtime_error("`" + text + "` is no month and day");
    return {day->month(), day->day()};
}

HolidayPack read_holiday_pack(const std::filesystem::path& folder) {
    const auto file = folder / "holidays.yaml";
    auto pack = packs::value_of_yaml_file<HolidayPack>(file);
    for (const std::string& day : pack.closed)
        (void)month_and_day(day);
    std::ranges::sort(pack.holidays, {}, &Holiday::day);
    const auto twice = std::ranges::adjacent_find(pack.holidays, {}, &Holiday::day);
    if (twice != pack.holidays.end())
        throw std::runtime_error(file.string() + ": " + twice->day.str() + " stands twice");
    return pack;
}

bool is_holiday_file(std::string_view bytes) {
    constexpr std::size_t widest = 3;

    struct Enough {};

    bool header = false;
    bool known = false;
    try {
        workbooks::read(bytes, limits,
                        {.table = [](const std::string&, bool) {},
                         .row =
                             [&](workbooks::Row&& row) {
                                 const auto& cells = row.cells;
                                 if (cells.size() < 2 || cells.size() > widest)
                                     throw Enough{};
                                 known = header && written_day(cells.front()) && !cells[1].empty();
                                 if (header || has_digit(cells.front()))
                                     throw Enough{};
                                 header = true;
                             }});
    } catch (const Enough&) {
        return known;
    } catch (const core::Error&) {
        return false;
    }
    return known;
}

std::vector<Holiday> read_official(std::string_view bytes) {
    std::vector<Holiday> days;
    std::vector<core::FieldError> errors;
    const auto fault = [&](std::int64_t row, const char* reason, const std::string& limit = {}) {
        if (errors.size() < 20)
            errors.push_back({"/rows/" + std::to_string(row), reason, limit});
    };
    bool header = false;
    workbooks::read(bytes, limits,
                    {.table = [](const std::string&, bool) {},
                     .row =
                         [&](workbooks::Row&& row) {
                             const std::string& first = row.cells.front();
                             if (!header) {
                                 // Two columns of words; whether they say 月日 and 名称 is the office's business.
                                 header = true;
                                 if (row.cells.size() < 2 || has_digit(first))
                                     throw core::Error(core::ErrorKind::invalid, "holidays_unknown");
                                 return;
                             }
                             const auto day = written_day(first);
                             Holiday one;
                             if (!day)
                                 return fault(row.number, "date", shown(first));
                             one.day = *day;
                             const std::string name = row.cells.size() < 2 ? std::string() : row.cells[1];
                             const auto error =
                                 record::StringScalar<record::NonEmpty<record::Text<60>>>::from(name, one.name);
                             if (!error.reason.empty())
                                 return fault(row.number, "name", error.limit);
                             if (std::ranges::find(days, one.day, &Holiday::day) != days.end())
                                 return fault(row.number, "duplicate", one.day.str());
                             days.push_back(std::move(one));
                         }});
    if (errors.empty() && days.empty())
        throw core::Error(core::ErrorKind::invalid, "holidays_unknown");
    if (!errors.empty())
        throw core::invalid(std::move(errors));
    std::ranges::sort(days, {}, &Holiday::day);
    return days;
}

}  // namespace tsunagi::holidays
