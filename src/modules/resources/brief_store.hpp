// SPDX-License-Identifier: Apache-2.0
// SQL of what stands beside a place in a file of the list: the local layer of the municipalities named, which the
// service takes from the person.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "db/transaction.hpp"
#include "modules/resources/place_sheet.hpp"

namespace tsunagi::resources::store {

/// What the person knows of each of these places, the newest layer of several.
[[nodiscard]] std::map<PlaceId, LocalBrief> briefs(db::ReadTx& tx, const std::vector<PlaceId>& places,
                                                   const std::vector<core::RegionId>& homes);
/// Names of municipalities and wards by their code.
[[nodiscard]] std::map<std::string, std::string, std::less<>> region_names(db::ReadTx& tx);

}  // namespace tsunagi::resources::store
