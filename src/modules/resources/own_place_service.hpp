// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "db/database.hpp"
#include "modules/access/actor.hpp"
#include "modules/audit/audit_service.hpp"
#include "modules/localities/locality_service.hpp"
#include "modules/packs/packs_service.hpp"
#include "modules/resources/own_place_store.hpp"
#include "modules/search/search_service.hpp"

namespace tsunagi::resources {

/// Places that people of a municipality register, change, close and open again. They are read and written by the people
/// of its desks and its officers; for everybody else they do not exist.
class OwnPlaceService {
public:
    OwnPlaceService(db::Database& database, const audit::AuditService& audit, const packs::PacksService& packs,
                    const localities::LocalityService& localities, const search::Folding& folding, core::Clock clock)
        : database_(database),
          audit_(audit),
          packs_(packs),
          localities_(localities),
          folding_(folding),
          clock_(std::move(clock)) {}

    [[nodiscard]] OwnPlacePage list(const access::Actor& actor, const OwnPlaceFilter& filter) const;
    [[nodiscard]] OwnPlace get(const access::Actor& actor, const PlaceId& id) const;
    [[nodiscard]] OwnPlaceHistory history(const access::Actor& actor, const PlaceId& id) const;
    /// Throws `invalid` at `/municipality_id`: `required` for a person of several, `not_allowed` for another's.
    OwnPlace create(const access::Actor& actor, const NewOwnPlace& body, const std::string& key) const;
    OwnPlace change(const access::Actor& actor, const PlaceId& id, std::int64_t version,
                    const OwnPlaceText& text) const;
    OwnPlace set_state(const access::Actor& actor, const PlaceId& id, std::int64_t version,
                       const OwnPlaceStateChange& change) const;

    /// Codes of municipalities have changed: the directory finds each place by the one in use. What people wrote stays.
    void follow_codes(db::WriteTx& tx) const;

private:
    [[nodiscard]] static store::OwnReading found(db::ReadTx& tx, const access::Actor& actor, const PlaceId& id);
    [[nodiscard]] std::string searched(const OwnPlaceText& text, const packs::CodeBook& codes) const;
    OwnPlace save(db::WriteTx& tx, const access::Actor& actor, store::OwnRecord next, const OwnPlaceText& text,
                  const std::string& kind, const std::string& reason, const packs::CodeBook& codes) const;

    db::Database& database_;                         // NOLINT: the application owns them
    const audit::AuditService& audit_;               // NOLINT
    const packs::PacksService& packs_;               // NOLINT
    const localities::LocalityService& localities_;  // NOLINT
    const search::Folding& folding_;                 // NOLINT
    core::Clock clock_;
};

/// The municipalities whose knowledge the person reads and writes: those of their desks, then those they serve. Throws
/// `forbidden` where there is none.
[[nodiscard]] std::vector<core::RegionId> homes_of(const access::Actor& actor);

}  // namespace tsunagi::resources
