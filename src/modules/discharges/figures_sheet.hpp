// SPDX-License-Identifier: Apache-2.0
// Figures of discharges laid out as a sheet: pure.
#pragma once
#include "modules/analysis/report_file.hpp"
#include "modules/analysis/report_words.hpp"
#include "modules/discharges/discharge.hpp"
#include "modules/packs/packs_service.hpp"
#include "record/exported_file.hpp"

namespace tsunagi::discharges {

struct SheetHead {
    analysis::FileFormat format{};
    analysis::Language language{};
    core::Date printed_on;
    bool fictitious = false;  ///< the data of a demonstration
};

/// The lines as they were counted, with a last row of sums.
[[nodiscard]] record::ExportedFile figures_file(const DischargeFigures& figures, const SheetHead& head,
                                                const analysis::ReportWords& words, const packs::CodeBook& codes);

}  // namespace tsunagi::discharges
