// SPDX-License-Identifier: Apache-2.0
// SQL of the figures. The condition on consultations comes from consultations::select, scope included.
#pragma once
#include <string>
#include <vector>

#include "db/transaction.hpp"
#include "modules/analysis/figures_rules.hpp"
#include "modules/consultations/consultation_service.hpp"

namespace tsunagi::analysis::store {

/// The groups of the month table; reads an index alone.
[[nodiscard]] std::vector<CountedGroup> groups(db::ReadTx& tx, const consultations::Selection& selection);
/// The marks of the records that carry a re-listed item.
[[nodiscard]] std::vector<CountedMarks> relisted(db::ReadTx& tx, const consultations::Selection& selection);
/// The regions of these municipalities in tree order. Columns are the regions right below a municipality, or with
/// `whole` the municipalities themselves.
[[nodiscard]] std::vector<CountedRegion> regions(db::ReadTx& tx, const std::vector<core::RegionId>& municipalities,
                                                 const core::Date& from, bool whole);
/// The municipalities of these desks.
[[nodiscard]] std::vector<core::RegionId> municipalities_of(db::ReadTx& tx, const std::vector<core::DeskId>& desks);
/// Names of those of the desks that belong to these municipalities.
[[nodiscard]] std::vector<std::string> desk_names(db::ReadTx& tx, const std::vector<core::DeskId>& desks,
                                                  const std::vector<core::RegionId>& municipalities);

/// The newest cases of the selection with their marks, at most `most`.
[[nodiscard]] std::vector<MarkedCase> marked_cases(db::ReadTx& tx, const consultations::Selection& selection,
                                                   std::size_t most);
[[nodiscard]] std::int64_t count(db::ReadTx& tx, const consultations::Selection& selection);

}  // namespace tsunagi::analysis::store
