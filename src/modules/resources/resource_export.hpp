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

struct ExportedPlace {
    PlaceId id;
    std::string source;      ///< kaigo, hospital …
    std::string source_key;  ///< its number there
    std::string name;
    std::string kana;
    std::string municipality_code;
    std::string prefecture;    ///< empty where no file has said it
    std::string municipality;  ///< likewise
    std::string address;
    std::string building;
    std::optional<double> latitude;
    std::optional<double> longitude;
    std::string phone;
    std::string fax;
    std::string url;
    std::string corporate_number;
    std::string corporation;
    std::vector<ExportedService> services;  ///< those that were looked for
};
BOOST_DESCRIBE_STRUCT(ExportedPlace, (),
                      (id, source, source_key, name, kana, municipality_code, prefecture, municipality, address,
                       building, latitude, longitude, phone, fax, url, corporate_number, corporation, services))

/// Who runs places, by number.
struct Corporation {
    std::string number;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(Corporation, (), (number, name))

/// What is looked for; what is empty narrows nothing.
struct ExportSearch {
    std::string words;                        ///< each of them, anywhere
    std::vector<std::string> services;        ///< codes
    std::vector<std::string> municipalities;  ///< codes of 2, 5 or 6 digits; a city covers its wards
    std::vector<std::string> sources;
    std::string name;  ///< a part of the name or its reading
    std::string address;
    std::string source_key;
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

/// An official file that the directory rests on.
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
