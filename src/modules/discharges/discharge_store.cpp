// SPDX-License-Identifier: Apache-2.0
#include "modules/discharges/discharge_store.hpp"

#include <array>
#include <map>

#include "db/keyset_page.hpp"
#include "modules/access/scope.hpp"
#include "modules/resources/place_scope.hpp"
#include "record/sql_text.hpp"
#include "record/text_columns.hpp"

namespace tsunagi::discharges {
namespace {

using record::Params;

constexpr const char* with_case = "discharges d LEFT JOIN consultations c ON c.id = d.consultation_id";

/// Of a paper `p`: it was needed, has a day that is over, and has not come.
constexpr const char* overdue = "p.not_needed = 0 AND p.received_on IS NULL AND p.due_on < :today";

/// Whoever sees a case through an agenda alone sees no coordination of it.
std::string visible(const access::Actor& actor, Params& params) {
    return access::worked_with(actor, "d", params) + " AND " + access::activities_visible(actor, "d", "c", params);
}

std::string scoped(const access::Actor& actor, const std::vector<core::DeskId>& desks, bool mine, Params& params) {
    std::string sql = visible(actor, params);
    if (!desks.empty())
        sql += " AND " + record::in_list("d.desk_id", desks, "desk", params);
    if (mine) {
        params.set("me", actor.user_id);
        sql += " AND d.owner_id = :me";
    }
    return sql;
}

std::string where(const access::Actor& actor, const DischargeSelection& selection, const Counting& counting,
                  Params& params) {
    std::string sql = scoped(actor, selection.desk, selection.mine.value_or(false), params);
    if (!selection.state.empty())
        sql += " AND " + record::in_list("d.state", selection.state, "state", params);
    if (!selection.destination.empty())
        sql += " AND " + record::in_list("d.destination", selection.destination, "destination", params);
    if (!selection.hospital.empty()) {
        params.set("hospital", selection.hospital);
        sql += " AND d.hospital = :hospital";
    }
    if (selection.consultation) {
        params.set("case", *selection.consultation);
        sql += " AND d.consultation_id = :case";
    }
    if (selection.left_from) {
        params.set("left_from", *selection.left_from);
        sql += " AND d.left_on >= :left_from";
    }
    if (selection.left_to) {
        params.set("left_to", *selection.left_to);
        sql += " AND d.left_on <= :left_to";
    }
    if (selection.late.value_or(false)) {
        params.set("today", counting.today);
        sql += std::string(
                   " AND d.state IN ('planning', 'decided', 'discharged') AND EXISTS (SELECT 1 FROM "
                   "discharge_papers p WHERE p.discharge_id = d.id AND ") +
               overdue + ")";
    }
    if (selection.missed.value_or(false)) {
        if (!selection.late.value_or(false))
            params.set("today", counting.today);
        const std::string kinds = counting.handover.empty()
                                      ? std::string("1 = 0")
                                      : record::in_list("p.kind", counting.handover, "kind", params);
        sql += std::string(
                   " AND d.left_on IS NOT NULL AND d.state <> 'cancelled' AND EXISTS (SELECT 1 FROM "
                   "discharge_papers p WHERE p.discharge_id = d.id AND ") +
               overdue + " AND " + kinds + ")";
    }
    if (selection.readmitted.value_or(false))
        sql += " AND d.left_on IS NOT NULL AND d.readmitted_after <= " + std::to_string(readmission_days);
    return sql + record::all_words_in({"d.subject", "d.hospital", "d.ward", "COALESCE(c.number, '')"}, selection.words,
                                      params);
}

constexpr const char* last_day = "COALESCE(d.left_on, d.planned_on, '9999-12-31')";

constexpr std::array<db::ListOrder, 3> orders{{
    {"-updated_at", "d.updated_at", true},
    {"planned_on", last_day},
    {"-planned_on", last_day, true},
}};

/// The columns of DischargeRow as they stand in the database, without the papers, and what lists are ordered by.
struct StoredRow {
    DischargeId id;
    core::DeskId desk_id;
    std::optional<core::ConsultationId> consultation_id;
    std::string number;
    DischargeState state{};
    std::string subject;
    std::string hospital;
    std::string ward;
    std::optional<core::Date> admitted_on;
    std::optional<core::Date> planned_on;
    std::optional<core::Date> decided_on;
    std::optional<core::Date> left_on;
    std::optional<record::Code<"discharge_destination">> destination;
    std::string owner_name;
    bool readmission = false;
    std::string updated_at;
    std::string last_day;
};
BOOST_DESCRIBE_STRUCT(StoredRow, (),
                      (id, desk_id, consultation_id, number, state, subject, hospital, ward, admitted_on, planned_on,
                       decided_on, left_on, destination, owner_name, readmission, updated_at, last_day))

const std::string& row_columns() {
    static const std::string columns =
        "d.id, d.desk_id, d.consultation_id, COALESCE(c.number, ''), d.state, d.subject, d.hospital, d.ward, "
        "d.admitted_on, d.planned_on, d.decided_on, d.left_on, d.destination, COALESCE(o.name, ''), "
        "CASE WHEN d.earlier_id IS NULL THEN 0 ELSE 1 END, d.updated_at, " +
        std::string(last_day);
    return columns;
}

const std::string& rows_from() {
    static const std::string from = std::string(with_case) + " LEFT JOIN users o ON o.id = d.owner_id WHERE ";
    return from;
}

struct PaperRow {
    DischargeId discharge_id;
    record::Code<"discharge_paper"> kind;
    std::optional<core::Date> due_on;
    std::optional<core::Date> received_on;
    bool not_needed = false;
};
BOOST_DESCRIBE_STRUCT(PaperRow, (), (discharge_id, kind, due_on, received_on, not_needed))

/// The rows with their papers; one query for all of them.
std::vector<DischargeRow> with_papers(db::ReadTx& tx, const std::vector<StoredRow>& stored) {
    std::vector<DischargeRow> rows;
    std::vector<DischargeId> ids;
    for (const StoredRow& one : stored) {
        record::copy_members(one, rows.emplace_back());
        ids.push_back(one.id);
    }
    if (ids.empty())
        return rows;
    std::map<std::string, std::vector<PaperMark>> marks;
    Params params;
    const std::string among = record::in_list("p.discharge_id", ids, "id", params);
    for (auto& paper : tx.rows<PaperRow>("SELECT p.discharge_id, p.kind, p.due_on, p.received_on, p.not_needed FROM "
                                         "discharge_papers p WHERE " +
                                             among + " ORDER BY p.discharge_id, p.position",
                                         params))
        marks[paper.discharge_id.str()].push_back({paper.kind, paper.due_on, paper.received_on, paper.not_needed});
    for (DischargeRow& row : rows)
        row.papers = std::move(marks[row.id.str()]);
    return rows;
}

struct StoredPaper {
    DischargeId discharge_id;
    std::int64_t position = 0;
    record::Code<"discharge_paper"> kind;
    std::optional<core::Date> asked_on;
    std::optional<core::Date> due_on;
    bool due_by_hand = false;
    std::optional<core::Date> received_on;
    bool not_needed = false;
    std::string with_whom;
    std::string note;
};
BOOST_DESCRIBE_STRUCT(StoredPaper, (),
                      (discharge_id, position, kind, asked_on, due_on, due_by_hand, received_on, not_needed, with_whom,
                       note))

void insert_papers(db::WriteTx& tx, const DischargeId& id, const std::vector<Paper>& papers) {
    std::int64_t position = 0;
    for (const Paper& paper : papers) {
        StoredPaper row;
        row.discharge_id = id;
        row.position = ++position;
        record::put_text(paper, row);
        tx.insert("discharge_papers", row);
    }
}

std::string figures_where(const access::Actor& actor, const FiguresQuery& query, Params& params) {
    params.set("from", query.from).set("to", query.to);
    return scoped(actor, query.desk, false, params) +
           " AND d.state <> 'cancelled' AND d.left_on >= :from AND d.left_on <= :to";
}

/// Coordinations of each desk asked for (`top`) and of the desks below it in its municipality: who reads an indicator
/// belongs to that one, and a small number of another would say too much.
std::string desks_where(const DeskPeriod& asked, Params& params) {
    params.set("from", asked.from).set("to", asked.to);
    return "desks top JOIN desks own ON own.id = top.id OR (own.parent_id = top.id AND own.municipality_id = "
           "top.municipality_id) JOIN discharges d ON d.desk_id = own.id WHERE " +
           record::in_list("top.id", asked.desks, "desk", params) +
           " AND d.state <> 'cancelled' AND d.left_on >= :from AND d.left_on <= :to";
}

struct ReadmissionRow {
    DischargeId id;
    std::optional<core::Date> left_on;
    std::optional<core::Date> admitted_on;
};
BOOST_DESCRIBE_STRUCT(ReadmissionRow, (), (id, left_on, admitted_on))

}  // namespace

std::optional<FoundDischarge> find(db::ReadTx& tx, const access::Actor& actor, const DischargeId& id) {
    Params params;
    params.set("id", id);
    const std::string scope = visible(actor, params);
    return tx.row<FoundDischarge>(
        "SELECT " + record::columns<DischargeRecord>("d") +
            ", made.name, changed.name, COALESCE(o.name, ''), v.reason, COALESCE(c.number, ''), COALESCE(c.subject, "
            "''), "
            "n.id, COALESCE(c.shared_with_municipality, 0) FROM " +
            with_case +
            " JOIN users made ON made.id = d.created_by JOIN users changed ON changed.id = d.updated_by "
            "JOIN discharge_versions v ON v.discharge_id = d.id AND v.version = d.version "
            "LEFT JOIN users o ON o.id = d.owner_id LEFT JOIN discharges n ON n.earlier_id = d.id AND n.state <> "
            "'cancelled' WHERE d.id = :id AND " +
            scope,
        params);
}

std::vector<Paper> papers_of(db::ReadTx& tx, const DischargeId& id) {
    return tx.rows<Paper>(
        "SELECT p.kind, p.asked_on, p.due_on, p.due_by_hand, p.received_on, p.not_needed, p.with_whom, p.note FROM "
        "discharge_papers p WHERE p.discharge_id = :id ORDER BY p.position",
        Params().set("id", id));
}

RowsPage list(db::ReadTx& tx, const access::Actor& actor, const DischargeFilter& filter, const Counting& counting) {
    db::ListQuery query;
    query.columns = row_columns();
    query.from = rows_from() + where(actor, filter, counting, query.params);
    query.id = "d.id";
    query.order = db::order_for(orders, filter.sort);
    const bool by_day = query.order.name != orders.front().name;
    auto page = db::keyset_page<StoredRow>(
        tx, query, filter, [&](const StoredRow& row) { return by_day ? row.last_day : row.updated_at; });
    return {with_papers(tx, page.items), std::move(page.next), page.total, page.total_capped};
}

std::vector<DischargeStateCount> states(db::ReadTx& tx, const access::Actor& actor, const DischargeSelection& selection,
                                        const Counting& counting) {
    Params params;
    const std::string condition = where(actor, selection, counting, params);
    return tx.rows<DischargeStateCount>(std::string("SELECT d.state, count(*) FROM ") + with_case + " WHERE " +
                                            condition + " GROUP BY d.state ORDER BY d.state",
                                        params);
}

std::vector<DischargeRow> board(db::ReadTx& tx, const access::Actor& actor, const BoardFilter& filter,
                                const core::Date& from, const core::Date& until, std::size_t limit) {
    Params params;
    params.set("from", from).set("until", until);
    const std::string scope = scoped(actor, filter.desk, filter.mine.value_or(false), params);
    return with_papers(
        tx,
        tx.rows<StoredRow>("SELECT " + row_columns() + " FROM " + rows_from() + scope +
                               " AND d.state <> 'cancelled' AND ((d.left_on >= :from AND d.left_on <= :until) OR "
                               "(d.left_on IS NULL AND (d.planned_on IS NULL OR d.planned_on <= :until))) ORDER BY " +
                               last_day + ", d.id LIMIT " + std::to_string(limit),
                           params));
}

std::vector<CountedDischarge> counted(db::ReadTx& tx, const access::Actor& actor, const FiguresQuery& query) {
    Params params;
    const std::string condition = figures_where(actor, query, params);
    return tx.rows<CountedDischarge>(std::string("SELECT d.id, d.desk_id, d.left_on, d.admitted_on, d.decided_on, "
                                                 "d.hospital, d.destination, d.readmitted_after "
                                                 "FROM ") +
                                         with_case + " WHERE " + condition + " ORDER BY d.left_on, d.id",
                                     params);
}

std::vector<CountedPaper> counted_papers(db::ReadTx& tx, const access::Actor& actor, const FiguresQuery& query,
                                         const std::vector<std::string>& kinds) {
    if (kinds.empty())
        return {};
    Params params;
    const std::string condition = figures_where(actor, query, params);
    const std::string among = record::in_list("p.kind", kinds, "kind", params);
    return tx.rows<CountedPaper>(std::string("SELECT p.discharge_id, p.due_on, p.received_on FROM ") + with_case +
                                     " JOIN discharge_papers p ON p.discharge_id = d.id WHERE p.not_needed = 0 AND "
                                     "p.due_on IS NOT NULL AND " +
                                     among + " AND " + condition + " ORDER BY p.discharge_id, p.position",
                                 params);
}

std::vector<CountedDischarge> counted(db::ReadTx& tx, const DeskPeriod& asked) {
    Params params;
    const std::string condition = desks_where(asked, params);
    return tx.rows<CountedDischarge>(
        "SELECT d.id, top.id, d.left_on, d.admitted_on, d.decided_on, d.hospital, d.destination, d.readmitted_after "
        "FROM " +
            condition + " ORDER BY d.left_on, d.id",
        params);
}

std::vector<CountedPaper> counted_papers(db::ReadTx& tx, const DeskPeriod& asked,
                                         const std::vector<std::string>& kinds) {
    if (kinds.empty())
        return {};
    Params params;
    const std::string condition = desks_where(asked, params);
    return tx.rows<CountedPaper>(
        "SELECT p.discharge_id, p.due_on, p.received_on FROM discharge_papers p WHERE p.discharge_id IN (SELECT d.id "
        "FROM " +
            condition + ") AND p.not_needed = 0 AND p.due_on IS NOT NULL AND " +
            record::in_list("p.kind", kinds, "kind", params) + " ORDER BY p.discharge_id, p.position",
        params);
}

bool place_exists(db::ReadTx& tx, const resources::PlaceId& id, const std::vector<core::RegionId>& homes) {
    Params params;
    const std::string scope = resources::place_visible(homes, "p", params);
    return tx.number("SELECT count(*) FROM places p WHERE p.id = :id AND " + scope, params.set("id", id)) > 0;
}

void insert(db::WriteTx& tx, DischargeRecord record, const DischargeText& text) {
    record::put_text(text, record);
    tx.insert("discharges", record);
    insert_papers(tx, record.id, text.papers);
}

bool update(db::WriteTx& tx, DischargeRecord record, const DischargeText& text) {
    record::put_text(text, record);
    if (!db::update_versioned(tx, "discharges", record))
        return false;
    tx.send("DELETE FROM discharge_papers WHERE discharge_id = :id", Params().set("id", record.id));
    insert_papers(tx, record.id, text.papers);
    return true;
}

std::vector<CountedDue> counted_due_days(db::ReadTx& tx) {
    return tx.rows<CountedDue>(
        "SELECT p.discharge_id, p.position, p.kind, p.due_on, d.admitted_on, d.planned_on, d.decided_on, d.left_on "
        "FROM "
        "discharge_papers p JOIN discharges d ON d.id = p.discharge_id WHERE d.state IN ('planning', 'decided', "
        "'discharged') AND p.due_by_hand = 0 AND p.not_needed = 0 AND p.received_on IS NULL ORDER BY d.id, p.position");
}

void set_due_day(db::WriteTx& tx, const DischargeId& id, std::int64_t position,
                 const std::optional<core::Date>& due_on) {
    tx.send("UPDATE discharge_papers SET due_on = :due WHERE discharge_id = :id AND position = :position",
            Params().set("due", due_on).set("id", id).set("position", position));
}

void count_readmission(db::WriteTx& tx, const DischargeRecord& record) {
    Params params;
    params.set("id", record.id).set("earlier", record.earlier_id.value_or(record.id));
    for (const auto& pair : tx.rows<ReadmissionRow>("SELECT e.id, e.left_on, n.admitted_on FROM discharges e LEFT JOIN "
                                                    "discharges n ON n.earlier_id = e.id AND n.state <> 'cancelled' "
                                                    "WHERE e.id IN (:id, :earlier)",
                                                    params)) {
        std::optional<std::int64_t> days;
        if (pair.left_on && pair.admitted_on)
            days = pair.admitted_on->days_since(*pair.left_on);
        tx.send("UPDATE discharges SET readmitted_after = :days WHERE id = :id",
                Params().set("id", pair.id).set("days", days));
    }
}

}  // namespace tsunagi::discharges
