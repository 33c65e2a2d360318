// SPDX-License-Identifier: Apache-2.0
// Vacancies as a table for Excel or CSV.
#pragma once
#include <string>
#include <vector>

#include "modules/analysis/report_file.hpp"
#include "modules/analysis/report_words.hpp"
#include "modules/packs/packs_service.hpp"
#include "modules/vacancies/vacancy.hpp"

namespace tsunagi::vacancies {

struct SheetHead {
    analysis::Language language{};
    core::Date printed_on;
    bool limited = false;
    bool fictitious = false;
};

[[nodiscard]] analysis::ReportSheet vacancy_sheet(const std::vector<VacancyRow>& rows, const SheetHead& head,
                                                  const analysis::ReportWords& words, const packs::CodeBook& codes);
}  // namespace tsunagi::vacancies
