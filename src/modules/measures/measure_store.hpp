// SPDX-License-Identifier: Apache-2.0
// SQL of measures, their links to issues and their progress. What the reader may not see is in no result.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "db/record_versions.hpp"
#include "db/transaction.hpp"
#include "modules/access/actor.hpp"
#include "modules/measures/measure.hpp"

namespace tsunagi::measures {

/// A row of `measures`; the actors are kept as JSON.
struct MeasureRecord {
    core::MeasureId id;
    core::DeskId desk_id;
    core::RegionId municipality_id;
    MeasureState state{};
    std::int64_t version = 1;
    core::Instant created_at;
    core::UserId created_by;
    core::Instant updated_at;
    core::UserId updated_by;
    core::Instant state_since;
    std::string title;
    std::optional<record::Code<"measure_kind">> kind;
    std::string description;
    std::optional<record::Code<"feasibility">> feasibility;
    std::string feasibility_note;
    std::optional<core::Date> starts_on;
    std::optional<core::Date> ends_on;
    std::string actors;
    std::string parties;
    std::optional<std::int64_t> budget_asked;
    std::optional<std::int64_t> budget_granted;
    std::optional<std::int64_t> budget_spent;
    std::optional<core::Date> evaluate_on;
    bool wide_area = false;
    std::string departments;
    std::optional<record::Code<"proposal_target">> proposal_target;
    std::string outputs;
    std::optional<core::UserId> owner_id;
};
BOOST_DESCRIBE_STRUCT(MeasureRecord, (),
                      (id, desk_id, municipality_id, state, version, created_at, created_by, updated_at, updated_by,
                       state_since, title, kind, description, feasibility, feasibility_note, starts_on, ends_on, actors,
                       parties, budget_asked, budget_granted, budget_spent, evaluate_on, wide_area, departments,
                       proposal_target, outputs, owner_id))

/// Kinds: created, edited, or the step of a state change (`draft>coordination`).
constexpr db::VersionTable version_table{"measure_versions", "measure_id"};

/// A row of `measure_progress`.
struct ProgressRecord {
    std::string id;
    core::MeasureId measure_id;
    core::Date reported_on;
    std::int64_t percent = 0;
    std::string note;
    core::UserId by_id;
};
BOOST_DESCRIBE_STRUCT(ProgressRecord, (), (id, measure_id, reported_on, percent, note, by_id))

[[nodiscard]] MeasurePage list(db::ReadTx& tx, const access::Actor& actor, const MeasureFilter& filter);
/// The row alone, within the scope.
[[nodiscard]] std::optional<MeasureRecord> find(db::ReadTx& tx, const access::Actor& actor, const core::MeasureId& id);
/// With names, issues and progress.
[[nodiscard]] std::optional<Measure> load(db::ReadTx& tx, const access::Actor& actor, const core::MeasureId& id);
/// With all issues it is linked to, those outside the reader's scope included: for checking and keeping.
[[nodiscard]] MeasureText text_of(db::ReadTx& tx, const MeasureRecord& record);
void insert(db::WriteTx& tx, MeasureRecord record, const MeasureText& text);
/// Writes text, state and the marks of the change where the version is still the one before; false when it is not.
[[nodiscard]] bool update(db::WriteTx& tx, MeasureRecord record, const MeasureText& text);
/// Keeps the report and notes that something happened to the measure.
void add_progress(db::WriteTx& tx, const ProgressRecord& progress, const core::Instant& at);

}  // namespace tsunagi::measures
