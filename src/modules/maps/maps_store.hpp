// SPDX-License-Identifier: Apache-2.0
// SQL of boundaries and labels. Public data: no scope, but for the names of those who imported.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "db/transaction.hpp"
#include "modules/maps/map.hpp"

namespace tsunagi::maps::store {

struct ImportRecord {
    MapImportId id;
    MapSource source{};
    std::string file_name;
    core::Instant imported_at;
    std::optional<core::UserId> imported_by;  ///< nobody: the command line
};
BOOST_DESCRIBE_STRUCT(ImportRecord, (), (id, source, file_name, imported_at, imported_by))

/// A row of `map_regions`; the shape is JSON.
struct RegionRecord {
    std::string code;
    MapImportId import_id;
    std::string replaced_by;  ///< the import that took its place; empty: it stands
    std::string name;
    std::string short_name;
    double latitude = 0;
    double longitude = 0;
    double area_km2 = 0;
    std::string shape;
};
BOOST_DESCRIBE_STRUCT(RegionRecord, (),
                      (code, import_id, replaced_by, name, short_name, latitude, longitude, area_km2, shape))

/// A region by the spot inside it, standing or not.
struct RegionSpot {
    std::string code;
    MapImportId import_id;
    std::string replaced_by;
    std::string name;
    double latitude = 0;
    double longitude = 0;
};
BOOST_DESCRIBE_STRUCT(RegionSpot, (), (code, import_id, replaced_by, name, latitude, longitude))

struct LabelRecord {
    MapLabelId id;
    MapImportId import_id;
    std::string replaced_by;
    LabelKind kind{};
    std::string name;
    std::string area;
    double latitude = 0;
    double longitude = 0;
};
BOOST_DESCRIBE_STRUCT(LabelRecord, (), (id, import_id, replaced_by, kind, name, area, latitude, longitude))

/// Codes of six digits, both ends included.
struct CodeSpan {
    std::string first;
    std::string last;
};

struct LabelSearch {
    std::string words;
    std::vector<LabelKind> kinds;
    std::optional<double> west;
    double south = 0;
    double east = 0;
    double north = 0;
    std::int64_t limit = 0;
};

[[nodiscard]] std::vector<MapImport> imports(db::ReadTx& tx);
void insert(db::WriteTx& tx, const ImportRecord& import);
void insert(db::WriteTx& tx, const RegionRecord& region);
void insert(db::WriteTx& tx, const LabelRecord& label);

[[nodiscard]] std::vector<RegionSpot> spots(db::ReadTx& tx);
/// Makes way for that import. What had made way before is no longer kept.
void make_way(db::WriteTx& tx, const RegionSpot& region, const MapImportId& by);

/// Labels of a kind; of one area, or all of them.
struct LabelArea {
    LabelKind kind{};
    std::optional<std::string> area;
};

struct LabelSpot {
    std::string name;
    std::string area;
    double latitude = 0;
    double longitude = 0;
};
BOOST_DESCRIBE_STRUCT(LabelSpot, (), (name, area, latitude, longitude))

/// Those that stand.
[[nodiscard]] std::vector<LabelSpot> label_spots(db::ReadTx& tx, const LabelArea& of);
void make_way(db::WriteTx& tx, const LabelArea& of, const MapImportId& by);
/// Imports of which nothing is kept any longer.
void sweep(db::WriteTx& tx);
/// What had made way for it stands again. False when there is no such import.
[[nodiscard]] bool remove(db::WriteTx& tx, const MapImportId& id);

[[nodiscard]] std::vector<RegionRecord> regions(db::ReadTx& tx, const std::vector<CodeSpan>& spans);
/// By kind, stations before towns, then by name; words stand in name or area.
[[nodiscard]] std::vector<MapLabel> labels(db::ReadTx& tx, const LabelSearch& search);
[[nodiscard]] std::vector<MapSource> sources(db::ReadTx& tx);

}  // namespace tsunagi::maps::store
