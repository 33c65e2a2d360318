// SPDX-License-Identifier: Apache-2.0
// 紹介結果一覧 and the table of what is missing, laid out as sheets: pure.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "modules/analysis/report_file.hpp"
#include "modules/analysis/report_words.hpp"
#include "modules/packs/packs_service.hpp"
#include "modules/referrals/gap.hpp"
#include "modules/referrals/referral.hpp"

namespace tsunagi::referrals {

struct SheetHead {
    analysis::Language language{};
    core::Date printed_on;
    bool limited = false;     ///< not all lines are on the sheet
    bool fictitious = false;  ///< the data of a demonstration
    std::map<core::RegionId, std::string> regions = {};
};

[[nodiscard]] analysis::ReportSheet referral_sheet(const std::vector<ReferralRow>& rows, const SheetHead& head,
                                                   const analysis::ReportWords& words, const packs::CodeBook& codes);
/// A column for each reason that was given.
[[nodiscard]] analysis::ReportSheet gap_sheet(const GapTable& table, const SheetHead& head,
                                              const analysis::ReportWords& words, const packs::CodeBook& codes);
}  // namespace tsunagi::referrals
