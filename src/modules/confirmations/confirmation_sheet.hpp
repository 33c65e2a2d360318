// SPDX-License-Identifier: Apache-2.0
// Requests for confirmation as a table for Excel or CSV, with the figures of their round above.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "modules/analysis/report_file.hpp"
#include "modules/analysis/report_words.hpp"
#include "modules/confirmations/confirmation.hpp"

namespace tsunagi::confirmations {

struct SheetHead {
    analysis::Language language{};
    core::Date printed_on;
    bool limited = false;
    bool fictitious = false;
    std::optional<SurveyRound> round;
};

[[nodiscard]] analysis::ReportSheet confirmation_sheet(const std::vector<ConfirmationRow>& rows, const SheetHead& head,
                                                       const analysis::ReportWords& words);
}  // namespace tsunagi::confirmations
