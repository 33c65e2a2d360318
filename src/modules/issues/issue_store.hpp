// SPDX-License-Identifier: Apache-2.0
// SQL of issues, their evidence and their history. What the reader may not see is in no result.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "db/transaction.hpp"
#include "modules/access/actor.hpp"
#include "modules/issues/issue.hpp"

namespace tsunagi::issues {

/// A row of `issues`; lists are kept as JSON.
struct IssueRecord {
    core::IssueId id;
    core::DeskId desk_id;
    core::RegionId municipality_id;
    std::int64_t fiscal_year = 0;
    std::int64_t sequence = 0;
    std::string number;
    IssueState state{};
    std::int64_t version = 1;
    IssueOrigin origin{};
    std::optional<std::string> origin_id;
    core::Instant created_at;
    core::UserId created_by;
    core::Instant updated_at;
    core::UserId updated_by;
    core::Instant state_since;
    std::string title;
    std::string description;
    std::string present;
    std::string goal;
    std::string gap;
    std::string causes;
    std::string scenes;
    std::optional<record::Code<"issue_kind">> kind;
    std::string professions;
    std::optional<record::Code<"layer">> layer;
    std::optional<core::RegionId> region_id;
    std::optional<core::UserId> owner_id;
    std::optional<core::Date> due_on;
    std::string waiting_for;
};
BOOST_DESCRIBE_STRUCT(IssueRecord, (),
                      (id, desk_id, municipality_id, fiscal_year, sequence, number, state, version, origin, origin_id,
                       created_at, created_by, updated_at, updated_by, state_since, title, description, present, goal,
                       gap, causes, scenes, kind, professions, layer, region_id, owner_id, due_on, waiting_for))

/// A row of `issue_events`.
struct EventRecord {
    std::string id;
    core::IssueId issue_id;
    core::Instant at;
    core::UserId by_id;
    std::string kind;
    std::string text;
    std::int64_t version = 0;
    std::string document;  ///< created, edited: the text; state: the step; evidence: what was done and the case
};
BOOST_DESCRIBE_STRUCT(EventRecord, (), (id, issue_id, at, by_id, kind, text, version, document))

[[nodiscard]] IssuePage list(db::ReadTx& tx, const access::Actor& actor, const IssueFilter& filter);
/// The row alone, within the scope.
[[nodiscard]] std::optional<IssueRecord> find(db::ReadTx& tx, const access::Actor& actor, const core::IssueId& id);
/// With names and evidence.
[[nodiscard]] std::optional<Issue> load(db::ReadTx& tx, const access::Actor& actor, const core::IssueId& id);
/// Newest first. The caller has made sure that the person sees the issue; cases are named where they see them too.
[[nodiscard]] std::vector<IssueEvent> history(db::ReadTx& tx, const access::Actor& actor, const core::IssueId& id);

/// Backgrounds of the registered cases among `ids` that the reader may see, as they are now.
[[nodiscard]] std::map<core::ConsultationId, consultations::CaseBackground> backgrounds(
    db::ReadTx& tx, const access::Actor& actor, const std::vector<core::ConsultationId>& ids);
/// Is there such a meeting or evaluation within the scope?
[[nodiscard]] bool origin_exists(db::ReadTx& tx, const access::Actor& actor, IssueOrigin origin,
                                 const std::string& origin_id);
[[nodiscard]] bool region_exists(db::ReadTx& tx, const core::RegionId& id);

/// The next running number of the municipality in that fiscal year; two writers never get the same.
[[nodiscard]] std::int64_t next_sequence(db::WriteTx& tx, const core::RegionId& municipality, int fiscal_year);
void insert(db::WriteTx& tx, IssueRecord record, const IssueText& text);
/// Writes text, state and the marks of the change where the version is still the one before; false when it is not.
[[nodiscard]] bool update(db::WriteTx& tx, IssueRecord record, const IssueText& text);
/// Notes that something happened to the issue without changing its text.
void touch(db::WriteTx& tx, const core::IssueId& id, const core::UserId& by, const core::Instant& at);
void add_event(db::WriteTx& tx, const EventRecord& event);
/// Adds the case, or decides anew whether it is evidence or a candidate.
void put_evidence(db::WriteTx& tx, const core::IssueId& id, const NewEvidence& evidence,
                  const consultations::CaseBackground& background, const core::UserId& by, const core::Instant& at);
/// False when the case was no evidence of the issue.
[[nodiscard]] bool remove_evidence(db::WriteTx& tx, const core::IssueId& id, const core::ConsultationId& consultation);

}  // namespace tsunagi::issues
