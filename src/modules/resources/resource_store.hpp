// SPDX-License-Identifier: Apache-2.0
// SQL of one place as it is read, and of the local layer. What official files say is public; the local layer is read
// and written of the municipalities named, which the service takes from the person.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "db/record_versions.hpp"
#include "db/transaction.hpp"
#include "modules/resources/resource.hpp"

namespace tsunagi::resources::store {

using LocalId = core::Id<struct PlaceLocalTag>;

/// A row of `place_locals`; lists are kept as JSON.
struct LocalRecord {
    LocalId id;
    core::RegionId municipality_id;
    PlaceId place_id;
    std::int64_t version = 1;
    core::Instant updated_at;
    core::UserId updated_by;
    std::string speciality;
    std::string treatments;
    std::string area;
    std::string district_ids;
    std::optional<std::int64_t> distance_km;
    std::string hours;
    std::string open_times;
    std::string capacity;
    std::string languages;
    std::string costs;
    std::string cost_note;
    std::optional<record::Code<"resource_contact">> contact;
    std::string phone;
    std::string fax;
    std::string mail;
    std::string manners;
    std::string admission;
    std::string discharge;
    std::string people;
    std::string note;
    std::optional<core::Date> checked_on;
    std::optional<core::UserId> checked_by;
    std::string marks;
    std::string searched;
};
BOOST_DESCRIBE_STRUCT(LocalRecord, (),
                      (id, municipality_id, place_id, version, updated_at, updated_by, speciality, treatments, area,
                       district_ids, distance_km, hours, open_times, capacity, languages, costs, cost_note, contact,
                       phone, fax, mail, manners, admission, discharge, people, note, checked_on, checked_by, marks,
                       searched))

struct LocalReading : LocalRecord {
    std::string updated_by_name;
    std::string checked_by_name;
};
BOOST_DESCRIBE_STRUCT(LocalReading, (LocalRecord), (updated_by_name, checked_by_name))

constexpr db::VersionTable local_versions{"place_local_versions", "local_id"};

/// The columns of a place that are answered as they stand.
struct PlaceHead {
    PlaceId id;
    std::string source;
    std::string name;
    std::string kana;
    std::string municipality_code;
    std::string corporate_number;
    std::optional<core::RegionId> municipality_id;
    std::optional<core::Date> closed_on;
    std::optional<PlaceId> joined_to;
    std::optional<double> latitude;
    std::optional<double> longitude;
};
BOOST_DESCRIBE_STRUCT(PlaceHead, (),
                      (id, source, name, kana, municipality_code, corporate_number, municipality_id, closed_on,
                       joined_to, latitude, longitude))

/// A source record with the import that saw it last; cells as JSON.
struct RecordReading {
    std::string id;
    std::string source;
    std::string service;
    std::string source_key;
    std::string file_name;
    std::optional<core::Date> as_of;
    std::optional<core::Instant> applied_at;
    std::optional<core::Date> missing_since;
    std::string municipality_code;
    bool own = true;
    std::string cells;
};
BOOST_DESCRIBE_STRUCT(RecordReading, (),
                      (id, source, service, source_key, file_name, as_of, applied_at, missing_since, municipality_code,
                       own, cells))

/// A place that a municipality registered is found by its people alone.
[[nodiscard]] std::optional<PlaceHead> find(db::ReadTx& tx, const PlaceId& id,
                                            const std::vector<core::RegionId>& homes);
/// Places whose records it has.
[[nodiscard]] std::vector<JoinedPlace> joined_to(db::ReadTx& tx, const PlaceId& id,
                                                 const std::vector<core::RegionId>& homes);
[[nodiscard]] std::vector<PlaceService> services_of(db::ReadTx& tx, const PlaceId& id);
[[nodiscard]] std::vector<RecordReading> records_of(db::ReadTx& tx, const PlaceId& id);
[[nodiscard]] std::optional<LocalReading> local(db::ReadTx& tx, const PlaceId& id, const core::RegionId& home);
/// Which of these places of the tree there are.
[[nodiscard]] std::vector<core::RegionId> regions_among(db::ReadTx& tx, const std::vector<core::RegionId>& ids);

void insert(db::WriteTx& tx, const LocalRecord& local);
[[nodiscard]] bool update(db::WriteTx& tx, const LocalRecord& local);

}  // namespace tsunagi::resources::store
