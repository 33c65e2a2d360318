// SPDX-License-Identifier: Apache-2.0
#include "modules/indicators/indicator_store.hpp"

#include <array>

#include "db/keyset_page.hpp"
#include "modules/access/shared_store.hpp"
#include "modules/indicators/indicator_rules.hpp"
#include "record/text_columns.hpp"

namespace tsunagi::indicators {
namespace {

using record::Params;

std::string where(const access::Actor& actor, const IndicatorFilter& filter, Params& params) {
    std::string sql = access::shared_visible(actor, access::Shared::indicator, "i", params);
    if (!filter.desk.empty())
        sql += " AND " + record::in_list("i.desk_id", filter.desk, "desk", params);
    if (filter.issue) {
        params.set("issue", *filter.issue);
        sql += " AND EXISTS (SELECT 1 FROM indicator_issues l WHERE l.indicator_id = i.id AND l.issue_id = :issue)";
    }
    if (filter.measure) {
        params.set("measure", *filter.measure);
        sql +=
            " AND EXISTS (SELECT 1 FROM indicator_measures l WHERE l.indicator_id = i.id "
            "AND l.measure_id = :measure)";
    }
    sql += record::all_words_in({"i.name", "i.code", "i.numerator", "i.denominator", "i.source"}, filter.words, params);
    return sql;
}

struct ListRecord {
    core::IndicatorId id;
    core::DeskId desk_id;
    std::string name;
    std::string unit;
    std::optional<record::Code<"indicator_kind">> kind;
    std::optional<record::Code<"direction">> direction;
    std::string period;
    std::optional<Figure> figure;
    core::Instant updated_at;
};
BOOST_DESCRIBE_STRUCT(ListRecord, (), (id, desk_id, name, unit, kind, direction, period, figure, updated_at))

struct ValueRecord {
    core::IndicatorId indicator_id;
    record::NonEmpty<record::Text<10>> period;
    std::optional<double> value;
    std::optional<record::Code<"missing_reason">> missing_reason;
    record::Text<400> note;
    std::optional<std::int64_t> cases;
};
BOOST_DESCRIBE_STRUCT(ValueRecord, (), (indicator_id, period, value, missing_reason, note, cases))

struct TargetRecord {
    core::IndicatorId indicator_id;
    record::NonEmpty<record::Text<10>> period;
    double value = 0;
    record::Text<400> note;
};
BOOST_DESCRIBE_STRUCT(TargetRecord, (), (indicator_id, period, value, note))

IndicatorRow row_of(const ListRecord& record, const IndicatorSeries& series) {
    IndicatorRow row{record.id, record.desk_id, record.name, record.unit, record.kind, record.direction, {}, {}, {}, {},
                     {},        record.figure};
    const IndicatorValue* value = last_value(series.values);
    if (value != nullptr) {
        row.last_period = value->period.str();
        row.last_value = value->value;
    }
    if (const auto* target = target_for(series.targets, value == nullptr ? "" : value->period.str())) {
        row.target_period = target->period.str();
        row.target_value = target->value;
    }
    row.reached = reached(row.direction, row.last_value, row.target_value);
    return row;
}

void write_links(db::WriteTx& tx, const core::IndicatorId& id, const IndicatorText& text) {
    for (const auto& issue : text.issue_ids) {
        tx.send("INSERT INTO indicator_issues (indicator_id, issue_id) VALUES (:id, :issue)",
                Params().set("id", id).set("issue", issue));
    }
    for (const auto& measure : text.measure_ids) {
        tx.send("INSERT INTO indicator_measures (indicator_id, measure_id) VALUES (:id, :measure)",
                Params().set("id", id).set("measure", measure));
    }
}

constexpr std::array<db::ListOrder, 2> orders{{{"name", "i.name"}, {"-updated_at", "i.updated_at", true}}};

}  // namespace

IndicatorPage list(db::ReadTx& tx, const access::Actor& actor, const IndicatorFilter& filter, const Count& count) {
    db::ListQuery query;
    query.columns = record::columns<ListRecord>("i");
    query.from = "indicators i WHERE " + where(actor, filter, query.params);
    query.id = "i.id";
    query.order = db::order_for(orders, filter.sort);
    const auto page = db::keyset_page<ListRecord>(tx, query, filter, [&](const ListRecord& record) {
        return query.order.name == "name" ? record.name : record.updated_at.str();
    });
    std::vector<core::IndicatorId> ids;
    std::vector<CountingIndicator> counting;
    for (const auto& record : page.items) {
        ids.push_back(record.id);
        if (record.figure)
            counting.push_back({record.id, record.desk_id, record.period, record.figure});
    }
    auto series = series_of(tx, actor, ids);
    for (const auto& [id, values] : count(tx, counting))
        add_counted(series[id].values, values);
    std::vector<IndicatorRow> rows;
    for (const auto& record : page.items)
        rows.push_back(row_of(record, series[record.id]));
    return db::framed<IndicatorPage>(page, std::move(rows));
}

std::optional<IndicatorRecord> find(db::ReadTx& tx, const access::Actor& actor, const core::IndicatorId& id) {
    Params params;
    const std::string visible = access::shared_visible(actor, access::Shared::indicator, "i", params);
    return tx.row<IndicatorRecord>(
        "SELECT " + record::columns<IndicatorRecord>("i") + " FROM indicators i WHERE i.id = :id AND " + visible,
        params.set("id", id));
}

std::optional<Indicator> load(db::ReadTx& tx, const access::Actor& actor, const core::IndicatorId& id) {
    const auto record = find(tx, actor, id);
    if (!record)
        return std::nullopt;
    const auto names = access::authors(tx, record->created_by, record->updated_by);
    IndicatorText text = text_of(tx, *record);
    text.issue_ids = access::visible(tx, actor, text.issue_ids);
    text.measure_ids = access::visible(tx, actor, text.measure_ids);
    auto series = series_of(tx, actor, {id})[id];
    return Indicator{record->id,         record->desk_id,          record->municipality_id,   record->version,
                     record->created_at, names.created_by,         record->updated_at,        names.updated_by,
                     std::move(text),    std::move(series.values), std::move(series.targets), {}};
}

std::vector<CountingIndicator> counting(db::ReadTx& tx, const access::Actor& actor,
                                        const std::vector<core::IndicatorId>& ids) {
    if (ids.empty())
        return {};
    Params params;
    const std::string among = record::in_list("i.id", ids, "id", params);
    const std::string visible = access::shared_visible(actor, access::Shared::indicator, "i", params);
    return tx.rows<CountingIndicator>("SELECT " + record::columns<CountingIndicator>("i") +
                                          " FROM indicators i WHERE i.figure IS NOT NULL AND " + among + " AND " +
                                          visible,
                                      params);
}

IndicatorText text_of(db::ReadTx& tx, const IndicatorRecord& record) {
    auto text = record::text_from<IndicatorText>(record);
    const auto params = Params().set("id", record.id);
    text.issue_ids = tx.rows<core::IssueId>(
        "SELECT issue_id FROM indicator_issues WHERE indicator_id = :id ORDER BY issue_id", params);
    text.measure_ids = tx.rows<core::MeasureId>(
        "SELECT measure_id FROM indicator_measures WHERE indicator_id = :id ORDER BY measure_id", params);
    return text;
}

std::map<core::IndicatorId, IndicatorSeries> series_of(db::ReadTx& tx, const access::Actor& actor,
                                                       const std::vector<core::IndicatorId>& ids) {
    std::map<core::IndicatorId, IndicatorSeries> result;
    if (ids.empty())
        return result;
    Params params;
    const std::string among = record::in_list("i.id", ids, "id", params);
    const std::string condition = " s JOIN indicators i ON i.id = s.indicator_id WHERE " + among + " AND " +
                                  access::shared_visible(actor, access::Shared::indicator, "i", params);
    for (auto& row : tx.rows<ValueRecord>(
             "SELECT " + record::columns<ValueRecord>("s") + " FROM indicator_values" + condition, params)) {
        result[row.indicator_id].values.push_back({row.period, row.value, row.missing_reason, row.note, row.cases});
    }
    for (auto& row : tx.rows<TargetRecord>(
             "SELECT " + record::columns<TargetRecord>("s") + " FROM indicator_targets" + condition, params)) {
        result[row.indicator_id].targets.push_back({row.period, row.value, row.note});
    }
    for (auto& [id, series] : result)
        sort_by_period(series);
    return result;
}

void insert(db::WriteTx& tx, IndicatorRecord record, const IndicatorText& text) {
    record::put_text(text, record);
    tx.insert("indicators", record);
    write_links(tx, record.id, text);
}

bool update(db::WriteTx& tx, IndicatorRecord record, const IndicatorText& text) {
    record::put_text(text, record);
    if (!db::update_versioned(tx, "indicators", record))
        return false;
    const auto own = Params().set("id", record.id);
    tx.send("DELETE FROM indicator_issues WHERE indicator_id = :id", own);
    tx.send("DELETE FROM indicator_measures WHERE indicator_id = :id", own);
    write_links(tx, record.id, text);
    return true;
}

bool update_series(db::WriteTx& tx, const IndicatorRecord& record, const IndicatorSeries& series) {
    if (!db::update_versioned(tx, "indicators", record))
        return false;
    const auto own = Params().set("id", record.id);
    tx.send("DELETE FROM indicator_values WHERE indicator_id = :id", own);
    tx.send("DELETE FROM indicator_targets WHERE indicator_id = :id", own);
    for (const auto& value : series.values) {
        tx.insert("indicator_values",
                  ValueRecord{record.id, value.period, value.value, value.missing_reason, value.note, value.cases});
    }
    for (const auto& target : series.targets) {
        tx.insert("indicator_targets", TargetRecord{record.id, target.period, target.value, target.note});
    }
    return true;
}

}  // namespace tsunagi::indicators
