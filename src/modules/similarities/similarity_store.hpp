// SPDX-License-Identifier: Apache-2.0
// SQL of the cases that are compared, each read through the reader's scope with what they may not see left out.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "db/transaction.hpp"
#include "modules/access/actor.hpp"
#include "modules/consultations/consultation_service.hpp"
#include "modules/similarities/similarity.hpp"

namespace tsunagi::similarities::store {

/// A case with what the reader may see of its sheet.
struct ReadCase {
    core::ConsultationId id;
    core::DeskId desk_id;
    std::string number;
    consultations::ConsultationState state{};
    core::Date listed_on;
    consultations::ConsultationSheet sheet;
};

/// Nothing when it is outside the reader's scope.
[[nodiscard]] std::optional<ReadCase> find(db::ReadTx& tx, const access::Actor& actor, const core::ConsultationId& id);

/// These cases; those outside the scope are left out.
[[nodiscard]] std::vector<ReadCase> cases(db::ReadTx& tx, const access::Actor& actor,
                                          const std::vector<core::ConsultationId>& ids);

/// A case of another desk. The id is for the audit alone.
struct SharedCase {
    core::ConsultationId id;
    consultations::ConsultationSheet sheet;
};

/// The newest cases that other desks of the municipality share, with nothing in the sheet but codes and, once somebody
/// has confirmed it, the anonymised background.
[[nodiscard]] std::vector<SharedCase> shared_by_others(db::ReadTx& tx, const access::Actor& actor, std::int64_t most);

/// Issues that these cases are evidence of, and the measures decided on those, as far as the reader may see them.
[[nodiscard]] std::map<core::ConsultationId, std::vector<Following>> followings(
    db::ReadTx& tx, const access::Actor& actor, const std::vector<core::ConsultationId>& ids);

}  // namespace tsunagi::similarities::store
