// SPDX-License-Identifier: Apache-2.0
#include "modules/holidays/holiday_service.hpp"

#include <algorithm>
#include <map>

#include "modules/holidays/holiday_store.hpp"

namespace tsunagi::holidays {
namespace {

/// Deadlines reach no further back than this many years.
constexpr std::int64_t years_counted = 3;

}  // namespace

HolidayService::HolidayService(db::Database& database, const audit::AuditService& audit,
                               const std::filesystem::path& folder, core::Clock clock)
    : database_(database), audit_(audit), pack_(read_holiday_pack(folder)), clock_(std::move(clock)) {}

std::vector<HolidayYear> HolidayService::years(db::ReadTx& tx, std::int64_t from) const {
    std::map<std::int64_t, HolidayYear> by_year;
    const auto add = [&](const Holiday& day, bool loaded) {
        auto& year = by_year[day.day.year()];
        year.year = day.day.year();
        year.loaded = loaded;
        year.items.push_back(day);
    };
    for (const auto& day : rows(tx, from))
        add(day, true);
    for (const auto& day : pack_.holidays) {
        const auto found = by_year.find(day.day.year());
        if (day.day.year() >= from && (found == by_year.end() || !found->second.loaded))
            add(day, false);
    }
    std::vector<HolidayYear> result;
    for (auto& [number, year] : by_year)
        result.push_back(std::move(year));
    return result;
}

HolidayList HolidayService::list(const HolidayFilter& filter) const {
    return database_.read([&](db::ReadTx& tx) {
        HolidayList result;
        result.years = years(tx, filter.from.value_or(clock_.today().year() - 1));
        if (!result.years.empty())
            result.known_until = result.years.back().year;
        result.closed = pack_.closed;
        if (auto loaded = last_loading(tx)) {
            result.loaded_at = loaded->at;
            result.loaded_by_name = std::move(loaded->by_name);
        }
        return result;
    });
}

HolidayList HolidayService::load(const access::Actor& actor, std::string_view bytes) const {
    access::require(actor, "packs.manage");
    const auto days = read_official(bytes);
    const auto now = clock_.now();
    database_.write([&](db::WriteTx& tx) {
        std::vector<HolidayRecord> records;
        records.reserve(days.size());
        for (const auto& day : days)
            records.push_back({day.day, day.name, now, actor.user_id});
        replace(tx, records);
        audit_.record(tx, {.actor_id = actor.user_id,
                           .actor_name = actor.name,
                           .action = "load",
                           .subject_kind = "holidays",
                           .subject_id = "",
                           .detail = days.front().day.str() + " " + days.back().day.str()});
    });
    return list({});
}

WorkingDays HolidayService::working_days(db::ReadTx& tx) const {
    std::set<core::Date> days;
    for (const auto& year : years(tx, clock_.today().year() - years_counted)) {
        for (const auto& one : year.items)
            days.insert(one.day);
    }
    std::set<std::pair<unsigned, unsigned>> closed;
    for (const auto& text : pack_.closed)
        closed.insert(month_and_day(text));
    return {std::move(days), std::move(closed)};
}

}  // namespace tsunagi::holidays
