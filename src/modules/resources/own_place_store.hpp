// SPDX-License-Identifier: Apache-2.0
// SQL of places that a municipality registered, and of the rows of the directory they are shown as. `homes` are the
// municipalities of the person, at least one; what is of another one does not exist.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "db/record_versions.hpp"
#include "db/transaction.hpp"
#include "modules/resources/own_place.hpp"

namespace tsunagi::resources::store {

/// A row of `own_places`; lists are kept as JSON.
struct OwnRecord {
    PlaceId id;
    core::RegionId municipality_id;
    std::int64_t version = 1;
    core::Instant created_at;
    core::UserId created_by;
    core::Instant updated_at;
    core::UserId updated_by;
    std::optional<core::Date> closed_on;
    std::string closed_reason;
    std::string name;
    std::string kana;
    std::string services;
    std::string municipality_code;
    std::string address;
    std::string building;
    std::optional<double> latitude;
    std::optional<double> longitude;
    std::string phone;
    std::string fax;
    std::string url;
    std::string corporation;
    std::string corporate_number;
    std::optional<std::int64_t> capacity;
    std::string open_days;
    std::string days_note;
    std::string description;
};
BOOST_DESCRIBE_STRUCT(OwnRecord, (),
                      (id, municipality_id, version, created_at, created_by, updated_at, updated_by, closed_on,
                       closed_reason, name, kana, services, municipality_code, address, building, latitude, longitude,
                       phone, fax, url, corporation, corporate_number, capacity, open_days, days_note, description))

struct OwnReading : OwnRecord {
    std::string updated_by_name;
};
BOOST_DESCRIBE_STRUCT(OwnReading, (OwnRecord), (updated_by_name))

constexpr db::VersionTable own_versions{"own_place_versions", "place_id"};

[[nodiscard]] std::optional<OwnReading> find_own(db::ReadTx& tx, const PlaceId& id,
                                                 const std::vector<core::RegionId>& homes);
[[nodiscard]] OwnPlacePage own_places(db::ReadTx& tx, const OwnPlaceFilter& filter,
                                      const std::vector<std::string>& words, const std::vector<core::RegionId>& homes);
/// The record and its row of the directory. `searched`: what it is found by, folded.
void insert(db::WriteTx& tx, const OwnRecord& own, const std::string& searched);
[[nodiscard]] bool update(db::WriteTx& tx, const OwnRecord& own, const std::string& searched);

}  // namespace tsunagi::resources::store
