// SPDX-License-Identifier: Apache-2.0
// Polygons in whole hundred-thousandths of a degree. Pure.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace tsunagi::maps {

struct Vertex {
    std::int32_t x = 0;  ///< longitude
    std::int32_t y = 0;  ///< latitude

    friend auto operator<=>(const Vertex&, const Vertex&) = default;
};

constexpr double units_per_degree = 100'000;

using Ring = std::vector<Vertex>;  ///< closed; the first vertex is not repeated
using Polygon = std::vector<Ring>;

struct Region {
    std::string code;
    std::string name;
    std::string short_name;
    std::vector<Polygon> polygons;
};

/// Leaves out vertices that no border needs within that many metres. A border that two regions share is simplified
/// once for both, so they still meet. Rings that become nothing go.
void simplify(std::vector<Region>& regions, double metres);

[[nodiscard]] double area_km2(const std::vector<Polygon>& polygons);
/// Within the largest polygon: its centre of mass, or where that lies outside the middle of the widest part beside it.
[[nodiscard]] Vertex spot_inside(const std::vector<Polygon>& polygons);
[[nodiscard]] bool holds(const std::vector<Polygon>& polygons, const Vertex& spot);

}  // namespace tsunagi::maps
