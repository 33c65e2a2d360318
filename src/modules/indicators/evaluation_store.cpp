// SPDX-License-Identifier: Apache-2.0
#include "modules/indicators/evaluation_store.hpp"

#include <array>
#include <map>
#include <set>

#include "db/keyset_page.hpp"
#include "modules/access/shared_store.hpp"

namespace tsunagi::indicators {
namespace {

using record::Params;

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

constexpr const char* columns =
    "e.id, e.desk_id, e.municipality_id, e.version, e.created_at, c.name, e.updated_at, u.name, "
    "COALESCE(m.title, i.title), e.measure_id, e.issue_id, e.evaluated_on, e.finding, e.outcome, e.next_policy";
constexpr const char* joined =
    "evaluations e JOIN users c ON c.id = e.created_by JOIN users u ON u.id = e.updated_by "
    "LEFT JOIN measures m ON m.id = e.measure_id LEFT JOIN issues i ON i.id = e.issue_id WHERE ";
constexpr std::array<db::ListOrder, 1> orders{{{"-evaluated_on", "e.evaluated_on", true}}};

struct JudgementReading {
    core::EvaluationId evaluation_id;
    core::IndicatorId indicator_id;
    std::optional<double> value;
    std::optional<double> target;
    record::Text<400> comment;
    record::Text<200> indicator_name;
};
BOOST_DESCRIBE_STRUCT(JudgementReading, (), (evaluation_id, indicator_id, value, target, comment, indicator_name))

struct NamedIndicator {
    core::IndicatorId id;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(NamedIndicator, (), (id, name))

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
    sql += record::all_words_in({"e.finding", "e.next_policy"}, filter.words, params);
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
    const std::string judged = record::in_list("j.evaluation_id", ids, "id", params);
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
    const std::string fed = record::in_list("s.origin_id", ids, "id", fed_params);
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
        tx.send(
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
    db::ListQuery query;
    query.columns = columns;
    query.from = joined + where(actor, filter, query.params);
    query.id = "e.id";
    query.order = db::order_for(orders, filter.sort);
    auto page = db::keyset_page<Reading>(tx, query, filter, [](const Reading& row) { return row.evaluated_on.str(); });
    return db::framed<EvaluationPage>(page, complete(tx, actor, std::move(page.items)));
}

std::optional<Evaluation> load(db::ReadTx& tx, const access::Actor& actor, const core::EvaluationId& id) {
    Params params;
    const std::string visible = access::shared_visible(actor, access::Shared::evaluation, "e", params);
    auto found =
        complete(tx, actor,
                 tx.rows<Reading>(std::string("SELECT ") + columns + " FROM " + joined + "e.id = :id AND " + visible,
                                  params.set("id", id)));
    if (found.empty())
        return std::nullopt;
    return std::move(found.front());
}

std::optional<EvaluationRecord> find(db::ReadTx& tx, const access::Actor& actor, const core::EvaluationId& id) {
    Params params;
    const std::string visible = access::shared_visible(actor, access::Shared::evaluation, "e", params);
    return tx.row<EvaluationRecord>(
        "SELECT " + record::columns<EvaluationRecord>("e") + " FROM evaluations e WHERE e.id = :id AND " + visible,
        params.set("id", id));
}

std::vector<EvaluationVersion> versions_of(db::ReadTx& tx, const core::EvaluationId& id) {
    auto versions = db::read_versions<EvaluationVersion>(db::versions(tx, evaluation_version_table, id.str()));
    std::set<core::IndicatorId> judged;
    for (const auto& version : versions) {
        for (const auto& judgement : version.text.judgements)
            judged.insert(judgement.indicator_id);
    }
    if (judged.empty())
        return versions;
    Params params;
    const std::string among = record::in_list("id", std::vector(judged.begin(), judged.end()), "id", params);
    std::map<core::IndicatorId, std::string> names;
    for (auto& row : tx.rows<NamedIndicator>("SELECT id, name FROM indicators WHERE " + among, params))
        names[row.id] = std::move(row.name);
    for (auto& version : versions) {
        for (auto& judgement : version.text.judgements)
            judgement.indicator_name = names[judgement.indicator_id];
    }
    return versions;
}

void insert(db::WriteTx& tx, const EvaluationRecord& record, const std::vector<Judgement>& judgements) {
    tx.insert("evaluations", record);
    write_judgements(tx, record.id, judgements);
}

bool update(db::WriteTx& tx, const EvaluationRecord& record, const std::vector<Judgement>& judgements) {
    if (!db::update_versioned(tx, "evaluations", record))
        return false;
    tx.send("DELETE FROM evaluation_judgements WHERE evaluation_id = :id", Params().set("id", record.id));
    write_judgements(tx, record.id, judgements);
    return true;
}

}  // namespace tsunagi::indicators
