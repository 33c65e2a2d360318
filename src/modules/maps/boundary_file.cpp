// SPDX-License-Identifier: Apache-2.0
#include "modules/maps/boundary_file.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>

#include "core/municipality_code.hpp"
#include "record/json_reader.hpp"

namespace tsunagi::maps {
namespace {

namespace json = boost::json;

constexpr std::size_t most_regions = 10'000;

core::Error refused(const char* reason) {
    return {core::ErrorKind::invalid, reason};
}

const json::value& member(const json::object& object, std::string_view name) {
    const json::value* found = object.if_contains(name);
    if (found == nullptr)
        throw refused("map_broken");
    return *found;
}

const json::array& list(const json::value& value) {
    const json::array* found = value.if_array();
    if (found == nullptr)
        throw refused("map_broken");
    return *found;
}

const json::object& object(const json::value& value) {
    const json::object* found = value.if_object();
    if (found == nullptr)
        throw refused("map_broken");
    return *found;
}

double number(const json::value& value) {
    if (!value.is_number())
        throw refused("map_broken");
    return value.to_number<double>();
}

std::string text(const json::object& properties, std::string_view name) {
    const json::value* found = properties.if_contains(name);
    if (found == nullptr)
        return {};
    if (const json::string* string = found->if_string())
        return {string->data(), string->size()};
    return found->is_int64() ? std::to_string(found->get_int64()) : std::string();
}

Vertex vertex(double longitude, double latitude) {
    if (!(std::abs(longitude) <= 180) || !(std::abs(latitude) <= 90))
        throw refused("map_broken");
    return {static_cast<std::int32_t>(std::lround(longitude * units_per_degree)),
            static_cast<std::int32_t>(std::lround(latitude * units_per_degree))};
}

void add(Ring& ring, const Vertex& one) {
    if (ring.empty() || ring.back() != one)
        ring.push_back(one);
}

Ring closed(Ring ring) {
    while (ring.size() > 1 && ring.back() == ring.front())
        ring.pop_back();
    return ring;
}

/// `rings` of a polygon by `read`, which makes one of them.
template <class Read>
Polygon polygon_of(const json::array& rings, const Read& read) {
    Polygon polygon;
    for (const auto& one : rings) {
        Ring ring = closed(read(list(one)));
        if (ring.size() < 3) {
            if (polygon.empty())
                return {};
            continue;
        }
        polygon.push_back(std::move(ring));
    }
    return polygon;
}

template <class Read>
std::vector<Polygon> polygons_of(std::string_view type, const json::array& drawn, const Read& read) {
    std::vector<Polygon> result;
    if (type == "Polygon") {
        result.push_back(polygon_of(drawn, read));
    } else if (type == "MultiPolygon") {
        for (const auto& one : drawn)
            result.push_back(polygon_of(list(one), read));
    } else {
        throw refused("map_broken");
    }
    std::erase_if(result, [](const Polygon& one) { return one.empty(); });
    return result;
}

bool five_digits(std::string_view code) {
    return code.size() == 5 && std::ranges::all_of(code, [](char c) { return c >= '0' && c <= '9'; });
}

/// Wards of a city stand with its name before theirs: their numbers within the prefecture go from 101 to 199.
bool is_ward(std::string_view code) {
    return code[2] == '1' && code.substr(2) != "100";
}

class Collector {
public:
    explicit Collector(const std::string& file_name) {
        const auto dot = file_name.find('.');
        const std::string stem = file_name.substr(0, dot);
        if (five_digits(stem))
            of_file_ = stem;
    }

    void add(const json::object& properties, std::vector<Polygon> polygons) {
        const bool n03 = properties.contains("N03_007");
        std::string code = n03 ? text(properties, "N03_007") : of_file_;
        if (code.size() == 4)
            code = "0" + code;  // written as a number
        if (!five_digits(code)) {
            left_out_ = true;
            return;
        }
        Region& region = regions_[code];
        if (region.code.empty()) {
            if (regions_.size() > most_regions)
                throw refused("map_broken");
            region.code = core::six_digit_code(code);
            if (n03) {
                const std::string town = text(properties, "N03_004");
                const std::string ward = text(properties, "N03_005");
                region.short_name = ward.empty() ? town : ward;
                region.name = !ward.empty() ? town + ward : is_ward(code) ? text(properties, "N03_003") + town : town;
            } else {
                region.name = text(properties, "name");
                region.short_name = region.name;
            }
        }
        std::move(polygons.begin(), polygons.end(), std::back_inserter(region.polygons));
    }

    std::vector<Region> take() {
        std::vector<Region> result;
        for (auto& [code, region] : regions_) {
            if (!region.polygons.empty() && !region.name.empty())
                result.push_back(std::move(region));
        }
        if (result.empty())
            throw refused(left_out_ ? "map_without_codes" : "map_unknown");
        return result;
    }

private:
    std::string of_file_;
    std::map<std::string, Region> regions_;
    bool left_out_ = false;
};

void read_features(const json::object& root, Collector& collector) {
    const auto ring = [](const json::array& spots) {
        Ring result;
        for (const auto& spot : spots) {
            const json::array& pair = list(spot);
            if (pair.size() < 2)
                throw refused("map_broken");
            add(result, vertex(number(pair[0]), number(pair[1])));
        }
        return result;
    };
    for (const auto& one : list(member(root, "features"))) {
        const json::object& feature = object(one);
        const json::value& geometry = member(feature, "geometry");
        if (geometry.is_null())
            continue;
        const json::object& drawn = object(geometry);
        collector.add(object(member(feature, "properties")),
                      polygons_of(text(drawn, "type"), list(member(drawn, "coordinates")), ring));
    }
}

void read_topology(const json::object& root, Collector& collector) {
    std::array<double, 2> scale{1, 1};
    std::array<double, 2> move{0, 0};
    const json::value* transform = root.if_contains("transform");
    if (transform != nullptr) {
        const json::array& scales = list(member(object(*transform), "scale"));
        const json::array& moves = list(member(object(*transform), "translate"));
        if (scales.size() != 2 || moves.size() != 2)
            throw refused("map_broken");
        for (std::size_t i = 0; i < 2; ++i) {
            scale.at(i) = number(scales[i]);
            move.at(i) = number(moves[i]);
        }
    }
    std::vector<Ring> arcs;
    for (const auto& one : list(member(root, "arcs"))) {
        Ring& arc = arcs.emplace_back();
        double x = 0;
        double y = 0;
        for (const auto& spot : list(one)) {
            const json::array& pair = list(spot);
            if (pair.size() < 2)
                throw refused("map_broken");
            x = number(pair[0]) + (transform != nullptr ? x : 0);
            y = number(pair[1]) + (transform != nullptr ? y : 0);
            add(arc, vertex(x * scale[0] + move[0], y * scale[1] + move[1]));
        }
    }
    const auto ring = [&arcs](const json::array& numbers) {
        Ring result;
        for (const auto& one : numbers) {
            if (!one.is_int64())
                throw refused("map_broken");
            const std::int64_t named = one.get_int64();
            const auto at = static_cast<std::size_t>(named < 0 ? -(named + 1) : named);
            if (at >= arcs.size())
                throw refused("map_broken");
            const Ring& arc = arcs[at];
            for (std::size_t i = 0; i < arc.size(); ++i)
                add(result, named < 0 ? arc[arc.size() - 1 - i] : arc[i]);
        }
        return result;
    };
    for (const auto& layer : object(member(root, "objects"))) {
        const json::object& collection = object(layer.value());
        if (text(collection, "type") != "GeometryCollection")
            continue;
        for (const auto& one : list(member(collection, "geometries"))) {
            const json::object& drawn = object(one);
            const json::value* properties = drawn.if_contains("properties");
            if (properties == nullptr || !properties->is_object() || !drawn.contains("arcs"))
                continue;
            collector.add(properties->get_object(),
                          polygons_of(text(drawn, "type"), list(member(drawn, "arcs")), ring));
        }
    }
}

}  // namespace

bool looks_like_json(std::string_view bytes) {
    if (bytes.starts_with("\xEF\xBB\xBF"))
        bytes.remove_prefix(3);
    const std::size_t first = bytes.find_first_not_of(" \t\r\n");
    return first != std::string_view::npos && bytes[first] == '{';
}

std::vector<Region> read_boundaries(const std::string& file_name, std::string_view bytes) {
    if (bytes.starts_with("\xEF\xBB\xBF"))
        bytes.remove_prefix(3);
    json::value root;
    try {
        root = record::parse_json(bytes);
    } catch (const core::Error&) {
        throw refused("map_broken");
    }
    if (!root.is_object())
        throw refused("map_unknown");
    Collector collector(file_name);
    const std::string type = text(root.get_object(), "type");
    if (type == "FeatureCollection")
        read_features(root.get_object(), collector);
    else if (type == "Topology")
        read_topology(root.get_object(), collector);
    else
        throw refused("map_unknown");
    return collector.take();
}

}  // namespace tsunagi::maps
