// SPDX-License-Identifier: Apache-2.0
#include "modules/resources/own_place_store.hpp"

#include <array>

#include "db/keyset_page.hpp"
#include "record/json_reader.hpp"
#include "record/json_writer.hpp"
#include "record/sql_text.hpp"
#include "record/text_columns.hpp"

namespace tsunagi::resources::store {
namespace {

using record::Params;

constexpr std::array<db::ListOrder, 2> orders{{
    {"name", "p.listed_as"},
    {"updated", "o.updated_at", true},
}};

struct OwnLine {
    PlaceId id;
    std::string name;
    std::string listed_as;
    std::string services;
    std::string municipality_code;
    std::string phone;
    core::Instant updated_at;
    std::string updated_by_name;
    std::optional<core::Date> closed_on;
};
BOOST_DESCRIBE_STRUCT(OwnLine, (),
                      (id, name, listed_as, services, municipality_code, phone, updated_at, updated_by_name, closed_on))

Params of_place(const OwnRecord& own, const OwnRow& row) {
    return std::move(Params()
                         .set("id", own.id)
                         .set("municipality", own.municipality_id)
                         .set("code", row.municipality_code)
                         .set("name", own.name)
                         .set("kana", own.kana)
                         .set("listed", own.kana.empty() ? own.name : own.kana)
                         .set("address", own.address)
                         .set("building", own.building)
                         .set("latitude", own.latitude)
                         .set("longitude", own.longitude)
                         .set("phone", own.phone)
                         .set("fax", own.fax)
                         .set("url", own.url)
                         .set("number", own.corporate_number)
                         .set("corporation", own.corporation)
                         .set("searched", row.searched)
                         .set("closed", own.closed_on));
}

/// A closed place offers nothing. A service that stays keeps its id, by which other systems know it.
void put_services(db::WriteTx& tx, const OwnRecord& own) {
    std::vector<std::string> services;
    if (!own.closed_on)
        services = record::from_stored_json<std::vector<std::string>>(own.services);
    Params gone;
    const std::string kept =
        services.empty() ? std::string() : " AND NOT (" + record::in_list("service", services, "kept", gone) + ")";
    tx.send("DELETE FROM place_services WHERE place_id = :id" + kept, gone.set("id", own.id));
    for (const std::string& service : services) {
        tx.send(
            "INSERT INTO place_services (id, place_id, service, capacity, open_days, days_note) VALUES (:id, :place, "
            ":service, :capacity, :days, :note) ON CONFLICT (place_id, service) DO UPDATE SET capacity = "
            "excluded.capacity, open_days = excluded.open_days, days_note = excluded.days_note",
            Params()
                .set("id", ServiceId::make())
                .set("place", own.id)
                .set("service", service)
                .set("capacity", own.capacity)
                .set("days", own.open_days)
                .set("note", own.days_note));
    }
}

}  // namespace

std::optional<OwnReading> find_own(db::ReadTx& tx, const PlaceId& id, const std::vector<core::RegionId>& homes) {
    Params params;
    const std::string own = record::in_list("o.municipality_id", homes, "home", params);
    return tx.row<OwnReading>("SELECT " + record::columns<OwnRecord>("o") +
                                  ", u.name FROM own_places o JOIN users u ON u.id = o.updated_by WHERE o.id = :id "
                                  "AND " +
                                  own,
                              params.set("id", id));
}

OwnPlacePage own_places(db::ReadTx& tx, const OwnPlaceFilter& filter, const std::vector<std::string>& words,
                        const std::vector<core::RegionId>& homes) {
    db::ListQuery query;
    query.columns =
        "o.id, o.name, p.listed_as, o.services, o.municipality_code, o.phone, o.updated_at, u.name, o.closed_on";
    query.from = "own_places o JOIN places p ON p.id = o.id JOIN users u ON u.id = o.updated_by WHERE " +
                 record::in_list("o.municipality_id", homes, "home", query.params);
    int number = 0;
    for (const std::string& word : words) {
        const std::string name = "word" + std::to_string(number++);
        query.params.set(name, record::anywhere(word));
        query.from += " AND p.searched LIKE :" + name + " ESCAPE '!'";
    }
    if (!filter.service.empty()) {
        std::string any;
        for (std::size_t i = 0; i < filter.service.size(); ++i) {
            const std::string name = "service" + std::to_string(i);
            query.params.set(name, record::anywhere("\"" + filter.service[i].value + "\""));
            any += (any.empty() ? "" : " OR ") + ("o.services LIKE :" + name + " ESCAPE '!'");
        }
        query.from += " AND (" + any + ")";
    }
    if (filter.state)
        query.from +=
            *filter.state == OwnPlaceState::closed ? " AND o.closed_on IS NOT NULL" : " AND o.closed_on IS NULL";
    query.id = "o.id";
    query.order = db::order_for(orders, filter.sort);
    const auto page = db::keyset_page<OwnLine>(tx, query, filter, [&](const OwnLine& line) {
        return query.order.name == "name" ? line.listed_as : line.updated_at.str();
    });
    std::vector<OwnPlaceRow> items;
    for (const OwnLine& line : page.items) {
        OwnPlaceRow row;
        record::copy_members(line, row);
        row.services = record::from_stored_json<std::vector<std::string>>(line.services);
        row.state = line.closed_on ? OwnPlaceState::closed : OwnPlaceState::open;
        items.push_back(std::move(row));
    }
    return db::framed<OwnPlacePage>(page, std::move(items));
}

void insert(db::WriteTx& tx, const OwnRecord& own, const OwnRow& row) {
    tx.send(
        "INSERT INTO places (id, source, source_key, municipality_id, municipality_code, name, kana, listed_as, "
        "address, building, latitude, longitude, phone, fax, url, corporate_number, corporation, searched, closed_on) "
        "VALUES (:id, 'own', :id, :municipality, :code, :name, :kana, :listed, :address, :building, :latitude, "
        ":longitude, :phone, :fax, :url, :number, :corporation, :searched, :closed)",
        of_place(own, row));
    tx.insert("own_places", own);
    put_services(tx, own);
}

bool update(db::WriteTx& tx, const OwnRecord& own, const OwnRow& row) {
    if (!db::update_versioned(tx, "own_places", own))
        return false;
    tx.send(
        "UPDATE places SET municipality_id = :municipality, municipality_code = :code, name = :name, kana = :kana, "
        "listed_as = :listed, address = :address, building = :building, latitude = :latitude, longitude = :longitude, "
        "phone = :phone, fax = :fax, url = :url, corporate_number = :number, corporation = :corporation, searched = "
        ":searched, closed_on = :closed WHERE id = :id",
        of_place(own, row));
    put_services(tx, own);
    return true;
}

std::vector<OwnCode> own_codes(db::ReadTx& tx) {
    return tx.rows<OwnCode>(
        "SELECT o.id, o.municipality_code, p.municipality_code FROM own_places o JOIN places p ON p.id = o.id");
}

void use_code(db::WriteTx& tx, const PlaceId& id, const std::string& code) {
    tx.execute("UPDATE places SET municipality_code = :code WHERE id = :id", Params().set("code", code).set("id", id));
}

}  // namespace tsunagi::resources::store
