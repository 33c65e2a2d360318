// SPDX-License-Identifier: Apache-2.0
// SQL of places that offer a service.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "db/transaction.hpp"
#include "modules/resources/official_layout.hpp"
#include "modules/resources/resource.hpp"
#include "modules/resources/spot_rules.hpp"

namespace tsunagi::resources::store {

/// Lists are JSON.
struct OfferedRow {
    PlaceId id;
    std::string name;
    std::string municipality_code;
    std::string address;
    std::string phone;
    std::string fax;
    std::string mail;
    std::optional<double> latitude;
    std::optional<double> longitude;
    std::optional<std::int64_t> places;
    std::string open_days;
    std::string days_note;
    bool has_local = false;
    std::string treatments;
    std::string district_ids;
    std::optional<std::int64_t> distance_km;
    std::string area;
    std::string hours;
    std::string open_times;
    std::string capacity;
    std::string languages;
    std::string costs;
    std::optional<record::Code<"resource_contact">> contact;
    std::string manners;
    std::string admission;
    std::string people;
    std::optional<core::Date> checked_on;
};
BOOST_DESCRIBE_STRUCT(OfferedRow, (),
                      (id, name, municipality_code, address, phone, fax, mail, latitude, longitude, places, open_days,
                       days_note, has_local, treatments, district_ids, distance_km, area, hours, open_times, capacity,
                       languages, costs, contact, manners, admission, people, checked_on))

struct RegionCode {
    std::string code;
    std::string name;
    std::string municipality_code;  ///< of the region itself or the nearest one above it that has one
};
BOOST_DESCRIBE_STRUCT(RegionCode, (), (code, name, municipality_code))

/// With the local layer of that municipality; those that have one first, then the nearest where a spot is given.
[[nodiscard]] std::vector<OfferedRow> offering(db::ReadTx& tx, const ServiceCode& service, const core::RegionId& home,
                                               const std::optional<CodeRange>& area,
                                               const std::optional<PlaceId>& place, const std::optional<Spot>& near,
                                               std::size_t limit);
[[nodiscard]] std::optional<RegionCode> region_code(db::ReadTx& tx, const core::RegionId& id);

struct Middle {
    std::optional<double> latitude;
    std::optional<double> longitude;
};
BOOST_DESCRIBE_STRUCT(Middle, (), (latitude, longitude))

/// Of places with coordinates in these codes; with `name`, of those whose address holds it.
[[nodiscard]] Middle middle(db::ReadTx& tx, const CodeRange& area, const std::string& name);

}  // namespace tsunagi::resources::store
