// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "db/database.hpp"
#include "modules/access/actor.hpp"
#include "modules/audit/audit_service.hpp"
#include "modules/holidays/holiday.hpp"
#include "modules/holidays/holiday_rules.hpp"  // part of what other modules call

namespace tsunagi::holidays {

/// The holidays that are known, and counting without them.
class HolidayService {
public:
    /// Counts anew what was counted with other holidays, and says how many days moved.
    using Recount = std::function<std::int64_t(db::WriteTx&, const WorkingDays&)>;

    /// `folder` holds holidays.yaml.
    HolidayService(db::Database& database, const audit::AuditService& audit, const std::filesystem::path& folder,
                   core::Clock clock);

    /// Called in the transaction that changes holidays. Set before the first request.
    void on_change(Recount recount) { recount_ = std::move(recount); }

    [[nodiscard]] HolidayList list(const HolidayFilter& filter) const;

    /// The official file beside what is known; with `apply` each of its years is read from it from then on. Nothing is
    /// taken when one of its rows is wrong: `invalid` as `read_official` says.
    HolidayDifference import(const access::Actor& actor, const std::string& file_name, std::string_view bytes,
                             bool apply) const;
    /// The years of that loading are as they were before. Throws `not_found`, and conflict `loading_outdated` when
    /// there is a later one.
    void take_back(const access::Actor& actor, const HolidayLoadingId& id) const;

    /// For counting, as it is now; within the caller's transaction.
    [[nodiscard]] WorkingDays working_days(db::ReadTx& tx) const;

private:
    [[nodiscard]] std::vector<HolidayYear> years(db::ReadTx& tx, std::int64_t from) const;
    [[nodiscard]] std::int64_t recount(db::WriteTx& tx) const;
    void record(db::WriteTx& tx, const access::Actor& actor, const char* action, const std::string& detail) const;

    db::Database& database_;            // NOLINT: the application owns them
    const audit::AuditService& audit_;  // NOLINT
    HolidayPack pack_;
    core::Clock clock_;
    Recount recount_;
};

}  // namespace tsunagi::holidays
