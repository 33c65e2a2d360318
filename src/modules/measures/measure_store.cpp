// SPDX-License-Identifier: Apache-2.0
#include "modules/measures/measure_store.hpp"

#include <array>

#include "db/keyset_page.hpp"
#include "modules/access/shared_store.hpp"
#include "record/text_columns.hpp"

namespace tsunagi::measures {
namespace {

using record::Params;

std::string where(const access::Actor& actor, const MeasureFilter& filter, Params& params) {
    std::string sql = access::shared_visible(actor, access::Shared::measure, "m", params);
    if (!filter.desk.empty())
        sql += " AND " + record::in_list("m.desk_id", filter.desk, "desk", params);
    if (!filter.state.empty())
        sql += " AND " + record::in_list("m.state", filter.state, "state", params);
    if (filter.issue) {
        params.set("issue", *filter.issue);
        sql += " AND EXISTS (SELECT 1 FROM measure_issues l WHERE l.measure_id = m.id AND l.issue_id = :issue)";
    }
    sql += record::all_words_in({"m.title", "m.description", "m.parties", "m.departments", "m.outputs"}, filter.words,
                                params);
    return sql;
}

constexpr std::array<db::ListOrder, 3> orders{{
    {"-updated_at", "m.updated_at", true},
    {"starts_on", "COALESCE(m.starts_on, '9999-12-31')"},
    {"evaluate_on", "COALESCE(m.evaluate_on, '9999-12-31')"},
}};

void link_issues(db::WriteTx& tx, const core::MeasureId& id, const std::vector<core::IssueId>& issues) {
    for (const auto& issue : issues) {
        tx.send("INSERT INTO measure_issues (measure_id, issue_id) VALUES (:id, :issue)",
                Params().set("id", id).set("issue", issue));
    }
}

}  // namespace

MeasurePage list(db::ReadTx& tx, const access::Actor& actor, const MeasureFilter& filter) {
    db::ListQuery query;
    query.columns =
        "m.id, m.desk_id, m.title, m.kind, m.state, m.starts_on, m.evaluate_on, "
        "COALESCE((SELECT p.percent FROM measure_progress p WHERE p.measure_id = m.id "
        "ORDER BY p.reported_on DESC, p.id DESC LIMIT 1), 0), "
        "(SELECT count(*) FROM measure_issues l JOIN issues s ON s.id = l.issue_id WHERE l.measure_id = m.id AND " +
        access::shared_visible(actor, access::Shared::issue, "s", query.params) +
        "), (SELECT count(*) FROM indicator_measures l JOIN indicators s ON s.id = l.indicator_id "
        "WHERE l.measure_id = m.id AND " +
        access::shared_visible(actor, access::Shared::indicator, "s", query.params) + "), m.updated_at";
    query.from = "measures m WHERE " + where(actor, filter, query.params);
    query.id = "m.id";
    query.order = db::order_for(orders, filter.sort);
    auto page = db::keyset_page<MeasureRow>(tx, query, filter, [&](const MeasureRow& row) {
        if (query.order.name == "-updated_at")
            return row.updated_at.str();
        const auto& day = query.order.name == "starts_on" ? row.starts_on : row.evaluate_on;
        return day ? day->str() : std::string("9999-12-31");
    });
    return db::framed<MeasurePage>(page, std::move(page.items));
}

std::optional<MeasureRecord> find(db::ReadTx& tx, const access::Actor& actor, const core::MeasureId& id) {
    Params params;
    const std::string visible = access::shared_visible(actor, access::Shared::measure, "m", params);
    return tx.row<MeasureRecord>(
        "SELECT " + record::columns<MeasureRecord>("m") + " FROM measures m WHERE m.id = :id AND " + visible,
        params.set("id", id));
}

std::optional<Measure> load(db::ReadTx& tx, const access::Actor& actor, const core::MeasureId& id) {
    const auto record = find(tx, actor, id);
    if (!record)
        return std::nullopt;
    const auto names = access::authors(tx, record->created_by, record->updated_by);
    auto progress = tx.rows<Progress>(
        "SELECT p.id, p.reported_on, p.percent, p.note, u.name FROM measure_progress p JOIN users u ON u.id = p.by_id "
        "WHERE p.measure_id = :id ORDER BY p.reported_on DESC, p.id DESC",
        Params().set("id", id));
    MeasureText text = text_of(tx, *record);
    text.issue_ids = access::visible(tx, actor, text.issue_ids);
    return Measure{record->id,       record->desk_id,     record->municipality_id, record->state,
                   record->version,  record->created_at,  names.created_by,        record->updated_at,
                   names.updated_by, record->state_since, std::move(text),         std::move(progress)};
}

MeasureText text_of(db::ReadTx& tx, const MeasureRecord& record) {
    auto text = record::text_from<MeasureText>(record);
    text.issue_ids = tx.rows<core::IssueId>(
        "SELECT issue_id FROM measure_issues WHERE measure_id = :id ORDER BY issue_id", Params().set("id", record.id));
    return text;
}

void insert(db::WriteTx& tx, MeasureRecord record, const MeasureText& text) {
    record::put_text(text, record);
    tx.insert("measures", record);
    link_issues(tx, record.id, text.issue_ids);
}

bool update(db::WriteTx& tx, MeasureRecord record, const MeasureText& text) {
    record::put_text(text, record);
    if (!db::update_versioned(tx, "measures", record))
        return false;
    tx.send("DELETE FROM measure_issues WHERE measure_id = :id", Params().set("id", record.id));
    link_issues(tx, record.id, text.issue_ids);
    return true;
}

void add_progress(db::WriteTx& tx, const ProgressRecord& progress, const core::Instant& at) {
    tx.insert("measure_progress", progress);
    tx.send("UPDATE measures SET updated_at = :at, updated_by = :by WHERE id = :id",
            Params().set("at", at).set("by", progress.by_id).set("id", progress.measure_id));
}

}  // namespace tsunagi::measures
