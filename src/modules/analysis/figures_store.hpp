// SPDX-License-Identifier: Apache-2.0
// SQL of the figures: the names around them. The counts come from the selection of the consultations.
#pragma once
#include <string>
#include <vector>

#include "db/transaction.hpp"
#include "modules/analysis/figures_rules.hpp"

namespace tsunagi::analysis::store {

/// The regions of these municipalities in tree order. Columns are the regions right below a municipality, or with
/// `whole` the municipalities themselves.
[[nodiscard]] std::vector<CountedRegion> regions(db::ReadTx& tx, const std::vector<core::RegionId>& municipalities,
                                                 const core::Date& from, bool whole);
/// The municipalities of these desks.
[[nodiscard]] std::vector<core::RegionId> municipalities_of(db::ReadTx& tx, const std::vector<core::DeskId>& desks);
/// Names of those of the desks that belong to these municipalities.
[[nodiscard]] std::vector<std::string> desk_names(db::ReadTx& tx, const std::vector<core::DeskId>& desks,
                                                  const std::vector<core::RegionId>& municipalities);

}  // namespace tsunagi::analysis::store
