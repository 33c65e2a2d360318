// SPDX-License-Identifier: Apache-2.0
// Places that no official file tells of: 通いの場, groups, volunteers, shops. People of a municipality register them.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "modules/resources/resource.hpp"

namespace tsunagi::resources {

struct OwnPlaceText {
    record::NonEmpty<record::Text<200>> name;
    record::Text<200> kana;
    std::vector<ServiceCode> services;  ///< at least one
    record::Text<6> municipality_code;
    record::Text<400> address;
    record::Text<200> building;
    std::optional<double> latitude;
    std::optional<double> longitude;
    record::Text<40> phone;
    record::Text<40> fax;
    record::Text<300> url;
    record::Text<200> corporation;
    record::Text<13> corporate_number;
    std::optional<std::int64_t> capacity;
    std::vector<record::Text<10>> open_days;  ///< mon … sun, holiday
    record::Text<1000> days_note;
    record::Text<4000> description;
};
BOOST_DESCRIBE_STRUCT(OwnPlaceText, (),
                      (name, kana, services, municipality_code, address, building, latitude, longitude, phone, fax, url,
                       corporation, corporate_number, capacity, open_days, days_note, description))

struct NewOwnPlace {
    std::optional<core::RegionId> municipality_id;  ///< needed by people of several
    OwnPlaceText text;
};
BOOST_DESCRIBE_STRUCT(NewOwnPlace, (), (municipality_id, text))

enum class OwnPlaceState { open, closed };
BOOST_DESCRIBE_ENUM(OwnPlaceState, open, closed)

/// Closing needs the day and the reason, opening again the reason.
struct OwnPlaceStateChange {
    OwnPlaceState state{};
    std::optional<core::Date> closed_on;
    record::NonEmpty<record::Text<1000>> reason;
};
BOOST_DESCRIBE_STRUCT(OwnPlaceStateChange, (), (state, closed_on, reason))

struct OwnPlace {
    PlaceId id;
    std::int64_t version = 1;
    core::RegionId municipality_id;
    core::Instant created_at;
    core::Instant updated_at;
    std::string updated_by_name;
    OwnPlaceState state{};
    std::optional<core::Date> closed_on;
    std::string closed_reason;
    OwnPlaceText text;
};
BOOST_DESCRIBE_STRUCT(OwnPlace, (),
                      (id, version, municipality_id, created_at, updated_at, updated_by_name, state, closed_on,
                       closed_reason, text))

struct OwnPlaceRow {
    PlaceId id;
    std::string name;
    std::vector<std::string> services;
    std::string municipality_code;
    std::string phone;
    core::Instant updated_at;
    std::string updated_by_name;
    OwnPlaceState state{};
    std::optional<core::Date> closed_on;
};
BOOST_DESCRIBE_STRUCT(OwnPlaceRow, (),
                      (id, name, services, municipality_code, phone, updated_at, updated_by_name, state, closed_on))

struct OwnPlacePage {
    std::vector<OwnPlaceRow> items;
    std::optional<std::string> next;
    std::int64_t total = 0;
    bool total_capped = false;
};
BOOST_DESCRIBE_STRUCT(OwnPlacePage, (), (items, next, total, total_capped))

struct OwnPlaceFilter {
    record::Text<100> words;
    std::vector<ServiceCode> service;
    std::optional<OwnPlaceState> state;
    record::Text<20> sort;
    std::optional<std::int64_t> limit;
    record::Text<200> after;
};
BOOST_DESCRIBE_STRUCT(OwnPlaceFilter, (), (words, service, state, sort, limit, after))

/// The place as it was once saved; of a closing the reason.
struct OwnPlaceVersion {
    std::int64_t version = 0;
    std::string kind;
    core::Instant at;
    std::string by_name;
    std::string reason;
    OwnPlaceText text;
};
BOOST_DESCRIBE_STRUCT(OwnPlaceVersion, (), (version, kind, at, by_name, reason, text))

struct OwnPlaceHistory {
    std::vector<OwnPlaceVersion> items;  ///< oldest first
};
BOOST_DESCRIBE_STRUCT(OwnPlaceHistory, (), (items))

}  // namespace tsunagi::resources
