// SPDX-License-Identifier: Apache-2.0
// SQL of the requests to undo a finalisation. Whoever calls has found the record within the reader's scope.
#pragma once
#include <optional>
#include <string>

#include "db/transaction.hpp"
#include "modules/access/actor.hpp"
#include "modules/consultations/consultation.hpp"
#include "modules/consultations/unfinalisation.hpp"

namespace tsunagi::consultations::store {

/// The request that waits for a second person; none when the record has changed since.
[[nodiscard]] std::optional<AskedUndo> asked_undo(db::ReadTx& tx, const access::Actor& actor,
                                                  const Consultation& consultation);
/// One waits at most: an older one of the same person, or one that the record has outdated, counts as withdrawn. False
/// when somebody else's came in between.
[[nodiscard]] bool ask_undo(db::WriteTx& tx, const access::Actor& actor, const Consultation& consultation,
                            const std::string& reason, const core::Instant& now);
/// `version`: that of the record which came out of it. False when nothing waited any more.
bool settle_undo(db::WriteTx& tx, const access::Actor& actor, const Consultation& consultation, UndoOutcome outcome,
                 std::optional<std::int64_t> version, const core::Instant& now);

}  // namespace tsunagi::consultations::store
