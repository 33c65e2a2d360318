// SPDX-License-Identifier: Apache-2.0
#include "modules/indicators/indicator_store.hpp"

#include "modules/access/scope.hpp"
#include "modules/indicators/indicator_rules.hpp"
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

std::string where(const access::Actor& actor, const IndicatorFilter& filter, Params& params) {
    std::string sql = access::shared_visible(actor, access::Shared::indicator, "i", params);
    if (!filter.desk.empty())
        sql += " AND " + in_list("i.desk_id", filter.desk, "desk", params);
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
    if (!filter.words.empty()) {
        params.set("words", anywhere(filter.words));
        std::string any;
        for (const char* column : {"name", "code", "numerator", "denominator", "source"}) {
            any +=
                (any.empty() ? "LOWER(i." : " OR LOWER(i.") + std::string(column) + ") LIKE LOWER(:words) ESCAPE '!'";
        }
        sql += " AND (" + any + ")";
    }
    return sql;
}

struct ListRecord {
    core::IndicatorId id;
    core::DeskId desk_id;
    std::string name;
    std::string unit;
    std::optional<record::Code<"indicator_kind">> kind;
    std::optional<record::Code<"direction">> direction;
    core::Instant updated_at;
};
BOOST_DESCRIBE_STRUCT(ListRecord, (), (id, desk_id, name, unit, kind, direction, updated_at))

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
                     {}};
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

void put_text(IndicatorRecord& record, const IndicatorText& text) {
    record.name = text.name.str();
    record.code = text.code.str();
    record.scenes = record::to_json(text.scenes);
    record.kind = text.kind;
    record.view = text.view;
    record.numerator = text.numerator.str();
    record.denominator = text.denominator.str();
    record.unit = text.unit.str();
    record.period = text.period.str();
    record.grain = text.grain;
    record.source = text.source.str();
    record.obtained_by = text.obtained_by.str();
    record.frequency = text.frequency.str();
    record.comparison = text.comparison.str();
    record.direction = text.direction;
    record.judgement_rule = text.judgement_rule.str();
}

void write_links(db::WriteTx& tx, const core::IndicatorId& id, const IndicatorText& text) {
    for (const auto& issue : text.issue_ids) {
        tx.execute("INSERT INTO indicator_issues (indicator_id, issue_id) VALUES (:id, :issue)",
                   Params().set("id", id).set("issue", issue));
    }
    for (const auto& measure : text.measure_ids) {
        tx.execute("INSERT INTO indicator_measures (indicator_id, measure_id) VALUES (:id, :measure)",
                   Params().set("id", id).set("measure", measure));
    }
}

struct Names {
    std::string created_by;
    std::string updated_by;
};
BOOST_DESCRIBE_STRUCT(Names, (), (created_by, updated_by))

}  // namespace

IndicatorPage list(db::ReadTx& tx, const access::Actor& actor, const IndicatorFilter& filter) {
    const std::int64_t limit = filter.limit.value_or(25);
    if (limit < 1 || limit > 200)
        throw core::invalid({{"?limit", "range", "1-200"}});
    const std::string& sort = filter.sort;
    if (!sort.empty() && sort != "name" && sort != "-updated_at")
        throw core::invalid({{"?sort", "unknown_code", ""}});
    const bool by_name = sort != "-updated_at";
    const std::string key = by_name ? "i.name" : "i.updated_at";
    Params counted;
    const std::string condition = where(actor, filter, counted);
    Params params = counted;
    std::string sql = "SELECT " + record::columns<ListRecord>("i") + " FROM indicators i WHERE " + condition;
    if (!filter.after.empty()) {
        const std::string& after = filter.after;
        if (after.size() < 37 || !core::is_uuid(after.substr(0, 36)))
            throw core::invalid({{"?after", "format", ""}});
        params.set("after_id", after.substr(0, 36)).set("after_key", after.substr(36));
        sql += " AND (" + key + ", i.id) " + (by_name ? ">" : "<") + " (:after_key, :after_id)";
    }
    params.set("limit", limit + 1);
    const std::string direction = by_name ? "" : " DESC";
    sql += " ORDER BY " + key + direction + ", i.id" + direction + " LIMIT :limit";
    auto records = tx.rows<ListRecord>(sql, params);
    IndicatorPage page;
    if (static_cast<std::int64_t>(records.size()) > limit) {
        records.pop_back();
        page.next = records.back().id.str() + (by_name ? records.back().name : records.back().updated_at.str());
    }
    std::vector<core::IndicatorId> ids;
    for (const auto& record : records)
        ids.push_back(record.id);
    auto series = series_of(tx, actor, ids);
    for (const auto& record : records)
        page.items.push_back(row_of(record, series[record.id]));
    page.total = tx.number("SELECT count(*) FROM (SELECT 1 FROM indicators i WHERE " + condition + " LIMIT " +
                               std::to_string(counted_exactly + 1) + ") counted",
                           counted);
    page.total_capped = page.total > counted_exactly;
    page.total = std::min(page.total, counted_exactly);
    return page;
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
    const auto names =
        tx.row<Names>("SELECT c.name, u.name FROM users c CROSS JOIN users u WHERE c.id = :created AND u.id = :updated",
                      Params().set("created", record->created_by).set("updated", record->updated_by))
            .value_or(Names{});
    IndicatorText text = text_of(tx, *record);
    text.issue_ids = visible_issues(tx, actor, text.issue_ids);
    text.measure_ids = visible_measures(tx, actor, text.measure_ids);
    auto series = series_of(tx, actor, {id})[id];
    return Indicator{record->id,         record->desk_id,          record->municipality_id,  record->version,
                     record->created_at, names.created_by,         record->updated_at,       names.updated_by,
                     std::move(text),    std::move(series.values), std::move(series.targets)};
}

IndicatorText text_of(db::ReadTx& tx, const IndicatorRecord& record) {
    IndicatorText result;
    result.name = record.name;
    result.code = record.code;
    result.scenes = record::from_stored_json<std::vector<record::Code<"scene">>>(record.scenes);
    result.kind = record.kind;
    result.view = record.view;
    result.numerator = record.numerator;
    result.denominator = record.denominator;
    result.unit = record.unit;
    result.period = record.period;
    result.grain = record.grain;
    result.source = record.source;
    result.obtained_by = record.obtained_by;
    result.frequency = record.frequency;
    result.comparison = record.comparison;
    result.direction = record.direction;
    result.judgement_rule = record.judgement_rule;
    const auto params = Params().set("id", record.id);
    result.issue_ids = tx.rows<core::IssueId>(
        "SELECT issue_id FROM indicator_issues WHERE indicator_id = :id ORDER BY issue_id", params);
    result.measure_ids = tx.rows<core::MeasureId>(
        "SELECT measure_id FROM indicator_measures WHERE indicator_id = :id ORDER BY measure_id", params);
    return result;
}

std::map<core::IndicatorId, IndicatorSeries> series_of(db::ReadTx& tx, const access::Actor& actor,
                                                       const std::vector<core::IndicatorId>& ids) {
    std::map<core::IndicatorId, IndicatorSeries> result;
    if (ids.empty())
        return result;
    Params params;
    const std::string among = in_list("i.id", ids, "id", params);
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

std::vector<core::IssueId> visible_issues(db::ReadTx& tx, const access::Actor& actor,
                                          const std::vector<core::IssueId>& ids) {
    if (ids.empty())
        return {};
    Params params;
    const std::string among = in_list("s.id", ids, "id", params);
    return tx.rows<core::IssueId>("SELECT s.id FROM issues s WHERE " + among + " AND " +
                                      access::shared_visible(actor, access::Shared::issue, "s", params) +
                                      " ORDER BY s.id",
                                  params);
}

std::vector<core::MeasureId> visible_measures(db::ReadTx& tx, const access::Actor& actor,
                                              const std::vector<core::MeasureId>& ids) {
    if (ids.empty())
        return {};
    Params params;
    const std::string among = in_list("s.id", ids, "id", params);
    return tx.rows<core::MeasureId>("SELECT s.id FROM measures s WHERE " + among + " AND " +
                                        access::shared_visible(actor, access::Shared::measure, "s", params) +
                                        " ORDER BY s.id",
                                    params);
}

core::RegionId municipality_of(db::ReadTx& tx, const core::DeskId& desk) {
    return tx.row<core::RegionId>("SELECT municipality_id FROM desks WHERE id = :id", Params().set("id", desk)).value();
}

void insert(db::WriteTx& tx, IndicatorRecord record, const IndicatorText& text) {
    put_text(record, text);
    tx.insert("indicators", record);
    write_links(tx, record.id, text);
}

bool update(db::WriteTx& tx, IndicatorRecord record, const IndicatorText& text) {
    put_text(record, text);
    Params params;
    params.set("id", record.id)
        .set("version", record.version)
        .set("updated_at", record.updated_at)
        .set("updated_by", record.updated_by)
        .set("name", record.name)
        .set("code", record.code)
        .set("scenes", record.scenes)
        .set("kind", record.kind)
        .set("seen_by", record.view)
        .set("numerator", record.numerator)
        .set("denominator", record.denominator)
        .set("unit", record.unit)
        .set("period", record.period)
        .set("grain", record.grain)
        .set("source", record.source)
        .set("obtained_by", record.obtained_by)
        .set("frequency", record.frequency)
        .set("comparison", record.comparison)
        .set("direction", record.direction)
        .set("judgement_rule", record.judgement_rule);
    const auto changed = tx.execute(
        "UPDATE indicators SET version = version + 1, updated_at = :updated_at, updated_by = :updated_by, "
        "name = :name, code = :code, scenes = :scenes, kind = :kind, view = :seen_by, numerator = :numerator, "
        "denominator = :denominator, unit = :unit, period = :period, grain = :grain, source = :source, "
        "obtained_by = :obtained_by, frequency = :frequency, comparison = :comparison, direction = :direction, "
        "judgement_rule = :judgement_rule WHERE id = :id AND version = :version",
        params);
    if (changed != 1)
        return false;
    const auto own = Params().set("id", record.id);
    tx.execute("DELETE FROM indicator_issues WHERE indicator_id = :id", own);
    tx.execute("DELETE FROM indicator_measures WHERE indicator_id = :id", own);
    write_links(tx, record.id, text);
    return true;
}

bool update_series(db::WriteTx& tx, const IndicatorRecord& record, const IndicatorSeries& series) {
    const auto changed = tx.execute(
        "UPDATE indicators SET version = version + 1, updated_at = :at, updated_by = :by "
        "WHERE id = :id AND version = :version",
        Params()
            .set("at", record.updated_at)
            .set("by", record.updated_by)
            .set("id", record.id)
            .set("version", record.version));
    if (changed != 1)
        return false;
    const auto own = Params().set("id", record.id);
    tx.execute("DELETE FROM indicator_values WHERE indicator_id = :id", own);
    tx.execute("DELETE FROM indicator_targets WHERE indicator_id = :id", own);
    for (const auto& value : series.values) {
        tx.insert("indicator_values",
                  ValueRecord{record.id, value.period, value.value, value.missing_reason, value.note, value.cases});
    }
    for (const auto& target : series.targets) {
        tx.insert("indicator_targets", TargetRecord{record.id, target.period, target.value, target.note});
    }
    return true;
}

void add_version(db::WriteTx& tx, const core::IndicatorId& id, std::int64_t version, const core::Instant& at,
                 const core::UserId& by, const IndicatorDocument& document) {
    tx.execute(
        "INSERT INTO indicator_versions (indicator_id, version, at, by_id, document) "
        "VALUES (:id, :version, :at, :by, :document)",
        Params()
            .set("id", id)
            .set("version", version)
            .set("at", at)
            .set("by", by)
            .set("document", record::to_json(document)));
}

}  // namespace tsunagi::indicators
