// SPDX-License-Identifier: Apache-2.0
#include "modules/discharges/desk_figures_service.hpp"

#include "modules/discharges/discharge_rules.hpp"
#include "modules/discharges/discharge_store.hpp"

namespace tsunagi::discharges {

DeskFiguresService::DeskFiguresService(const std::filesystem::path& folder)
    : handovers_(handover_kinds(read_paper_rules(folder))) {}

std::map<core::DeskId, std::vector<FiguresLine>> DeskFiguresService::lines(db::ReadTx& tx,
                                                                           const std::vector<core::DeskId>& desks,
                                                                           FiguresBy by, const core::Date& from,
                                                                           const core::Date& today) const {
    if (desks.empty())
        return {};
    const DeskPeriod asked{desks, from, today};
    std::map<core::DeskId, std::vector<CountedDischarge>> of_desk;
    for (auto& one : counted(tx, asked))
        of_desk[one.desk_id].push_back(std::move(one));
    const auto papers = counted_papers(tx, asked, handovers_);
    std::map<core::DeskId, std::vector<FiguresLine>> result;
    for (const auto& desk : desks)
        result[desk] =
            figures_of({.desk = {desk}, .from = from, .to = today, .by = by}, of_desk[desk], papers, today).lines;
    return result;
}

}  // namespace tsunagi::discharges
