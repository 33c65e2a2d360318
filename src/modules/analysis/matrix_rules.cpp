// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include "modules/analysis/figures_rules.hpp"

namespace tsunagi::analysis {
namespace {

constexpr std::size_t most_combinations = 100;
constexpr std::size_t most_cases_named = 50;

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
std::vector<std::string> elements_of(const std::vector<MarkedCase>& cases, const Period& period,
                                     const packs::CodeBook& codes) {
    std::vector<std::string> elements;
    for (const auto* entry : codes.valid_between("element", period.from, period.to))
        elements.push_back(entry->code.value);
    std::set<std::string> used;
    for (const auto& one : cases) {
        for (auto& element : marked(one.marks, "element"))
            used.insert(std::move(element));
    }
    for (const auto& element : used) {
        if (std::ranges::find(elements, element) == elements.end())
            elements.push_back(element);
    }
    return elements;
}

/// Pairs and triples of columns that at least two cases share, and the newest of these cases.
class Combinations {
public:
    void add(const core::ConsultationId& id, const std::vector<std::size_t>& columns) {
        for (std::size_t a = 0; a < columns.size(); ++a) {
            for (std::size_t b = a + 1; b < columns.size(); ++b) {
                count({columns[a], columns[b]}, id);
                for (std::size_t c = b + 1; c < columns.size(); ++c)
                    count({columns[a], columns[b], columns[c]}, id);
            }
        }
    }

    [[nodiscard]] std::vector<Combination> strongest(const std::vector<MatrixColumn>& columns,
                                                     std::size_t cases) const {
        std::vector<Combination> result;
        const auto total = static_cast<double>(cases);
        for (const auto& [places, found] : found_) {
            if (found.count < 2)
                continue;
            double expected = total;
            Combination combination;
            for (const std::size_t place : places) {
                expected *= static_cast<double>(columns[place].count) / total;
                combination.elements.push_back(columns[place].element);
            }
            combination.count = found.count;
            combination.lift = static_cast<double>(found.count) / expected;
            combination.cases = found.cases;
            if (combination.lift > 1)
                result.push_back(std::move(combination));
        }
        std::ranges::stable_sort(result, [](const Combination& one, const Combination& other) {
            return one.lift != other.lift ? one.lift > other.lift : one.count > other.count;
        });
        if (result.size() > most_combinations)
            result.resize(most_combinations);
        return result;
    }

private:
    struct Found {
        std::int64_t count = 0;
        std::vector<core::ConsultationId> cases;
    };

    void count(std::vector<std::size_t> places, const core::ConsultationId& id) {
        Found& found = found_[std::move(places)];
        ++found.count;
        if (found.cases.size() < most_cases_named)
            found.cases.push_back(id);
    }

    std::map<std::vector<std::size_t>, Found> found_;
};

}  // namespace

Matrix matrix(const std::vector<MarkedCase>& cases, const Period& period, const packs::CodeBook& codes) {
    Matrix result;
    std::map<std::string, std::size_t> places;
    for (const auto& element : elements_of(cases, period, codes)) {
        places[element] = result.columns.size();
        result.columns.push_back(column_of(codes, element));
    }
    Combinations combinations;
    for (const auto& one : cases) {
        std::vector<std::size_t> columns;
        for (const auto& element : marked(one.marks, "element")) {
            columns.push_back(places.at(element));
            ++result.columns[columns.back()].count;
            ++result.filled;
        }
        for (const auto& element : marked(one.marks, "suspected"))
            ++result.columns[places.at(element)].suspected;
        std::ranges::sort(columns);
        combinations.add(one.id, columns);
    }
    result.combinations = combinations.strongest(result.columns, cases.size());
    return result;
}

}  // namespace tsunagi::analysis
