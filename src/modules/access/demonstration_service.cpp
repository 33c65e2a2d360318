// SPDX-License-Identifier: Apache-2.0
#include "modules/access/demonstration_service.hpp"

#include "modules/access/user_store.hpp"
#include "modules/audit/audit_service.hpp"

namespace tsunagi::access {
namespace {

constexpr const char* demonstration = "demonstration";
constexpr const char* story_day = "demonstration_day";
constexpr const char* begun_on = "demonstration_begun_on";  ///< the machine's day on which the story's day was
constexpr const char* loaded_changes = "demonstration_changes";

}  // namespace

bool is_demonstration(db::ReadTx& tx) {
    return setting(tx, demonstration) == "true";
}

void mark_demonstration(db::WriteTx& tx, const core::Date& day) {
    save_setting(tx, demonstration, "true");
    save_setting(tx, story_day, day.str());
}

void finish_demonstration(db::WriteTx& tx) {
    save_setting(tx, loaded_changes, std::to_string(audit::AuditService::changes(tx)));
}

void begin_story(db::Database& database, const core::Clock& machine) {
    const std::string today = machine.today().str();
    const auto begun = [](db::ReadTx& tx) { return is_demonstration(tx) ? setting(tx, begun_on) : "never"; };
    const std::string before = database.read(begun);
    if (before == "never" || before == today)
        return;
    database.write([&](db::WriteTx& tx) {
        if (begun(tx).empty() || setting(tx, loaded_changes) == std::to_string(audit::AuditService::changes(tx)))
            save_setting(tx, begun_on, today);
    });
}

core::Clock calendar_of(db::Database& database, const core::Clock& machine) {
    return database.read([&](db::ReadTx& tx) {
        if (!is_demonstration(tx))
            return machine;
        const auto day = core::Date::parse(setting(tx, story_day));
        const auto begun = core::Date::parse(setting(tx, begun_on));
        return day && begun ? machine.shifted(std::chrono::days(day->days_since(*begun))) : machine;
    });
}

}  // namespace tsunagi::access
