// SPDX-License-Identifier: Apache-2.0
#include "modules/indicators/evaluation_store.hpp"

#include <algorithm>
#include <map>

#include "modules/access/scope.hpp"
#include "record/json_writer.hpp"

namespace tsunagi::indicators {
namespace {

using record::Params;

constexpr std::int64_t counted_exactly = 10'000;

/// `column IN (:name0, :name1, …)`
template <class T>
std::string in_list(const std::string& column, const std::vector<T>& values, const std::string& name, Params& params) {
    std::string result;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const std::string place = name + std::to_string(i);
        params.set(place, values[i]);
        result += (i == 0 ? ":" : ", :") + place;
    }
    return column + " IN (" + result + ")";
}

/// A LIKE pattern that finds the text anywhere; `!` escapes.
std::string anywhere(const std::string& text) {
    std::string result = "%";
    for (const char c : text) {
        if (c == '%' || c == '_' || c == '!')
            result += '!';
        result += c;
    }
    return result + "%";
}

struct Reading {
    core::EvaluationId id;
    core::DeskId desk_id;
    core::RegionId municipality_id;
    std::int64_t version = 1;
    core::Instant created_at;
    std::string created_by_name;
    core::Instant updated_at;
    std::string updated_by_name;
    std::string subject_title;
    std::optional<core::MeasureId> measure_id;
    std::optional<core::IssueId> issue_id;
    core::Date evaluated_on;
    std::string finding;
    Outcome outcome{};
    std::string next_policy;
};
BOOST_DESCRIBE_STRUCT(Reading, (),
                      (id, desk_id, municipality_id, version, created_at, created_by_name, updated_at, updated_by_name,
                       subject_title, measure_id, issue_id, evaluated_on, finding, outcome, next_policy))

constexpr const char* selected =
    "SELECT e.id, e.desk_id, e.municipality_id, e.version, e.created_at, c.name, e.updated_at, u.name, "
    "COALESCE(m.title, i.title), e.measure_id, e.issue_id, e.evaluated_on, e.finding, e.outcome, e.next_policy "
    "FROM evaluations e JOIN users c ON c.id = e.created_by JOIN users u ON u.id = e.updated_by "
    "LEFT JOIN measures m ON m.id = e.measure_id LEFT JOIN issues i ON i.id = e.issue_id WHERE ";

struct JudgementReading {
    core::EvaluationId evaluation_id;
    core::IndicatorId indicator_id;
    std::optional<double> value;
    std::optional<double> target;
    record::Text<400> comment;
    record::Text<200> indicator_name;
};
BOOST_DESCRIBE_STRUCT(JudgementReading, (), (evaluation_id, indicator_id, value, target, comment, indicator_name))

struct NextIssue {
    core::EvaluationId evaluation_id;
    core::IssueId issue_id;
};
BOOST_DESCRIBE_STRUCT(NextIssue, (), (evaluation_id, issue_id))

std::string where(const access::Actor& actor, const EvaluationFilter& filter, Params& params) {
    std::string sql = access::shared_visible(actor, access::Shared::evaluation, "e", params);
    if (filter.measure) {
        params.set("measure", *filter.measure);
        sql += " AND e.measure_id = :measure";
    }
    if (filter.issue) {
        params.set("issue", *filter.issue);
        sql += " AND e.issue_id = :issue";
    }
    if (!filter.words.empty()) {
        params.set("words", anywhere(filter.words));
        sql +=
            " AND (LOWER(e.finding) LIKE LOWER(:words) ESCAPE '!' "
            "OR LOWER(e.next_policy) LIKE LOWER(:words) ESCAPE '!')";
    }
    return sql;
}

/// Adds judgements and the issues that came of them, two queries for all.
std::vector<Evaluation> complete(db::ReadTx& tx, const access::Actor& actor, std::vector<Reading> readings) {
    std::vector<Evaluation> result;
    if (readings.empty())
        return result;
    std::vector<core::EvaluationId> ids;
    for (const auto& reading : readings)
        ids.push_back(reading.id);
    std::map<core::EvaluationId, std::vector<Judgement>> judgements;
    Params params;
    const std::string judged = in_list("j.evaluation_id", ids, "id", params);
    for (auto& row :
         tx.rows<JudgementReading>("SELECT j.evaluation_id, j.indicator_id, j.value, j.target, j.comment, n.name "
                                   "FROM evaluation_judgements j JOIN indicators n ON n.id = j.indicator_id WHERE " +
                                       judged + " ORDER BY j.evaluation_id, j.position",
                                   params)) {
        judgements[row.evaluation_id].push_back(
            {row.indicator_id, row.value, row.target, row.comment, row.indicator_name});
    }
    std::map<core::EvaluationId, std::vector<core::IssueId>> next;
    Params fed_params;
    const std::string fed = in_list("s.origin_id", ids, "id", fed_params);
    for (auto& row : tx.rows<NextIssue>(
             "SELECT s.origin_id, s.id FROM issues s WHERE s.origin = 'evaluation' AND " + fed + " AND " +
                 access::shared_visible(actor, access::Shared::issue, "s", fed_params) + " ORDER BY s.id",
             fed_params)) {
        next[row.evaluation_id].push_back(row.issue_id);
    }
    for (auto& reading : readings) {
        EvaluationText text;
        text.measure_id = reading.measure_id;
        text.issue_id = reading.issue_id;
        text.evaluated_on = reading.evaluated_on;
        text.finding = reading.finding;
        text.outcome = reading.outcome;
        text.next_policy = reading.next_policy;
        text.judgements = std::move(judgements[reading.id]);
        result.push_back({reading.id, reading.desk_id, reading.municipality_id, reading.version, reading.created_at,
                          std::move(reading.created_by_name), reading.updated_at, std::move(reading.updated_by_name),
                          std::move(reading.subject_title), std::move(next[reading.id]), std::move(text)});
    }
    return result;
}

void write_judgements(db::WriteTx& tx, const core::EvaluationId& id, const std::vector<Judgement>& judgements) {
    for (std::size_t i = 0; i < judgements.size(); ++i) {
        const Judgement& one = judgements[i];
        tx.execute(
            "INSERT INTO evaluation_judgements (evaluation_id, indicator_id, position, value, target, comment) "
            "VALUES (:id, :indicator, :position, :value, :target, :comment)",
            Params()
                .set("id", id)
                .set("indicator", one.indicator_id)
                .set("position", static_cast<std::int64_t>(i))
                .set("value", one.value)
                .set("target", one.target)
                .set("comment", one.comment));
    }
}

}  // namespace

EvaluationPage list(db::ReadTx& tx, const access::Actor& actor, const EvaluationFilter& filter) {
    const std::int64_t limit = filter.limit.value_or(25);
    if (limit < 1 || limit > 200)
        throw core::invalid({{"?limit", "range", "1-200"}});
    if (!filter.sort.empty() && filter.sort.str() != "-evaluated_on") {
        throw core::invalid({{"?sort", "unknown_code", ""}});
    }
    Params counted;
    const std::string condition = where(actor, filter, counted);
    Params params = counted;
    std::string sql = selected + condition;
    if (!filter.after.empty()) {
        const std::string& after = filter.after;
        if (after.size() < 37 || !core::is_uuid(after.substr(0, 36)))
            throw core::invalid({{"?after", "format", ""}});
        params.set("after_id", after.substr(0, 36)).set("after_key", after.substr(36));
        sql += " AND (e.evaluated_on, e.id) < (:after_key, :after_id)";
    }
    params.set("limit", limit + 1);
    auto rows = tx.rows<Reading>(sql + " ORDER BY e.evaluated_on DESC, e.id DESC LIMIT :limit", params);
    EvaluationPage page;
    if (static_cast<std::int64_t>(rows.size()) > limit) {
        rows.pop_back();
        page.next = rows.back().id.str() + rows.back().evaluated_on.str();
    }
    page.items = complete(tx, actor, std::move(rows));
    page.total = tx.number("SELECT count(*) FROM (SELECT 1 FROM evaluations e WHERE " + condition + " LIMIT " +
                               std::to_string(counted_exactly + 1) + ") counted",
                           counted);
    page.total_capped = page.total > counted_exactly;
    page.total = std::min(page.total, counted_exactly);
    return page;
}

std::optional<Evaluation> load(db::ReadTx& tx, const access::Actor& actor, const core::EvaluationId& id) {
    Params params;
    const std::string visible = access::shared_visible(actor, access::Shared::evaluation, "e", params);
    auto found = complete(tx, actor, tx.rows<Reading>(selected + ("e.id = :id AND " + visible), params.set("id", id)));
    if (found.empty())
        return std::nullopt;
    return std::move(found.front());
}

std::optional<SubjectPlace> place_of(db::ReadTx& tx, const access::Actor& actor, const core::MeasureId& id) {
    Params params;
    const std::string visible = access::shared_visible(actor, access::Shared::measure, "s", params);
    return tx.row<SubjectPlace>("SELECT s.desk_id, s.municipality_id FROM measures s WHERE s.id = :id AND " + visible,
                                params.set("id", id));
}

std::optional<SubjectPlace> place_of(db::ReadTx& tx, const access::Actor& actor, const core::IssueId& id) {
    Params params;
    const std::string visible = access::shared_visible(actor, access::Shared::issue, "s", params);
    return tx.row<SubjectPlace>("SELECT s.desk_id, s.municipality_id FROM issues s WHERE s.id = :id AND " + visible,
                                params.set("id", id));
}

std::vector<core::IndicatorId> visible_indicators(db::ReadTx& tx, const access::Actor& actor,
                                                  const std::vector<core::IndicatorId>& ids) {
    if (ids.empty())
        return {};
    Params params;
    const std::string among = in_list("s.id", ids, "id", params);
    return tx.rows<core::IndicatorId>("SELECT s.id FROM indicators s WHERE " + among + " AND " +
                                          access::shared_visible(actor, access::Shared::indicator, "s", params),
                                      params);
}

void insert(db::WriteTx& tx, const EvaluationRecord& record, const std::vector<Judgement>& judgements) {
    tx.insert("evaluations", record);
    write_judgements(tx, record.id, judgements);
}

bool update(db::WriteTx& tx, const EvaluationRecord& record, const std::vector<Judgement>& judgements) {
    const auto changed = tx.execute(
        "UPDATE evaluations SET version = version + 1, updated_at = :at, updated_by = :by, "
        "evaluated_on = :evaluated_on, finding = :finding, outcome = :outcome, next_policy = :next_policy "
        "WHERE id = :id AND version = :version",
        Params()
            .set("at", record.updated_at)
            .set("by", record.updated_by)
            .set("evaluated_on", record.evaluated_on)
            .set("finding", record.finding)
            .set("outcome", record.outcome)
            .set("next_policy", record.next_policy)
            .set("id", record.id)
            .set("version", record.version));
    if (changed != 1)
        return false;
    tx.execute("DELETE FROM evaluation_judgements WHERE evaluation_id = :id", Params().set("id", record.id));
    write_judgements(tx, record.id, judgements);
    return true;
}

void add_version(db::WriteTx& tx, const core::EvaluationId& id, std::int64_t version, const core::Instant& at,
                 const core::UserId& by, const EvaluationText& text) {
    tx.execute(
        "INSERT INTO evaluation_versions (evaluation_id, version, at, by_id, document) "
        "VALUES (:id, :version, :at, :by, :document)",
        Params()
            .set("id", id)
            .set("version", version)
            .set("at", at)
            .set("by", by)
            .set("document", record::to_json(text)));
}

}  // namespace tsunagi::indicators
