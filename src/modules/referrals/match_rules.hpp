// SPDX-License-Identifier: Apache-2.0
// Pure decisions about searches: what may be written, and how well a place fits.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "modules/packs/packs_service.hpp"
#include "modules/referrals/match.hpp"

namespace tsunagi::referrals {

/// What the directory says of a place, as far as conditions are asked of it.
struct PlaceFacts {
    std::vector<std::string> open_days;
    std::vector<record::Code<"treatment">> treatments;
    std::vector<core::RegionId> district_ids;
    std::optional<std::int64_t> reach_km;
    std::string area;
    std::vector<record::Code<"open_time">> open_times;
    std::optional<record::Code<"resource_contact">> contact;
    std::vector<record::Code<"language">> languages;
    std::vector<record::Code<"cost">> costs;
    bool in_district = false;  ///< its municipality code is that of the district, or the one around it
    std::optional<double> distance_km;
};

/// `root` is where the text stands in the body.
[[nodiscard]] std::vector<core::FieldError> check(const MatchText& text, const packs::CodeBook& codes,
                                                  const core::Date& today, const MatchText& before,
                                                  const std::string& root);
/// `not_found` has a reason, the others none.
[[nodiscard]] std::vector<core::FieldError> check(const MatchStateChange& change, const packs::CodeBook& codes,
                                                  const core::Date& today);

/// One point for each condition of the text, in its order.
[[nodiscard]] std::vector<FitPoint> fit(const MatchText& text, const PlaceFacts& place);
/// Fewest misses, most conditions known to fit, nearest; those alike in all of it stay as they came.
void rank(std::vector<Candidate>& candidates);

}  // namespace tsunagi::referrals
