// SPDX-License-Identifier: Apache-2.0
// SQL of what is missing: of the cases the reader sees.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "db/transaction.hpp"
#include "modules/access/actor.hpp"
#include "modules/referrals/gap_rules.hpp"

namespace tsunagi::referrals::store {

[[nodiscard]] std::vector<AskFact> ask_facts(db::ReadTx& tx, const access::Actor& actor, const GapFilter& filter);
/// Searches that were dropped apart.
[[nodiscard]] std::vector<SearchFact> search_facts(db::ReadTx& tx, const access::Actor& actor, const GapFilter& filter);
[[nodiscard]] std::map<core::RegionId, std::string> region_names(db::ReadTx& tx,
                                                                 const std::vector<core::RegionId>& ids);

}  // namespace tsunagi::referrals::store
