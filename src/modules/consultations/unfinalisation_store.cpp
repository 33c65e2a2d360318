// SPDX-License-Identifier: Apache-2.0
#include "modules/consultations/unfinalisation_store.hpp"

#include "modules/access/scope.hpp"

namespace tsunagi::consultations::store {
namespace {

using record::Params;

struct UndoRow {
    core::ConsultationId consultation_id;
    std::int64_t version = 0;
    core::DeskId desk_id;
    core::RegionId municipality_id;
    std::string reason;
    core::Instant asked_at;
    core::UserId asked_by;
};
BOOST_DESCRIBE_STRUCT(UndoRow, (), (consultation_id, version, desk_id, municipality_id, reason, asked_at, asked_by))

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

void ask_undo(db::WriteTx& tx, const access::Actor& actor, const Consultation& consultation, const std::string& reason,
              const core::Instant& now) {
    settle_undo(tx, actor, consultation, UndoOutcome::withdrawn, std::nullopt, now);
    tx.insert("finalisation_undos", UndoRow{.consultation_id = consultation.id,
                                            .version = consultation.version,
                                            .desk_id = consultation.desk_id,
                                            .municipality_id = consultation.municipality_id,
                                            .reason = reason,
                                            .asked_at = now,
                                            .asked_by = actor.user_id});
}

void settle_undo(db::WriteTx& tx, const access::Actor& actor, const Consultation& consultation, UndoOutcome outcome,
                 std::optional<std::int64_t> version, const core::Instant& now) {
    tx.send(
        "UPDATE finalisation_undos SET settled_at = :at, settled_by = :by, outcome = :outcome, settled_version = "
        ":version WHERE consultation_id = :id AND settled_at IS NULL",
        Params()
            .set("id", consultation.id)
            .set("at", now)
            .set("by", actor.user_id)
            .set("outcome", outcome)
            .set("version", version));
}

}  // namespace tsunagi::consultations::store
