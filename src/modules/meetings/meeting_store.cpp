// SPDX-License-Identifier: Apache-2.0
#include "modules/meetings/meeting_store.hpp"

#include <algorithm>
#include <map>

#include "modules/access/scope.hpp"
#include "record/json_writer.hpp"

namespace tsunagi::meetings {
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

std::string where(const access::Actor& actor, const MeetingFilter& filter, Params& params) {
    std::string sql = access::shared_visible(actor, access::Shared::meeting, "m", params);
    if (!filter.body.empty())
        sql += " AND " + in_list("m.body_id", filter.body, "body", params);
    if (!filter.state.empty())
        sql += " AND " + in_list("m.state", filter.state, "state", params);
    if (filter.from) {
        params.set("from", *filter.from);
        sql += " AND m.held_on >= :from";
    }
    if (filter.to) {
        params.set("to", *filter.to);
        sql += " AND m.held_on <= :to";
    }
    if (filter.subject) {
        params.set("subject", *filter.subject);
        sql += " AND EXISTS (SELECT 1 FROM agenda_items s WHERE s.meeting_id = m.id AND s.subject_id = :subject)";
    }
    if (!filter.words.empty()) {
        params.set("words", anywhere(filter.words));
        sql +=
            " AND (LOWER(m.title) LIKE LOWER(:words) ESCAPE '!' OR LOWER(b.name) LIKE LOWER(:words) ESCAPE '!' "
            "OR LOWER(m.minutes) LIKE LOWER(:words) ESCAPE '!' OR EXISTS (SELECT 1 FROM agenda_items w "
            "WHERE w.meeting_id = m.id AND LOWER(w.title) LIKE LOWER(:words) ESCAPE '!'))";
    }
    return sql;
}

struct AgendaRecord {
    core::AgendaItemId id;
    core::MeetingId meeting_id;
    std::int64_t position = 0;
    std::string title;
    AgendaSubject subject{};
    std::optional<std::string> subject_id;
    std::string discussion;
    std::string decision;
    std::optional<record::Code<"agenda_outcome">> outcome;
    core::Instant added_at;  ///< when the record came under discussion
};
BOOST_DESCRIBE_STRUCT(AgendaRecord, (),
                      (id, meeting_id, position, title, subject, subject_id, discussion, decision, outcome, added_at))

struct AttendanceRecord {
    core::MeetingId meeting_id;
    std::int64_t position = 0;
    std::string name;
    std::string affiliation;
    std::optional<record::Code<"member_category">> category;
    std::optional<core::UserId> user_id;
    bool attended = true;
};
BOOST_DESCRIBE_STRUCT(AttendanceRecord, (), (meeting_id, position, name, affiliation, category, user_id, attended))

struct TaskRecord {
    core::TaskId id;
    core::MeetingId meeting_id;
    std::int64_t position = 0;
    std::string title;
    std::string owner_name;
    std::optional<core::UserId> owner_id;
    std::optional<core::Date> due_on;
    TaskState state{};
};
BOOST_DESCRIBE_STRUCT(TaskRecord, (), (id, meeting_id, position, title, owner_name, owner_id, due_on, state))

/// Deletes the rows of the table that the meeting no longer has.
template <class Id>
void drop_others(db::WriteTx& tx, const std::string& table, const core::MeetingId& meeting,
                 const std::vector<Id>& kept) {
    Params params;
    std::string sql = "DELETE FROM " + table + " WHERE meeting_id = :meeting";
    if (!kept.empty())
        sql += " AND NOT " + in_list("id", kept, "kept", params);
    tx.execute(sql, params.set("meeting", meeting));
}

void write_agenda(db::WriteTx& tx, const core::MeetingId& meeting, std::vector<AgendaItem>& agenda,
                  const core::Instant& at) {
    std::vector<core::AgendaItemId> kept;
    for (const auto& item : agenda) {
        if (item.id)
            kept.push_back(*item.id);
    }
    drop_others(tx, "agenda_items", meeting, kept);
    for (std::size_t i = 0; i < agenda.size(); ++i) {
        AgendaItem& item = agenda[i];
        const auto position = static_cast<std::int64_t>(i);
        if (item.id) {
            tx.execute(
                "UPDATE agenda_items SET position = :position, title = :title, subject = :subject, "
                "subject_id = :subject_id, discussion = :discussion, decision = :decision, outcome = :outcome "
                "WHERE id = :id",
                Params()
                    .set("position", position)
                    .set("title", item.title)
                    .set("subject", item.subject)
                    .set("subject_id", item.subject_id)
                    .set("discussion", item.discussion)
                    .set("decision", item.decision)
                    .set("outcome", item.outcome)
                    .set("id", *item.id));
            continue;
        }
        item.id = core::AgendaItemId::make();
        tx.insert("agenda_items",
                  AgendaRecord{*item.id, meeting, position, item.title.str(), item.subject, item.subject_id,
                               item.discussion.str(), item.decision.str(), item.outcome, at});
    }
}

void write_attendance(db::WriteTx& tx, const core::MeetingId& meeting, const std::vector<Attendance>& attendance) {
    tx.execute("DELETE FROM attendances WHERE meeting_id = :id", Params().set("id", meeting));
    for (std::size_t i = 0; i < attendance.size(); ++i) {
        const Attendance& one = attendance[i];
        tx.insert("attendances", AttendanceRecord{meeting, static_cast<std::int64_t>(i), one.name.str(),
                                                  one.affiliation.str(), one.category, one.user_id, one.attended});
    }
}

void write_tasks(db::WriteTx& tx, const core::MeetingId& meeting, std::vector<Task>& tasks) {
    std::vector<core::TaskId> kept;
    for (const auto& task : tasks) {
        if (task.id)
            kept.push_back(*task.id);
    }
    drop_others(tx, "tasks", meeting, kept);
    for (std::size_t i = 0; i < tasks.size(); ++i) {
        Task& task = tasks[i];
        const auto position = static_cast<std::int64_t>(i);
        if (task.id) {
            tx.execute(
                "UPDATE tasks SET position = :position, title = :title, owner_name = :owner_name, "
                "owner_id = :owner_id, due_on = :due_on, state = :state WHERE id = :id",
                Params()
                    .set("position", position)
                    .set("title", task.title)
                    .set("owner_name", task.owner_name)
                    .set("owner_id", task.owner_id)
                    .set("due_on", task.due_on)
                    .set("state", task.state)
                    .set("id", *task.id));
            continue;
        }
        task.id = core::TaskId::make();
        tx.insert("tasks", TaskRecord{*task.id, meeting, position, task.title.str(), task.owner_name.str(),
                                      task.owner_id, task.due_on, task.state});
    }
}

struct Subject {
    std::string id;
    std::string number;
};
BOOST_DESCRIBE_STRUCT(Subject, (), (id, number))

/// Number by id of every subject the person may see; measures have none.
std::map<std::string, std::string> subject_numbers(db::ReadTx& tx, const access::Actor& actor,
                                                   const std::vector<AgendaItem>& agenda) {
    std::map<std::string, std::string> result;
    const auto look_up = [&](AgendaSubject subject, const std::string& columns_from, const auto& visible) {
        std::vector<std::string> ids;
        for (const auto& item : agenda) {
            if (item.subject == subject && item.subject_id)
                ids.push_back(*item.subject_id);
        }
        if (ids.empty())
            return;
        Params params;
        const std::string condition = in_list("s.id", ids, "id", params) + " AND " + visible(params);
        for (auto& found : tx.rows<Subject>("SELECT " + columns_from + " s WHERE " + condition, params)) {
            result[found.id] = std::move(found.number);
        }
    };
    look_up(AgendaSubject::issue, "s.id, s.number FROM issues",
            [&](Params& params) { return access::shared_visible(actor, access::Shared::issue, "s", params); });
    look_up(AgendaSubject::measure, "s.id, '' FROM measures",
            [&](Params& params) { return access::shared_visible(actor, access::Shared::measure, "s", params); });
    look_up(AgendaSubject::consultation, "s.id, s.number FROM consultations", [&](Params& params) {
        return "s.state <> 'draft' AND " + access::consultations_visible(actor, "s", params);
    });
    return result;
}

struct Names {
    std::string body;
    std::string created_by;
    std::string updated_by;
};
BOOST_DESCRIBE_STRUCT(Names, (), (body, created_by, updated_by))

}  // namespace

MeetingPage list(db::ReadTx& tx, const access::Actor& actor, const MeetingFilter& filter) {
    const std::int64_t limit = filter.limit.value_or(25);
    if (limit < 1 || limit > 200)
        throw core::invalid({{"?limit", "range", "1-200"}});
    if (!filter.sort.empty() && filter.sort.str() != "-held_on" && filter.sort.str() != "held_on") {
        throw core::invalid({{"?sort", "unknown_code", ""}});
    }
    const bool descending = filter.sort.str() != "held_on";
    Params counted;
    const std::string from =
        " FROM meetings m JOIN bodies b ON b.id = m.body_id WHERE " + where(actor, filter, counted);
    Params params = counted;
    std::string sql =
        "SELECT m.id, m.body_id, b.name, m.title, m.held_on, m.state, "
        "(SELECT count(*) FROM agenda_items a WHERE a.meeting_id = m.id), "
        "(SELECT count(*) FROM agenda_items d WHERE d.meeting_id = m.id AND d.decision <> ''), "
        "(SELECT count(*) FROM tasks t WHERE t.meeting_id = m.id AND t.state <> 'done')" +
        from;
    if (!filter.after.empty()) {
        const std::string& after = filter.after;
        if (after.size() < 37 || !core::is_uuid(after.substr(0, 36)))
            throw core::invalid({{"?after", "format", ""}});
        params.set("after_id", after.substr(0, 36)).set("after_key", after.substr(36));
        sql += std::string(" AND (m.held_on, m.id) ") + (descending ? "<" : ">") + " (:after_key, :after_id)";
    }
    params.set("limit", limit + 1);
    sql += descending ? " ORDER BY m.held_on DESC, m.id DESC LIMIT :limit" : " ORDER BY m.held_on, m.id LIMIT :limit";
    MeetingPage page;
    page.items = tx.rows<MeetingRow>(sql, params);
    if (static_cast<std::int64_t>(page.items.size()) > limit) {
        page.items.pop_back();
        page.next = page.items.back().id.str() + page.items.back().held_on.str();
    }
    page.total = tx.number(
        "SELECT count(*) FROM (SELECT 1" + from + " LIMIT " + std::to_string(counted_exactly + 1) + ") counted",
        counted);
    page.total_capped = page.total > counted_exactly;
    page.total = std::min(page.total, counted_exactly);
    return page;
}

std::optional<MeetingRecord> find(db::ReadTx& tx, const access::Actor& actor, const core::MeetingId& id) {
    Params params;
    const std::string visible = access::shared_visible(actor, access::Shared::meeting, "m", params);
    return tx.row<MeetingRecord>(
        "SELECT " + record::columns<MeetingRecord>("m") + " FROM meetings m WHERE m.id = :id AND " + visible,
        params.set("id", id));
}

std::optional<Meeting> load(db::ReadTx& tx, const access::Actor& actor, const core::MeetingId& id) {
    const auto record = find(tx, actor, id);
    if (!record)
        return std::nullopt;
    const auto names = tx.row<Names>(
                             "SELECT b.name, c.name, u.name FROM bodies b CROSS JOIN users c CROSS JOIN users u "
                             "WHERE b.id = :body AND c.id = :created AND u.id = :updated",
                             Params()
                                 .set("body", record->body_id)
                                 .set("created", record->created_by)
                                 .set("updated", record->updated_by))
                           .value_or(Names{});
    MeetingText text = text_of(tx, *record);
    const auto numbers = subject_numbers(tx, actor, text.agenda);
    for (auto& item : text.agenda) {
        const auto found = item.subject_id ? numbers.find(*item.subject_id) : numbers.end();
        if (found != numbers.end())
            item.subject_number = found->second;
    }
    return Meeting{record->id,         record->municipality_id, record->desk_id,    names.body,       record->version,
                   record->created_at, names.created_by,        record->updated_at, names.updated_by, std::move(text)};
}

MeetingText text_of(db::ReadTx& tx, const MeetingRecord& record) {
    MeetingText result;
    result.body_id = record.body_id;
    result.title = record.title;
    result.held_on = record.held_on;
    result.started_at = record.started_at;
    result.ended_at = record.ended_at;
    result.place = record.place;
    result.form = record.form;
    result.state = record.state;
    result.minutes = record.minutes;
    const auto params = Params().set("id", record.id);
    for (auto& row : tx.rows<AgendaRecord>("SELECT " + record::columns<AgendaRecord>() +
                                               " FROM agenda_items WHERE meeting_id = :id ORDER BY position, id",
                                           params)) {
        AgendaItem item;
        item.id = row.id;
        item.title = std::move(row.title);
        item.subject = row.subject;
        item.subject_id = std::move(row.subject_id);
        item.discussion = std::move(row.discussion);
        item.decision = std::move(row.decision);
        item.outcome = row.outcome;
        result.agenda.push_back(std::move(item));
    }
    for (auto& row : tx.rows<AttendanceRecord>("SELECT " + record::columns<AttendanceRecord>() +
                                                   " FROM attendances WHERE meeting_id = :id ORDER BY position",
                                               params)) {
        Attendance one;
        one.name = std::move(row.name);
        one.affiliation = std::move(row.affiliation);
        one.category = row.category;
        one.user_id = row.user_id;
        one.attended = row.attended;
        result.attendance.push_back(std::move(one));
    }
    for (auto& row : tx.rows<TaskRecord>(
             "SELECT " + record::columns<TaskRecord>() + " FROM tasks WHERE meeting_id = :id ORDER BY position, id",
             params)) {
        Task task;
        task.id = row.id;
        task.title = std::move(row.title);
        task.owner_name = std::move(row.owner_name);
        task.owner_id = row.owner_id;
        task.due_on = row.due_on;
        task.state = row.state;
        result.tasks.push_back(std::move(task));
    }
    return result;
}

std::vector<std::string> visible_subjects(db::ReadTx& tx, const access::Actor& actor,
                                          const std::vector<AgendaItem>& agenda) {
    std::vector<std::string> result;
    for (const auto& [id, number] : subject_numbers(tx, actor, agenda))
        result.push_back(id);
    return result;
}

std::vector<core::UserId> known_users(db::ReadTx& tx, const std::vector<core::UserId>& ids) {
    if (ids.empty())
        return {};
    Params params;
    const std::string among = in_list("id", ids, "id", params);
    return tx.rows<core::UserId>("SELECT id FROM users WHERE " + among, params);
}

void lock(db::WriteTx& tx, const core::MeetingId& id) {
    tx.execute("UPDATE meetings SET version = version WHERE id = :id", Params().set("id", id));
}

void insert(db::WriteTx& tx, MeetingRecord record, const MeetingText& text) {
    MeetingText copy = text;
    record.body_id = text.body_id;
    record.title = text.title.str();
    record.held_on = text.held_on;
    record.started_at = text.started_at;
    record.ended_at = text.ended_at;
    record.place = text.place.str();
    record.form = text.form;
    record.state = text.state;
    record.minutes = text.minutes.str();
    tx.insert("meetings", record);
    write_agenda(tx, record.id, copy.agenda, record.updated_at);
    write_attendance(tx, record.id, copy.attendance);
    write_tasks(tx, record.id, copy.tasks);
}

bool update(db::WriteTx& tx, MeetingRecord record, MeetingText& text) {
    const auto changed = tx.execute(
        "UPDATE meetings SET version = version + 1, updated_at = :updated_at, updated_by = :updated_by, "
        "body_id = :body_id, title = :title, held_on = :held_on, started_at = :started_at, ended_at = :ended_at, "
        "place = :place, form = :form, state = :state, minutes = :minutes WHERE id = :id AND version = :version",
        Params()
            .set("updated_at", record.updated_at)
            .set("updated_by", record.updated_by)
            .set("body_id", text.body_id)
            .set("title", text.title)
            .set("held_on", text.held_on)
            .set("started_at", text.started_at)
            .set("ended_at", text.ended_at)
            .set("place", text.place)
            .set("form", text.form)
            .set("state", text.state)
            .set("minutes", text.minutes)
            .set("id", record.id)
            .set("version", record.version));
    if (changed != 1)
        return false;
    write_agenda(tx, record.id, text.agenda, record.updated_at);
    write_attendance(tx, record.id, text.attendance);
    write_tasks(tx, record.id, text.tasks);
    return true;
}

void add_version(db::WriteTx& tx, const core::MeetingId& id, std::int64_t version, const core::Instant& at,
                 const core::UserId& by, const MeetingText& text) {
    tx.execute(
        "INSERT INTO meeting_versions (meeting_id, version, at, by_id, document) "
        "VALUES (:id, :version, :at, :by, :document)",
        Params()
            .set("id", id)
            .set("version", version)
            .set("at", at)
            .set("by", by)
            .set("document", record::to_json(text)));
}

}  // namespace tsunagi::meetings
