// SPDX-License-Identifier: Apache-2.0
// A mistaken finalisation is undone with a second person: one asks and says why, another one agrees.
#include "modules/consultations/consultation_rules.hpp"
#include "modules/consultations/consultation_service.hpp"
#include "modules/consultations/consultation_store.hpp"
#include "modules/consultations/found_store.hpp"
#include "modules/consultations/unfinalisation_store.hpp"

namespace tsunagi::consultations {
namespace {

using store::found_for_change;

void require_finalised(const Consultation& consultation) {
    if (consultation.state != ConsultationState::closed)
        throw core::not_allowed_in_state(record::to_text(consultation.state));
}

/// The request that waits; whoever asked can only take it back, and only they can.
AskedUndo asked_of(db::ReadTx& tx, const access::Actor& actor, const Consultation& consultation, UndoOutcome outcome) {
    require_finalised(consultation);
    auto asked = store::asked_undo(tx, actor, consultation);
    if (!asked)
        throw core::Error(core::ErrorKind::conflict, "undo_not_asked");
    if ((asked->asked_by == actor.user_id) != (outcome == UndoOutcome::withdrawn))
        throw core::Error(core::ErrorKind::forbidden, "second_person");
    return std::move(*asked);
}

}  // namespace

Finalisation ConsultationService::finalisation(const access::Actor& actor, const core::ConsultationId& id) const {
    access::require(actor, "consultations.write");
    return database_.read(
        [&](db::ReadTx& tx) { return Finalisation{store::asked_undo(tx, actor, found_for_change(tx, actor, id))}; });
}

Finalisation ConsultationService::ask_to_undo(const access::Actor& actor, const core::ConsultationId& id,
                                              std::int64_t version, const UndoRequest& request) const {
    access::require(actor, "consultations.write");
    const core::Instant now = clock_.now();
    return database_.write([&](db::WriteTx& tx) {
        const Consultation consultation = found_for_change(tx, actor, id, version);
        require_finalised(consultation);
        const auto waiting = store::asked_undo(tx, actor, consultation);
        if (waiting && waiting->asked_by != actor.user_id)
            throw core::Error(core::ErrorKind::conflict, "undo_asked_already");
        if (!store::ask_undo(tx, actor, consultation, request.reason, now))
            throw core::Error(core::ErrorKind::conflict, "undo_asked_already");
        record(tx, actor, "undo_finalisation", consultation, "asked");
        return Finalisation{store::asked_undo(tx, actor, consultation)};
    });
}

Consultation ConsultationService::answer_undo(const access::Actor& actor, const core::ConsultationId& id,
                                              std::int64_t version, const UndoAnswer& answer) {
    if (answer.outcome == UndoOutcome::undone) {
        Step step;
        step.action = "undo_finalisation";
        step.apply = [&](db::WriteTx& tx, Consultation& consultation) {
            // `change` has counted the version up; the request waits at the one before.
            --consultation.version;
            step.reason = asked_of(tx, actor, consultation, answer.outcome).reason;
            const Standing before = standing_before_closing(store::history(tx, actor, id));
            ++consultation.version;
            consultation.state = before.state;
            consultation.closed_at = before.closed_at;
            consultation.finalised = false;
            if (!store::settle_undo(tx, actor, consultation, answer.outcome, consultation.version,
                                    consultation.updated_at))
                throw core::Error(core::ErrorKind::conflict, "undo_not_asked");
            return VersionKind::unfinalised;
        };
        return change(actor, id, version, step);
    }
    access::require(actor, "consultations.write");
    const core::Instant now = clock_.now();
    return database_.write([&](db::WriteTx& tx) {
        Consultation consultation = found_for_change(tx, actor, id, version);
        (void)asked_of(tx, actor, consultation, answer.outcome);
        if (!store::settle_undo(tx, actor, consultation, answer.outcome, std::nullopt, now))
            throw core::Error(core::ErrorKind::conflict, "undo_not_asked");
        record(tx, actor, "undo_finalisation", consultation, record::to_text(answer.outcome));
        return consultation;
    });
}

}  // namespace tsunagi::consultations
