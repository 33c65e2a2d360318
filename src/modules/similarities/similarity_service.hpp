// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <map>
#include <mutex>
#include <utility>

#include "db/database.hpp"
#include "modules/access/actor.hpp"
#include "modules/audit/audit_service.hpp"
#include "modules/consultations/consultation_service.hpp"
#include "modules/search/search_service.hpp"
#include "modules/similarities/similarity_rules.hpp"

namespace tsunagi::similarities {

/// Earlier cases like one, with what they have in common and what came of them. Candidates come from memory (codes) and
/// from the index of the search (words); some hundreds of them are compared by their own texts, as the reader sees
/// them.
class SimilarityService {
public:
    SimilarityService(db::Database& database, const audit::AuditService& audit,
                      const consultations::ConsultationService& consultations, const search::SearchService& search);

    /// Of a case within the reader's scope. What is shown of others is a reading, written into the audit.
    [[nodiscard]] SimilarCases similar_to(const access::Actor& actor, const core::ConsultationId& id) const;
    /// Of a sheet that is being typed.
    [[nodiscard]] SimilarCases similar_to(const access::Actor& actor, const TypedSheet& typed) const;

private:
    /// What is answered, and which cases it shows, those of other desks too.
    struct Compared {
        SimilarCases cases;
        std::vector<core::ConsultationId> shown;
    };

    [[nodiscard]] Compared compare(db::ReadTx& tx, const access::Actor& actor,
                                   const consultations::ConsultationSheet& sheet,
                                   const std::optional<core::ConsultationId>& own) const;
    void record(const access::Actor& actor, const std::vector<core::ConsultationId>& shown) const;

    db::Database& database_;                                   // NOLINT: the application owns them
    const audit::AuditService& audit_;                         // NOLINT
    const consultations::ConsultationService& consultations_;  // NOLINT
    const search::SearchService& search_;                      // NOLINT
    mutable std::mutex mutex_;
    /// Who was shown which case when: while somebody types, the same cases come again and again.
    mutable std::map<std::pair<core::UserId, core::ConsultationId>, std::chrono::steady_clock::time_point> shown_;
};

}  // namespace tsunagi::similarities
