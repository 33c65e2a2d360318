// SPDX-License-Identifier: Apache-2.0
// What other modules ask the directory: who offers a service, with what the person's municipality knows of each.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "db/transaction.hpp"
#include "modules/access/actor.hpp"
#include "modules/resources/resource.hpp"

namespace tsunagi::resources {

/// A place that offers a service: the public layer where the local one says nothing.
struct OfferingPlace {
    PlaceId id;
    std::string name;
    std::string municipality_code;
    std::string address;
    std::string phone;
    std::string fax;
    std::string mail;
    std::optional<double> latitude;
    std::optional<double> longitude;
    std::optional<std::int64_t> places;  ///< capacity of the service as published
    std::vector<std::string> open_days;  ///< mon … sun, holiday
    std::string days_note;
    bool has_local = false;
    std::vector<record::Code<"treatment">> treatments;
    std::vector<core::RegionId> district_ids;
    std::optional<std::int64_t> distance_km;  ///< how far it goes
    std::string area;
    std::string hours;
    std::vector<record::Code<"open_time">> open_times;
    std::string capacity;
    std::vector<record::Code<"language">> languages;
    std::vector<record::Code<"cost">> costs;
    std::optional<record::Code<"resource_contact">> contact;
    std::string manners;
    std::string admission;
    std::string people;
    std::optional<core::Date> checked_on;
};

struct Point {
    double latitude = 0;
    double longitude = 0;
};

struct OfferedQuery {
    ServiceCode service;
    core::RegionId municipality_id;  ///< whose knowledge; the caller works for it
    bool beyond = false;             ///< the whole prefecture of its code, not its own area alone
    std::optional<PlaceId> place;    ///< this one alone, wherever it is
    std::optional<Point> near;       ///< where there are more than `most_offered`, the nearest to it
};

/// Places whose service is still in its official file, those with a local layer first, at most `most_offered`:
/// the nearest, else the first by name.
[[nodiscard]] std::vector<OfferingPlace> places_offering(db::ReadTx& tx, const access::Actor& actor,
                                                         const OfferedQuery& query);
constexpr std::size_t most_offered = 500;

BOOST_DESCRIBE_STRUCT(Point, (), (latitude, longitude))

/// About where a district lies: the middle of the places whose municipality code is its own; for a district without a
/// code of those whose address names it, else of those around it. Nothing where none of them has coordinates.
[[nodiscard]] std::optional<Point> middle_of(db::ReadTx& tx, const core::RegionId& district);

/// The code of the district, or of the nearest place above it that has one; empty where there is none.
[[nodiscard]] std::string municipality_code_of(db::ReadTx& tx, const core::RegionId& district);

/// As the crow flies.
[[nodiscard]] double kilometres(const Point& from, const Point& to);

}  // namespace tsunagi::resources
