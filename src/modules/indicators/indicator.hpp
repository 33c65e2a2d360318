// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/id.hpp"
#include "record/describe.hpp"
#include "record/types.hpp"

namespace tsunagi::indicators {

/// What an indicator can count by itself from the coordinations of discharge of its desk and of the desks below it
/// in the municipality: /// median days (admitted → decided, decided → left, admitted → left); discharges with a
/// hand-over paper that never came, as a number and in percent; hand-over papers that came in time, in percent;
/// re-admissions within 30 days.
enum class Figure {
    days_to_decision,
    days_to_leaving,
    days_of_stay,
    missed_handovers,
    missed_handover_share,
    handovers_in_time_share,
    readmissions
};
BOOST_DESCRIBE_ENUM(Figure, days_to_decision, days_to_leaving, days_of_stay, missed_handovers, missed_handover_share,
                    handovers_in_time_share, readmissions)

/// 指標 with the fields of dictionary section 3.8.
struct IndicatorText {
    record::NonEmpty<record::Text<200>> name;
    record::Text<40> code;
    std::vector<record::Code<"scene">> scenes;  ///< empty: across the scenes
    std::optional<record::Code<"indicator_kind">> kind;
    std::optional<record::Code<"indicator_view">> view;
    record::Text<1000> numerator;
    record::Text<1000> denominator;
    record::Text<20> unit;
    record::Text<40> period;  ///< month, fiscal_year, point
    std::optional<record::Code<"grain">> grain;
    record::Text<400> source;
    record::Text<200> obtained_by;
    record::Text<100> frequency;
    record::Text<400> comparison;
    std::optional<record::Code<"direction">> direction;  ///< up or down is good
    record::Text<400> judgement_rule;
    std::optional<Figure> figure;  ///< counted by month or fiscal year (`period`); absent: values are written by hand
    std::vector<core::IssueId> issue_ids;
    std::vector<core::MeasureId> measure_ids;
};
BOOST_DESCRIBE_STRUCT(IndicatorText, (),
                      (name, code, scenes, kind, view, numerator, denominator, unit, period, grain, source, obtained_by,
                       frequency, comparison, direction, judgement_rule, figure, issue_ids, measure_ids))

struct NewIndicator {
    std::optional<core::DeskId> desk_id;
    IndicatorText text;
};
BOOST_DESCRIBE_STRUCT(NewIndicator, (), (desk_id, text))

/// 実績: either a value or the reason why there is none.
struct IndicatorValue {
    record::NonEmpty<record::Text<10>> period;  ///< 2026, 2026-10 or 2026-10-31
    std::optional<double> value;
    std::optional<record::Code<"missing_reason">> missing_reason;
    record::Text<400> note;
    std::optional<std::int64_t> cases;  ///< how many people or cases stand behind the value
};
BOOST_DESCRIBE_STRUCT(IndicatorValue, (), (period, value, missing_reason, note, cases))

struct IndicatorTarget {
    record::NonEmpty<record::Text<10>> period;  ///< by when
    double value = 0;
    record::Text<400> note;
};
BOOST_DESCRIBE_STRUCT(IndicatorTarget, (), (period, value, note))

/// What one figure of a period came to.
struct Amount {
    std::optional<double> value;  ///< absent where there is nothing to count; days and shares to one decimal
    std::int64_t cases = 0;       ///< discharges, or hand-over papers that were needed, behind the value
};

struct PeriodFigures {
    std::string period;  ///< 2026-10 or 2026
    std::map<Figure, Amount> amounts;
};

/// What was counted of a period.
struct CountedValue {
    std::string period;           ///< 2026-10 or 2026
    std::optional<double> value;  ///< absent where there is nothing to count; days and shares to one decimal
    std::int64_t cases = 0;       ///< discharges, or hand-over papers that were needed, behind the value
    core::Date from;              ///< days left, both included
    core::Date to;
    bool over = false;  ///< the period has ended; only then the value is compared and judged
};
BOOST_DESCRIBE_STRUCT(CountedValue, (), (period, value, cases, from, to, over))

/// An indicator that counts by itself.
struct CountingIndicator {
    core::IndicatorId id;
    core::DeskId desk_id;
    std::string period;
    std::optional<Figure> figure;
};
BOOST_DESCRIBE_STRUCT(CountingIndicator, (), (id, desk_id, period, figure))

using Counted = std::map<core::IndicatorId, std::vector<CountedValue>>;

struct Indicator {
    core::IndicatorId id;
    core::DeskId desk_id;
    core::RegionId municipality_id;
    std::int64_t version = 1;
    core::Instant created_at;
    std::string created_by_name;
    core::Instant updated_at;
    std::string updated_by_name;
    IndicatorText text;
    std::vector<IndicatorValue> values;    ///< by period
    std::vector<IndicatorTarget> targets;  ///< by period
    std::vector<CountedValue> counted;     ///< by period; a value written by hand for the same period goes before it
};
BOOST_DESCRIBE_STRUCT(Indicator, (),
                      (id, desk_id, municipality_id, version, created_at, created_by_name, updated_at, updated_by_name,
                       text, values, targets, counted))

struct IndicatorRow {
    core::IndicatorId id;
    core::DeskId desk_id;
    std::string name;
    std::string unit;
    std::optional<record::Code<"indicator_kind">> kind;
    std::optional<record::Code<"direction">> direction;
    std::optional<std::string> last_period;
    std::optional<double> last_value;
    std::optional<std::string> target_period;
    std::optional<double> target_value;
    std::optional<bool> reached;  ///< by direction; absent where it cannot be said
    std::optional<Figure> figure;
};
BOOST_DESCRIBE_STRUCT(IndicatorRow, (),
                      (id, desk_id, name, unit, kind, direction, last_period, last_value, target_period, target_value,
                       reached, figure))

struct IndicatorPage {
    std::vector<IndicatorRow> items;
    std::optional<std::string> next;
    std::int64_t total = 0;
    bool total_capped = false;
};
BOOST_DESCRIBE_STRUCT(IndicatorPage, (), (items, next, total, total_capped))

struct IndicatorFilter {
    std::vector<core::DeskId> desk;
    std::optional<core::IssueId> issue;
    std::optional<core::MeasureId> measure;
    record::Text<100> words;
    record::Text<20> sort;
    std::optional<std::int64_t> limit;
    record::Text<300> after;
};
BOOST_DESCRIBE_STRUCT(IndicatorFilter, (), (desk, issue, measure, words, sort, limit, after))

/// `PUT …/values`: the whole series as edited.
struct IndicatorSeries {
    std::vector<IndicatorValue> values;
    std::vector<IndicatorTarget> targets;
};
BOOST_DESCRIBE_STRUCT(IndicatorSeries, (), (values, targets))

/// The whole indicator as it was written at one time.
struct IndicatorDocument {
    IndicatorText text;
    IndicatorSeries series;
};
BOOST_DESCRIBE_STRUCT(IndicatorDocument, (), (text, series))

/// `kind` is created, edited or series.
struct IndicatorVersion {
    std::int64_t version = 0;
    std::string kind;
    core::Instant at;
    std::string by_name;
    std::string reason;
    IndicatorDocument text;
};
BOOST_DESCRIBE_STRUCT(IndicatorVersion, (), (version, kind, at, by_name, reason, text))

struct IndicatorHistory {
    std::vector<IndicatorVersion> items;  ///< oldest first
};
BOOST_DESCRIBE_STRUCT(IndicatorHistory, (), (items))

/// How a measure's year ends. Source: handbook chapter 5-1(5).
enum class Outcome { continue_, change, finish };
BOOST_DESCRIBE_ENUM(Outcome, continue_, change, finish)

struct Judgement {
    core::IndicatorId indicator_id;
    std::optional<double> value;
    std::optional<double> target;
    record::Text<400> comment;
    record::Text<200> indicator_name;  ///< filled by the server
};
BOOST_DESCRIBE_STRUCT(Judgement, (), (indicator_id, value, target, comment, indicator_name))

struct EvaluationText {
    std::optional<core::MeasureId> measure_id;
    std::optional<core::IssueId> issue_id;
    core::Date evaluated_on;
    record::NonEmpty<record::Text<4000>> finding;
    Outcome outcome{};
    record::Text<4000> next_policy;  ///< 次年度方針
    std::vector<Judgement> judgements;
};
BOOST_DESCRIBE_STRUCT(EvaluationText, (),
                      (measure_id, issue_id, evaluated_on, finding, outcome, next_policy, judgements))

struct Evaluation {
    core::EvaluationId id;
    core::DeskId desk_id;
    core::RegionId municipality_id;
    std::int64_t version = 1;
    core::Instant created_at;
    std::string created_by_name;
    core::Instant updated_at;
    std::string updated_by_name;
    std::string subject_title;
    std::vector<core::IssueId> next_issue_ids;  ///< issues that this evaluation fed
    EvaluationText text;
};
BOOST_DESCRIBE_STRUCT(Evaluation, (),
                      (id, desk_id, municipality_id, version, created_at, created_by_name, updated_at, updated_by_name,
                       subject_title, next_issue_ids, text))

/// `kind` is created or edited.
struct EvaluationVersion {
    std::int64_t version = 0;
    std::string kind;
    core::Instant at;
    std::string by_name;
    std::string reason;
    EvaluationText text;
};
BOOST_DESCRIBE_STRUCT(EvaluationVersion, (), (version, kind, at, by_name, reason, text))

struct EvaluationHistory {
    std::vector<EvaluationVersion> items;  ///< oldest first
};
BOOST_DESCRIBE_STRUCT(EvaluationHistory, (), (items))

struct EvaluationPage {
    std::vector<Evaluation> items;
    std::optional<std::string> next;
    std::int64_t total = 0;
    bool total_capped = false;
};
BOOST_DESCRIBE_STRUCT(EvaluationPage, (), (items, next, total, total_capped))

struct EvaluationFilter {
    std::optional<core::MeasureId> measure;
    std::optional<core::IssueId> issue;
    record::Text<100> words;
    record::Text<20> sort;
    std::optional<std::int64_t> limit;
    record::Text<300> after;
};
BOOST_DESCRIBE_STRUCT(EvaluationFilter, (), (measure, issue, words, sort, limit, after))

}  // namespace tsunagi::indicators
