// SPDX-License-Identifier: Apache-2.0
// Places that were found, laid out as a sheet: pure.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "modules/analysis/report_file.hpp"
#include "modules/analysis/report_words.hpp"
#include "modules/packs/packs_service.hpp"
#include "modules/resources/resource.hpp"

namespace tsunagi::resources {

/// What a municipality knows of a place, as far as it stands on the sheet.
struct LocalBrief {
    PlaceId place_id;
    std::string speciality;
    std::vector<std::string> treatments;
    std::string hours;
    std::vector<std::string> open_times;
    std::string capacity;
    std::vector<std::string> languages;
    std::vector<std::string> costs;
    std::string manners;
};

/// What stands above.
struct PlaceSheetHead {
    analysis::Language language{};
    core::Date printed_on;
    bool limited = false;                                            ///< there are more places than the file holds
    bool fictitious = false;                                         ///< the data of a demonstration
    bool near = false;                                               ///< distances are known
    std::map<std::string, std::string, std::less<>> municipalities;  ///< names by code
};

/// A line for each place, in the order given; `known` by place.
[[nodiscard]] analysis::ReportSheet place_sheet(const std::vector<PlaceRow>& rows,
                                                const std::map<PlaceId, LocalBrief>& known, const PlaceSheetHead& head,
                                                const analysis::ReportWords& words, const packs::CodeBook& codes);

}  // namespace tsunagi::resources
