// SPDX-License-Identifier: Apache-2.0
// A register laid out as a sheet: pure.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "modules/activities/activity.hpp"
#include "modules/analysis/report_file.hpp"
#include "modules/analysis/report_words.hpp"
#include "modules/packs/packs_service.hpp"

namespace tsunagi::activities {

/// What stands above the register.
struct RegisterHead {
    analysis::Language language{};
    core::Date printed_on;
    bool limited = false;                       ///< there are more lines than the file holds
    bool fictitious = false;                    ///< the data of a demonstration
    std::map<core::DeskId, std::string> desks;  ///< names
};

/// The lines as they were read, each column in words, with a last row of sums.
[[nodiscard]] analysis::ReportSheet register_sheet(const std::vector<ActivityRow>& rows, const RegisterHead& head,
                                                   const analysis::ReportWords& words, const packs::CodeBook& codes);

}  // namespace tsunagi::activities
