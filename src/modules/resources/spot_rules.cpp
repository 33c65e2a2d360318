// SPDX-License-Identifier: Apache-2.0
#include "modules/resources/spot_rules.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <numbers>
#include <string_view>

namespace tsunagi::resources {
namespace {

constexpr double earth_radius = 6'371'008.8;
constexpr double metres_per_degree = earth_radius * std::numbers::pi / 180;

double radians(double degrees) {
    return degrees * std::numbers::pi / 180;
}

/// Nothing unless the text is exactly that many numbers parted by commas.
template <std::size_t N>
std::optional<std::array<double, N>> numbers(std::string_view text) {
    std::array<double, N> result{};
    for (std::size_t i = 0; i < N; ++i) {
        const std::size_t comma = text.find(',');
        if ((comma == std::string_view::npos) != (i + 1 == N))
            return std::nullopt;
        const std::string_view one = text.substr(0, comma);
        const auto [end, error] = std::from_chars(one.data(), one.data() + one.size(), result.at(i));
        if (error != std::errc{} || end != one.data() + one.size() || !std::isfinite(result.at(i)))
            return std::nullopt;
        text = comma == std::string_view::npos ? std::string_view() : text.substr(comma + 1);
    }
    return result;
}

bool on_earth(double latitude, double longitude) {
    return std::abs(latitude) <= 90 && std::abs(longitude) <= 180;
}

}  // namespace

std::optional<Spot> spot_of(std::string_view text) {
    const auto read = numbers<2>(text);
    if (!read || !on_earth((*read)[0], (*read)[1]))
        return std::nullopt;
    return Spot{(*read)[0], (*read)[1]};
}

std::optional<Box> box_of(std::string_view text) {
    const auto read = numbers<4>(text);
    if (!read || !on_earth((*read)[1], (*read)[0]) || !on_earth((*read)[3], (*read)[2]) || (*read)[0] >= (*read)[2] ||
        (*read)[1] >= (*read)[3])
        return std::nullopt;
    return Box{(*read)[0], (*read)[1], (*read)[2], (*read)[3]};
}

double metres_between(const Spot& a, const Spot& b) {
    const double up = std::sin(radians(b.latitude - a.latitude) / 2);
    const double across = std::sin(radians(b.longitude - a.longitude) / 2);
    const double part = up * up + std::cos(radians(a.latitude)) * std::cos(radians(b.latitude)) * across * across;
    return 2 * earth_radius * std::asin(std::min(1.0, std::sqrt(part)));
}

Box around(const Spot& spot, double metres) {
    // A little more, since a degree of longitude is shorter further north.
    const double up = metres / metres_per_degree * 1.01;
    const double across = up / std::max(0.01, std::cos(radians(std::min(89.0, std::abs(spot.latitude) + up))));
    return {spot.longitude - across, spot.latitude - up, spot.longitude + across, spot.latitude + up};
}

SquareScale square_scale(const Spot& spot) {
    const double across = metres_per_degree * std::cos(radians(spot.latitude));
    return {metres_per_degree * metres_per_degree, across * across};
}

}  // namespace tsunagi::resources
