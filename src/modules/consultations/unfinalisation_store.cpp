// SPDX-License-Identifier: Apache-2.0
#include "modules/consultations/unfinalisation_store.hpp"

#include "modules/access/scope.hpp"

namespace tsunagi::consultations::store {
namespace {

using record::Params;

}  // namespace

std::optional<AskedUndo> asked_undo(db::ReadTx& tx, const access::Actor& actor, const Consultation& consultation) {
    Params params;
    params.set("id", consultation.id).set("version", consultation.version);
    const std::string scope = access::consultations_visible(actor, "c", params);
    return tx.row<AskedUndo>(
        "SELECT f.asked_at, f.asked_by, u.name, f.reason FROM consultations c JOIN finalisation_undos f ON "
        "f.consultation_id = c.id AND f.version = c.version JOIN users u ON u.id = f.asked_by "
        "WHERE c.id = :id AND c.version = :version AND f.settled_at IS NULL AND " +
            scope,
        params);
}

bool ask_undo(db::WriteTx& tx, const access::Actor& actor, const Consultation& consultation, const std::string& reason,
              const core::Instant& now) {
    tx.send(
        "UPDATE finalisation_undos SET settled_at = :at, settled_by = :by, outcome = :outcome WHERE consultation_id = "
        ":id AND settled_at IS NULL AND (version <> :version OR asked_by = :by)",
        Params()
            .set("id", consultation.id)
            .set("version", consultation.version)
            .set("at", now)
            .set("by", actor.user_id)
            .set("outcome", UndoOutcome::withdrawn));
    return tx.execute(
               "INSERT INTO finalisation_undos (consultation_id, sequence, version, desk_id, municipality_id, reason, "
               "asked_at, asked_by) VALUES (:id, (SELECT COALESCE(max(f.sequence), 0) + 1 FROM finalisation_undos f "
               "WHERE f.consultation_id = :id), :version, :desk, :city, :reason, :at, :by) ON CONFLICT DO NOTHING",
               Params()
                   .set("id", consultation.id)
                   .set("version", consultation.version)
                   .set("desk", consultation.desk_id)
                   .set("city", consultation.municipality_id)
                   .set("reason", reason)
                   .set("at", now)
                   .set("by", actor.user_id)) == 1;
}

bool settle_undo(db::WriteTx& tx, const access::Actor& actor, const Consultation& consultation, UndoOutcome outcome,
                 std::optional<std::int64_t> version, const core::Instant& now) {
    return tx.execute(
               "UPDATE finalisation_undos SET settled_at = :at, settled_by = :by, outcome = :outcome, "
               "settled_version = :version WHERE consultation_id = :id AND settled_at IS NULL",
               Params()
                   .set("id", consultation.id)
                   .set("at", now)
                   .set("by", actor.user_id)
                   .set("outcome", outcome)
                   .set("version", version)) == 1;
}

}  // namespace tsunagi::consultations::store
