// SPDX-License-Identifier: Apache-2.0
// 地域資源: places with the services they offer, what official files say of them, and what a municipality knows beyond.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/id.hpp"
#include "modules/analysis/figures.hpp"
#include "modules/resources/official_row.hpp"
#include "record/describe.hpp"
#include "record/types.hpp"

namespace tsunagi::resources {

using PlaceId = core::Id<struct PlaceTag>;
using ServiceId = core::Id<struct PlaceServiceTag>;
using PlaceMatchId = core::Id<struct PlaceMatchTag>;

using ServiceCode = record::Code<"resource_service">;

/// What a municipality knows of a place. No import touches it.
struct LocalText {
    record::Text<1000> speciality;
    std::vector<record::Code<"treatment">> treatments;
    record::Text<1000> area;
    std::vector<core::RegionId> district_ids;
    std::optional<std::int64_t> distance_km;
    record::Text<1000> hours;
    std::vector<record::Code<"open_time">> open_times;  ///< beyond office hours on weekdays
    record::Text<400> capacity;
    std::vector<record::Code<"language">> languages;  ///< beside Japanese
    std::vector<record::Code<"cost">> costs;
    record::Text<400> cost_note;
    std::optional<record::Code<"resource_contact">> contact;
    record::Text<40> phone;
    record::Text<40> fax;
    record::Text<200> mail;
    record::Text<1000> manners;
    record::Text<2000> admission;
    record::Text<2000> discharge;
    record::Text<1000> people;
    record::Text<4000> note;
    std::optional<core::Date> checked_on;
};
BOOST_DESCRIBE_STRUCT(LocalText, (),
                      (speciality, treatments, area, district_ids, distance_km, hours, open_times, capacity, languages,
                       costs, cost_note, contact, phone, fax, mail, manners, admission, discharge, people, note,
                       checked_on))

/// Since when a field of the local layer stands as it does, and who wrote it.
struct LocalMark {
    std::string field;
    core::Instant at;
    std::string by_name;
};
BOOST_DESCRIBE_STRUCT(LocalMark, (), (field, at, by_name))

struct LocalLayer {
    core::RegionId municipality_id;
    std::int64_t version = 0;  ///< 0: nobody has written anything yet
    std::optional<core::Instant> updated_at;
    std::string updated_by_name;
    std::string checked_by_name;
    LocalText text;
    std::vector<LocalMark> marks;
};
BOOST_DESCRIBE_STRUCT(LocalLayer, (),
                      (municipality_id, version, updated_at, updated_by_name, checked_by_name, text, marks))

/// Where a value of the public layer comes from.
struct PublicField {
    std::string field;
    std::string value;
    std::string source;
    std::string service;
    std::optional<core::Date> as_of;
};
BOOST_DESCRIBE_STRUCT(PublicField, (), (field, value, source, service, as_of))

struct SourceCell {
    std::string header;
    std::string value;
};
BOOST_DESCRIBE_STRUCT(SourceCell, (), (header, value))

/// A row of an official file with every column as it was published.
struct SourceRecord {
    std::string id;
    std::string source;
    std::string service;
    std::string source_key;
    std::string file_name;
    std::optional<core::Date> as_of;
    core::Instant applied_at;
    std::optional<core::Date> missing_since;  ///< the newest file has it no more: to be checked, not closed
    std::vector<SourceCell> cells;
};
BOOST_DESCRIBE_STRUCT(SourceRecord, (),
                      (id, source, service, source_key, file_name, as_of, applied_at, missing_since, cells))

struct PlaceService {
    ServiceId id;
    std::string service;
    std::optional<std::int64_t> capacity;
    std::vector<std::string> open_days;  ///< mon … sun, holiday
    std::string days_note;
    std::optional<core::Date> since;  ///< of a filing: it counts from this day on
    std::optional<core::Date> missing_since;
};
BOOST_DESCRIBE_STRUCT(PlaceService, (), (id, service, capacity, open_days, days_note, since, missing_since))

/// A place that is one house with another, which has its records.
struct JoinedPlace {
    PlaceId id;
    std::string name;
    std::string source;
    std::optional<PlaceMatchId> match_id;  ///< the decision; nothing where another place came between
    std::int64_t match_version = 0;
    bool has_local = false;
};
BOOST_DESCRIBE_STRUCT(JoinedPlace, (), (id, name, source, match_id, match_version, has_local))

struct Place {
    PlaceId id;
    std::int64_t version = 0;  ///< of the local layer
    std::string source;        ///< own: registered by people of the municipality
    std::string name;
    std::string kana;
    std::string municipality_code;
    std::string corporate_number;
    std::optional<core::RegionId> municipality_id;  ///< whose own place it is
    std::optional<core::Date> closed_on;
    std::string closed_reason;
    std::optional<PlaceId> joined_to;  ///< the place that has its records now
    std::optional<double> latitude;
    std::optional<double> longitude;
    std::vector<PublicField> fields;
    std::vector<PlaceService> services;
    std::vector<HoursLine> hours;
    std::vector<SourceRecord> records;
    std::vector<JoinedPlace> joined;
    LocalLayer local;
};
BOOST_DESCRIBE_STRUCT(Place, (),
                      (id, version, source, name, kana, municipality_code, corporate_number, municipality_id, closed_on,
                       closed_reason, joined_to, latitude, longitude, fields, services, hours, records, joined, local))

struct ServiceMark {
    std::string service;
    std::optional<core::Date> missing_since;
};
BOOST_DESCRIBE_STRUCT(ServiceMark, (), (service, missing_since))

struct PlaceRow {
    PlaceId id;
    std::string name;
    std::string kana;
    std::string municipality_code;
    std::string address;
    std::string building;
    std::string phone;  ///< the municipality's own where it has one
    std::string fax;
    std::optional<record::Code<"resource_contact">> contact;
    std::optional<core::Date> as_of;       ///< of the newest official file that has it
    std::optional<core::Date> checked_on;  ///< of the local layer
    bool has_local = false;
    std::optional<double> latitude;
    std::optional<double> longitude;
    std::optional<std::int64_t> distance_m;  ///< straight line, where a spot was asked for
    std::vector<ServiceMark> services;
};
BOOST_DESCRIBE_STRUCT(PlaceRow, (),
                      (id, name, kana, municipality_code, address, building, phone, fax, contact, as_of, checked_on,
                       has_local, latitude, longitude, distance_m, services))

struct PlacePage {
    std::vector<PlaceRow> items;
    std::optional<std::string> next;
    std::int64_t total = 0;
    bool total_capped = false;
};
BOOST_DESCRIBE_STRUCT(PlacePage, (), (items, next, total, total_capped))

struct PlaceFilter {
    record::Text<100> words;
    std::vector<ServiceCode> service;
    std::vector<std::string> municipality;  ///< codes of 2, 5 or 6 digits; a city covers its wards
    // What follows is looked for in one service of the place, of those above where some are named.
    std::vector<std::string> day;          ///< mon … sun, holiday: open on each of them
    std::optional<std::int64_t> capacity;  ///< at least
    std::optional<bool> missing;           ///< no longer in the newest file
    // And what follows in one local layer that the person reads.
    std::vector<record::Code<"treatment">> treatment;       ///< all of them
    std::vector<core::RegionId> district;                   ///< serves one of them
    std::vector<record::Code<"open_time">> open_time;       ///< all of them; who answers at any hour fits each
    std::vector<record::Code<"language">> language;         ///< one of them
    std::vector<record::Code<"cost">> cost;                 ///< all of them
    std::vector<record::Code<"resource_contact">> contact;  ///< prefers one of them
    std::optional<std::int64_t> checked_within;             ///< months
    std::optional<bool> local;                              ///< with or without a local layer
    record::Text<60> near;                                  ///< latitude,longitude
    std::optional<std::int64_t> within_km;                  ///< of that spot, in a straight line; 20 when absent
    record::Text<20> sort;
    std::optional<std::int64_t> limit;
    record::Text<200> after;
};
BOOST_DESCRIBE_STRUCT(PlaceFilter, (),
                      (words, service, municipality, day, capacity, missing, treatment, district, open_time, language,
                       cost, contact, checked_within, local, near, within_km, sort, limit, after))

struct PlaceExportQuery : PlaceFilter {
    analysis::FileFormat format{};
    analysis::Language lang{};
};
BOOST_DESCRIBE_STRUCT(PlaceExportQuery, (PlaceFilter), (format, lang))

/// Those of the filter within a part of the map; its page and order say nothing here.
struct PointFilter : PlaceFilter {
    record::Text<100> box;  ///< west,south,east,north
};
BOOST_DESCRIBE_STRUCT(PointFilter, (PlaceFilter), (box))

/// One place, or several that lie near each other.
struct MapPoint {
    std::optional<PlaceId> id;  ///< of one place
    std::string name;
    double latitude = 0;
    double longitude = 0;
    std::int64_t count = 1;
    std::vector<std::string> services;
};
BOOST_DESCRIBE_STRUCT(MapPoint, (), (id, name, latitude, longitude, count, services))

struct MapPoints {
    std::vector<MapPoint> items;
    std::int64_t total = 0;      ///< places within the box
    bool gathered = false;       ///< too many to be shown one by one
    std::optional<double> west;  ///< around everything that fits the filter, when no box was asked for
    std::optional<double> south;
    std::optional<double> east;
    std::optional<double> north;
};
BOOST_DESCRIBE_STRUCT(MapPoints, (), (items, total, gathered, west, south, east, north))

/// One service of one place.
struct ServiceRow {
    ServiceId id;
    std::string service;
    PlaceId place_id;
    std::string name;  ///< of the place
    std::string listed_as;
    std::string municipality_code;
    std::string address;
    std::string phone;
    std::optional<std::int64_t> capacity;
    std::vector<std::string> open_days;
    std::string days_note;
    std::optional<core::Date> missing_since;
    std::optional<std::int64_t> distance_m;
};
BOOST_DESCRIBE_STRUCT(ServiceRow, (),
                      (id, service, place_id, name, listed_as, municipality_code, address, phone, capacity, open_days,
                       days_note, missing_since, distance_m))

struct ServicePage {
    std::vector<ServiceRow> items;
    std::optional<std::string> next;
    std::int64_t total = 0;
    bool total_capped = false;
};
BOOST_DESCRIBE_STRUCT(ServicePage, (), (items, next, total, total_capped))

/// Whose local layer; needed by people of several municipalities when they write.
struct LocalQuery {
    std::optional<core::RegionId> municipality_id;
};
BOOST_DESCRIBE_STRUCT(LocalQuery, (), (municipality_id))

/// The local layer as it was once saved.
struct LocalVersion {
    std::int64_t version = 0;
    std::string kind;
    core::Instant at;
    std::string by_name;
    std::string reason;
    LocalText text;
};
BOOST_DESCRIBE_STRUCT(LocalVersion, (), (version, kind, at, by_name, reason, text))

struct LocalHistory {
    std::vector<LocalVersion> items;  ///< oldest first
};
BOOST_DESCRIBE_STRUCT(LocalHistory, (), (items))

}  // namespace tsunagi::resources
