// SPDX-License-Identifier: Apache-2.0
// The table of those who called a desk before, kept with the registered sheets.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "db/transaction.hpp"
#include "modules/access/actor.hpp"
#include "modules/consultations/consultation.hpp"

namespace tsunagi::consultations::store {

/// Brings the table in line with a sheet that was `before` (nothing: a new record, or a draft until now) and is
/// `after`. Drafts are not in it.
void follow_caller(db::WriteTx& tx, const std::optional<Caller>& before, const Consultation& after);

/// Counts another call of a caller of that desk who is known by name and affiliation, when the sheet says nothing new
/// of them. Answers no row otherwise: then `follow_caller` does it.
[[nodiscard]] db::Question count_call_of(const ConsultationSheet& sheet, const core::DeskId& desk);

/// Callers of the person's own desks that fit what was looked for (see `looked_for`); who called often and lately
/// first.
[[nodiscard]] std::vector<Caller> find_callers(db::ReadTx& tx, const access::Actor& actor, const std::string& wanted,
                                               const core::Date& today);

/// Writes the compared form of callers that came from an older schema, a thousand at most; false when none was left.
[[nodiscard]] bool write_searched(db::WriteTx& tx);

}  // namespace tsunagi::consultations::store
