// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <limits>

#include "modules/analysis/figures_rules.hpp"

namespace tsunagi::analysis {
namespace {

/// Counts from 1 to this are withheld.
constexpr std::int64_t largest_small = 9;

/// A place of the table; the total row stands after the months.
struct Place {
    std::size_t row;
    std::size_t column;
};

/// Cells whose sum is known: the last one is the sum of those before it.
using Line = std::vector<Place>;

class Suppression {
public:
    explicit Suppression(MonthTable& table) : table_(table) {
        for (auto& row : table_.rows)
            rows_.push_back(&row);
        rows_.push_back(&table_.total);
        for (const auto* row : rows_) {
            exact_.emplace_back();
            for (const auto& count : row->counts)
                exact_.back().push_back(count.value_or(0));
        }
    }

    void run() {
        for (std::size_t row = 0; row < rows_.size(); ++row) {
            for (std::size_t column = 0; column < table_.columns.size(); ++column) {
                const std::int64_t count = exact_[row][column];
                if (count > 0 && count <= largest_small)
                    withhold({row, column});
            }
        }
        const std::vector<Line> lines = all_lines();
        bool changed = true;
        while (changed) {
            changed = false;
            for (const Line& line : lines)
                changed = protect(line) || changed;
        }
    }

private:
    /// Each group of a row adds up to the row's total; each column adds up to the total row.
    [[nodiscard]] std::vector<Line> all_lines() const {
        std::vector<Line> lines;
        for (std::size_t row = 0; row < rows_.size(); ++row) {
            for (const ColumnGroup group : {ColumnGroup::topic, ColumnGroup::caller, ColumnGroup::district}) {
                Line line;
                for (std::size_t column = 0; column < table_.columns.size(); ++column) {
                    if (table_.columns[column].group == group)
                        line.push_back({row, column});
                }
                line.push_back({row, 0});
                lines.push_back(std::move(line));
            }
        }
        for (std::size_t column = 0; column < table_.columns.size(); ++column) {
            Line line;
            for (std::size_t row = 0; row < rows_.size(); ++row)
                line.push_back({row, column});
            lines.push_back(std::move(line));
        }
        return lines;
    }

    [[nodiscard]] bool withheld(const Place& place) const { return !rows_[place.row]->counts[place.column]; }

    void withhold(const Place& place) { rows_[place.row]->counts[place.column].reset(); }

    /// A line is safe when nothing of it is withheld, or so much that the rest leaves the withheld cells open: at
    /// least two, and where the sum is shown, more than a small count together. Withholds one more cell otherwise.
    bool protect(const Line& line) {
        std::int64_t together = 0;
        std::size_t number = 0;
        for (const Place& place : line) {
            if (withheld(place)) {
                together += exact_[place.row][place.column];
                ++number;
            }
        }
        const bool sum_shown = !withheld(line.back());
        if (number == 0 || (number >= 2 && (!sum_shown || together > largest_small)))
            return false;
        const Place* best = nullptr;
        std::int64_t smallest = std::numeric_limits<std::int64_t>::max();
        for (const Place& place : line) {
            const std::int64_t count = exact_[place.row][place.column];
            if (!withheld(place) && count > 0 && count < smallest) {
                best = &place;
                smallest = count;
            }
        }
        if (best == nullptr)
            return false;
        withhold(*best);
        return true;
    }

    MonthTable& table_;  // NOLINT: lives as long as the suppression
    std::vector<MonthRow*> rows_;
    std::vector<std::vector<std::int64_t>> exact_;
};

}  // namespace

void suppress(MonthTable& table) {
    Suppression(table).run();
    table.suppressed = true;
    table.checks.clear();
}

}  // namespace tsunagi::analysis
