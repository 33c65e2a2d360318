// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

#include "core/id.hpp"
#include "record/params.hpp"

namespace tsunagi::resources {

/// SQL condition for a row of `places` under that alias: one that people of these municipalities may see. A place that
/// no official file tells of is seen where it was registered; without municipalities none of those is.
[[nodiscard]] std::string place_visible(const std::vector<core::RegionId>& homes, const std::string& alias,
                                        record::Params& params);

/// SQL condition besides: it still stands by itself, neither closed nor joined to another one.
[[nodiscard]] std::string place_standing(const std::string& alias);

}  // namespace tsunagi::resources
