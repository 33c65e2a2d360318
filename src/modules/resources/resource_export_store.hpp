// SPDX-License-Identifier: Apache-2.0
// SQL of what other systems may have. Everything it reads is public and the same for everybody.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "db/transaction.hpp"
#include "modules/localities/locality.hpp"
#include "modules/resources/official_layout.hpp"
#include "modules/resources/resource_export.hpp"

namespace tsunagi::resources::store {

/// With what the service made of it.
struct ExportConditions {
    ExportSearch search;
    std::vector<std::string> words;  ///< folded
    std::vector<CodeRange> areas;
};

/// A municipality as official files name it.
struct AreaName {
    std::string prefecture;
    std::string municipality;
};

[[nodiscard]] std::vector<ExportedPlace> exported_places(db::ReadTx& tx, const ExportConditions& conditions,
                                                         const ExportPart& part);
[[nodiscard]] std::int64_t count_places(db::ReadTx& tx, const ExportConditions& conditions);
[[nodiscard]] std::vector<ExportedService> exported_services(db::ReadTx& tx, const ExportConditions& conditions,
                                                             const ExportPart& part);
[[nodiscard]] std::int64_t count_services(db::ReadTx& tx, const ExportConditions& conditions);
[[nodiscard]] std::vector<ExportedCorporation> corporations(db::ReadTx& tx, const ExportConditions& conditions,
                                                            const ExportPart& part);
[[nodiscard]] std::int64_t count_corporations(db::ReadTx& tx, const ExportConditions& conditions);
/// By their codes, as official files name them, else as the tree of regions does.
[[nodiscard]] std::map<std::string, AreaName, std::less<>> area_names(db::ReadTx& tx,
                                                                      const std::vector<std::string>& codes);

/// Towns with postal codes of which the address of one of these places speaks, each within its municipality.
[[nodiscard]] std::vector<localities::Town> towns_named(db::ReadTx& tx, const std::vector<PlaceId>& places);

/// What a record says of the place it belongs to; cells as JSON, of these sources alone.
struct NumberLine {
    PlaceId place_id;
    std::string source;
    std::string source_key;
    std::string cells;
};
BOOST_DESCRIBE_STRUCT(NumberLine, (), (place_id, source, source_key, cells))
[[nodiscard]] std::vector<NumberLine> numbers_of(db::ReadTx& tx, const std::vector<PlaceId>& places,
                                                 const std::vector<std::string>& with_cells);
[[nodiscard]] std::vector<UsedFile> used_files(db::ReadTx& tx);

}  // namespace tsunagi::resources::store
