// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
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
    /// `folder` holds holidays.yaml.
    HolidayService(db::Database& database, const audit::AuditService& audit, const std::filesystem::path& folder,
                   core::Clock clock);

    [[nodiscard]] HolidayList list(const HolidayFilter& filter) const;
    /// Each year of the file is read from it from now on. Nothing is taken when one of its rows is wrong.
    HolidayList load(const access::Actor& actor, std::string_view bytes) const;
    /// For counting, as it is now; within the caller's transaction.
    [[nodiscard]] WorkingDays working_days(db::ReadTx& tx) const;

private:
    [[nodiscard]] std::vector<HolidayYear> years(db::ReadTx& tx, std::int64_t from) const;

    db::Database& database_;            // NOLINT: the application owns them
    const audit::AuditService& audit_;  // NOLINT
    HolidayPack pack_;
    core::Clock clock_;
};

}  // namespace tsunagi::holidays
