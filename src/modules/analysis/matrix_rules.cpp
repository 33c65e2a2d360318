// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <limits>
#include <map>
#include <set>

#include "modules/analysis/figures_rules.hpp"

namespace tsunagi::analysis {
namespace {

constexpr std::size_t most_combinations = 100;
/// A matrix of more columns is a list of its own; combinations are looked for up to this width.
constexpr std::size_t most_columns_combined = 100;

MatrixColumn column_of(const packs::CodeBook& codes, const std::string& element) {
    MatrixColumn column;
    column.element = element;
    column.ja = column.en = element;
    const auto* entry = codes.code("element", element);
    if (entry == nullptr)
        return column;
    column.ja = entry->label.ja;
    column.en = entry->label.en.empty() ? entry->label.ja.value : entry->label.en.value;
    if (!entry->parent)
        return column;
    column.group = entry->parent->value;
    if (const auto* group = codes.code("element_group", column.group)) {
        column.group_ja = group->label.ja;
        column.group_en = group->label.en.empty() ? group->label.ja.value : group->label.en.value;
    }
    return column;
}

/// Elements that could be chosen in the period, then those in use that could not.
std::vector<std::string> elements_of(std::set<std::string> used, const Period& period, const packs::CodeBook& codes) {
    std::vector<std::string> elements;
    for (const auto* entry : codes.valid_between("element", period.from, period.to)) {
        elements.push_back(entry->code.value);
        used.erase(entry->code.value);
    }
    elements.insert(elements.end(), used.begin(), used.end());
    return elements;
}

/// How often pairs and triples of columns stand together.
class Combinations {
public:
    explicit Combinations(std::size_t columns) : columns_(columns), counts_(columns * columns * columns) {}

    /// `columns` of one case, ascending. A pair is counted where its second column stands twice.
    void add(const std::vector<std::size_t>& columns) {
        for (std::size_t a = 0; a < columns.size(); ++a) {
            for (std::size_t b = a + 1; b < columns.size(); ++b) {
                for (std::size_t c = b; c < columns.size(); ++c)
                    ++counts_[(columns[a] * columns_ + columns[b]) * columns_ + columns[c]];
            }
        }
    }

    /// Those that at least two cases show and that stand together more often than chance would have it.
    [[nodiscard]] std::vector<Combination> strongest(const std::vector<MatrixColumn>& columns,
                                                     std::int64_t cases) const {
        std::vector<Combination> result;
        for (std::size_t i = 0; i < counts_.size(); ++i) {
            if (counts_[i] < 2)
                continue;
            std::vector<std::size_t> places{i / columns_ / columns_, i / columns_ % columns_, i % columns_};
            if (places[1] == places[2])
                places.pop_back();
            auto expected = static_cast<double>(cases);
            for (const std::size_t place : places)
                expected *= static_cast<double>(columns[place].count) / static_cast<double>(cases);
            const double lift = counts_[i] / expected;
            if (lift <= 1)
                continue;
            Combination& combination = result.emplace_back();
            combination.count = counts_[i];
            combination.lift = lift;
            for (const std::size_t place : places)
                combination.elements.push_back(columns[place].element);
        }
        std::ranges::stable_sort(result, [](const Combination& one, const Combination& other) {
            return one.lift != other.lift ? one.lift > other.lift : one.count > other.count;
        });
        if (result.size() > most_combinations)
            result.resize(most_combinations);
        return result;
    }

private:
    std::size_t columns_;
    std::vector<std::int32_t> counts_;
};

}  // namespace

Matrix count_matrix(const consultations::Selection& selection, const Period& period, const packs::CodeBook& codes) {
    const auto elements = marks_of(*selection.words, "element");
    const auto suspected = marks_of(*selection.words, "suspected");
    std::vector<std::int64_t> counts(selection.words->marks.size());
    Matrix result;
    selection.for_each([&](const consultations::Chunk& chunk, const consultations::Facts& row) {
        ++result.total;
        for (const auto mark : chunk.marks_of(row))
            ++counts[mark];
    });
    std::set<std::string> used;
    for (const auto& [mark, element] : elements) {
        if (counts[mark] > 0)
            used.insert(element);
    }
    std::map<std::string, std::size_t> places;
    for (const auto& element : elements_of(std::move(used), period, codes)) {
        places[element] = result.columns.size();
        result.columns.push_back(column_of(codes, element));
    }
    constexpr std::size_t no_column = std::numeric_limits<std::size_t>::max();
    std::vector<std::size_t> column_of_mark(counts.size(), no_column);
    for (const auto& [mark, element] : elements) {
        if (counts[mark] == 0)
            continue;
        column_of_mark[mark] = places.at(element);
        result.columns[places.at(element)].count = counts[mark];
        result.filled += counts[mark];
    }
    for (const auto& [mark, element] : suspected) {
        if (counts[mark] > 0)
            result.columns[places.at(element)].suspected = counts[mark];
    }
    if (result.columns.size() > most_columns_combined)
        return result;
    Combinations combinations(result.columns.size());
    std::vector<std::size_t> columns;
    selection.for_each([&](const consultations::Chunk& chunk, const consultations::Facts& row) {
        columns.clear();
        for (const auto mark : chunk.marks_of(row)) {
            if (column_of_mark[mark] != no_column)
                columns.push_back(column_of_mark[mark]);
        }
        std::ranges::sort(columns);
        combinations.add(columns);
    });
    result.combinations = combinations.strongest(result.columns, result.total);
    return result;
}

void name_cases(Matrix& matrix) {
    for (auto& combination : matrix.combinations) {
        for (const auto& one : matrix.cases) {
            const bool shows = std::ranges::all_of(combination.elements, [&](const std::string& element) {
                return std::ranges::any_of(one.elements,
                                           [&](const auto& mark) { return mark.element.value == element; });
            });
            if (shows)
                combination.cases.push_back(one.id);
        }
    }
}

}  // namespace tsunagi::analysis
