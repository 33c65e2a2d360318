// SPDX-License-Identifier: Apache-2.0
#include "modules/maps/maps_service.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <map>
#include <set>

#include "core/municipality_code.hpp"
#include "modules/maps/boundary_file.hpp"
#include "modules/maps/maps_store.hpp"
#include "record/json_writer.hpp"
#include "record/text_columns.hpp"

namespace tsunagi::maps {
namespace {

/// What nobody sees on a map of a town.
constexpr double coarseness_m = 12;
constexpr std::int64_t most_labels = 2000;
/// Imports come one after the other.
constexpr const char* lane = "map imports";

bool all_digits(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// A prefecture, a municipality, a city with its wards; as in the directory of resources.
std::optional<store::CodeSpan> span_of(const std::string& area) {
    if (!all_digits(area) || (area.size() != 2 && area.size() != 5 && area.size() != 6))
        return std::nullopt;
    if (area.size() == 6 && !core::is_municipality_code(area))
        return std::nullopt;
    const std::string prefecture = area.substr(0, 2);
    const std::string within = area.size() == 2 ? "000" : area.substr(2, 3);
    if (within == "000")
        return store::CodeSpan{prefecture + "0000", prefecture + "9999"};
    std::string last = within;
    if (within == "100")
        last = "129";
    else if (within == "130" || within == "140")
        last = "149";
    else if (within == "150")
        last = "199";
    return store::CodeSpan{prefecture + within + "0", prefecture + last + "9"};
}

MapShape shape_of(const std::vector<Polygon>& polygons) {
    MapShape shape;
    for (const Polygon& polygon : polygons) {
        auto& rings = shape.emplace_back();
        for (const Ring& ring : polygon) {
            auto& steps = rings.emplace_back();
            Vertex before;
            for (const Vertex& vertex : ring) {
                steps.push_back(vertex.x - before.x);
                steps.push_back(vertex.y - before.y);
                before = vertex;
            }
        }
    }
    return shape;
}

store::RegionRecord record_of(const Region& region, const MapImportId& import) {
    const Vertex spot = spot_inside(region.polygons);
    return {region.code,
            import,
            "",
            region.name,
            region.short_name,
            spot.y / units_per_degree,
            spot.x / units_per_degree,
            area_km2(region.polygons),
            record::to_json(shape_of(region.polygons))};
}

bool fictitious(const std::vector<Region>& regions) {
    return std::ranges::all_of(regions, [](const Region& one) { return one.code.starts_with("99"); });
}

std::string name_of(const std::string& code, const std::string& name) {
    return code + " " + name;
}

std::string name_of(const auto& spot) {
    return spot.area.empty() ? spot.name : spot.area + " " + spot.name;
}

/// Where a region of a file has its ground; most of a country is far from any one spot.
class Ground {
public:
    explicit Ground(const std::vector<Region>& regions) {
        for (const Region& region : regions) {
            Box box{&region, {INT32_MAX, INT32_MAX}, {INT32_MIN, INT32_MIN}};
            for (const Polygon& polygon : region.polygons) {
                for (const Vertex& one : polygon.front()) {
                    box.least = {std::min(box.least.x, one.x), std::min(box.least.y, one.y)};
                    box.most = {std::max(box.most.x, one.x), std::max(box.most.y, one.y)};
                }
            }
            boxes_.push_back(box);
        }
    }

    [[nodiscard]] bool covers(const store::RegionSpot& spot) const {
        const Vertex at{static_cast<std::int32_t>(std::lround(spot.longitude * units_per_degree)),
                        static_cast<std::int32_t>(std::lround(spot.latitude * units_per_degree))};
        return std::ranges::any_of(boxes_, [&](const Box& box) {
            return box.least.x <= at.x && at.x <= box.most.x && box.least.y <= at.y && at.y <= box.most.y &&
                   holds(box.region->polygons, at);
        });
    }

private:
    struct Box {
        const Region* region;
        Vertex least;
        Vertex most;
    };

    std::vector<Box> boxes_;
};

/// What the regions of a file do to those that are known: which make way, and what is told of it.
std::vector<store::RegionSpot> compare(db::ReadTx& tx, const std::vector<Region>& regions,
                                       const std::vector<store::RegionRecord>& rows, MapDifference& difference) {
    const Ground ground(regions);
    std::map<std::string, const store::RegionRecord*> by_code;
    std::vector<store::CodeSpan> spans;
    for (const store::RegionRecord& row : rows) {
        by_code.emplace(row.code, &row);
        spans.push_back({row.code.substr(0, 2) + "0000", row.code.substr(0, 2) + "9999"});
    }
    std::ranges::sort(spans, {}, &store::CodeSpan::first);
    const auto twice = std::ranges::unique(spans, {}, &store::CodeSpan::first);
    spans.erase(twice.begin(), twice.end());
    std::set<std::string> known;
    for (const store::RegionRecord& before : store::regions(tx, spans)) {
        const auto now = by_code.find(before.code);
        if (now == by_code.end())
            continue;
        known.insert(before.code);
        if (before.name != now->second->name || before.shape != now->second->shape)
            difference.change(name_of(before.code, now->second->name));
    }
    for (const store::RegionRecord& row : rows) {
        if (!known.contains(row.code))
            difference.add(name_of(row.code, row.name));
    }
    auto all = store::spots(tx);
    std::erase_if(all,
                  [&](const store::RegionSpot& one) { return !by_code.contains(one.code) && !ground.covers(one); });
    for (const store::RegionSpot& one : all) {
        if (one.replaced_by.empty() && !by_code.contains(one.code))
            difference.lose(name_of(one.code, one.name));
    }
    return all;
}

/// The areas of which a table says which towns there are; of stations the whole country.
std::vector<store::LabelArea> areas_of(const LabelFile& labels) {
    std::set<std::optional<std::string>> areas;
    for (const NamedSpot& spot : labels.spots)
        areas.insert(labels.kind == LabelKind::town ? std::optional(spot.area) : std::nullopt);
    std::vector<store::LabelArea> result;
    for (const auto& area : areas)
        result.push_back({labels.kind, area});
    return result;
}

void compare(db::ReadTx& tx, const LabelFile& labels, const std::vector<store::LabelArea>& areas,
             MapDifference& difference) {
    using Spots = std::map<std::string, std::pair<double, double>>;
    Spots before;
    for (const store::LabelArea& area : areas) {
        for (const store::LabelSpot& one : store::label_spots(tx, area))
            before.emplace(name_of(one), std::pair(one.latitude, one.longitude));
    }
    Spots now;
    for (const NamedSpot& one : labels.spots)
        now.emplace(name_of(one), std::pair(one.latitude, one.longitude));
    for (const auto& [name, spot] : now) {
        const auto known = before.find(name);
        if (known == before.end())
            difference.add(name);
        else if (known->second != spot)
            difference.change(name);
    }
    for (const auto& [name, spot] : before) {
        if (!now.contains(name))
            difference.lose(name);
    }
}

}  // namespace

MapsService::MapsService(db::Database& database, const audit::AuditService& audit,
                         const uploads::UploadService& uploads, const std::filesystem::path& columns, core::Clock clock)
    : database_(database),
      audit_(audit),
      uploads_(uploads),
      columns_(read_column_names(columns)),
      clock_(std::move(clock)) {}

MapRegions MapsService::regions(const MapRegionFilter& filter) const {
    std::vector<store::CodeSpan> spans;
    for (const std::string& code : filter.municipality) {
        auto span = span_of(code);
        if (!span)
            throw core::invalid({{"?municipality", "municipality_code", code.substr(0, 20)}});
        spans.push_back(std::move(*span));
    }
    return database_.read([&](db::ReadTx& tx) {
        MapRegions answer;
        for (const auto& one : store::regions(tx, spans)) {
            MapRegion region;
            record::copy_members(one, region);
            region.shape = record::from_stored_json<MapShape>(one.shape);
            answer.items.push_back(std::move(region));
        }
        answer.sources = store::sources(tx);
        return answer;
    });
}

MapLabels MapsService::labels(const MapLabelFilter& filter) const {
    store::LabelSearch search;
    search.words = filter.words;
    search.kinds = filter.kind;
    search.limit = filter.limit.value_or(20);
    if (search.limit < 1 || search.limit > most_labels)
        throw core::invalid({{"?limit", "range", "1-" + std::to_string(most_labels)}});
    if (std::string_view text = filter.box.value; !text.empty()) {
        std::array<double, 4> sides{};
        const char* at = text.data();
        const char* end = at + text.size();
        for (std::size_t i = 0; i < sides.size(); ++i) {
            const auto read = std::from_chars(at, end, sides.at(i));
            const bool last = i + 1 == sides.size();
            if (read.ec != std::errc{} || (last ? read.ptr != end : read.ptr == end || *read.ptr != ','))
                throw core::invalid({{"?box", "format", ""}});
            at = read.ptr + (last ? 0 : 1);
        }
        search.west = sides[0];
        search.south = sides[1];
        search.east = sides[2];
        search.north = sides[3];
    }
    return database_.read([&](db::ReadTx& tx) { return MapLabels{store::labels(tx, search), store::sources(tx)}; });
}

MapImportList MapsService::list(const access::Actor& actor) const {
    access::require(actor, "places.manage");
    return database_.read([](db::ReadTx& tx) { return MapImportList{store::imports(tx)}; });
}

MapDifference MapsService::create(const access::Actor& actor, const NewMapImport& body) const {
    access::require(actor, "places.manage");
    const auto file = uploads_.received(actor, body.upload_id);
    std::string bytes;
    bytes.reserve(static_cast<std::size_t>(file.size));
    for (std::int64_t number = 0; number < file.parts; ++number)
        bytes += uploads_.part(file.id, number);
    auto told = import(actor, file.name, bytes, body.apply);
    if (body.apply)
        uploads_.cancel(actor, file.id);
    return told;
}

MapDifference MapsService::import(const access::Actor& actor, const std::string& file_name, std::string_view bytes,
                                  bool apply, bool made_up) const {
    access::require(actor, "places.manage");
    store::ImportRecord made;
    made.id = MapImportId::make();
    made.file_name = file_name;
    made.imported_at = clock_.now();
    if (!actor.user_id.empty())
        made.imported_by = actor.user_id;
    std::vector<Region> regions;
    std::vector<store::RegionRecord> rows;
    LabelFile labels;
    if (looks_like_json(bytes)) {
        regions = read_boundaries(file_name, bytes);
        simplify(regions, coarseness_m);
        std::erase_if(regions, [](const Region& one) { return one.polygons.empty(); });
        for (const Region& region : regions)
            rows.push_back(record_of(region, made.id));
        made.source = made_up || fictitious(regions) ? MapSource::fictitious : MapSource::n03;
    } else {
        labels = read_labels(columns_, bytes);
        made.source = made_up                             ? MapSource::fictitious
                      : labels.kind == LabelKind::station ? MapSource::stations
                                                          : MapSource::towns;
    }
    const auto areas = areas_of(labels);
    MapDifference plain;
    plain.source = made.source;
    plain.file_name = file_name;
    plain.count = static_cast<std::int64_t>(rows.size() + labels.spots.size());
    plain.without_place = labels.without_place;
    const auto compared = [&](db::ReadTx& tx, MapDifference& told) {
        auto way = rows.empty() ? std::vector<store::RegionSpot>() : compare(tx, regions, rows, told);
        compare(tx, labels, areas, told);
        return way;
    };
    if (!apply) {
        return database_.read([&](db::ReadTx& tx) {
            MapDifference told = plain;
            (void)compared(tx, told);
            return told;
        });
    }
    return database_.write(
        [&](db::WriteTx& tx) {
            MapDifference told = plain;  // a transaction may be run again
            const auto way = compared(tx, told);
            store::insert(tx, made);
            for (const store::RegionSpot& one : way)
                store::make_way(tx, one, made.id);
            for (const store::RegionRecord& row : rows)
                store::insert(tx, row);
            for (const store::LabelArea& area : areas)
                store::make_way(tx, area, made.id);
            for (const NamedSpot& spot : labels.spots) {
                store::insert(tx, store::LabelRecord{MapLabelId::make(), made.id, "", labels.kind, spot.name, spot.area,
                                                     spot.latitude, spot.longitude});
            }
            store::sweep(tx);
            audit_.record(tx,
                          {made.imported_by, actor.name, "import", "map", made.id.str(),
                           record::to_text(made.source) + " " + std::to_string(told.count) +
                               (told.without_place > 0 ? " without_place=" + std::to_string(told.without_place) : "")});
            told.id = made.id;
            return told;
        },
        lane);
}

void MapsService::remove(const access::Actor& actor, const MapImportId& id) const {
    access::require(actor, "places.manage");
    database_.write(
        [&](db::WriteTx& tx) {
            if (!store::remove(tx, id))
                throw core::not_found();
            audit_.record(tx, {actor.user_id, actor.name, "remove", "map", id.str(), ""});
        },
        lane);
}

}  // namespace tsunagi::maps
