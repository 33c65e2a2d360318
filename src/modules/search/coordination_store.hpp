// SPDX-License-Identifier: Apache-2.0
// What is coordinated for a person: asks of places, discharges. Seen by whoever works with it, as everywhere.
#pragma once
#include <vector>

#include "modules/search/record_store.hpp"

namespace tsunagi::search::store {

/// With the need they are about; names of people only for who may read them.
[[nodiscard]] std::vector<Candidate> referrals(db::ReadTx& tx, const access::Actor& actor);
[[nodiscard]] std::vector<Candidate> discharges(db::ReadTx& tx, const access::Actor& actor);

}  // namespace tsunagi::search::store
