// SPDX-License-Identifier: Apache-2.0
// What other systems may have of the directory: the public layer, never what a municipality wrote over it.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/date.hpp"
#include "modules/resources/resource.hpp"
#include "record/describe.hpp"

namespace tsunagi::resources {

struct ExportedService {
    ServiceId id;
    PlaceId place_id;
    std::string service;
    std::optional<std::int64_t> capacity;
    std::vector<std::string> open_days;  ///< mon … sun, holiday
    std::string days_note;
    std::optional<core::Date> missing_since;
    std::optional<core::Date> as_of;  ///< of the newest official file that has it
};
BOOST_DESCRIBE_STRUCT(ExportedService, (),
                      (id, place_id, service, capacity, open_days, days_note, missing_since, as_of))

/// A number that an official file gives the place.
struct PlaceNumber {
    std::string source;  ///< kaigo, hospital …
    std::string number;

    friend auto operator<=>(const PlaceNumber&, const PlaceNumber&) = default;
};
BOOST_DESCRIBE_STRUCT(PlaceNumber, (), (source, number))

struct ExportedPlace {
    PlaceId id;
    std::string name;
    std::string kana;
    std::string municipality_code;
    std::string prefecture;             ///< empty where no file has said it
    std::string municipality;           ///< likewise
    std::string postal_code;            ///< 123-4567; likewise
    bool postal_code_inferred = false;  ///< of municipality and town, as no file has told it
    std::string address;
    std::string building;
    std::optional<double> latitude;
    std::optional<double> longitude;
    std::string phone;
    std::string fax;
    std::string url;
    std::string corporate_number;
    std::string corporation;
    std::vector<PlaceNumber> numbers;       ///< one of each kind and more, where the place is in several files
    std::vector<ExportedService> services;  ///< those that were looked for
};
BOOST_DESCRIBE_STRUCT(ExportedPlace, (),
                      (id, name, kana, municipality_code, prefecture, municipality, postal_code, postal_code_inferred,
                       address, building, latitude, longitude, phone, fax, url, corporate_number, corporation, numbers,
                       services))

/// Who runs places, by number.
struct ExportedCorporation {
    std::string number;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(ExportedCorporation, (), (number, name))

/// What is looked for; what is empty narrows nothing.
struct ExportSearch {
    std::string words;                        ///< each of them, anywhere
    std::vector<std::string> services;        ///< codes
    std::vector<std::string> municipalities;  ///< codes of 2, 5 or 6 digits; a city covers its wards
    std::vector<std::string> sources;         ///< files that tell of the service
    std::string name;                         ///< a part of the name or its reading
    std::string address;
    std::string number;                       ///< one that an official file gives
    std::vector<std::string> number_sources;  ///< of these files; none: any
    std::string corporate_number;
    std::string corporation;               ///< a part of its name
    std::vector<std::string> places;       ///< ids
    std::vector<std::string> service_ids;  ///< ids
};

/// A part of what was found, in the order of the ids (corporations: of the numbers).
struct ExportPart {
    std::string after;  ///< the last one of the part before; empty: from the first one on
    std::int64_t offset = 0;
    std::int64_t limit = 500;
};

/// An official file that the directory or its map rests on.
struct UsedFile {
    std::string source;
    std::string service;
    std::string file_name;
    std::optional<core::Date> as_of;
    core::Instant applied_at;
    std::int64_t records = 0;  ///< that it was the last to tell of
};
BOOST_DESCRIBE_STRUCT(UsedFile, (), (source, service, file_name, as_of, applied_at, records))

}  // namespace tsunagi::resources
