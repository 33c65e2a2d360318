// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "db/database.hpp"
#include "modules/access/actor.hpp"
#include "modules/audit/audit_service.hpp"
#include "modules/issues/issue.hpp"
#include "modules/packs/packs_service.hpp"

namespace tsunagi::issues {

/// Use cases of issues. Everybody of the municipality reads them; the people of the issue's desk and the officers of
/// the municipality change them. What is out of scope is `not_found`; what may be read but not changed `forbidden`.
class IssueService {
public:
    IssueService(db::Database& database, const audit::AuditService& audit, const packs::PacksService& packs,
                 core::Clock clock);

    [[nodiscard]] IssuePage list(const access::Actor& actor, const IssueFilter& filter) const;
    [[nodiscard]] Issue get(const access::Actor& actor, const core::IssueId& id) const;
    [[nodiscard]] IssueHistory history(const access::Actor& actor, const core::IssueId& id) const;

    /// Starts as a sign. A repeated `idempotency_key` answers the issue of the first time.
    Issue create(const access::Actor& actor, const NewIssue& issue, const std::string& idempotency_key) const;
    Issue change(const access::Actor& actor, const core::IssueId& id, std::int64_t version,
                 const IssueText& text) const;
    Issue change_state(const access::Actor& actor, const core::IssueId& id, std::int64_t version,
                       const IssueStateChange& change) const;
    /// Adds a case the person can see, with a snapshot of its background; turns a candidate into evidence and back.
    /// The version of the issue's text stays.
    Issue put_evidence(const access::Actor& actor, const core::IssueId& id, const NewEvidence& evidence) const;
    Issue remove_evidence(const access::Actor& actor, const core::IssueId& id,
                          const core::ConsultationId& consultation) const;
    IssueHistory add_note(const access::Actor& actor, const core::IssueId& id, const NewIssueNote& note,
                          const std::string& idempotency_key = {}) const;

private:
    db::Database& database_;            // NOLINT: the application owns them
    const audit::AuditService& audit_;  // NOLINT
    const packs::PacksService& packs_;  // NOLINT
    core::Clock clock_;
};

}  // namespace tsunagi::issues
