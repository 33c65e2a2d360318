// SPDX-License-Identifier: Apache-2.0
#include "modules/meetings/meeting_store.hpp"

#include <array>
#include <map>

#include "db/keyset_page.hpp"
#include "modules/access/shared_store.hpp"
#include "record/text_columns.hpp"

namespace tsunagi::meetings {
namespace {

using record::Params;

std::string where(const access::Actor& actor, const MeetingFilter& filter, Params& params) {
    std::string sql = access::shared_visible(actor, access::Shared::meeting, "m", params);
    if (!filter.body.empty())
        sql += " AND " + record::in_list("m.body_id", filter.body, "body", params);
    if (!filter.state.empty())
        sql += " AND " + record::in_list("m.state", filter.state, "state", params);
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
    sql += record::all_words_in({"m.title", "b.name", "m.minutes"}, filter.words, params,
                                "EXISTS (SELECT 1 FROM agenda_items w WHERE w.meeting_id = m.id "
                                "AND LOWER(w.title) LIKE :word)");
    return sql;
}

struct AgendaRecord {
    std::optional<core::AgendaItemId> id;
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
    std::optional<core::TaskId> id;
    core::MeetingId meeting_id;
    std::int64_t position = 0;
    std::string title;
    std::string owner_name;
    std::optional<core::UserId> owner_id;
    std::optional<core::Date> due_on;
    TaskState state{};
};
BOOST_DESCRIBE_STRUCT(TaskRecord, (), (id, meeting_id, position, title, owner_name, owner_id, due_on, state))

template <class Row, class Item>
Row row_of(const Item& item, const core::MeetingId& meeting, std::size_t position) {
    Row row;
    row.meeting_id = meeting;
    row.position = static_cast<std::int64_t>(position);
    record::put_text(item, row);
    return row;
}

/// Writes a row or, where its id is known, everything of it but when it came.
template <class Row>
void put_row(db::WriteTx& tx, const std::string& table, const Row& row) {
    static const std::string tail = [] {
        std::string places;
        std::string changes;
        record::for_each_member<Row>([&](auto member) {
            const std::string name = member.name;
            places += (places.empty() ? ":" : ", :") + name;
            if (name != "id" && name != "meeting_id" && name != "added_at")
                changes += (changes.empty() ? "" : ", ") + name + " = excluded." + name;
        });
        return " (" + record::columns<Row>() + ") VALUES (" + places + ") ON CONFLICT (id) DO UPDATE SET " + changes;
    }();
    tx.send("INSERT INTO " + table + tail, Params().set_all(row));
}

/// Replaces the rows of a list: those that keep their id stay the same ones, new ones get an id, the others go.
/// `finish(row)` fills what does not stand in the item.
template <class Row, class Item, class Finish>
void write_rows(db::WriteTx& tx, const std::string& table, const core::MeetingId& meeting, std::vector<Item>& items,
                const Finish& finish) {
    using Id = typename decltype(Item::id)::value_type;
    std::vector<Id> kept;
    for (const Item& item : items) {
        if (item.id)
            kept.push_back(*item.id);
    }
    Params params;
    params.set("meeting", meeting);
    const std::string others = kept.empty() ? "" : " AND NOT " + record::in_list("id", kept, "kept", params);
    tx.send("DELETE FROM " + table + " WHERE meeting_id = :meeting" + others, params);
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (!items[i].id)
            items[i].id = Id::make();
        auto row = row_of<Row>(items[i], meeting, i);
        finish(row);
        put_row(tx, table, row);
    }
}

void write_lists(db::WriteTx& tx, const core::MeetingId& meeting, MeetingText& text, const core::Instant& at) {
    write_rows<AgendaRecord>(tx, "agenda_items", meeting, text.agenda, [&](AgendaRecord& row) { row.added_at = at; });
    tx.send("DELETE FROM attendances WHERE meeting_id = :id", Params().set("id", meeting));
    for (std::size_t i = 0; i < text.attendance.size(); ++i)
        tx.insert("attendances", row_of<AttendanceRecord>(text.attendance[i], meeting, i));
    write_rows<TaskRecord>(tx, "tasks", meeting, text.tasks, [](TaskRecord&) {});
}

/// The rows of a list of the meeting in their order.
template <class Item, class Row>
std::vector<Item> read_rows(db::ReadTx& tx, const std::string& table, const core::MeetingId& meeting) {
    std::vector<Item> items;
    for (const Row& row : tx.rows<Row>(
             "SELECT " + record::columns<Row>() + " FROM " + table + " WHERE meeting_id = :id ORDER BY position",
             Params().set("id", meeting)))
        items.push_back(record::text_from<Item>(row));
    return items;
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
        const std::string condition = record::in_list("s.id", ids, "id", params) + " AND " + visible(params);
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

constexpr std::array<db::ListOrder, 2> orders{{{"-held_on", "m.held_on", true}, {"held_on", "m.held_on"}}};

}  // namespace

MeetingPage list(db::ReadTx& tx, const access::Actor& actor, const MeetingFilter& filter) {
    db::ListQuery query;
    query.columns =
        "m.id, m.body_id, b.name, m.title, m.held_on, m.state, "
        "(SELECT count(*) FROM agenda_items a WHERE a.meeting_id = m.id), "
        "(SELECT count(*) FROM agenda_items d WHERE d.meeting_id = m.id AND d.decision <> ''), "
        "(SELECT count(*) FROM tasks t WHERE t.meeting_id = m.id AND t.state <> 'done')";
    query.from = "meetings m JOIN bodies b ON b.id = m.body_id WHERE " + where(actor, filter, query.params);
    query.id = "m.id";
    query.order = db::order_for(orders, filter.sort);
    auto page = db::keyset_page<MeetingRow>(tx, query, filter, [](const MeetingRow& row) { return row.held_on.str(); });
    return db::framed<MeetingPage>(page, std::move(page.items));
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
    const auto names = access::authors(tx, record->created_by, record->updated_by);
    auto body_name =
        tx.row<std::string>("SELECT name FROM bodies WHERE id = :id", Params().set("id", record->body_id)).value_or("");
    MeetingText text = text_of(tx, *record);
    const auto numbers = subject_numbers(tx, actor, text.agenda);
    for (auto& item : text.agenda) {
        const auto found = item.subject_id ? numbers.find(*item.subject_id) : numbers.end();
        if (found != numbers.end())
            item.subject_number = found->second;
    }
    return Meeting{record->id,       record->municipality_id, record->desk_id,  std::move(body_name),
                   record->version,  record->created_at,      names.created_by, record->updated_at,
                   names.updated_by, std::move(text)};
}

MeetingText text_of(db::ReadTx& tx, const MeetingRecord& record) {
    auto result = record::text_from<MeetingText>(record);
    result.agenda = read_rows<AgendaItem, AgendaRecord>(tx, "agenda_items", record.id);
    result.attendance = read_rows<Attendance, AttendanceRecord>(tx, "attendances", record.id);
    result.tasks = read_rows<Task, TaskRecord>(tx, "tasks", record.id);
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
    const std::string among = record::in_list("id", ids, "id", params);
    return tx.rows<core::UserId>("SELECT id FROM users WHERE " + among, params);
}

void lock(db::WriteTx& tx, const core::MeetingId& id) {
    tx.send("UPDATE meetings SET version = version WHERE id = :id", Params().set("id", id));
}

void insert(db::WriteTx& tx, MeetingRecord record, const MeetingText& text) {
    MeetingText copy = text;
    record::put_text(text, record);
    tx.insert("meetings", record);
    write_lists(tx, record.id, copy, record.updated_at);
}

bool update(db::WriteTx& tx, MeetingRecord record, MeetingText& text) {
    record::put_text(text, record);
    if (!db::update_versioned(tx, "meetings", record))
        return false;
    write_lists(tx, record.id, text, record.updated_at);
    return true;
}

}  // namespace tsunagi::meetings
