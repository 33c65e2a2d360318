// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "db/transaction.hpp"
#include "modules/access/actor.hpp"
#include "modules/consultations/consultation.hpp"
#include "modules/consultations/consultation_facts.hpp"

namespace tsunagi::consultations::store {

/// Records within the scope that have come so far, any of these. Only meetings that the reader sees count for
/// `on_agenda`. What decides stands in no fact, but such records are few: they are open, or on an agenda.
[[nodiscard]] std::vector<IdNumber> with_standing(db::ReadTx& tx, const access::Actor& actor,
                                                  const std::vector<CaseStanding>& wanted);

}  // namespace tsunagi::consultations::store
