// SPDX-License-Identifier: Apache-2.0
#include "modules/resources/resource_store.hpp"

#include "modules/resources/place_scope.hpp"
#include "record/json_reader.hpp"
#include "record/sql_text.hpp"
#include "record/text_columns.hpp"

namespace tsunagi::resources::store {
namespace {

using record::Params;

struct ServiceReading {
    ServiceId id;
    std::string service;
    std::optional<std::int64_t> capacity;
    std::string open_days;
    std::string days_note;
    std::optional<core::Date> since;
    std::optional<core::Date> missing_since;
};
BOOST_DESCRIBE_STRUCT(ServiceReading, (), (id, service, capacity, open_days, days_note, since, missing_since))

}  // namespace

std::optional<PlaceHead> find(db::ReadTx& tx, const PlaceId& id, const std::vector<core::RegionId>& homes) {
    Params params;
    const std::string mine = place_visible(homes, "p", params);
    return tx.row<PlaceHead>(
        "SELECT " + record::columns<PlaceHead>("p") + " FROM places p WHERE p.id = :id AND " + mine,
        params.set("id", id));
}

std::vector<JoinedPlace> joined_to(db::ReadTx& tx, const PlaceId& id, const std::vector<core::RegionId>& homes) {
    Params params;
    const std::string mine = record::in_list("l.municipality_id", homes, "home", params);
    return tx.rows<JoinedPlace>(
        "SELECT p.id, p.name, p.source, m.id, COALESCE(m.version, 0), CASE WHEN EXISTS (SELECT 1 FROM place_locals l "
        "WHERE l.place_id = p.id AND " +
            mine +
            ") THEN 1 ELSE 0 END FROM places p LEFT JOIN place_matches m ON m.id = (SELECT c.id FROM place_matches c "
            "WHERE c.state = 'confirmed' AND c.other_id = p.id ORDER BY c.decided_at, c.id LIMIT 1) WHERE p.joined_to "
            "= :id ORDER BY p.source, p.source_key, p.id",
        params.set("id", id));
}

std::vector<PlaceService> services_of(db::ReadTx& tx, const PlaceId& id) {
    std::vector<PlaceService> result;
    for (const auto& one : tx.rows<ServiceReading>("SELECT " + record::columns<ServiceReading>() +
                                                       " FROM place_services WHERE place_id = :id ORDER BY service",
                                                   Params().set("id", id))) {
        PlaceService service;
        record::copy_members(one, service);
        service.open_days = record::from_stored_json<std::vector<std::string>>(one.open_days);
        result.push_back(std::move(service));
    }
    return result;
}

std::vector<RecordReading> records_of(db::ReadTx& tx, const PlaceId& id) {
    return tx.rows<RecordReading>(
        "SELECT r.id, r.source, s.service, r.source_key, i.file_name, i.as_of, i.applied_at, r.missing_since, "
        "r.municipality_code, CASE WHEN r.own_place_id = r.place_id THEN 1 ELSE 0 END, r.cells FROM source_records r "
        "JOIN place_services s ON s.id = r.service_id JOIN "
        "official_imports i ON i.id = r.import_id WHERE r.place_id = :id ORDER BY r.source, s.service, r.source_key",
        Params().set("id", id));
}

std::optional<LocalReading> local(db::ReadTx& tx, const PlaceId& id, const core::RegionId& home) {
    return tx.row<LocalReading>("SELECT " + record::columns<LocalRecord>("l") +
                                    ", u.name, COALESCE(c.name, '') FROM place_locals l JOIN users u ON u.id = "
                                    "l.updated_by LEFT JOIN users c ON c.id = l.checked_by WHERE l.municipality_id = "
                                    ":home AND l.place_id = :id",
                                Params().set("id", id).set("home", home));
}

std::vector<core::RegionId> regions_among(db::ReadTx& tx, const std::vector<core::RegionId>& ids) {
    if (ids.empty())
        return {};
    Params params;
    const std::string among = record::in_list("id", ids, "id", params);
    return tx.rows<core::RegionId>("SELECT id FROM regions WHERE " + among, params);
}

void insert(db::WriteTx& tx, const LocalRecord& local) {
    tx.insert("place_locals", local);
}

bool update(db::WriteTx& tx, const LocalRecord& local) {
    return db::update_versioned(tx, "place_locals", local);
}

}  // namespace tsunagi::resources::store
