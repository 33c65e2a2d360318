// SPDX-License-Identifier: Apache-2.0
// SQL of activities. What the reader may not see is in no result.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "db/record_versions.hpp"
#include "db/transaction.hpp"
#include "modules/access/actor.hpp"
#include "modules/activities/activity.hpp"
#include "modules/packs/packs_service.hpp"

namespace tsunagi::activities {

/// A row of `activities`; the supports are kept as JSON.
struct ActivityRecord {
    core::ActivityId id;
    core::DeskId desk_id;
    core::RegionId municipality_id;
    std::optional<core::ConsultationId> consultation_id;
    std::int64_t version = 1;
    std::int64_t change = 0;  ///< of the desk, for the search
    bool withdrawn = false;
    core::Instant created_at;
    core::UserId created_by;
    core::Instant updated_at;
    core::UserId updated_by;
    record::Code<"activity_kind"> kind;
    core::Date done_on;
    std::optional<core::TimeOfDay> started_at;
    std::optional<record::Whole<0, 1440>> minutes;
    std::string with_name;
    std::string with_affiliation;
    std::optional<record::Code<"profession">> with_profession;
    std::string said;
    std::string outcome;
    std::optional<ActivityState> state;
    std::optional<core::Date> settled_on;
    std::optional<record::Code<"advice_field">> advice_field;
    std::string partner;
    std::string startup_supports;
    std::string conditions;
    std::string candidates;
    std::string agreement;
    std::optional<core::Date> agreed_on;
    std::optional<core::Date> begun_on;
    std::optional<core::Date> follow_up_on;
};
BOOST_DESCRIBE_STRUCT(ActivityRecord, (),
                      (id, desk_id, municipality_id, consultation_id, version, change, withdrawn, created_at,
                       created_by, updated_at, updated_by, kind, done_on, started_at, minutes, with_name,
                       with_affiliation, with_profession, said, outcome, state, settled_on, advice_field, partner,
                       startup_supports, conditions, candidates, agreement, agreed_on, begun_on, follow_up_on))

constexpr db::VersionTable version_table{"activity_versions", "activity_id"};

/// A row as it is read: with names, the newest reason, and what decides how much of it the reader sees.
struct FoundActivity : ActivityRecord {
    std::string created_by_name;
    std::string updated_by_name;
    std::string reason;
    bool shared_with_municipality = false;
    std::int64_t finalised = 0;
};
BOOST_DESCRIBE_STRUCT(FoundActivity, (ActivityRecord),
                      (created_by_name, updated_by_name, reason, shared_with_municipality, finalised))

[[nodiscard]] std::optional<FoundActivity> find(db::ReadTx& tx, const access::Actor& actor, const core::ActivityId& id);
/// The newest 500 of the case, withdrawn ones among them.
[[nodiscard]] std::vector<FoundActivity> of_case(db::ReadTx& tx, const access::Actor& actor,
                                                 const core::ConsultationId& id);

struct Spent {
    std::int64_t count = 0;
    std::int64_t minutes = 0;
};
BOOST_DESCRIBE_STRUCT(Spent, (), (count, minutes))

/// Of all activities of the case that were not withdrawn.
[[nodiscard]] Spent spent(db::ReadTx& tx, const access::Actor& actor, const core::ConsultationId& id);

/// The lines of a register, nothing withheld yet but by whom a line is seen: `shared` and the municipality decide.
struct RegisterRow : ActivityRow {
    core::RegionId municipality_id;
    bool shared_with_municipality = false;
};
BOOST_DESCRIBE_STRUCT(RegisterRow, (ActivityRow), (municipality_id, shared_with_municipality))

struct RegisterPage {
    std::vector<RegisterRow> items;
    std::optional<std::string> next;
    std::int64_t total = 0;
    bool total_capped = false;
};

/// `kinds` are those of the filter's forms.
[[nodiscard]] RegisterPage list(db::ReadTx& tx, const access::Actor& actor, const ActivityFilter& filter,
                                const std::vector<std::string>& kinds);

/// Names of the desks whose activities the reader can see.
[[nodiscard]] std::map<core::DeskId, std::string> desk_names(db::ReadTx& tx, const access::Actor& actor);

struct StateSum {
    std::optional<ActivityState> state;
    std::int64_t count = 0;
    std::int64_t minutes = 0;
};
BOOST_DESCRIBE_STRUCT(StateSum, (), (state, count, minutes))

[[nodiscard]] std::vector<StateSum> sums(db::ReadTx& tx, const access::Actor& actor, const ActivityFilter& filter,
                                         const std::vector<std::string>& kinds);

void insert(db::WriteTx& tx, ActivityRecord record, const ActivityText& text);
/// False when the version is no longer the one before.
[[nodiscard]] bool update(db::WriteTx& tx, ActivityRecord record, const ActivityText& text);

}  // namespace tsunagi::activities
