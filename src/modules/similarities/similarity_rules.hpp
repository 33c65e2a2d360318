// SPDX-License-Identifier: Apache-2.0
// What two cases have in common and how much that says. Pure. The score is the sum of the points, so the points are the
// reason.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "modules/search/search_service.hpp"
#include "modules/similarities/similarity.hpp"

namespace tsunagi::similarities {

/// A case is asked with at most so many pairs of letters; its subject and illness come first.
constexpr std::size_t most_pairs = 64;

/// How often something stands in the cases that the reader sees.
struct Commonness {
    std::int64_t cases = 0;
    std::map<std::string, std::int64_t> codes;  ///< by `element:dementia`; missing: as rare as can be
    std::vector<std::int64_t> pairs;            ///< of each pair of the question

    /// From 0, what everybody has, to 1.
    [[nodiscard]] double rarity(std::int64_t holding) const;
};

/// A case, read for comparing: the one that is asked about.
struct Question {
    std::map<std::string, double> codes;  ///< `element:dementia` and what it weighs when it is rare
    std::string district;
    std::string illness;  ///< folded
    std::vector<search::Key> pairs;

    [[nodiscard]] bool empty() const { return codes.empty() && illness.empty() && pairs.empty(); }
};

[[nodiscard]] Question question_of(const consultations::ConsultationSheet& sheet, const search::Folding& folding);

/// Every code of the sheet that is compared, as `scheme:code`.
[[nodiscard]] std::vector<std::string> codes_of(const consultations::ConsultationSheet& sheet);

/// The texts of a case that are compared.
[[nodiscard]] std::vector<std::string_view> texts_of(const consultations::ConsultationSheet& sheet);

/// What the case has in common with the question, the heaviest first.
[[nodiscard]] std::vector<CommonPoint> common_points(const Question& question, const Commonness& commonness,
                                                     const consultations::ConsultationSheet& other,
                                                     const search::Folding& folding);

/// Whether the points are worth showing: not the age alone.
[[nodiscard]] bool is_alike(const std::vector<CommonPoint>& points);

[[nodiscard]] double score_of(const std::vector<CommonPoint>& points);

}  // namespace tsunagi::similarities
