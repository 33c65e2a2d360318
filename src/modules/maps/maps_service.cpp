// SPDX-License-Identifier: Apache-2.0
#include "modules/maps/maps_service.hpp"

#include <algorithm>
#include <array>
#include <charconv>
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

MapImport MapsService::create(const access::Actor& actor, const NewMapImport& body) const {
    access::require(actor, "places.manage");
    const auto file = uploads_.received(actor, body.upload_id);
    std::string bytes;
    bytes.reserve(static_cast<std::size_t>(file.size));
    for (std::int64_t number = 0; number < file.parts; ++number)
        bytes += uploads_.part(file.id, number);
    auto made = import(actor, file.name, bytes);
    uploads_.cancel(actor, file.id);
    return made;
}

MapImport MapsService::import(const access::Actor& actor, const std::string& file_name, std::string_view bytes,
                              bool made_up) const {
    access::require(actor, "places.manage");
    store::ImportRecord made;
    made.id = MapImportId::make();
    made.file_name = file_name;
    made.imported_at = clock_.now();
    if (!actor.user_id.empty())
        made.imported_by = actor.user_id;
    std::vector<Region> regions;
    LabelFile labels;
    if (looks_like_json(bytes)) {
        regions = read_boundaries(file_name, bytes);
        simplify(regions, coarseness_m);
        std::erase_if(regions, [](const Region& one) { return one.polygons.empty(); });
        made.source = made_up || fictitious(regions) ? MapSource::fictitious : MapSource::n03;
    } else {
        labels = read_labels(columns_, bytes);
        made.source = made_up                             ? MapSource::fictitious
                      : labels.kind == LabelKind::station ? MapSource::stations
                                                          : MapSource::towns;
    }
    return database_.write(
        [&](db::WriteTx& tx) {
            store::insert(tx, made);
            for (const Region& region : regions)
                store::put(tx, record_of(region, made.id));
            std::set<std::optional<std::string>> areas;
            for (const NamedSpot& spot : labels.spots)
                areas.insert(labels.kind == LabelKind::town ? std::optional(spot.area) : std::nullopt);
            for (const auto& area : areas)
                store::remove_labels(tx, labels.kind, area);
            for (const NamedSpot& spot : labels.spots) {
                store::insert(tx, store::LabelRecord{MapLabelId::make(), made.id, labels.kind, spot.name, spot.area,
                                                     spot.latitude, spot.longitude});
            }
            store::sweep(tx);
            const auto count = static_cast<std::int64_t>(regions.size() + labels.spots.size());
            audit_.record(
                tx, {made.imported_by, actor.name, "import", "map", made.id.str(),
                     record::to_text(made.source) + " " + std::to_string(count) +
                         (labels.without_place > 0 ? " without_place=" + std::to_string(labels.without_place) : "")});
            return MapImport{made.id, made.source, made.file_name, count, made.imported_at, actor.name};
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
