// SPDX-License-Identifier: Apache-2.0
// What fits where in the tree of places and desks. Pure.
#pragma once
#include <vector>

#include "core/error.hpp"
#include "modules/regions/region_service.hpp"

namespace tsunagi::regions {

/// May a place of that kind stand directly below the other? A prefecture stands below nothing.
[[nodiscard]] bool fits_below(RegionKind kind, RegionKind parent);

/// `present` is null for a new place.
[[nodiscard]] std::vector<core::FieldError> check(const RegionTree& tree, const Region* present,
                                                  const NewRegion& region);

/// A station stands below a centre of its municipality or one that names the municipality among those it serves.
/// `present` is null for a new desk.
[[nodiscard]] std::vector<core::FieldError> check(const RegionTree& tree, const std::vector<Desk>& desks,
                                                  const Desk* present, const NewDesk& desk);

}  // namespace tsunagi::regions
