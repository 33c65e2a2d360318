// SPDX-License-Identifier: Apache-2.0
// SQL of what other systems may have. Everything it reads is public and the same for everybody.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "db/transaction.hpp"
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
[[nodiscard]] std::vector<Corporation> corporations(db::ReadTx& tx, const ExportConditions& conditions,
                                                    const ExportPart& part);
[[nodiscard]] std::int64_t count_corporations(db::ReadTx& tx, const ExportConditions& conditions);
/// The cells of one record of that municipality, of a source that names it; empty where there is none.
[[nodiscard]] std::string cells_of_area(db::ReadTx& tx, const std::string& code, const std::string& source);
/// As the tree of regions has them.
[[nodiscard]] std::map<std::string, AreaName, std::less<>> region_names(db::ReadTx& tx);
[[nodiscard]] std::vector<UsedFile> used_files(db::ReadTx& tx);

}  // namespace tsunagi::resources::store
