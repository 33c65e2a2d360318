// SPDX-License-Identifier: Apache-2.0
#include "modules/maps/shape_rules.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <unordered_map>

namespace tsunagi::maps {
namespace {

constexpr double metres_per_unit = 111'195.08 / units_per_degree;

double shrink(double y) {
    return std::cos(y / units_per_degree * std::numbers::pi / 180);
}

std::uint64_t key_of(const Vertex& vertex) {
    return (static_cast<std::uint64_t>(static_cast<std::uint32_t>(vertex.x)) << 32U) |
           static_cast<std::uint32_t>(vertex.y);
}

/// The vertices beside a vertex, as far as they matter: with a third one borders meet there.
struct Neighbours {
    std::array<Vertex, 2> known;
    int count = 0;
    bool junction = false;

    void add(const Vertex& one) {
        if (junction || (count > 0 && known[0] == one) || (count > 1 && known[1] == one))
            return;
        if (count == 2)
            junction = true;
        else
            known.at(static_cast<std::size_t>(count++)) = one;
    }
};

using Meeting = std::unordered_map<std::uint64_t, Neighbours>;

double square_to_line(const Vertex& p, const Vertex& a, const Vertex& b, double across) {
    const double ax = (static_cast<double>(p.x) - a.x) * across;
    const double ay = static_cast<double>(p.y) - a.y;
    const double bx = (static_cast<double>(b.x) - a.x) * across;
    const double by = static_cast<double>(b.y) - a.y;
    const double length = bx * bx + by * by;
    const double along = length == 0 ? 0 : std::clamp((ax * bx + ay * by) / length, 0.0, 1.0);
    const double dx = ax - along * bx;
    const double dy = ay - along * by;
    return dx * dx + dy * dy;
}

/// Douglas and Peucker; both ends stay. The same line the other way round loses the same vertices.
std::vector<Vertex> simplified(std::vector<Vertex> line, double units) {
    if (line.size() < 3)
        return line;
    const bool turned = line.back() < line.front() || (line.back() == line.front() && line[line.size() - 2] < line[1]);
    if (turned)
        std::ranges::reverse(line);
    std::vector<bool> stays(line.size(), false);
    stays.front() = stays.back() = true;
    const double across = shrink(line.front().y);
    std::vector<std::pair<std::size_t, std::size_t>> open{{0, line.size() - 1}};
    while (!open.empty()) {
        const auto [first, last] = open.back();
        open.pop_back();
        double most = units * units;
        std::size_t at = 0;
        for (std::size_t i = first + 1; i < last; ++i) {
            const double square = square_to_line(line[i], line[first], line[last], across);
            if (square > most) {
                most = square;
                at = i;
            }
        }
        if (at == 0)
            continue;
        stays[at] = true;
        open.emplace_back(first, at);
        open.emplace_back(at, last);
    }
    std::vector<Vertex> result;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (stays[i])
            result.push_back(line[i]);
    }
    if (turned)
        std::ranges::reverse(result);
    return result;
}

Ring simplified_ring(Ring ring, const Meeting& meeting, double units) {
    const auto meets = [&](const Vertex& one) { return meeting.at(key_of(one)).junction; };
    auto start = std::ranges::find_if(ring, meets);
    if (start == ring.end())
        start = std::ranges::min_element(ring);
    std::ranges::rotate(ring, start);
    ring.push_back(ring.front());
    Ring result;
    std::size_t from = 0;
    for (std::size_t i = 1; i < ring.size(); ++i) {
        if (i + 1 < ring.size() && !meets(ring[i]))
            continue;
        const auto part = simplified(
            {ring.begin() + static_cast<std::ptrdiff_t>(from), ring.begin() + static_cast<std::ptrdiff_t>(i) + 1},
            units);
        result.insert(result.end(), part.begin(), part.end() - 1);
        from = i;
    }
    return result;
}

/// Twice the area, in square units; across is shrunk.
double doubled(const Ring& ring) {
    if (ring.empty())
        return 0;
    const double across = shrink(ring.front().y);
    double sum = 0;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const Vertex& a = ring[i];
        const Vertex& b = ring[(i + 1) % ring.size()];
        sum += (static_cast<double>(a.x) * b.y - static_cast<double>(b.x) * a.y) * across;
    }
    return std::abs(sum);
}

double doubled(const Polygon& polygon) {
    double sum = 0;
    for (std::size_t i = 0; i < polygon.size(); ++i)
        sum += i == 0 ? doubled(polygon[i]) : -doubled(polygon[i]);
    return std::max(0.0, sum);
}

Vertex mass_centre(const Ring& ring) {
    double area = 0;
    double x = 0;
    double y = 0;
    const Vertex& origin = ring.front();
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const double ax = static_cast<double>(ring[i].x) - origin.x;
        const double ay = static_cast<double>(ring[i].y) - origin.y;
        const double bx = static_cast<double>(ring[(i + 1) % ring.size()].x) - origin.x;
        const double by = static_cast<double>(ring[(i + 1) % ring.size()].y) - origin.y;
        const double cross = ax * by - bx * ay;
        area += cross;
        x += (ax + bx) * cross;
        y += (ay + by) * cross;
    }
    if (area == 0)
        return origin;
    return {static_cast<std::int32_t>(std::lround(origin.x + x / (3 * area))),
            static_cast<std::int32_t>(std::lround(origin.y + y / (3 * area)))};
}

/// Where the borders cross that latitude, from west to east.
std::vector<double> crossings(const Polygon& polygon, double y) {
    std::vector<double> result;
    for (const Ring& ring : polygon) {
        for (std::size_t i = 0; i < ring.size(); ++i) {
            const Vertex& a = ring[i];
            const Vertex& b = ring[(i + 1) % ring.size()];
            if ((a.y > y) != (b.y > y))
                result.push_back(a.x + (y - a.y) / (static_cast<double>(b.y) - a.y) * (static_cast<double>(b.x) - a.x));
        }
    }
    std::ranges::sort(result);
    return result;
}

bool inside(const Polygon& polygon, const Vertex& spot) {
    bool result = false;
    for (const double x : crossings(polygon, spot.y)) {
        if (x > spot.x)
            break;
        result = !result;
    }
    return result;
}

}  // namespace

void simplify(std::vector<Region>& regions, double metres) {
    Meeting meeting;
    for (const Region& region : regions) {
        for (const Polygon& polygon : region.polygons) {
            for (const Ring& ring : polygon) {
                for (std::size_t i = 0; i < ring.size(); ++i) {
                    Neighbours& beside = meeting[key_of(ring[i])];
                    beside.add(ring[(i + ring.size() - 1) % ring.size()]);
                    beside.add(ring[(i + 1) % ring.size()]);
                }
            }
        }
    }
    for (Region& region : regions) {
        for (Polygon& polygon : region.polygons) {
            for (Ring& ring : polygon)
                ring = ring.empty() ? Ring() : simplified_ring(std::move(ring), meeting, metres / metres_per_unit);
            if (polygon.empty() || polygon.front().size() < 3)
                polygon.clear();
            std::erase_if(polygon, [](const Ring& ring) { return ring.size() < 3; });
        }
        std::erase_if(region.polygons, [](const Polygon& polygon) { return polygon.empty(); });
    }
}

double area_km2(const std::vector<Polygon>& polygons) {
    double sum = 0;
    for (const Polygon& polygon : polygons)
        sum += doubled(polygon);
    return sum / 2 * metres_per_unit * metres_per_unit / 1e6;
}

Vertex spot_inside(const std::vector<Polygon>& polygons) {
    if (polygons.empty())
        return {};
    const Polygon& largest =
        *std::ranges::max_element(polygons, {}, [](const Polygon& polygon) { return doubled(polygon); });
    const Vertex centre = mass_centre(largest.front());
    if (inside(largest, centre))
        return centre;
    const auto at = crossings(largest, centre.y);
    Vertex best = largest.front().front();
    double widest = 0;
    for (std::size_t i = 0; i + 1 < at.size(); i += 2) {
        if (at[i + 1] - at[i] > widest) {
            widest = at[i + 1] - at[i];
            best = {static_cast<std::int32_t>(std::lround((at[i] + at[i + 1]) / 2)), centre.y};
        }
    }
    return best;
}

bool holds(const std::vector<Polygon>& polygons, const Vertex& spot) {
    return std::ranges::any_of(polygons, [&](const Polygon& polygon) { return inside(polygon, spot); });
}

}  // namespace tsunagi::maps
