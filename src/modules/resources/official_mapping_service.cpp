// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "db/idempotency.hpp"
#include "modules/resources/official_mapping.hpp"
#include "modules/resources/official_service.hpp"
#include "record/json_writer.hpp"

namespace tsunagi::resources {

OfficialMappings OfficialService::mappings(const access::Actor& actor) const {
    access::require(actor, "resources.read");
    return database_.read([&](db::ReadTx& tx) {
        const auto used = store::used_mappings(tx);
        OfficialMappings result;
        for (const auto& one : store::mappings(tx)) {
            const std::string source = source_of(one.id);
            result.items.push_back({one.id, source, one.name, one.service, one.municipality_code, one.created_at,
                                    std::ranges::find(used, source) != used.end()});
        }
        return result;
    });
}

OfficialMapping OfficialService::add_mapping(const access::Actor& actor, const NewOfficialMapping& mapping,
                                             const std::string& key) const {
    access::require(actor, "resources.import");
    const std::string fingerprint = db::request_fingerprint("createOfficialMapping", record::to_json(mapping));
    const auto codes = packs_.codes();
    const auto id = database_.write([&](db::WriteTx& tx) {
        if (const auto earlier = db::remembered(tx, actor.user_id, key, fingerprint))
            return OfficialMappingId(*earlier);
        auto errors = check(mapping, *codes, core::day_in_japan(clock_.now()));
        if (!errors.empty())
            throw core::invalid(std::move(errors));
        store::MappingRecord made{OfficialMappingId::make(),
                                  mapping.name.value,
                                  mapping.service.value,
                                  mapping.municipality_code.value,
                                  record::to_json(mapping.columns),
                                  clock_.now(),
                                  actor.user_id};
        store::insert(tx, made);
        audit_.record(tx, {actor.user_id, actor.name, "create", "official_mapping", made.id.str(), ""});
        db::remember(tx, actor.user_id, key, fingerprint, made.id.str(), made.created_at);
        return made.id;
    });
    const auto all = mappings(actor);
    const auto made = std::ranges::find(all.items, id, &OfficialMapping::id);
    if (made == all.items.end())
        throw core::not_found();
    return *made;
}

void OfficialService::remove_mapping(const access::Actor& actor, const OfficialMappingId& id) const {
    access::require(actor, "resources.import");
    database_.write(
        [&](db::WriteTx& tx) {
            const auto all = store::mappings(tx);
            if (std::ranges::find(all, id, &store::MappingRecord::id) == all.end())
                throw core::not_found();
            const auto used = store::used_mappings(tx);
            if (std::ranges::find(used, source_of(id)) != used.end())
                throw core::Error(core::ErrorKind::conflict, "mapping_used");
            store::remove(tx, id);
            audit_.record(tx, {actor.user_id, actor.name, "delete", "official_mapping", id.str(), ""});
        },
        official_lane);
}

}  // namespace tsunagi::resources
