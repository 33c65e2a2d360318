// SPDX-License-Identifier: Apache-2.0
// 地図: boundaries of municipalities and wards, names of towns and stations.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/date.hpp"
#include "core/id.hpp"
#include "modules/uploads/upload.hpp"
#include "record/describe.hpp"
#include "record/told_difference.hpp"
#include "record/types.hpp"

namespace tsunagi::maps {

using MapImportId = core::Id<struct MapImportTag>;
using MapLabelId = core::Id<struct MapLabelTag>;

/// Where it comes from, which says how it is credited: 国土数値情報, lists of towns or stations, a made-up city.
enum class MapSource { n03, towns, stations, fictitious };
BOOST_DESCRIBE_ENUM(MapSource, n03, towns, stations, fictitious)

enum class LabelKind { municipality, town, station };
BOOST_DESCRIBE_ENUM(LabelKind, municipality, town, station)

struct MapImport {
    MapImportId id;
    MapSource source{};
    std::string file_name;
    std::int64_t count = 0;     ///< regions or labels that stand in it
    std::int64_t replaced = 0;  ///< those of earlier files that it has taken the place of
    core::Instant imported_at;
    std::string imported_by_name;
};
BOOST_DESCRIBE_STRUCT(MapImport, (), (id, source, file_name, count, replaced, imported_at, imported_by_name))

struct MapImportList {
    std::vector<MapImport> items;
};
BOOST_DESCRIBE_STRUCT(MapImportList, (), (items))

struct NewMapImport {
    uploads::UploadId upload_id;
    bool apply = false;  ///< otherwise only the difference is told
};
BOOST_DESCRIBE_STRUCT(NewMapImport, (), (upload_id, apply))

/// A file beside what stands of the same ground. Regions are named as 152226 上越市, towns and stations with their
/// area; a region is gone where the file draws another one in its place.
struct MapDifference : record::ToldDifference {
    MapSource source{};
    std::string file_name;
    std::int64_t count = 0;          ///< regions or labels of the file
    std::int64_t without_place = 0;  ///< rows left out: no name, or no place on earth
    std::optional<MapImportId> id;   ///< once applied
};
BOOST_DESCRIBE_STRUCT(MapDifference, (record::ToldDifference), (source, file_name, count, without_place, id))

/// An archive of tiles on this machine that is drawn below everything else.
struct MapBackground {
    bool there = false;
    std::int64_t size = 0;  ///< bytes
};
BOOST_DESCRIBE_STRUCT(MapBackground, (), (there, size))

/// Polygons of rings, the outer one first; a ring is `x, y` of its first vertex and the steps to the others, in
/// hundred-thousandths of a degree.
using MapShape = std::vector<std::vector<std::vector<std::int64_t>>>;

struct MapRegion {
    std::string code;  ///< 6 digits
    std::string name;  ///< 札幌市中央区
    std::string short_name;
    double latitude = 0;  ///< of a spot inside
    double longitude = 0;
    double area_km2 = 0;
    MapShape shape;
};
BOOST_DESCRIBE_STRUCT(MapRegion, (), (code, name, short_name, latitude, longitude, area_km2, shape))

struct MapRegions {
    std::vector<MapRegion> items;
    std::vector<MapSource> sources;  ///< to be credited
};
BOOST_DESCRIBE_STRUCT(MapRegions, (), (items, sources))

struct MapRegionFilter {
    std::vector<std::string> municipality;  ///< codes of 2, 5 or 6 digits; a city covers its wards; none: all
};
BOOST_DESCRIBE_STRUCT(MapRegionFilter, (), (municipality))

struct MapLabel {
    std::string id;
    LabelKind kind{};
    std::string name;
    std::string area;
    double latitude = 0;
    double longitude = 0;
};
BOOST_DESCRIBE_STRUCT(MapLabel, (), (id, kind, name, area, latitude, longitude))

struct MapLabels {
    std::vector<MapLabel> items;
    std::vector<MapSource> sources;
};
BOOST_DESCRIBE_STRUCT(MapLabels, (), (items, sources))

struct MapLabelFilter {
    record::Text<100> words;
    std::vector<LabelKind> kind;
    record::Text<100> box;  ///< west,south,east,north
    std::optional<std::int64_t> limit;
};
BOOST_DESCRIBE_STRUCT(MapLabelFilter, (), (words, kind, box, limit))

}  // namespace tsunagi::maps
