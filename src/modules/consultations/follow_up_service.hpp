// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "db/database.hpp"
#include "modules/access/actor.hpp"
#include "modules/audit/audit_service.hpp"
#include "modules/consultations/consultation.hpp"
#include "modules/consultations/follow_up.hpp"

namespace tsunagi::consultations {

/// What is still to be done about a case, and when. Each change counts as an entry of the case; the case itself gets no
/// new version, so nobody who is writing in its sheet is in the way.
class FollowUpService {
public:
    FollowUpService(db::Database& database, const audit::AuditService& audit, core::Clock clock);

    [[nodiscard]] FollowUps list(const access::Actor& actor, const core::ConsultationId& id) const;
    /// What is still to be done in all cases the person sees.
    [[nodiscard]] OpenFollowUpPage open(const access::Actor& actor, const OpenFollowUpFilter& filter) const;
    /// Answers all of the case. A repeated key adds it once.
    FollowUps add(const access::Actor& actor, const core::ConsultationId& id, const FollowUpText& text,
                  const std::string& idempotency_key) const;
    FollowUps change(const access::Actor& actor, const core::FollowUpId& id, std::int64_t version,
                     const FollowUpText& text) const;
    FollowUps settle(const access::Actor& actor, const core::FollowUpId& id, std::int64_t version,
                     const FollowUpDone& done) const;

    /// The same within the work of another module that has found the case to write in.
    void add(db::WriteTx& tx, const access::Actor& actor, const Consultation& consultation,
             const FollowUpText& text) const;
    /// Faults of the text, its pointers below `root`.
    static void check(db::ReadTx& tx, const FollowUpText& text, const std::string& root,
                      std::vector<core::FieldError>& errors);
    /// For the home board: see `store::due_follow_ups`; an advisor is told the day alone.
    [[nodiscard]] static std::vector<DueFollowUp> due(db::ReadTx& tx, const access::Actor& actor,
                                                      const std::vector<core::ConsultationId>& cases,
                                                      const core::Date& until, bool mine);

private:
    [[nodiscard]] static FollowUps all_of(db::ReadTx& tx, const access::Actor& actor, const Consultation& consultation);
    void record(db::WriteTx& tx, const access::Actor& actor, const Consultation& consultation,
                const std::string& detail) const;

    db::Database& database_;            // NOLINT: the application owns them
    const audit::AuditService& audit_;  // NOLINT
    core::Clock clock_;
};

}  // namespace tsunagi::consultations
