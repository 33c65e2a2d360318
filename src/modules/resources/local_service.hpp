// SPDX-License-Identifier: Apache-2.0
// The local layer of a place as other modules read and write it within their own transactions.
#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "db/transaction.hpp"
#include "modules/access/actor.hpp"
#include "modules/audit/audit_service.hpp"
#include "modules/packs/packs_service.hpp"
#include "modules/resources/resource.hpp"
#include "modules/search/search_service.hpp"

namespace tsunagi::resources {

struct LocalChange {
    std::int64_t version = 0;  ///< the one it is based on; 0 writes the first
    LocalText text;
    std::string kind;  ///< as its version row says it
    std::string reason;
    std::string root;        ///< where the text stands in the body
    bool confirmed = false;  ///< `checked_on` is this person's word even where the day stays the same
};

/// What is public of a place, for a paper or page of another module.
struct PlaceBrief {
    PlaceId id;
    std::string name;
    std::string municipality_code;
    std::string address;
    std::string phone;
    std::string fax;
};
BOOST_DESCRIBE_STRUCT(PlaceBrief, (), (id, name, municipality_code, address, phone, fax))

class LocalService {
public:
    LocalService(const audit::AuditService& audit, const packs::PacksService& packs, const search::Folding& folding,
                 core::Clock clock);

    /// The municipalities whose knowledge the person reads and writes. Throws `forbidden` where there is none.
    [[nodiscard]] static std::vector<core::RegionId> homes_of(const access::Actor& actor);
    /// The one that was named, else the first. Throws `invalid` at `?municipality_id`: `not_allowed`; `required` when a
    /// person of several writes without naming one.
    [[nodiscard]] static core::RegionId home_of(const access::Actor& actor, const std::optional<core::RegionId>& named,
                                                bool writes);
    /// The desk there in whose name the person writes to others; officers have none.
    [[nodiscard]] static std::optional<core::DeskId> desk_of(db::ReadTx& tx, const access::Actor& actor,
                                                             const core::RegionId& home);
    /// First and last code of a prefecture or municipality.
    [[nodiscard]] static std::optional<std::pair<std::string, std::string>> codes_of(const std::string& area);

    /// Those of the places that there are for people of that municipality.
    [[nodiscard]] static std::vector<PlaceBrief> briefs(db::ReadTx& tx, const std::vector<PlaceId>& ids,
                                                        const core::RegionId& home);
    [[nodiscard]] static LocalLayer read(db::ReadTx& tx, const PlaceId& id, const core::RegionId& home);
    /// Throws `not_found`, `stale`, and `invalid` below the root.
    LocalLayer write(db::WriteTx& tx, const access::Actor& actor, const PlaceId& id, const core::RegionId& home,
                     const LocalChange& change) const;
    /// Nothing but the day is new: everything was looked at and stands.
    LocalLayer confirm(db::WriteTx& tx, const access::Actor& actor, const PlaceId& id, const core::RegionId& home,
                       std::int64_t version) const;
    /// Takes the newest version back where it is a confirmation. Throws `not_allowed_in_state`.
    LocalLayer undo_confirmation(db::WriteTx& tx, const access::Actor& actor, const PlaceId& id,
                                 const core::RegionId& home, std::int64_t version) const;

private:
    const audit::AuditService& audit_;  // NOLINT: the application owns them
    const packs::PacksService& packs_;  // NOLINT
    const search::Folding& folding_;    // NOLINT
    core::Clock clock_;
};

}  // namespace tsunagi::resources
