// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/id.hpp"
#include "modules/consultations/consultation.hpp"
#include "record/describe.hpp"
#include "record/types.hpp"

namespace tsunagi::issues {

/// 兆し → 検討中 → 対応策あり → 実施 → 評価 → (解決 | 継続 | 再検討), and 保留. Source: dictionary section 7.5.
enum class IssueState { sign, reviewing, planned, underway, evaluating, solved, continued, reconsidered, on_hold };
BOOST_DESCRIBE_ENUM(IssueState, sign, reviewing, planned, underway, evaluating, solved, continued, reconsidered,
                    on_hold)

/// Where the issue came from. `cases` and `matrix` name the evidence, `evaluation` and `meeting` their record.
enum class IssueOrigin { hand, cases, matrix, awareness, meeting, evaluation };
BOOST_DESCRIBE_ENUM(IssueOrigin, hand, cases, matrix, awareness, meeting, evaluation)

/// A cause is either confirmed or only assumed; the two are never mixed.
struct Cause {
    record::NonEmpty<record::Text<400>> text;
    bool confirmed = false;
    record::Text<200> source;
};
BOOST_DESCRIBE_STRUCT(Cause, (), (text, confirmed, source))

struct IssueText {
    record::NonEmpty<record::Text<200>> title;
    record::Text<4000> description;
    record::Text<4000> present;  ///< 現状
    record::Text<4000> goal;     ///< めざす姿
    record::Text<4000> gap;      ///< 差
    std::vector<Cause> causes;   ///< 要因
    std::vector<record::Code<"scene">> scenes;
    std::optional<record::Code<"issue_kind">> kind;
    std::vector<record::Code<"profession">> professions;  ///< affected
    std::optional<record::Code<"layer">> layer;           ///< 一次・二次・三次 of 図26
    std::optional<core::RegionId> region_id;              ///< 影響範囲
    std::optional<core::UserId> owner_id;
    std::optional<core::Date> due_on;
    record::Text<200> waiting_for;  ///< whom or what it waits for
};
BOOST_DESCRIBE_STRUCT(IssueText, (),
                      (title, description, present, goal, gap, causes, scenes, kind, professions, layer, region_id,
                       owner_id, due_on, waiting_for))

struct NewEvidence {
    core::ConsultationId consultation_id;
    record::Text<400> note;  ///< why this case is evidence; a candidate may do without
    bool candidate = false;  ///< not yet decided
};
BOOST_DESCRIBE_STRUCT(NewEvidence, (), (consultation_id, note, candidate))

struct NewIssue {
    std::optional<core::DeskId> desk_id;
    IssueOrigin origin{};
    std::optional<std::string> origin_id;  ///< meeting or evaluation
    IssueText text;
    std::vector<NewEvidence> evidence;
};
BOOST_DESCRIBE_STRUCT(NewIssue, (), (desk_id, origin, origin_id, text, evidence))

/// A case behind the issue, with its background. `readable` says whether the reader may open the whole record.
struct Evidence {
    core::ConsultationId consultation_id;
    std::string note;
    bool candidate = false;
    core::Instant added_at;
    std::string added_by_name;
    bool readable = false;
    consultations::CaseBackground background;
};
BOOST_DESCRIBE_STRUCT(Evidence, (), (consultation_id, note, candidate, added_at, added_by_name, readable, background))

struct Issue {
    core::IssueId id;
    core::DeskId desk_id;
    core::RegionId municipality_id;
    std::int64_t fiscal_year = 0;
    std::int64_t sequence = 0;
    std::string number;  ///< 8-07; the screen puts its own word before it
    IssueState state{};
    std::int64_t version = 1;
    IssueOrigin origin{};
    std::optional<std::string> origin_id;
    core::Instant created_at;
    std::string created_by_name;
    core::Instant updated_at;
    std::string updated_by_name;
    core::Instant state_since;
    IssueText text;
    std::vector<Evidence> evidence;
};
BOOST_DESCRIBE_STRUCT(Issue, (),
                      (id, desk_id, municipality_id, fiscal_year, sequence, number, state, version, origin, origin_id,
                       created_at, created_by_name, updated_at, updated_by_name, state_since, text, evidence))

struct IssueRow {
    core::IssueId id;
    core::DeskId desk_id;
    std::string number;
    IssueState state{};
    std::string title;
    std::optional<record::Code<"issue_kind">> kind;
    std::optional<core::UserId> owner_id;
    std::optional<core::Date> due_on;
    std::int64_t evidence_count = 0;
    core::Instant created_at;
    core::Instant updated_at;
};
BOOST_DESCRIBE_STRUCT(IssueRow, (),
                      (id, desk_id, number, state, title, kind, owner_id, due_on, evidence_count, created_at,
                       updated_at))

struct IssuePage {
    std::vector<IssueRow> items;
    std::optional<std::string> next;
    std::int64_t total = 0;
    bool total_capped = false;
};
BOOST_DESCRIBE_STRUCT(IssuePage, (), (items, next, total, total_capped))

struct IssueFilter {
    std::vector<core::DeskId> desk;
    std::vector<IssueState> state;
    std::optional<std::int64_t> fiscal_year;
    std::vector<record::Code<"scene">> scene;
    std::vector<record::Code<"issue_kind">> kind;
    std::optional<core::ConsultationId> consultation;
    std::vector<core::UserId> owner;
    bool on_agenda = false;  ///< unsolved and on the agenda of a planned meeting
    record::Text<100> words;
    record::Text<20> sort;
    std::optional<std::int64_t> limit;
    record::Text<200> after;
};
BOOST_DESCRIBE_STRUCT(IssueFilter, (),
                      (desk, state, fiscal_year, scene, kind, consultation, owner, on_agenda, words, sort, limit,
                       after))

struct IssueStateChange {
    IssueState state{};
    record::Text<400> reason;
};
BOOST_DESCRIBE_STRUCT(IssueStateChange, (), (state, reason))

/// 経過: a dated line in the life of an issue, written by hand or by a state change.
struct IssueEvent {
    std::string id;
    core::Instant at;
    std::string by_name;
    std::string kind;    ///< created, edited, state, evidence, note, feedback
    std::string detail;  ///< state: `sign>reviewing`; evidence: `candidate`, `evidence` or `removed`
    std::string text;    ///< state: the reason; evidence: the number of the case, where the reader may see it
    std::int64_t version = 0;
    std::optional<IssueText> written;  ///< created, edited: the whole text as it was saved
};
BOOST_DESCRIBE_STRUCT(IssueEvent, (), (id, at, by_name, kind, detail, text, version, written))

struct IssueHistory {
    std::vector<IssueEvent> items;
};
BOOST_DESCRIBE_STRUCT(IssueHistory, (), (items))

struct NewIssueNote {
    record::NonEmpty<record::Text<2000>> text;
    bool feedback = false;  ///< 関係者に返したこと
};
BOOST_DESCRIBE_STRUCT(NewIssueNote, (), (text, feedback))

}  // namespace tsunagi::issues
