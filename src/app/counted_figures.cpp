// SPDX-License-Identifier: Apache-2.0
#include "app/counted_figures.hpp"

#include <cmath>

namespace tsunagi::app {
namespace {

using indicators::Amount;
using indicators::Figure;

Amount median_of(const discharges::DayFigure& days) {
    return {days.median, days.count};
}

/// Nothing is said of nothing: without cases there is no value, not even 0.
Amount count_of(std::int64_t count, std::int64_t cases) {
    return {cases == 0 ? std::nullopt : std::optional(static_cast<double>(count)), cases};
}

Amount share_of(std::int64_t count, std::int64_t cases) {
    if (cases == 0)
        return {};
    return {std::round(1000.0 * static_cast<double>(count) / static_cast<double>(cases)) / 10, cases};
}

indicators::PeriodFigures period_figures(const discharges::FiguresLine& line) {
    return {line.key,
            {{Figure::days_to_decision, median_of(line.to_decision)},
             {Figure::days_to_leaving, median_of(line.to_leaving)},
             {Figure::days_of_stay, median_of(line.stay)},
             {Figure::missed_handovers, count_of(line.missed, line.discharges)},
             {Figure::missed_handover_share, share_of(line.missed, line.discharges)},
             {Figure::handovers_in_time_share, share_of(line.in_time, line.papers)},
             {Figure::readmissions, count_of(line.readmitted, line.discharges)}}};
}

}  // namespace

indicators::CountFigures counted_figures(const discharges::DeskFiguresService& desks) {
    return [&desks](db::ReadTx& tx, const std::vector<core::DeskId>& asked, bool monthly, const core::Date& from,
                    const core::Date& today) {
        const auto by = monthly ? discharges::FiguresBy::month : discharges::FiguresBy::fiscal_year;
        std::map<core::DeskId, std::vector<indicators::PeriodFigures>> result;
        for (const auto& [desk, lines] : desks.lines(tx, asked, by, from, today)) {
            for (const auto& line : lines)
                result[desk].push_back(period_figures(line));
        }
        return result;
    };
}

}  // namespace tsunagi::app
