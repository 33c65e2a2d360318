// SPDX-License-Identifier: Apache-2.0
#include "modules/holidays/holiday_service.hpp"

#include <algorithm>
#include <map>

#include "modules/holidays/holiday_store.hpp"
#include "record/json_reader.hpp"
#include "record/json_writer.hpp"

namespace tsunagi::holidays {
namespace {

/// Deadlines reach no further back than this many years.
constexpr std::int64_t years_counted = 3;
/// Loadings come one after the other.
constexpr const char* lane = "holiday imports";

bool among(const std::vector<std::int64_t>& years, const Holiday& one) {
    return std::ranges::binary_search(years, one.day.year());
}

/// What a file changes of its own years; all oldest first.
HolidayDifference difference(const std::vector<HolidayYear>& known, const std::vector<std::int64_t>& of_file,
                             const std::vector<Holiday>& days, const std::string& file_name) {
    HolidayDifference result;
    result.file_name = file_name;
    result.from_year = of_file.front();
    result.until_year = of_file.back();
    result.count = static_cast<std::int64_t>(days.size());
    std::map<core::Date, std::string> before;
    for (const HolidayYear& year : known) {
        for (const Holiday& one : year.items) {
            if (among(of_file, one))
                before.emplace(one.day, one.name);
        }
    }
    for (const Holiday& one : days) {
        const std::string name = one.day.str() + " " + one.name.str();
        const auto found = before.find(one.day);
        if (found == before.end())
            result.add(name);
        else if (found->second != one.name.str())
            result.change(name);
        before.erase(one.day);
    }
    for (const auto& [day, name] : before)
        result.lose(day.str() + " " + name);
    return result;
}

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
    for (const auto& day : store::days(tx, from))
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
        if (const auto last = store::last_loading(tx)) {
            result.loading = HolidayLoading{last->id,    last->file_name, last->from_year,     last->until_year,
                                            last->count, last->loaded_at, last->loaded_by_name};
        }
        return result;
    });
}

HolidayDifference HolidayService::import(const access::Actor& actor, const std::string& file_name,
                                         std::string_view bytes, bool apply) const {
    access::require(actor, "packs.manage");
    const auto days = read_official(bytes);
    std::vector<std::int64_t> of_file;
    for (const Holiday& one : days) {
        if (of_file.empty() || of_file.back() != one.day.year())
            of_file.push_back(one.day.year());
    }
    const auto compared = [&](db::ReadTx& tx) {
        return difference(years(tx, of_file.front()), of_file, days, file_name);
    };
    if (!apply)
        return database_.read(compared);
    return database_.write(
        [&](db::WriteTx& tx) {
            HolidayDifference result = compared(tx);
            store::Undo undo{of_file, store::days(tx, of_file.front())};
            std::erase_if(undo.days, [&](const Holiday& one) { return !among(of_file, one); });
            store::replace(tx, of_file, days);
            store::insert(tx, {HolidayLoadingId::make(), file_name, result.from_year, result.until_year, result.count,
                               clock_.now(), actor.name, record::to_json(undo)});
            result.applied = true;
            result.due_days = recount(tx);
            record(tx, actor, "load", file_name + " " + result.numbers());
            return result;
        },
        lane);
}

void HolidayService::take_back(const access::Actor& actor, const HolidayLoadingId& id) const {
    access::require(actor, "packs.manage");
    database_.write(
        [&](db::WriteTx& tx) {
            const auto loading = store::loading(tx, id);
            if (!loading)
                throw core::not_found();
            if (store::last_loading(tx)->id != id)
                throw core::Error(core::ErrorKind::conflict, "loading_outdated");
            const auto undo = record::from_stored_json<store::Undo>(loading->undo);
            store::replace(tx, undo.years, undo.days);
            store::remove(tx, id);
            (void)recount(tx);
            record(tx, actor, "undo", loading->file_name);
        },
        lane);
}

std::int64_t HolidayService::recount(db::WriteTx& tx) const {
    return recount_ ? recount_(tx, working_days(tx)) : 0;
}

void HolidayService::record(db::WriteTx& tx, const access::Actor& actor, const char* action,
                            const std::string& detail) const {
    audit_.record(tx, {.actor_id = actor.user_id.empty() ? std::nullopt : std::optional(actor.user_id),
                       .actor_name = actor.name,
                       .action = action,
                       .subject_kind = "holidays",
                       .subject_id = "",
                       .detail = detail});
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
