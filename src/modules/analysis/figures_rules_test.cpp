// SPDX-License-Identifier: Apache-2.0
#include "modules/analysis/figures_rules.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace tsunagi::analysis {
namespace {

/// Two topics and two callers over a few months, every row and column adding up.
MonthTable table_of(const std::vector<std::vector<std::int64_t>>& months) {
    MonthTable table{};
    table.columns = {{.group = ColumnGroup::total, .code = "", .ja = "", .en = ""}};
    for (const auto group : {ColumnGroup::topic, ColumnGroup::caller}) {
        for (const char* code : {"a", "b", "c"})
            table.columns.push_back({.group = group, .code = code, .ja = "", .en = ""});
    }
    table.total.counts.assign(7, 0);
    for (const auto& topics : months) {
        const std::int64_t all = topics[0] + topics[1] + topics[2];
        MonthRow row;
        row.counts = {all, topics[0], topics[1], topics[2], all - all / 3, all / 3, 0};
        for (std::size_t i = 0; i < 7; ++i)
            *table.total.counts[i] += *row.counts[i];
        table.rows.push_back(std::move(row));
    }
    return table;
}

RC_GTEST_PROP(Suppression, NoLineGivesASmallCountAway, ()) {
    const auto rows = *rc::gen::inRange(1, 6);
    std::vector<std::vector<std::int64_t>> months;
    for (int i = 0; i < rows; ++i)
        months.push_back(*rc::gen::container<std::vector<std::int64_t>>(3, rc::gen::inRange<std::int64_t>(0, 40)));
    const MonthTable exact = table_of(months);
    MonthTable table = exact;
    suppress(table);
    auto shown = table.rows;
    shown.push_back(table.total);
    auto known = exact.rows;
    known.push_back(exact.total);
    for (std::size_t row = 0; row < shown.size(); ++row) {
        for (std::size_t column = 0; column < 7; ++column) {
            const auto& count = shown[row].counts[column];
            RC_ASSERT(!count || *count == 0 || *count > 9);
            RC_ASSERT(!count || *count == *known[row].counts[column]);
        }
        for (const std::size_t first : {std::size_t{1}, std::size_t{4}}) {
            int withheld = shown[row].counts[0] ? 0 : 1;
            for (std::size_t column = first; column < first + 3; ++column)
                withheld += shown[row].counts[column] ? 0 : 1;
            RC_ASSERT(withheld != 1);
        }
    }
    for (std::size_t column = 0; column < 7; ++column) {
        int withheld = 0;
        for (const auto& row : shown)
            withheld += row.counts[column] ? 0 : 1;
        RC_ASSERT(withheld != 1);
    }
}

TEST(Figures, AFiscalYearGoesFromAprilToMarch) {
    consultations::ConsultationFilter filter;
    filter.fiscal_year = 2019;
    const Period period = period_of(filter, core::Date());
    EXPECT_EQ(period.from.str(), "2019-04-01");
    EXPECT_EQ(period.to.str(), "2020-03-31");
    consultations::ConsultationFilter from;
    from.from = core::Date::parse("2026-03-31");
    EXPECT_EQ(period_of(from, core::Date()).to.str(), "2026-03-31");
}

}  // namespace
}  // namespace tsunagi::analysis
