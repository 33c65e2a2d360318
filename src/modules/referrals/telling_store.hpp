// SPDX-License-Identifier: Apache-2.0
// SQL of what was told. Whoever calls has found the ask within the reader's scope, or by an opened page.
#pragma once
#include <string>
#include <vector>

#include "db/transaction.hpp"
#include "modules/referrals/telling_rules.hpp"

namespace tsunagi::referrals::store {

using TellingId = core::Id<struct TellingTag>;

/// A row of `referral_tellings`; `document` is a ToldText.
struct TellingRecord {
    TellingId id;
    ReferralId referral_id;
    core::Instant at;
    core::UserId by_id;
    ToldWay way{};
    std::string document;
};
BOOST_DESCRIBE_STRUCT(TellingRecord, (), (id, referral_id, at, by_id, way, document))

void insert(db::WriteTx& tx, const TellingRecord& telling);
/// Newest first.
[[nodiscard]] std::vector<Telling> tellings(db::ReadTx& tx, const ReferralId& id);
[[nodiscard]] CaseFacts case_facts(db::ReadTx& tx, const ReferralId& id);

}  // namespace tsunagi::referrals::store
