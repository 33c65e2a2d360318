// SPDX-License-Identifier: Apache-2.0
// 公開する一覧: what a municipality shows of its directory to everybody.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/date.hpp"
#include "core/id.hpp"
#include "modules/maps/map.hpp"
#include "record/describe.hpp"
#include "record/types.hpp"

namespace tsunagi::directories {

/// What an officer decides.
struct DirectoryText {
    bool published = false;
    record::Text<1000> note;  ///< shown above the list: whom to ask, what the list is for
};
BOOST_DESCRIBE_STRUCT(DirectoryText, (), (published, note))

struct Directory {
    core::RegionId municipality_id;
    std::string municipality_code;
    std::int64_t version = 0;  ///< 0: nobody decided yet
    bool published = false;
    std::string note;
    std::optional<core::Instant> updated_at;
    std::string updated_by_name;
    std::int64_t count = 0;  ///< places that are or would be shown
};
BOOST_DESCRIBE_STRUCT(Directory, (),
                      (municipality_id, municipality_code, version, published, note, updated_at, updated_by_name,
                       count))

/// Whose; needed by people of several municipalities when they write.
struct DirectoryQuery {
    std::optional<core::RegionId> municipality_id;
};
BOOST_DESCRIBE_STRUCT(DirectoryQuery, (), (municipality_id))

struct PublicService {
    std::string service;
    std::string name;
    std::string short_name;
    std::vector<std::string> open_days;
    std::string days_note;
    std::optional<std::int64_t> capacity;
};
BOOST_DESCRIBE_STRUCT(PublicService, (), (service, name, short_name, open_days, days_note, capacity))

struct PublicPlace {
    std::string name;
    std::string kana;
    std::string municipality;
    std::string address;
    std::string phone;
    std::string fax;
    std::string url;
    std::optional<double> latitude;
    std::optional<double> longitude;
    std::vector<PublicService> services;
};
BOOST_DESCRIBE_STRUCT(PublicPlace, (),
                      (name, kana, municipality, address, phone, fax, url, latitude, longitude, services))

struct PublicDirectory {
    std::string municipality;
    std::string note;
    core::Date made_on;
    std::optional<core::Date> as_of;  ///< of the newest data
    bool fictitious = false;
    std::vector<std::string> sources;  ///< kaigo, hospital …; n03, towns …: to be credited
    std::vector<maps::MapRegion> regions;
    std::vector<PublicPlace> places;
};
BOOST_DESCRIBE_STRUCT(PublicDirectory, (), (municipality, note, made_on, as_of, fictitious, sources, regions, places))

}  // namespace tsunagi::directories
