// SPDX-License-Identifier: Apache-2.0
#include "modules/consultations/consultation_store.hpp"

#include "modules/access/scope.hpp"
#include "modules/consultations/caller_store.hpp"
#include "modules/consultations/consultation_columns.hpp"
#include "modules/consultations/consultation_rules.hpp"
#include "modules/consultations/facts_store.hpp"
#include "modules/consultations/follow_up_store.hpp"

namespace tsunagi::consultations::store {
namespace {

using record::Params;

/// A record as it is read: the head, the names, and the newest version's sheet as JSON.
struct FoundRow : HeadRow {
    std::string created_by_name;
    std::string updated_by_name;
    bool has_person = false;
    std::int64_t activities = 0;
    std::string sheet;
};
BOOST_DESCRIBE_STRUCT(FoundRow, (HeadRow), (created_by_name, updated_by_name, has_person, activities, sheet))

struct SurroundingsRow {
    core::RegionId municipality_id;
    std::optional<core::Date> ended_on;
    std::int64_t receivers = 0;
    std::int64_t districts = 0;
};
BOOST_DESCRIBE_STRUCT(SurroundingsRow, (), (municipality_id, ended_on, receivers, districts))

struct VersionRow {
    std::int64_t version = 0;
    VersionKind kind{};
    core::Instant at;
    core::UserId by;
    std::string by_name;
    std::string asked_by_name;
    std::string reason;
    std::string sheet;
};
BOOST_DESCRIBE_STRUCT(VersionRow, (), (version, kind, at, by, by_name, asked_by_name, reason, sheet))

struct PersonRow {
    core::ConsultationId consultation_id;
    core::DeskId desk_id;
    core::RegionId municipality_id;
    std::string sealed;
    core::Instant updated_at;
    core::UserId updated_by;
};
BOOST_DESCRIBE_STRUCT(PersonRow, (), (consultation_id, desk_id, municipality_id, sealed, updated_at, updated_by))

/// The day and the note of the case are those of the next follow-up that is open. Whoever writes has taken a change
/// number of the desk before, so that none of them misses what another one wrote.
const std::string& next_follow_up() {
    static const std::string sql = [] {
        const auto next = [](const std::string& column) {
            return "(SELECT f." + column +
                   " FROM follow_ups f WHERE f.consultation_id = :id AND f.done_at IS NULL "
                   "ORDER BY f.due_on, f.id LIMIT 1)";
        };
        return "follow_up_on = " + next("due_on") + ", follow_up_note = COALESCE(" + next("note") + ", '')";
    }();
    return sql;
}

/// The marks of the sheet, and that the case was worked on when somebody wrote down what was done.
constexpr const char* marks_with_activities =
    "CASE WHEN activities + :more > 0 AND :marks NOT LIKE '% worked_on %' THEN :marks || 'worked_on ' "
    "ELSE :marks END";

void add_elements(db::WriteTx& tx, const Consultation& consultation) {
    const auto& elements = consultation.sheet.elements;
    if (elements.empty())
        return;
    std::string sql = "INSERT INTO consultation_elements (consultation_id, element, value, text, position) VALUES ";
    Params params;
    params.set("id", consultation.id);
    for (std::size_t i = 0; i < elements.size(); ++i) {
        const std::string n = std::to_string(i);
        sql += (i == 0 ? "(:id, :e" : ", (:id, :e") + n + ", :v" + n + ", :t" + n + ", " + n + ")";
        params.set("e" + n, elements[i].element).set("v" + n, elements[i].value).set("t" + n, elements[i].text);
    }
    tx.send(sql, params);
}

db::Question next_number_of(const core::DeskId& desk, std::int64_t fiscal_year) {
    return {
        "INSERT INTO counters (name, owner_id, fiscal_year, last_number) VALUES ('consultation', :desk, :year, 1) "
        "ON CONFLICT (name, owner_id, fiscal_year) DO UPDATE SET last_number = counters.last_number + 1 "
        "RETURNING last_number",
        Params().set("desk", desk).set("year", fiscal_year)};
}

void add_version(db::WriteTx& tx, const Consultation& consultation, VersionKind kind, const std::string& reason) {
    tx.send(
        "INSERT INTO consultation_versions (consultation_id, version, kind, at, by_id, reason, sheet) "
        "VALUES (:id, :version, :kind, :at, :by_id, :reason, :sheet)",
        Params()
            .set("id", consultation.id)
            .set("version", consultation.version)
            .set("kind", kind)
            .set("at", consultation.updated_at)
            .set("by_id", consultation.updated_by)
            .set("reason", reason)
            .set("sheet", record::to_json(consultation.sheet)));
}

}  // namespace

Surroundings surroundings(db::ReadTx& tx, const core::DeskId& desk, const ConsultationSheet& sheet,
                          const core::Date& today) {
    const auto row = tx.row<SurroundingsRow>(
        "SELECT d.municipality_id, d.ended_on, "
        "(SELECT count(*) FROM users u JOIN assignments a ON a.user_id = u.id WHERE u.id = :receiver AND u.active = 1 "
        "AND a.from_on <= :today AND (a.until_on IS NULL OR a.until_on >= :today) "
        "AND (a.desk_id = d.id OR a.desk_id = d.parent_id)), "
        "(WITH RECURSIVE above (id, parent_id) AS ("
        "SELECT r.parent_id, r.parent_id FROM regions r WHERE r.id = :district "
        "UNION SELECT r.id, r.parent_id FROM regions r JOIN above ON r.id = above.parent_id) "
        "SELECT count(*) FROM above WHERE above.id = d.municipality_id) "
        "FROM desks d WHERE d.id = :desk",
        Params()
            .set("desk", desk)
            .set("today", today)
            .set("receiver", sheet.receiver_id ? sheet.receiver_id->str() : std::string())
            .set("district", sheet.district_id ? sheet.district_id->str() : std::string()));
    if (!row)
        throw core::not_found();
    return {.municipality_id = row->municipality_id,
            .desk_ended = row->ended_on && *row->ended_on <= today,
            .receiver_fits = !sheet.receiver_id || row->receivers > 0,
            .district_fits = !sheet.district_id || row->districts > 0};
}

std::optional<Consultation> find(db::ReadTx& tx, const access::Actor& actor, const core::ConsultationId& id) {
    Params params;
    params.set("id", id);
    const std::string scope = access::consultations_visible(actor, "c", params);
    static const std::string select =
        "SELECT " + record::columns<HeadRow>("c") +
        ", made.name, changed.name, CASE WHEN p.consultation_id IS NULL THEN 0 ELSE 1 END, c.activities, v.sheet "
        "FROM consultations c JOIN consultation_versions v ON v.consultation_id = c.id AND v.version = c.version "
        "JOIN users made ON made.id = c.created_by JOIN users changed ON changed.id = c.updated_by "
        "LEFT JOIN consultation_persons p ON p.consultation_id = c.id WHERE c.id = :id AND ";
    auto row = tx.row<FoundRow>(select + scope, params);
    if (!row)
        return std::nullopt;
    Consultation consultation;
    record::copy_members(*row, consultation);
    consultation.sheet = record::from_stored_json<ConsultationSheet>(row->sheet);
    return consultation;
}

bool continue_numbering(db::WriteTx& tx, const core::DeskId& desk, std::int64_t fiscal_year, std::int64_t last) {
    return tx.execute(
               "INSERT INTO counters (name, owner_id, fiscal_year, last_number) "
               "VALUES ('consultation', :desk, :year, :last) "
               "ON CONFLICT (name, owner_id, fiscal_year) DO UPDATE SET last_number = excluded.last_number "
               "WHERE counters.last_number <= excluded.last_number",
               Params().set("desk", desk).set("year", fiscal_year).set("last", last)) == 1;
}

std::int64_t next_number(db::WriteTx& tx, const core::DeskId& desk, std::int64_t fiscal_year) {
    return tx.numbers({next_number_of(desk, fiscal_year)}).front().value();
}

Taken take_for_new(db::WriteTx& tx, const Consultation& consultation) {
    std::vector<db::Question> questions{next_change_of(consultation.desk_id, consultation.municipality_id)};
    const bool registered = consultation.state != ConsultationState::draft;
    if (registered) {
        // Everybody takes the running number before the change number, and both before a caller.
        questions.insert(questions.begin(), next_number_of(consultation.desk_id, consultation.fiscal_year));
        if (!consultation.sheet.caller_name.empty())
            questions.push_back(count_call_of(consultation.sheet, consultation.desk_id));
    }
    const auto numbers = tx.numbers(questions);
    if (!registered)
        return {.change = numbers[0].value()};
    return {.sequence = numbers[0].value(),
            .change = numbers[1].value(),
            .caller_counted = numbers.size() > 2 && numbers[2].has_value()};
}

void insert(db::WriteTx& tx, const Consultation& consultation, VersionKind kind, std::int64_t change) {
    static const std::string sql = [] {
        std::string columns = record::columns<HeadRow>() + ", listed_on, marks, change";
        for_each_column([&](auto member) { columns += std::string(", ") + member.name; });
        std::string places = ":" + columns;
        for (std::size_t at = places.find(", "); at != std::string::npos; at = places.find(", ", at + 3))
            places.replace(at, 2, ", :");
        return "INSERT INTO consultations (" + columns + ") VALUES (" + places + ")";
    }();
    tx.send(sql, columns_of(consultation, change)
                     .set("follow_up_on", consultation.sheet.follow_up_on)
                     .set("follow_up_note", consultation.sheet.follow_up_note));
    add_elements(tx, consultation);
    add_version(tx, consultation, kind, {});
    if (consultation.sheet.follow_up_on)
        add_follow_up_of_sheet(tx, consultation);
}

bool update(db::WriteTx& tx, const Consultation& consultation, VersionKind kind, const std::string& reason) {
    static const std::string sql = [] {
        std::string columns;
        const auto add = [&](std::string_view name) {
            columns += (columns.empty() ? "" : ", ") + std::string(name) + " = :" + std::string(name);
        };
        record::for_each_member<HeadRow>([&](auto member) { add(member.name); });
        add("listed_on");
        add("change");
        for_each_column([&](auto member) {
            if (!of_follow_ups(member.name))
                add(member.name);
        });
        columns += ", " + next_follow_up() + ", marks = " + marks_with_activities;
        return "UPDATE consultations SET " + columns + " WHERE id = :id AND version = :version - 1";
    }();
    const std::int64_t change = next_change(tx, consultation.desk_id, consultation.municipality_id);
    if (tx.execute(sql, columns_of(consultation, change).set("more", 0)) == 0)
        return false;
    tx.send("DELETE FROM consultation_elements WHERE consultation_id = :id", Params().set("id", consultation.id));
    add_elements(tx, consultation);
    add_version(tx, consultation, kind, reason);
    return true;
}

void enter(db::WriteTx& tx, const access::Actor& actor, const Consultation& consultation, const core::Instant& now,
           int activities) {
    static const std::string sql =
        "UPDATE consultations SET change = :change, updated_at = :at, updated_by = :by, "
        "activities = activities + :more, " +
        next_follow_up() + ", marks = " + marks_with_activities + " WHERE id = :id";
    const std::int64_t change = next_change(tx, consultation.desk_id, consultation.municipality_id);
    const auto newest = find(tx, actor, consultation.id);
    tx.send(sql, Params()
                     .set("id", consultation.id)
                     .set("change", change)
                     .set("at", now)
                     .set("by", actor.user_id)
                     .set("more", activities)
                     .set("marks", marks_of(newest ? newest->sheet : consultation.sheet)));
}

void remove(db::WriteTx& tx, const Consultation& consultation) {
    for (const char* table : {"consultation_elements", "consultation_versions", "consultation_persons", "follow_ups"}) {
        tx.send("DELETE FROM " + std::string(table) + " WHERE consultation_id = :id",
                Params().set("id", consultation.id));
    }
    tx.send("DELETE FROM consultations WHERE id = :id", Params().set("id", consultation.id));
    tx.send(
        "INSERT INTO consultation_removals (desk_id, municipality_id, change, consultation_id) "
        "VALUES (:desk, :city, :change, :id)",
        Params()
            .set("desk", consultation.desk_id)
            .set("city", consultation.municipality_id)
            .set("change", next_change(tx, consultation.desk_id, consultation.municipality_id))
            .set("id", consultation.id));
}

std::vector<ConsultationVersion> history(db::ReadTx& tx, const access::Actor& actor, const core::ConsultationId& id) {
    Params params;
    params.set("id", id);
    const std::string scope = access::consultations_visible(actor, "c", params);
    auto rows = tx.rows<VersionRow>(
        "SELECT v.version, v.kind, v.at, v.by_id, u.name, COALESCE(a.name, ''), v.reason, v.sheet FROM consultations c "
        "JOIN consultation_versions v ON v.consultation_id = c.id JOIN users u ON u.id = v.by_id "
        "LEFT JOIN finalisation_undos f ON f.consultation_id = c.id AND f.settled_version = v.version "
        "LEFT JOIN users a ON a.id = f.asked_by "
        "WHERE c.id = :id AND " +
            scope + " ORDER BY v.version",
        params);
    std::vector<ConsultationVersion> result;
    result.reserve(rows.size());
    for (auto& row : rows) {
        result.push_back({.version = row.version,
                          .kind = row.kind,
                          .at = std::move(row.at),
                          .by = std::move(row.by),
                          .by_name = std::move(row.by_name),
                          .asked_by_name = std::move(row.asked_by_name),
                          .reason = std::move(row.reason),
                          .sheet = record::from_stored_json<ConsultationSheet>(row.sheet)});
    }
    return result;
}

std::optional<std::string> sealed_person(db::ReadTx& tx, const access::Actor& actor, const core::ConsultationId& id) {
    Params params;
    params.set("id", id);
    const std::string scope = access::consultations_visible(actor, "c", params);
    return tx.row<std::string>(
        "SELECT p.sealed FROM consultations c JOIN consultation_persons p ON p.consultation_id = c.id "
        "WHERE c.id = :id AND " +
            scope,
        params);
}

void put_sealed_person(db::WriteTx& tx, const Consultation& consultation, const std::string& sealed) {
    tx.send("DELETE FROM consultation_persons WHERE consultation_id = :id", Params().set("id", consultation.id));
    tx.insert("consultation_persons", PersonRow{.consultation_id = consultation.id,
                                                .desk_id = consultation.desk_id,
                                                .municipality_id = consultation.municipality_id,
                                                .sealed = sealed,
                                                .updated_at = consultation.updated_at,
                                                .updated_by = consultation.updated_by});
}

}  // namespace tsunagi::consultations::store
