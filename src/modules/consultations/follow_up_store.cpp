// SPDX-License-Identifier: Apache-2.0
#include "modules/consultations/follow_up_store.hpp"

#include "db/record_versions.hpp"
#include "modules/access/scope.hpp"
#include "record/sql_text.hpp"

namespace tsunagi::consultations::store {
namespace {

using record::Params;

/// The open follow-up that the sheet sets: the last one it made. An earlier one that was done and taken up again is no
/// longer the sheet's day, so the sheet neither moves it nor takes it away.
constexpr const char* of_sheet_and_open =
    "consultation_id = :id AND of_sheet = 1 AND done_at IS NULL AND NOT EXISTS (SELECT 1 FROM follow_ups later "
    "WHERE later.consultation_id = :id AND later.of_sheet = 1 AND later.id > follow_ups.id)";

}  // namespace

std::vector<FollowUp> follow_ups(db::ReadTx& tx, const access::Actor& actor, const core::ConsultationId& id) {
    Params params;
    params.set("id", id);
    const std::string scope = access::consultations_visible(actor, "c", params);
    return tx.rows<FollowUp>(
        "SELECT f.id, f.consultation_id, f.version, f.due_on, f.note, f.owner_id, COALESCE(o.name, ''), f.of_sheet, "
        "f.done_at, COALESCE(d.name, ''), f.created_at, w.name FROM consultations c "
        "JOIN follow_ups f ON f.consultation_id = c.id JOIN users w ON w.id = f.created_by "
        "LEFT JOIN users o ON o.id = f.owner_id LEFT JOIN users d ON d.id = f.done_by WHERE c.id = :id AND " +
            scope +
            " ORDER BY CASE WHEN f.done_at IS NULL THEN 0 ELSE 1 END, f.done_at DESC NULLS LAST, f.due_on, f.id",
        params);
}

std::optional<FollowUpRecord> find_follow_up(db::ReadTx& tx, const access::Actor& actor, const core::FollowUpId& id) {
    Params params;
    params.set("id", id);
    const std::string scope = access::consultations_visible(actor, "c", params);
    return tx.row<FollowUpRecord>("SELECT " + record::columns<FollowUpRecord>("f") +
                                      " FROM follow_ups f JOIN consultations c ON c.id = f.consultation_id "
                                      "WHERE f.id = :id AND " +
                                      scope,
                                  params);
}

void insert_follow_up(db::WriteTx& tx, const FollowUpRecord& record) {
    tx.insert("follow_ups", record);
}

bool update_follow_up(db::WriteTx& tx, const FollowUpRecord& record) {
    return db::update_versioned(tx, "follow_ups", record);
}

void take_follow_up_of_sheet(db::WriteTx& tx, const Consultation& consultation) {
    const auto& sheet = consultation.sheet;
    Params params;
    params.set("id", consultation.id).set("at", consultation.updated_at).set("by", consultation.updated_by);
    if (!sheet.follow_up_on) {
        tx.send(std::string("DELETE FROM follow_ups WHERE ") + of_sheet_and_open, Params().set("id", consultation.id));
        return;
    }
    params.set("due", *sheet.follow_up_on).set("note", sheet.follow_up_note);
    const auto moved = tx.execute(
        std::string("UPDATE follow_ups SET version = version + 1, due_on = :due, note = :note, updated_at = :at, "
                    "updated_by = :by WHERE ") +
            of_sheet_and_open,
        params);
    if (moved == 0)
        add_follow_up_of_sheet(tx, consultation);
}

void add_follow_up_of_sheet(db::WriteTx& tx, const Consultation& consultation) {
    const auto& sheet = consultation.sheet;
    FollowUpRecord made;
    made.id = core::FollowUpId::make();
    made.desk_id = consultation.desk_id;
    made.municipality_id = consultation.municipality_id;
    made.consultation_id = consultation.id;
    made.due_on = sheet.follow_up_on.value();
    made.note = sheet.follow_up_note;
    made.of_sheet = true;
    made.created_at = made.updated_at = consultation.updated_at;
    made.created_by = made.updated_by = consultation.updated_by;
    insert_follow_up(tx, made);
}

db::ListPage<OpenRow> open_follow_ups(db::ReadTx& tx, const access::Actor& actor, const OpenFollowUpFilter& filter) {
    db::ListQuery query;
    query.columns =
        "f.id, f.consultation_id, f.desk_id, f.version, c.number, c.subject, f.due_on, f.note, "
        "COALESCE(o.name, r.name, ''), c.urgency, c.municipality_id, c.shared_with_municipality";
    query.from =
        "follow_ups f JOIN consultations c ON c.id = f.consultation_id LEFT JOIN users o ON o.id = f.owner_id "
        "LEFT JOIN users r ON r.id = c.receiver_id WHERE f.done_at IS NULL AND c.state IN ('open', 'on_hold', "
        "'reopened') AND " +
        access::consultations_visible(actor, "c", query.params);
    if (!filter.desk.empty())
        query.from += " AND " + record::in_list("f.desk_id", filter.desk, "asked_desk", query.params);
    if (filter.until) {
        query.from += " AND f.due_on <= :until";
        query.params.set("until", *filter.until);
    }
    if (filter.mine.value_or(false)) {
        query.from += " AND COALESCE(f.owner_id, c.receiver_id) = :me";
        query.params.set("me", actor.user_id);
    }
    query.id = "f.id";
    query.order = {.name = "due_on", .key = "f.due_on"};
    return db::keyset_page<OpenRow>(tx, query, filter, [](const OpenRow& row) { return row.due_on.str(); });
}

std::vector<DueRow> due_follow_ups(db::ReadTx& tx, const access::Actor& actor,
                                   const std::vector<core::ConsultationId>& cases, const core::Date& until, bool mine) {
    Params params;
    params.set("until", until);
    std::string which;
    if (!cases.empty())
        which = "(" + record::in_list("f.consultation_id", cases, "case_", params) + ")";
    if (mine) {
        params.set("me", actor.user_id);
        which = which.empty() ? "f.owner_id = :me" : "(f.owner_id = :me OR (f.owner_id IS NULL AND " + which + "))";
    }
    if (which.empty())
        return {};
    const std::string scope = access::consultations_visible(actor, "c", params);
    return tx.rows<DueRow>(
        "SELECT f.consultation_id, f.due_on, f.note, COALESCE(u.name, ''), c.desk_id, c.municipality_id, "
        "c.shared_with_municipality FROM follow_ups f JOIN consultations c ON c.id = f.consultation_id "
        "LEFT JOIN users u ON u.id = f.owner_id "
        "WHERE f.done_at IS NULL AND f.due_on <= :until AND c.state IN ('open', 'on_hold', 'reopened') AND " +
            which + " AND " + scope + " ORDER BY f.due_on, f.id LIMIT 100",
        params);
}

}  // namespace tsunagi::consultations::store
