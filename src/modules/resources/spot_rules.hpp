// SPDX-License-Identifier: Apache-2.0
// Spots on the earth and the straight line between them. Pure.
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

namespace tsunagi::resources {

struct Spot {
    double latitude = 0;
    double longitude = 0;
};

struct Box {
    double west = 0;
    double south = 0;
    double east = 0;
    double north = 0;
};

/// `latitude,longitude` in degrees.
[[nodiscard]] std::optional<Spot> spot_of(std::string_view text);
/// `west,south,east,north` in degrees, in this order.
[[nodiscard]] std::optional<Box> box_of(std::string_view text);

/// Metres along the surface.
[[nodiscard]] double metres_between(const Spot& a, const Spot& b);
/// Holds everything within that many metres.
[[nodiscard]] Box around(const Spot& spot, double metres);

/// Square metres per square degree near the spot: along the meridian, and across it.
struct SquareScale {
    double latitude = 0;
    double longitude = 0;
};

[[nodiscard]] SquareScale square_scale(const Spot& spot);

}  // namespace tsunagi::resources
