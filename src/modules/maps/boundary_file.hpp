// SPDX-License-Identifier: Apache-2.0
// Boundaries as they are published. Pure.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"
#include "modules/maps/shape_rules.hpp"

namespace tsunagi::maps {

/// Whether the bytes are a JSON object at all; otherwise they are a table.
[[nodiscard]] bool looks_like_json(std::string_view bytes);

/// Municipalities and wards of an N03 file in GeoJSON or TopoJSON, each once with all its polygons, not simplified.
/// What belongs to no municipality is left out. Throws core::Error `invalid`: `map_unknown` for anything else,
/// `map_broken` for what is not drawn as it should be, `map_without_codes`.
[[nodiscard]] std::vector<Region> read_boundaries(const std::string& file_name, std::string_view bytes);

}  // namespace tsunagi::maps
