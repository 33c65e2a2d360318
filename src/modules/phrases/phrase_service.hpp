// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>

#include "db/database.hpp"
#include "modules/access/actor.hpp"
#include "modules/audit/audit_service.hpp"
#include "modules/packs/packs_service.hpp"
#include "modules/phrases/phrase.hpp"

namespace tsunagi::phrases {

/// The phrases of the desks a person works at. A phrase of another desk is `not_found`; a `version` that is no longer
/// the newest is `stale`.
class PhraseService {
public:
    PhraseService(db::Database& database, const audit::AuditService& audit, const packs::PacksService& packs,
                  core::Clock clock);

    [[nodiscard]] PhraseList list(const access::Actor& actor, const PhraseFilter& filter) const;
    Phrase create(const access::Actor& actor, const NewPhrase& phrase, const std::string& idempotency_key) const;
    Phrase change(const access::Actor& actor, const PhraseId& id, std::int64_t version, const PhraseText& text) const;
    /// Without a version the newest one is meant.
    void remove(const access::Actor& actor, const PhraseId& id, std::optional<std::int64_t> version) const;

private:
    void check(const PhraseText& text, const std::string& root, const std::optional<record::Code<"topic">>& kept) const;

    db::Database& database_;            // NOLINT: the application owns them
    const audit::AuditService& audit_;  // NOLINT
    const packs::PacksService& packs_;  // NOLINT
    core::Clock clock_;
};

}  // namespace tsunagi::phrases
