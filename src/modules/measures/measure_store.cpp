// SPDX-License-Identifier: Apache-2.0
#include "modules/measures/measure_store.hpp"

#include "modules/access/scope.hpp"
#include "record/json_writer.hpp"

namespace tsunagi::measures {
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

std::string where(const access::Actor& actor, const MeasureFilter& filter, Params& params) {
    std::string sql = access::shared_visible(actor, access::Shared::measure, "m", params);
    if (!filter.desk.empty())
        sql += " AND " + in_list("m.desk_id", filter.desk, "desk", params);
    if (!filter.state.empty())
        sql += " AND " + in_list("m.state", filter.state, "state", params);
    if (filter.issue) {
        params.set("issue", *filter.issue);
        sql += " AND EXISTS (SELECT 1 FROM measure_issues l WHERE l.measure_id = m.id AND l.issue_id = :issue)";
    }
    if (!filter.words.empty()) {
        params.set("words", anywhere(filter.words));
        std::string any;
        for (const char* column : {"title", "description", "parties", "departments", "outputs"}) {
            any +=
                (any.empty() ? "LOWER(m." : " OR LOWER(m.") + std::string(column) + ") LIKE LOWER(:words) ESCAPE '!'";
        }
        sql += " AND (" + any + ")";
    }
    return sql;
}

struct Order {
    std::string key;  ///< never NULL, so that a page can go on from any row
    bool descending;
};

Order order_of(const std::string& sort) {
    if (sort.empty() || sort == "-updated_at")
        return {"m.updated_at", true};
    if (sort == "starts_on")
        return {"COALESCE(m.starts_on, '9999-12-31')", false};
    if (sort == "evaluate_on")
        return {"COALESCE(m.evaluate_on, '9999-12-31')", false};
    throw core::invalid({{"?sort", "unknown_code", ""}});
}

std::string key_of(const MeasureRow& row, const std::string& sort) {
    if (sort.empty() || sort == "-updated_at")
        return row.updated_at.str();
    const auto& day = sort == "starts_on" ? row.starts_on : row.evaluate_on;
    return day ? day->str() : "9999-12-31";
}

void put_text(MeasureRecord& record, const MeasureText& text) {
    record.title = text.title.str();
    record.kind = text.kind;
    record.description = text.description.str();
    record.feasibility = text.feasibility;
    record.feasibility_note = text.feasibility_note.str();
    record.starts_on = text.starts_on;
    record.ends_on = text.ends_on;
    record.actors = record::to_json(text.actors);
    record.parties = text.parties.str();
    record.budget_asked = text.budget_asked;
    record.budget_granted = text.budget_granted;
    record.budget_spent = text.budget_spent;
    record.evaluate_on = text.evaluate_on;
    record.wide_area = text.wide_area;
    record.departments = text.departments.str();
    record.proposal_target = text.proposal_target;
    record.outputs = text.outputs.str();
    record.owner_id = text.owner_id;
}

void link_issues(db::WriteTx& tx, const core::MeasureId& id, const std::vector<core::IssueId>& issues) {
    for (const auto& issue : issues) {
        tx.execute("INSERT INTO measure_issues (measure_id, issue_id) VALUES (:id, :issue)",
                   Params().set("id", id).set("issue", issue));
    }
}

struct Names {
    std::string created_by;
    std::string updated_by;
};
BOOST_DESCRIBE_STRUCT(Names, (), (created_by, updated_by))

}  // namespace

MeasurePage list(db::ReadTx& tx, const access::Actor& actor, const MeasureFilter& filter) {
    const std::int64_t limit = filter.limit.value_or(25);
    if (limit < 1 || limit > 200)
        throw core::invalid({{"?limit", "range", "1-200"}});
    const Order order = order_of(filter.sort);
    Params counted;
    const std::string condition = where(actor, filter, counted);
    Params params = counted;
    std::string sql =
        "SELECT m.id, m.desk_id, m.title, m.kind, m.state, m.starts_on, m.evaluate_on, "
        "COALESCE((SELECT p.percent FROM measure_progress p WHERE p.measure_id = m.id "
        "ORDER BY p.reported_on DESC, p.id DESC LIMIT 1), 0), "
        "(SELECT count(*) FROM measure_issues l WHERE l.measure_id = m.id), "
        "(SELECT count(*) FROM indicator_measures l WHERE l.measure_id = m.id), m.updated_at "
        "FROM measures m WHERE " +
        condition;
    if (!filter.after.empty()) {
        const std::string& after = filter.after;
        if (after.size() < 37 || !core::is_uuid(after.substr(0, 36)))
            throw core::invalid({{"?after", "format", ""}});
        params.set("after_id", after.substr(0, 36)).set("after_key", after.substr(36));
        sql += " AND (" + order.key + ", m.id) " + (order.descending ? "<" : ">") + " (:after_key, :after_id)";
    }
    const std::string direction = order.descending ? " DESC" : "";
    params.set("limit", limit + 1);
    sql += " ORDER BY " + order.key + direction + ", m.id" + direction + " LIMIT :limit";
    MeasurePage page;
    page.items = tx.rows<MeasureRow>(sql, params);
    if (static_cast<std::int64_t>(page.items.size()) > limit) {
        page.items.pop_back();
        page.next = page.items.back().id.str() + key_of(page.items.back(), filter.sort);
    }
    page.total = tx.number("SELECT count(*) FROM (SELECT 1 FROM measures m WHERE " + condition + " LIMIT " +
                               std::to_string(counted_exactly + 1) + ") counted",
                           counted);
    page.total_capped = page.total > counted_exactly;
    page.total = std::min(page.total, counted_exactly);
    return page;
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
    const auto names =
        tx.row<Names>("SELECT c.name, u.name FROM users c CROSS JOIN users u WHERE c.id = :created AND u.id = :updated",
                      Params().set("created", record->created_by).set("updated", record->updated_by))
            .value_or(Names{});
    auto progress = tx.rows<Progress>(
        "SELECT p.id, p.reported_on, p.percent, p.note, u.name FROM measure_progress p JOIN users u ON u.id = p.by_id "
        "WHERE p.measure_id = :id ORDER BY p.reported_on DESC, p.id DESC",
        Params().set("id", id));
    MeasureText text = text_of(tx, *record);
    text.issue_ids = visible_issues(tx, actor, text.issue_ids);
    return Measure{record->id,       record->desk_id,     record->municipality_id, record->state,
                   record->version,  record->created_at,  names.created_by,        record->updated_at,
                   names.updated_by, record->state_since, std::move(text),         std::move(progress)};
}

MeasureText text_of(db::ReadTx& tx, const MeasureRecord& record) {
    MeasureText result;
    result.title = record.title;
    result.kind = record.kind;
    result.description = record.description;
    result.issue_ids = tx.rows<core::IssueId>(
        "SELECT issue_id FROM measure_issues WHERE measure_id = :id "
        "ORDER BY issue_id",
        Params().set("id", record.id));
    result.feasibility = record.feasibility;
    result.feasibility_note = record.feasibility_note;
    result.starts_on = record.starts_on;
    result.ends_on = record.ends_on;
    result.actors = record::from_stored_json<std::vector<record::Code<"actor">>>(record.actors);
    result.parties = record.parties;
    result.budget_asked = record.budget_asked;
    result.budget_granted = record.budget_granted;
    result.budget_spent = record.budget_spent;
    result.evaluate_on = record.evaluate_on;
    result.wide_area = record.wide_area;
    result.departments = record.departments;
    result.proposal_target = record.proposal_target;
    result.outputs = record.outputs;
    result.owner_id = record.owner_id;
    return result;
}

std::vector<core::IssueId> visible_issues(db::ReadTx& tx, const access::Actor& actor,
                                          const std::vector<core::IssueId>& ids) {
    if (ids.empty())
        return {};
    Params params;
    const std::string among = in_list("i.id", ids, "id", params);
    return tx.rows<core::IssueId>("SELECT i.id FROM issues i WHERE " + among + " AND " +
                                      access::shared_visible(actor, access::Shared::issue, "i", params) +
                                      " ORDER BY i.id",
                                  params);
}

bool active_user_exists(db::ReadTx& tx, const core::UserId& id) {
    return tx.number("SELECT count(*) FROM users WHERE id = :id AND active = 1", Params().set("id", id)) > 0;
}

core::RegionId municipality_of(db::ReadTx& tx, const core::DeskId& desk) {
    return tx.row<core::RegionId>("SELECT municipality_id FROM desks WHERE id = :id", Params().set("id", desk)).value();
}

void insert(db::WriteTx& tx, MeasureRecord record, const MeasureText& text) {
    put_text(record, text);
    tx.insert("measures", record);
    link_issues(tx, record.id, text.issue_ids);
}

bool update(db::WriteTx& tx, MeasureRecord record, const MeasureText& text) {
    put_text(record, text);
    Params params;
    params.set("id", record.id)
        .set("version", record.version)
        .set("updated_at", record.updated_at)
        .set("updated_by", record.updated_by)
        .set("state", record.state)
        .set("state_since", record.state_since)
        .set("title", record.title)
        .set("kind", record.kind)
        .set("description", record.description)
        .set("feasibility", record.feasibility)
        .set("feasibility_note", record.feasibility_note)
        .set("starts_on", record.starts_on)
        .set("ends_on", record.ends_on)
        .set("actors", record.actors)
        .set("parties", record.parties)
        .set("budget_asked", record.budget_asked)
        .set("budget_granted", record.budget_granted)
        .set("budget_spent", record.budget_spent)
        .set("evaluate_on", record.evaluate_on)
        .set("wide_area", record.wide_area)
        .set("departments", record.departments)
        .set("proposal_target", record.proposal_target)
        .set("outputs", record.outputs)
        .set("owner_id", record.owner_id);
    const auto changed = tx.execute(
        "UPDATE measures SET version = version + 1, updated_at = :updated_at, updated_by = :updated_by, "
        "state = :state, state_since = :state_since, title = :title, kind = :kind, description = :description, "
        "feasibility = :feasibility, feasibility_note = :feasibility_note, starts_on = :starts_on, "
        "ends_on = :ends_on, actors = :actors, parties = :parties, budget_asked = :budget_asked, "
        "budget_granted = :budget_granted, budget_spent = :budget_spent, evaluate_on = :evaluate_on, "
        "wide_area = :wide_area, departments = :departments, proposal_target = :proposal_target, "
        "outputs = :outputs, owner_id = :owner_id WHERE id = :id AND version = :version",
        params);
    if (changed != 1)
        return false;
    tx.execute("DELETE FROM measure_issues WHERE measure_id = :id", Params().set("id", record.id));
    link_issues(tx, record.id, text.issue_ids);
    return true;
}

void add_version(db::WriteTx& tx, const VersionRecord& version) {
    tx.insert("measure_versions", version);
}

void add_progress(db::WriteTx& tx, const ProgressRecord& progress, const core::Instant& at) {
    tx.insert("measure_progress", progress);
    tx.execute("UPDATE measures SET updated_at = :at, updated_by = :by WHERE id = :id",
               Params().set("at", at).set("by", progress.by_id).set("id", progress.measure_id));
}

}  // namespace tsunagi::measures
