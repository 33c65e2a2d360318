// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <string>

#include "db/database.hpp"
#include "modules/access/actor.hpp"
#include "modules/audit/audit_service.hpp"
#include "modules/packs/packs_service.hpp"
#include "modules/resources/match_store.hpp"
#include "modules/resources/public_layer_service.hpp"
#include "modules/search/search_service.hpp"

namespace tsunagi::resources {

/// Which places of different sources are one house: proposed by likeness, decided by people of the desks. Only the same
/// number joins without anybody, and that can be split as well.
class MatchService {
public:
    /// `words` is packs/standard/match_words.yaml. Throws std::runtime_error that names the file.
    MatchService(db::Database& database, const audit::AuditService& audit, const packs::PacksService& packs,
                 const search::Folding& folding, const PublicLayer& layer, const std::filesystem::path& words,
                 core::Clock clock);

    /// Throws `invalid` at `?municipality`, `?sort`, `?limit`, `?after`.
    [[nodiscard]] MatchPage list(const access::Actor& actor, const MatchFilter& filter) const;
    /// Looks for pairs that nobody has named yet. Throws `invalid` at `/municipality`.
    MatchSearchResult look(const access::Actor& actor, const MatchSearch& search) const;
    /// Confirming joins, everything else splits again. Throws `conflict` `not_allowed_in_state` where that was decided.
    PlaceMatch decide(const access::Actor& actor, const PlaceMatchId& id, std::int64_t version,
                      const MatchDecision& decision) const;

    [[nodiscard]] CorporationList corporations(const access::Actor& actor, const CorporationFilter& filter) const;
    [[nodiscard]] Corporation corporation(const access::Actor& actor, const std::string& number) const;

private:
    void join(db::WriteTx& tx, const PlaceId& place, const PlaceId& other, const packs::CodeBook& codes) const;
    /// What was joined to `at` by the pair that is refused leaves it, with what was joined to it.
    void part(db::WriteTx& tx, const PlaceId& at, const PlaceId& gone, const PlaceMatchId& refused,
              const packs::CodeBook& codes) const;
    [[nodiscard]] std::string fold(const std::string& text) const;

    db::Database& database_;            // NOLINT: the application owns them
    const audit::AuditService& audit_;  // NOLINT
    const packs::PacksService& packs_;  // NOLINT
    const search::Folding& folding_;    // NOLINT
    const PublicLayer& layer_;          // NOLINT
    MatchWords words_;
    core::Clock clock_;
};

}  // namespace tsunagi::resources
