// SPDX-License-Identifier: Apache-2.0
// SQL of finding places. What official files say is public; the local layer is that of the municipalities named, which
// the service takes from the person.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "db/transaction.hpp"
#include "modules/resources/official_layout.hpp"
#include "modules/resources/resource.hpp"
#include "modules/resources/spot_rules.hpp"

namespace tsunagi::resources::store {

/// A filter with what the service made of it.
struct PlaceSearch {
    PlaceFilter filter;
    std::vector<std::string> words;  ///< folded
    std::vector<CodeRange> areas;
    std::vector<core::RegionId> homes;  ///< municipalities whose local layers the person reads, at least one
    std::optional<core::Date> checked_since;
    std::optional<Spot> near;
    double within_m = 0;
};

[[nodiscard]] PlacePage places(db::ReadTx& tx, const PlaceSearch& search);
[[nodiscard]] ServicePage services(db::ReadTx& tx, const PlaceSearch& search);
/// Without a box: everything that has coordinates.
[[nodiscard]] MapPoints points(db::ReadTx& tx, const PlaceSearch& search, const std::optional<Box>& box);

}  // namespace tsunagi::resources::store
