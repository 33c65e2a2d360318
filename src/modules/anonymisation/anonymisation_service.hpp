// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "db/database.hpp"
#include "modules/access/actor.hpp"
#include "modules/anonymisation/anonymisation.hpp"
#include "modules/anonymisation/finder.hpp"
#include "modules/audit/audit_service.hpp"
#include "modules/consultations/consultation_service.hpp"

namespace tsunagi::anonymisation {

/// The anonymised words of a case: found and decided by the people of its desk, read by whoever sees the case.
class AnonymisationService {
public:
    AnonymisationService(db::Database& database, const audit::AuditService& audit,
                         const consultations::ConsultationService& consultations, AnonymisationWords words,
                         core::Clock clock);

    /// What identifies somebody in the words of the case. Looks into the person's data, which the audit tells.
    [[nodiscard]] Identifiers identifiers(const access::Actor& actor, const core::ConsultationId& id) const;
    /// The confirmed words; version 0 when there are none.
    [[nodiscard]] Anonymised get(const access::Actor& actor, const core::ConsultationId& id) const;
    /// `version` is that of the confirmation before, 0 for the first. `stale` when it or the sheet has gone on.
    Anonymised confirm(const access::Actor& actor, const core::ConsultationId& id, std::int64_t version,
                       const AnonymisedChange& change) const;

private:
    struct Gathered;
    [[nodiscard]] Gathered gather(db::WriteTx& tx, const access::Actor& actor, const core::ConsultationId& id) const;
    [[nodiscard]] Identifiers found(const Gathered& gathered) const;
    void record(db::WriteTx& tx, const access::Actor& actor, const std::string& action, const core::ConsultationId& id,
                const std::string& detail) const;

    db::Database& database_;                                   // NOLINT: the application owns them
    const audit::AuditService& audit_;                         // NOLINT
    const consultations::ConsultationService& consultations_;  // NOLINT
    AnonymisationWords words_;
    Dictionary dictionary_;
    core::Clock clock_;
};

}  // namespace tsunagi::anonymisation
