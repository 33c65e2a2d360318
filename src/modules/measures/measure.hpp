// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/id.hpp"
#include "record/describe.hpp"
#include "record/types.hpp"

namespace tsunagi::measures {

/// 案 → 庁内調整 → 承認 → 予算 → 実施 → 評価 → 完了, or 中止. Source: dictionary section 7.5.
enum class MeasureState { draft, coordination, approved, budgeted, underway, evaluating, finished, cancelled };
BOOST_DESCRIBE_ENUM(MeasureState, draft, coordination, approved, budgeted, underway, evaluating, finished, cancelled)

/// 対応策 with every field of handbook chapter 5-1(4).
struct MeasureText {
    record::NonEmpty<record::Text<200>> title;
    std::optional<record::Code<"measure_kind">> kind;
    record::Text<4000> description;
    std::vector<core::IssueId> issue_ids;
    std::optional<record::Code<"feasibility">> feasibility;
    record::Text<1000> feasibility_note;
    std::optional<core::Date> starts_on;
    std::optional<core::Date> ends_on;
    std::vector<record::Code<"actor">> actors;  ///< 主体
    record::Text<1000> parties;                 ///< 関係者
    std::optional<std::int64_t> budget_asked;   ///< yen
    std::optional<std::int64_t> budget_granted;
    std::optional<std::int64_t> budget_spent;
    std::optional<core::Date> evaluate_on;
    bool wide_area = false;
    record::Text<400> departments;  ///< 関係部署
    std::optional<record::Code<"proposal_target">> proposal_target;
    record::Text<1000> outputs;  ///< 成果物
    std::optional<core::UserId> owner_id;
};
BOOST_DESCRIBE_STRUCT(MeasureText, (),
                      (title, kind, description, issue_ids, feasibility, feasibility_note, starts_on, ends_on, actors,
                       parties, budget_asked, budget_granted, budget_spent, evaluate_on, wide_area, departments,
                       proposal_target, outputs, owner_id))

struct NewMeasure {
    std::optional<core::DeskId> desk_id;
    MeasureText text;
};
BOOST_DESCRIBE_STRUCT(NewMeasure, (), (desk_id, text))

struct Progress {
    std::string id;
    core::Date on;
    std::int64_t percent = 0;
    std::string note;
    std::string by_name;
};
BOOST_DESCRIBE_STRUCT(Progress, (), (id, on, percent, note, by_name))

struct NewProgress {
    std::optional<core::Date> on;
    record::Whole<0, 100> percent;
    record::NonEmpty<record::Text<2000>> note;
};
BOOST_DESCRIBE_STRUCT(NewProgress, (), (on, percent, note))

struct Measure {
    core::MeasureId id;
    core::DeskId desk_id;
    core::RegionId municipality_id;
    MeasureState state{};
    std::int64_t version = 1;
    core::Instant created_at;
    std::string created_by_name;
    core::Instant updated_at;
    std::string updated_by_name;
    core::Instant state_since;
    MeasureText text;
    std::vector<Progress> progress;  ///< newest first
};
BOOST_DESCRIBE_STRUCT(Measure, (),
                      (id, desk_id, municipality_id, state, version, created_at, created_by_name, updated_at,
                       updated_by_name, state_since, text, progress))

struct MeasureRow {
    core::MeasureId id;
    core::DeskId desk_id;
    std::string title;
    std::optional<record::Code<"measure_kind">> kind;
    MeasureState state{};
    std::optional<core::Date> starts_on;
    std::optional<core::Date> evaluate_on;
    std::int64_t percent = 0;
    std::int64_t issue_count = 0;
    std::int64_t indicator_count = 0;
    core::Instant updated_at;
};
BOOST_DESCRIBE_STRUCT(MeasureRow, (),
                      (id, desk_id, title, kind, state, starts_on, evaluate_on, percent, issue_count, indicator_count,
                       updated_at))

struct MeasurePage {
    std::vector<MeasureRow> items;
    std::optional<std::string> next;
    std::int64_t total = 0;
    bool total_capped = false;
};
BOOST_DESCRIBE_STRUCT(MeasurePage, (), (items, next, total, total_capped))

struct MeasureFilter {
    std::vector<core::DeskId> desk;
    std::vector<MeasureState> state;
    std::optional<core::IssueId> issue;
    record::Text<100> words;
    record::Text<20> sort;
    std::optional<std::int64_t> limit;
    record::Text<200> after;
};
BOOST_DESCRIBE_STRUCT(MeasureFilter, (), (desk, state, issue, words, sort, limit, after))

struct MeasureStateChange {
    MeasureState state{};
    record::Text<400> reason;
};
BOOST_DESCRIBE_STRUCT(MeasureStateChange, (), (state, reason))

/// The whole measure as it was once saved. `kind` is created, edited, or the step of a state change:
/// `draft>coordination`.
struct MeasureVersion {
    std::int64_t version = 0;
    std::string kind;
    core::Instant at;
    std::string by_name;
    std::string reason;
    MeasureText text;
};
BOOST_DESCRIBE_STRUCT(MeasureVersion, (), (version, kind, at, by_name, reason, text))

struct MeasureHistory {
    std::vector<MeasureVersion> items;  ///< oldest first
};
BOOST_DESCRIBE_STRUCT(MeasureHistory, (), (items))

}  // namespace tsunagi::measures
