// SPDX-License-Identifier: Apache-2.0
// What a place is by its source records, and what may be written over it. Pure.
#pragma once
#include <string>
#include <vector>

#include "core/error.hpp"
#include "modules/packs/packs_service.hpp"
#include "modules/resources/official_file.hpp"
#include "modules/resources/resource.hpp"

namespace tsunagi::resources {

/// A source record as it is read for putting places together.
struct RecordFacts {
    std::string source;
    std::string service;
    std::optional<core::Date> as_of;
    bool missing = false;
    OfficialRow row;
    std::vector<std::string> specialities;
    std::optional<core::Date> missing_since;
    bool of_place = true;  ///< tells of the place itself and not only more of it
    ServiceId service_id;
    bool own = true;  ///< not of a place that was joined to it
};

/// The one that is believed first comes first: the place's own before those of a place joined to it, those still in
/// their file, then by the day of the data, then by service.
void rank(std::vector<RecordFacts>& records);

/// Of ranked records: each field by the first record that has it.
[[nodiscard]] std::vector<PublicField> public_fields(const std::vector<RecordFacts>& ranked);

/// The columns of `places` that source records fill.
struct PlaceSummary {
    std::string municipality_code;
    std::string name;
    std::string kana;
    std::string listed_as;  ///< the reading, else the name
    std::string address;
    std::string building;
    std::optional<double> latitude;
    std::optional<double> longitude;
    std::string phone;
    std::string fax;
    std::string url;
    std::string corporate_number;
    std::string corporation;
    std::string searched;  ///< filled by the service, which can fold

    friend bool operator==(const PlaceSummary&, const PlaceSummary&) = default;
};
BOOST_DESCRIBE_STRUCT(PlaceSummary, (),
                      (municipality_code, name, kana, listed_as, address, building, latitude, longitude, phone, fax,
                       url, corporate_number, corporation, searched))

/// Of ranked records, at least one.
[[nodiscard]] PlaceSummary summary_of(const std::vector<RecordFacts>& ranked);
/// What a place is found by, before folding.
[[nodiscard]] std::string words_of(const PlaceSummary& place, const std::vector<std::string>& services,
                                   const packs::CodeBook& codes);
[[nodiscard]] std::string words_of(const LocalText& text, const packs::CodeBook& codes);

/// Codes, a distance of 0 to 1000 km, no day that is to come, no district twice.
[[nodiscard]] std::vector<core::FieldError> check(const LocalText& text, const packs::CodeBook& codes,
                                                  const core::Date& today, const core::Date& latest_day,
                                                  const LocalText& before);

/// Since when each field stands as it does, after `before` became `text`. Empty fields have none.
[[nodiscard]] std::vector<LocalMark> marks_after(const LocalText& before, const LocalText& text,
                                                 const std::vector<LocalMark>& marks, const core::Instant& now,
                                                 const std::string& by_name);

}  // namespace tsunagi::resources
