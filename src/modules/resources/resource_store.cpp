// SPDX-License-Identifier: Apache-2.0
#include "modules/resources/resource_store.hpp"

#include <algorithm>
#include <array>

#include "db/keyset_page.hpp"
#include "record/json_reader.hpp"
#include "record/sql_text.hpp"
#include "record/text_columns.hpp"

namespace tsunagi::resources::store {
namespace {

using record::Params;

constexpr std::array<db::ListOrder, 2> orders{{
    {"name", "p.listed_as"},
    {"municipality", "p.municipality_code"},
}};

/// Joins to `places p` the local layer that the person reads of it, as `l`.
std::string with_local(const std::vector<core::RegionId>& homes, Params& params) {
    return " LEFT JOIN place_locals l ON l.id = (SELECT h.id FROM place_locals h WHERE h.place_id = p.id AND " +
           record::in_list("h.municipality_id", homes, "home", params) + " ORDER BY h.updated_at DESC, h.id LIMIT 1)";
}

/// Public places, and those that these municipalities registered.
std::string of_homes(const std::vector<core::RegionId>& homes, Params& params) {
    return "(p.municipality_id IS NULL OR " + record::in_list("p.municipality_id", homes, "owner", params) + ")";
}

/// Conditions for rows of `places p`, joined as above.
std::string where(const PlaceFilter& filter, const std::vector<std::string>& words, const std::vector<CodeRange>& areas,
                  const std::vector<core::RegionId>& homes, Params& params) {
    std::string sql = "p.joined_to IS NULL AND p.closed_on IS NULL AND " + of_homes(homes, params);
    int number = 0;
    for (const std::string& word : words) {
        const std::string place = "word" + std::to_string(number++);
        params.set(place, record::anywhere(word));
        const std::string like = " LIKE :" + place + " ESCAPE '!'";
        sql += " AND (p.searched" + like + " OR l.searched" + like + ")";
    }
    if (!areas.empty()) {
        std::string any;
        for (std::size_t i = 0; i < areas.size(); ++i) {
            const std::string at = std::to_string(i);
            params.set("first" + at, areas[i].first).set("last" + at, areas[i].last);
            any += (any.empty() ? "" : " OR ") + ("p.municipality_code BETWEEN :first" + at + " AND :last" + at);
        }
        sql += " AND (" + any + ")";
    }
    if (filter.local)
        sql += *filter.local ? " AND l.id IS NOT NULL" : " AND l.id IS NULL";
    return sql;
}

std::string missing(const PlaceFilter& filter, const char* alias) {
    if (!filter.missing)
        return {};
    return std::string(" AND ") + alias + ".missing_since IS " + (*filter.missing ? "NOT NULL" : "NULL");
}

/// A row of the list without its services.
struct PlaceLine {
    PlaceId id;
    std::string name;
    std::string kana;
    std::string listed_as;
    std::string municipality_code;
    std::string address;
    std::string building;
    std::string phone;
    std::string fax;
    std::optional<record::Code<"resource_contact">> contact;
    std::optional<core::Date> as_of;
    std::optional<core::Date> checked_on;
    bool has_local = false;
};
BOOST_DESCRIBE_STRUCT(PlaceLine, (),
                      (id, name, kana, listed_as, municipality_code, address, building, phone, fax, contact, as_of,
                       checked_on, has_local))

struct ServiceOfPlace {
    PlaceId place_id;
    std::string service;
    std::optional<core::Date> missing_since;
};
BOOST_DESCRIBE_STRUCT(ServiceOfPlace, (), (place_id, service, missing_since))

/// A row of the list of services; the days are JSON.
struct ServiceLine {
    ServiceId id;
    std::string service;
    PlaceId place_id;
    std::string name;
    std::string listed_as;
    std::string municipality_code;
    std::string address;
    std::string phone;
    std::optional<std::int64_t> capacity;
    std::string open_days;
    std::string days_note;
    std::optional<core::Date> missing_since;
};
BOOST_DESCRIBE_STRUCT(ServiceLine, (),
                      (id, service, place_id, name, listed_as, municipality_code, address, phone, capacity, open_days,
                       days_note, missing_since))

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

template <class Line>
std::string key_of(const db::ListOrder& order, const Line& line) {
    return order.name == "name" ? line.listed_as : line.municipality_code;
}

}  // namespace

PlacePage places(db::ReadTx& tx, const PlaceFilter& filter, const std::vector<std::string>& words,
                 const std::vector<CodeRange>& areas, const std::vector<core::RegionId>& homes) {
    db::ListQuery query;
    query.columns =
        "p.id, p.name, p.kana, p.listed_as, p.municipality_code, p.address, p.building, "
        "COALESCE(NULLIF(l.phone, ''), p.phone), COALESCE(NULLIF(l.fax, ''), p.fax), l.contact, "
        "(SELECT max(i.as_of) FROM source_records r JOIN official_imports i ON i.id = r.import_id WHERE r.place_id = "
        "p.id), l.checked_on, CASE WHEN l.id IS NULL THEN 0 ELSE 1 END";
    query.from =
        "places p" + with_local(homes, query.params) + " WHERE " + where(filter, words, areas, homes, query.params);
    if (!filter.service.empty() || filter.missing) {
        query.from += " AND EXISTS (SELECT 1 FROM place_services s WHERE s.place_id = p.id";
        if (!filter.service.empty())
            query.from += " AND " + record::in_list("s.service", filter.service, "service", query.params);
        query.from += missing(filter, "s") + ")";
    }
    query.id = "p.id";
    query.order = db::order_for(orders, filter.sort);
    const auto page =
        db::keyset_page<PlaceLine>(tx, query, filter, [&](const PlaceLine& line) { return key_of(query.order, line); });
    std::vector<PlaceRow> items;
    std::vector<PlaceId> ids;
    for (const PlaceLine& line : page.items) {
        PlaceRow row;
        record::copy_members(line, row);
        items.push_back(std::move(row));
        ids.push_back(line.id);
    }
    if (!ids.empty()) {
        Params params;
        const std::string among = record::in_list("s.place_id", ids, "place", params);
        for (auto& one :
             tx.rows<ServiceOfPlace>("SELECT s.place_id, s.service, s.missing_since FROM place_services s WHERE " +
                                         among + " ORDER BY s.service",
                                     params)) {
            const auto row = std::ranges::find(items, one.place_id, &PlaceRow::id);
            row->services.push_back({std::move(one.service), one.missing_since});
        }
    }
    return db::framed<PlacePage>(page, std::move(items));
}

ServicePage services(db::ReadTx& tx, const PlaceFilter& filter, const std::vector<std::string>& words,
                     const std::vector<CodeRange>& areas, const std::vector<core::RegionId>& homes) {
    db::ListQuery query;
    query.columns =
        "s.id, s.service, p.id, p.name, p.listed_as, p.municipality_code, p.address, COALESCE(NULLIF(l.phone, ''), "
        "p.phone), s.capacity, s.open_days, s.days_note, s.missing_since";
    query.from = "place_services s JOIN places p ON p.id = s.place_id" + with_local(homes, query.params) + " WHERE " +
                 where(filter, words, areas, homes, query.params) + missing(filter, "s");
    if (!filter.service.empty())
        query.from += " AND " + record::in_list("s.service", filter.service, "service", query.params);
    query.id = "s.id";
    query.order = db::order_for(orders, filter.sort);
    const auto page = db::keyset_page<ServiceLine>(tx, query, filter,
                                                   [&](const ServiceLine& line) { return key_of(query.order, line); });
    std::vector<ServiceRow> items;
    for (const ServiceLine& line : page.items) {
        ServiceRow row;
        record::copy_members(line, row);
        row.open_days = record::from_stored_json<std::vector<std::string>>(line.open_days);
        items.push_back(std::move(row));
    }
    return db::framed<ServicePage>(page, std::move(items));
}

std::optional<PlaceHead> find(db::ReadTx& tx, const PlaceId& id, const std::vector<core::RegionId>& homes) {
    Params params;
    const std::string mine = of_homes(homes, params);
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
