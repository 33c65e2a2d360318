// SPDX-License-Identifier: Apache-2.0
// Rows of the directory, for tests of what is done with places.
#pragma once
#include <optional>
#include <string>

#include "db/transaction.hpp"
#include "modules/resources/resource.hpp"

namespace tsunagi::test {

struct PlaceInDirectory {
    std::string name;
    std::string municipality_code = "991015";
    std::optional<double> latitude;
    std::optional<double> longitude;
    std::string listed_as;  ///< the name where it is empty
    std::string address = "Ward A";
    std::string phone;
    std::string searched;  ///< folded
    std::string key;       ///< at its source; the name where it is empty
};

struct ServiceOfPlace {
    std::string service = "130";
    std::string open_days = "[]";
    std::optional<std::int64_t> capacity;
};

inline resources::ServiceId add_service(db::WriteTx& tx, const resources::PlaceId& place,
                                        const ServiceOfPlace& service = {}) {
    const auto id = resources::ServiceId::make();
    tx.execute(
        "INSERT INTO place_services (id, place_id, service, capacity, open_days, days_note) VALUES (:id, :place, "
        ":service, :capacity, :days, '')",
        record::Params()
            .set("id", id)
            .set("place", place)
            .set("service", service.service)
            .set("capacity", service.capacity)
            .set("days", service.open_days));
    return id;
}

inline resources::PlaceId add_place(db::WriteTx& tx, const PlaceInDirectory& place) {
    const auto id = resources::PlaceId::make();
    tx.execute(
        "INSERT INTO places (id, source, source_key, municipality_code, name, kana, listed_as, address, building, "
        "latitude, longitude, phone, fax, url, corporate_number, corporation, searched) VALUES (:id, 'test', :key, "
        ":code, :name, '', :listed, :address, '', :latitude, :longitude, :phone, '', '', '', '', :searched)",
        record::Params()
            .set("id", id)
            .set("key", place.key.empty() ? place.name : place.key)
            .set("name", place.name)
            .set("code", place.municipality_code)
            .set("listed", place.listed_as.empty() ? place.name : place.listed_as)
            .set("address", place.address)
            .set("latitude", place.latitude)
            .set("longitude", place.longitude)
            .set("phone", place.phone)
            .set("searched", place.searched));
    return id;
}

/// With one service.
inline resources::PlaceId add_office(db::WriteTx& tx, const PlaceInDirectory& place,
                                     const ServiceOfPlace& service = {}) {
    const auto id = add_place(tx, place);
    add_service(tx, id, service);
    return id;
}

inline resources::PlaceId add_office(db::WriteTx& tx, const std::string& name) {
    PlaceInDirectory place;
    place.name = name;
    return add_office(tx, place);
}

}  // namespace tsunagi::test
