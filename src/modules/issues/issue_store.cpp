// SPDX-License-Identifier: Apache-2.0
#include "modules/issues/issue_store.hpp"

#include "modules/access/scope.hpp"
#include "modules/issues/issue_rules.hpp"
#include "record/json_writer.hpp"

namespace tsunagi::issues {
namespace {

using record::Params;

constexpr std::int64_t counted_exactly = 10'000;

template <class T>
std::string json(const T& value) {
    return record::to_json(value);
}

template <class T>
std::optional<T> code(const std::optional<std::string>& text) {
    return text ? std::optional<T>(T(*text)) : std::nullopt;
}

template <class T>
std::optional<std::string> text(const std::optional<T>& code) {
    return code ? std::optional<std::string>(code->str()) : std::nullopt;
}

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

/// The words between blanks, the full-width blank included.
std::vector<std::string> words_of(std::string text) {
    for (std::size_t at = text.find("\u3000"); at != std::string::npos; at = text.find("\u3000")) {
        text.replace(at, 3, " ");
    }
    std::vector<std::string> result;
    std::size_t start = 0;
    while (start < text.size()) {
        const std::size_t end = std::min(text.find(' ', start), text.size());
        if (end > start)
            result.push_back(text.substr(start, end - start));
        start = end + 1;
    }
    return result;
}

std::string where(const access::Actor& actor, const IssueFilter& filter, Params& params) {
    std::string sql = access::shared_visible(actor, access::Shared::issue, "i", params);
    if (!filter.desk.empty())
        sql += " AND " + in_list("i.desk_id", filter.desk, "desk", params);
    if (!filter.state.empty())
        sql += " AND " + in_list("i.state", filter.state, "state", params);
    if (!filter.kind.empty())
        sql += " AND " + in_list("i.kind", filter.kind, "kind", params);
    if (filter.fiscal_year) {
        sql += " AND i.fiscal_year = :fiscal_year";
        params.set("fiscal_year", *filter.fiscal_year);
    }
    if (!filter.scene.empty()) {
        std::string any;
        for (std::size_t i = 0; i < filter.scene.size(); ++i) {
            const std::string place = "scene" + std::to_string(i);
            params.set(place, anywhere("\"" + filter.scene[i].str() + "\""));
            any += (i == 0 ? "" : " OR ") + ("i.scenes LIKE :" + place) + " ESCAPE '!'";
        }
        sql += " AND (" + any + ")";
    }
    if (filter.consultation) {
        params.set("consultation", *filter.consultation);
        sql +=
            " AND EXISTS (SELECT 1 FROM issue_evidence e JOIN consultations c ON c.id = e.consultation_id "
            "WHERE e.issue_id = i.id AND e.consultation_id = :consultation AND " +
            access::consultations_visible(actor, "c", params) + ")";
    }
    const auto words = words_of(filter.words);
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string place = "word" + std::to_string(i);
        params.set(place, anywhere(words[i]));
        std::string any;
        for (const char* column : {"number", "title", "description", "present", "goal", "gap"}) {
            any += (any.empty() ? "LOWER(i." : " OR LOWER(i.") + std::string(column) + ") LIKE LOWER(:" + place +
                   ") ESCAPE '!'";
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
        return {"i.updated_at", true};
    // Numbers are given in the order in which issues are made.
    if (sort == "number")
        return {"i.created_at", false};
    if (sort == "-number")
        return {"i.created_at", true};
    if (sort == "due_on")
        return {"COALESCE(i.due_on, '9999-12-31')", false};
    throw core::invalid({{"?sort", "unknown_code", ""}});
}

struct ListRow {
    IssueRow row;
    std::string key;
};

std::vector<ListRow> page_rows(db::ReadTx& tx, const access::Actor& actor, const IssueFilter& filter,
                               std::int64_t limit) {
    const Order order = order_of(filter.sort);
    Params params;
    std::string sql =
        "SELECT i.id, i.desk_id, i.number, i.state, i.title, i.kind, i.owner_id, i.due_on, "
        "(SELECT count(*) FROM issue_evidence e WHERE e.issue_id = i.id AND e.candidate = 0), "
        "i.created_at, i.updated_at FROM issues i WHERE " +
        where(actor, filter, params);
    if (!filter.after.empty()) {
        const std::string& after = filter.after;
        if (after.size() < 37 || !core::is_uuid(after.substr(0, 36)))
            throw core::invalid({{"?after", "format", ""}});
        params.set("after_id", after.substr(0, 36)).set("after_key", after.substr(36));
        sql += " AND (" + order.key + ", i.id) " + (order.descending ? "<" : ">") + " (:after_key, :after_id)";
    }
    const std::string direction = order.descending ? " DESC" : "";
    params.set("limit", limit);
    sql += " ORDER BY " + order.key + direction + ", i.id" + direction + " LIMIT :limit";
    std::vector<ListRow> result;
    for (auto& row : tx.rows<IssueRow>(sql, params)) {
        std::string key = order.key == "i.updated_at"   ? row.updated_at.str()
                          : order.key == "i.created_at" ? row.created_at.str()
                          : row.due_on                  ? row.due_on->str()
                                                        : "9999-12-31";
        result.push_back({std::move(row), std::move(key)});
    }
    return result;
}

struct EvidenceRow {
    core::ConsultationId consultation_id;
    std::string note;
    bool candidate = false;
    core::Instant added_at;
    std::string added_by_name;
    bool readable = false;
    std::string background;
};
BOOST_DESCRIBE_STRUCT(EvidenceRow, (),
                      (consultation_id, note, candidate, added_at, added_by_name, readable, background))

struct BackgroundRow {
    core::ConsultationId id;
    std::string number;
    consultations::ConsultationState state{};
    std::optional<core::Date> received_on;
    std::string subject;
    std::string background;
    std::optional<record::Code<"age_band">> age_band;
    std::optional<record::Code<"household">> household;
    std::optional<record::Code<"care_level">> care_level;
    std::optional<core::RegionId> district_id;
    std::optional<record::Code<"result">> result;
    std::string support_text;
};
BOOST_DESCRIBE_STRUCT(BackgroundRow, (),
                      (id, number, state, received_on, subject, background, age_band, household, care_level,
                       district_id, result, support_text))

struct ElementRow {
    core::ConsultationId consultation_id;
    record::Code<"element"> element;
    consultations::ElementValue value{};
    record::Text<60> text;
};
BOOST_DESCRIBE_STRUCT(ElementRow, (), (consultation_id, element, value, text))

std::vector<Evidence> evidence_of(db::ReadTx& tx, const access::Actor& actor, const core::IssueId& id) {
    Params params;
    const std::string visible = access::consultations_visible(actor, "c", params);
    params.set("id", id);
    auto rows = tx.rows<EvidenceRow>(
        "SELECT e.consultation_id, e.note, e.candidate, e.added_at, u.name, "
        "CASE WHEN c.state <> 'draft' AND (" +
            visible +
            ") THEN 1 ELSE 0 END, e.background "
            "FROM issue_evidence e JOIN consultations c ON c.id = e.consultation_id JOIN users u ON u.id = e.added_by "
            "WHERE e.issue_id = :id ORDER BY e.candidate, e.added_at, e.consultation_id",
        params);
    std::vector<core::ConsultationId> readable;
    for (const auto& row : rows) {
        if (row.readable)
            readable.push_back(row.consultation_id);
    }
    const auto now = backgrounds(tx, actor, readable);
    std::vector<Evidence> result;
    for (auto& row : rows) {
        const auto found = now.find(row.consultation_id);
        const bool open = found != now.end();
        auto background =
            open ? found->second : anonymous(record::from_stored_json<consultations::CaseBackground>(row.background));
        result.push_back({row.consultation_id, std::move(row.note), row.candidate, row.added_at,
                          std::move(row.added_by_name), open, std::move(background)});
    }
    return result;
}

struct Names {
    std::string created_by;
    std::string updated_by;
};
BOOST_DESCRIBE_STRUCT(Names, (), (created_by, updated_by))

void put_text(IssueRecord& record, const IssueText& from) {
    record.title = from.title.str();
    record.description = from.description.str();
    record.present = from.present.str();
    record.goal = from.goal.str();
    record.gap = from.gap.str();
    record.causes = json(from.causes);
    record.scenes = json(from.scenes);
    record.kind = text(from.kind);
    record.professions = json(from.professions);
    record.layer = text(from.layer);
    record.region_id = from.region_id;
    record.owner_id = from.owner_id;
    record.due_on = from.due_on;
    record.waiting_for = from.waiting_for.str();
}

}  // namespace

IssuePage list(db::ReadTx& tx, const access::Actor& actor, const IssueFilter& filter) {
    const std::int64_t limit = filter.limit.value_or(25);
    if (limit < 1 || limit > 200)
        throw core::invalid({{"?limit", "range", "1-200"}});
    IssuePage page;
    auto rows = page_rows(tx, actor, filter, limit + 1);
    if (static_cast<std::int64_t>(rows.size()) > limit) {
        rows.pop_back();
        page.next = rows.back().row.id.str() + rows.back().key;
    }
    for (auto& row : rows)
        page.items.push_back(std::move(row.row));
    Params params;
    page.total = tx.number("SELECT count(*) FROM (SELECT 1 FROM issues i WHERE " + where(actor, filter, params) +
                               " LIMIT " + std::to_string(counted_exactly + 1) + ") counted",
                           params);
    page.total_capped = page.total > counted_exactly;
    page.total = std::min(page.total, counted_exactly);
    return page;
}

std::optional<IssueRecord> find(db::ReadTx& tx, const access::Actor& actor, const core::IssueId& id) {
    Params params;
    const std::string visible = access::shared_visible(actor, access::Shared::issue, "i", params);
    return tx.row<IssueRecord>(
        "SELECT " + record::columns<IssueRecord>("i") + " FROM issues i WHERE i.id = :id AND " + visible,
        params.set("id", id));
}

std::optional<Issue> load(db::ReadTx& tx, const access::Actor& actor, const core::IssueId& id) {
    const auto record = find(tx, actor, id);
    if (!record)
        return std::nullopt;
    const auto names = tx.row<Names>(
                             "SELECT c.name, u.name FROM users c CROSS JOIN users u "
                             "WHERE c.id = :created_by AND u.id = :updated_by",
                             Params().set("created_by", record->created_by).set("updated_by", record->updated_by))
                           .value_or(Names{});
    return Issue{record->id,          record->desk_id,           record->municipality_id,
                 record->fiscal_year, record->sequence,          record->number,
                 record->state,       record->version,           record->origin,
                 record->origin_id,   record->created_at,        names.created_by,
                 record->updated_at,  names.updated_by,          record->state_since,
                 text_of(*record),    evidence_of(tx, actor, id)};
}

IssueText text_of(const IssueRecord& record) {
    IssueText result;
    result.title = record.title;
    result.description = record.description;
    result.present = record.present;
    result.goal = record.goal;
    result.gap = record.gap;
    result.causes = record::from_stored_json<std::vector<Cause>>(record.causes);
    result.scenes = record::from_stored_json<std::vector<record::Code<"scene">>>(record.scenes);
    result.kind = code<record::Code<"issue_kind">>(record.kind);
    result.professions = record::from_stored_json<std::vector<record::Code<"profession">>>(record.professions);
    result.layer = code<record::Code<"layer">>(record.layer);
    result.region_id = record.region_id;
    result.owner_id = record.owner_id;
    result.due_on = record.due_on;
    result.waiting_for = record.waiting_for;
    return result;
}

std::vector<IssueEvent> history(db::ReadTx& tx, const access::Actor& actor, const core::IssueId& id) {
    auto events = tx.rows<IssueEvent>(
        "SELECT e.id, e.at, u.name, e.kind, CASE WHEN e.kind IN ('created', 'edited') THEN '' ELSE e.document END, "
        "e.text, e.version FROM issue_events e JOIN users u ON u.id = e.by_id WHERE e.issue_id = :id "
        "ORDER BY e.at DESC, e.id DESC",
        Params().set("id", id));
    std::vector<core::ConsultationId> cases;
    for (const auto& event : events) {
        if (event.kind == "evidence")
            cases.emplace_back(event.detail.substr(event.detail.find(' ') + 1));
    }
    const auto known = backgrounds(tx, actor, cases);
    for (auto& event : events) {
        if (event.kind != "evidence")
            continue;
        const std::size_t blank = event.detail.find(' ');
        const auto found = known.find(core::ConsultationId(event.detail.substr(blank + 1)));
        if (found != known.end())
            event.text = found->second.number;
        event.detail.resize(blank);
    }
    return events;
}

std::map<core::ConsultationId, consultations::CaseBackground> backgrounds(
    db::ReadTx& tx, const access::Actor& actor, const std::vector<core::ConsultationId>& ids) {
    std::map<core::ConsultationId, consultations::CaseBackground> result;
    if (ids.empty())
        return result;
    Params params;
    const std::string among = in_list("c.id", ids, "id", params);
    const std::string condition =
        among + " AND c.state <> 'draft' AND " + access::consultations_visible(actor, "c", params);
    for (auto& row : tx.rows<BackgroundRow>(
             "SELECT " + record::columns<BackgroundRow>("c") + " FROM consultations c WHERE " + condition, params)) {
        result[row.id] = {row.id,
                          row.number,
                          row.state,
                          row.received_on,
                          row.subject,
                          row.background,
                          row.age_band,
                          row.household,
                          row.care_level,
                          row.district_id,
                          row.result,
                          row.support_text,
                          {}};
    }
    for (auto& row : tx.rows<ElementRow>("SELECT e.consultation_id, e.element, e.value, e.text "
                                         "FROM consultation_elements e JOIN consultations c "
                                         "ON c.id = e.consultation_id WHERE " +
                                             condition + " ORDER BY e.consultation_id, e.position",
                                         params)) {
        result[row.consultation_id].elements.push_back({row.element, row.value, row.text});
    }
    return result;
}

bool origin_exists(db::ReadTx& tx, const access::Actor& actor, IssueOrigin origin, const std::string& origin_id) {
    const bool meeting = origin == IssueOrigin::meeting;
    Params params;
    const std::string visible =
        access::shared_visible(actor, meeting ? access::Shared::meeting : access::Shared::evaluation, "o", params);
    return tx.number(std::string("SELECT count(*) FROM ") + (meeting ? "meetings" : "evaluations") +
                         " o WHERE o.id = :id AND " + visible,
                     params.set("id", origin_id)) > 0;
}

bool region_exists(db::ReadTx& tx, const core::RegionId& id) {
    return tx.number("SELECT count(*) FROM regions WHERE id = :id", Params().set("id", id)) > 0;
}

bool active_user_exists(db::ReadTx& tx, const core::UserId& id) {
    return tx.number("SELECT count(*) FROM users WHERE id = :id AND active = 1", Params().set("id", id)) > 0;
}

core::RegionId municipality_of(db::ReadTx& tx, const core::DeskId& desk) {
    return tx.row<core::RegionId>("SELECT municipality_id FROM desks WHERE id = :id", Params().set("id", desk)).value();
}

std::int64_t next_sequence(db::WriteTx& tx, const core::RegionId& municipality, int fiscal_year) {
    const auto params = Params().set("owner", municipality).set("year", static_cast<std::int64_t>(fiscal_year));
    // The row stays locked until the end of the work.
    tx.execute(
        "INSERT INTO counters (name, owner_id, fiscal_year, last_number) VALUES ('issue', :owner, :year, 1) "
        "ON CONFLICT (name, owner_id, fiscal_year) DO UPDATE SET last_number = counters.last_number + 1",
        params);
    return tx.number(
        "SELECT last_number FROM counters WHERE name = 'issue' AND owner_id = :owner "
        "AND fiscal_year = :year",
        params);
}

void insert(db::WriteTx& tx, IssueRecord record, const IssueText& text) {
    put_text(record, text);
    tx.insert("issues", record);
}

bool update(db::WriteTx& tx, IssueRecord record, const IssueText& text) {
    put_text(record, text);
    Params params;
    params.set("id", record.id)
        .set("version", record.version)
        .set("updated_at", record.updated_at)
        .set("updated_by", record.updated_by)
        .set("state", record.state)
        .set("state_since", record.state_since)
        .set("title", record.title)
        .set("description", record.description)
        .set("present", record.present)
        .set("goal", record.goal)
        .set("gap", record.gap)
        .set("causes", record.causes)
        .set("scenes", record.scenes)
        .set("kind", record.kind)
        .set("professions", record.professions)
        .set("layer", record.layer)
        .set("region_id", record.region_id)
        .set("owner_id", record.owner_id)
        .set("due_on", record.due_on)
        .set("waiting_for", record.waiting_for);
    return tx.execute(
               "UPDATE issues SET version = version + 1, updated_at = :updated_at, updated_by = :updated_by, "
               "state = :state, state_since = :state_since, title = :title, description = :description, "
               "present = :present, goal = :goal, gap = :gap, causes = :causes, scenes = :scenes, "
               "kind = :kind, professions = :professions, layer = :layer, region_id = :region_id, "
               "owner_id = :owner_id, due_on = :due_on, waiting_for = :waiting_for "
               "WHERE id = :id AND version = :version",
               params) == 1;
}

void touch(db::WriteTx& tx, const core::IssueId& id, const core::UserId& by, const core::Instant& at) {
    tx.execute("UPDATE issues SET updated_at = :at, updated_by = :by WHERE id = :id",
               Params().set("at", at).set("by", by).set("id", id));
}

void add_event(db::WriteTx& tx, const EventRecord& event) {
    tx.insert("issue_events", event);
}

void put_evidence(db::WriteTx& tx, const core::IssueId& id, const NewEvidence& evidence,
                  const consultations::CaseBackground& background, const core::UserId& by, const core::Instant& at) {
    tx.execute(
        "INSERT INTO issue_evidence (issue_id, consultation_id, note, candidate, added_at, added_by, "
        "background) VALUES (:id, :consultation, :note, :candidate, :at, :by, :background) "
        "ON CONFLICT (issue_id, consultation_id) DO UPDATE SET note = excluded.note, "
        "candidate = excluded.candidate, background = excluded.background",
        Params()
            .set("id", id)
            .set("consultation", evidence.consultation_id)
            .set("note", evidence.note)
            .set("candidate", evidence.candidate)
            .set("at", at)
            .set("by", by)
            .set("background", json(background)));
}

bool remove_evidence(db::WriteTx& tx, const core::IssueId& id, const core::ConsultationId& consultation) {
    return tx.execute("DELETE FROM issue_evidence WHERE issue_id = :id AND consultation_id = :consultation",
                      Params().set("id", id).set("consultation", consultation)) > 0;
}

}  // namespace tsunagi::issues
