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
    std::string name;
    std::string short_name;
    double latitude = 0;
    double longitude = 0;
    double area_km2 = 0;
    std::string shape;
};
BOOST_DESCRIBE_STRUCT(RegionRecord, (), (code, import_id, name, short_name, latitude, longitude, area_km2, shape))

struct LabelRecord {
    MapLabelId id;
    MapImportId import_id;
    LabelKind kind{};
    std::string name;
    std::string area;
    double latitude = 0;
    double longitude = 0;
};
BOOST_DESCRIBE_STRUCT(LabelRecord, (), (id, import_id, kind, name, area, latitude, longitude))

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
/// Takes the place of what stands there of the same code.
void put(db::WriteTx& tx, const RegionRecord& region);
void insert(db::WriteTx& tx, const LabelRecord& label);
/// Of that kind; of one area, or all of them.
void remove_labels(db::WriteTx& tx, LabelKind kind, const std::optional<std::string>& area);
/// Imports of which nothing stands any longer.
void sweep(db::WriteTx& tx);
/// False when there is no such import.
[[nodiscard]] bool remove(db::WriteTx& tx, const MapImportId& id);

[[nodiscard]] std::vector<RegionRecord> regions(db::ReadTx& tx, const std::vector<CodeSpan>& spans);
/// By kind, stations before towns, then by name; words stand in name or area.
[[nodiscard]] std::vector<MapLabel> labels(db::ReadTx& tx, const LabelSearch& search);
[[nodiscard]] std::vector<MapSource> sources(db::ReadTx& tx);

}  // namespace tsunagi::maps::store
