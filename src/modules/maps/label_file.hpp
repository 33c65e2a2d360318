// SPDX-License-Identifier: Apache-2.0
// Names of towns and stations with where they are, from tables as they are published. Pure but for reading the list of
// column names.
#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "modules/maps/map.hpp"

namespace tsunagi::maps {

/// What a column holds, by each name it goes by.
using ColumnNames = std::map<std::string, std::string, std::less<>>;

/// packs/standard/map_columns.yaml. Throws std::runtime_error that names the file.
[[nodiscard]] ColumnNames read_column_names(const std::filesystem::path& file);

struct NamedSpot {
    std::string name;
    std::string area;  ///< prefecture and municipality of a town, prefecture of a station
    double latitude = 0;
    double longitude = 0;
};

struct LabelFile {
    LabelKind kind = LabelKind::town;
    std::vector<NamedSpot> spots;    ///< each name of an area once, in the middle of its rows
    std::int64_t without_place = 0;  ///< rows left out: no name, or no place on earth
};

/// Throws core::Error `invalid`: `map_unknown` where the columns are not found, `map_broken` for a broken gzip file.
[[nodiscard]] LabelFile read_labels(const ColumnNames& names, std::string_view bytes);

}  // namespace tsunagi::maps
