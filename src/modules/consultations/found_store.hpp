// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>

#include "db/transaction.hpp"
#include "modules/access/actor.hpp"
#include "modules/consultations/consultation.hpp"

namespace tsunagi::consultations::store {

/// The record when the reader may see it at all, nothing withheld yet; throws `not_found`.
[[nodiscard]] Consultation found(db::ReadTx& tx, const access::Actor& actor, const core::ConsultationId& id);

/// The record when the person works at its desk: others may read it, but not change it (`forbidden`). Throws `stale`
/// when `version` is no longer the newest.
[[nodiscard]] Consultation found_for_change(db::ReadTx& tx, const access::Actor& actor, const core::ConsultationId& id,
                                            std::optional<std::int64_t> version = {});

}  // namespace tsunagi::consultations::store
