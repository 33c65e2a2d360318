// SPDX-License-Identifier: Apache-2.0
// Figures laid out as sheets: pure.
#pragma once
#include <string>
#include <vector>

#include "modules/analysis/figures_rules.hpp"
#include "modules/analysis/report_file.hpp"
#include "modules/analysis/report_words.hpp"
#include "modules/packs/packs_service.hpp"

namespace tsunagi::analysis {

/// What stands above every table.
struct ReportHead {
    Language language{};
    Period period;
    std::vector<std::string> desks;  ///< names; empty: all that the person may see
    core::Date printed_on;
    bool limited = false;     ///< not all cases are on the sheet of backgrounds
    bool fictitious = false;  ///< the data of a demonstration; every sheet says so
};

/// 図8 as a sheet; `cases` is the name of the sheet with the backgrounds, empty when there is none.
[[nodiscard]] ReportSheet month_sheet(const MonthTable& table, const ReportHead& head, const ReportWords& words,
                                      const std::string& cases);
/// 図3 as a sheet; every case links to its background.
[[nodiscard]] ReportSheet matrix_sheet(const Matrix& matrix, const ReportHead& head, const ReportWords& words,
                                       const std::string& cases);
/// The background of the cases behind a table.
[[nodiscard]] ReportSheet case_sheet(const std::vector<consultations::CaseBackground>& cases, const ReportHead& head,
                                     const ReportWords& words, const packs::CodeBook& codes);

}  // namespace tsunagi::analysis
