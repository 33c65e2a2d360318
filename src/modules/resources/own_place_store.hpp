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

/// What the row of the directory says beside the record.
struct OwnRow {
    std::string searched;           ///< what it is found by, folded
    std::string municipality_code;  ///< the one in use
};

void insert(db::WriteTx& tx, const OwnRecord& own, const OwnRow& row);
[[nodiscard]] bool update(db::WriteTx& tx, const OwnRecord& own, const OwnRow& row);

/// The code as somebody wrote it, and the one by which the directory finds the place.
struct OwnCode {
    PlaceId id;
    std::string written;
    std::string used;
};
BOOST_DESCRIBE_STRUCT(OwnCode, (), (id, written, used))
[[nodiscard]] std::vector<OwnCode> own_codes(db::ReadTx& tx);
void use_code(db::WriteTx& tx, const PlaceId& id, const std::string& code);

}  // namespace tsunagi::resources::store
