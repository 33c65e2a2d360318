// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "db/transaction.hpp"
#include "modules/discharges/discharge.hpp"

namespace tsunagi::discharges {

/// Figures of desks for whoever counts on (indicators): days and counts alone, the same for every reader. The reader's
/// scope is that of what they are counted for.
class DeskFiguresService {
public:
    /// The kinds of hand-over papers come from `discharge_papers.yaml` in the folder; throws std::runtime_error.
    explicit DeskFiguresService(const std::filesystem::path& folder);

    /// Lines by month or fiscal year of the day left, every one between the two days, of each desk together with the
    /// desks below it in its municipality. Two statements, however many desks.
    [[nodiscard]] std::map<core::DeskId, std::vector<FiguresLine>> lines(db::ReadTx& tx,
                                                                         const std::vector<core::DeskId>& desks,
                                                                         FiguresBy by, const core::Date& from,
                                                                         const core::Date& today) const;

private:
    std::vector<std::string> handovers_;
};

}  // namespace tsunagi::discharges
