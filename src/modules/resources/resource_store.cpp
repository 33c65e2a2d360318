// SPDX-License-Identifier: Apache-2.0
#include "modules/resources/resource_store.hpp"

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
    std::optional<core::Date> missing_since;
};
BOOST_DESCRIBE_STRUCT(ServiceReading, (), (id, service, capacity, open_days, days_note, missing_since))

}  // namespace

std::optional<PlaceHead> find(db::ReadTx& tx, const PlaceId& id) {
    return tx.row<PlaceHead>("SELECT " + record::columns<PlaceHead>("p") + " FROM places p WHERE p.id = :id",
                             Params().set("id", id));
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
        "SELECT r.id, r.source, r.service, r.source_key, i.file_name, i.as_of, i.applied_at, r.missing_since, r.cells "
        "FROM source_records r JOIN official_imports i ON i.id = r.import_id WHERE r.place_id = :id ORDER BY r.service",
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
