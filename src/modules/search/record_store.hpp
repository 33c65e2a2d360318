// SPDX-License-Identifier: Apache-2.0
// The records that may be hits, read through the reader's scope, with what the reader may not see left out: what is not
// in a document is found by nobody.
#pragma once
#include <string>
#include <vector>

#include "db/transaction.hpp"
#include "modules/access/actor.hpp"
#include "modules/consultations/consultation_service.hpp"
#include "modules/search/search.hpp"
#include "modules/search/search_query.hpp"

namespace tsunagi::search::store {

/// A record with everything that it is looked through for. `hit.passages` is still empty.
struct Candidate {
    Hit hit;
    Document document;
};

/// The texts and days of a sheet. Blanked fields are left out.
[[nodiscard]] Document document_of(const std::string& number, const consultations::ConsultationSheet& sheet);

/// These consultations in their order; those outside the scope are left out.
[[nodiscard]] std::vector<Candidate> consultations(db::ReadTx& tx, const access::Actor& actor,
                                                   const std::vector<core::ConsultationId>& ids);
/// Every record of the kind that the person may read.
[[nodiscard]] std::vector<Candidate> issues(db::ReadTx& tx, const access::Actor& actor);
[[nodiscard]] std::vector<Candidate> meetings(db::ReadTx& tx, const access::Actor& actor);
[[nodiscard]] std::vector<Candidate> measures(db::ReadTx& tx, const access::Actor& actor);
/// Colleagues of the own municipality; for who keeps the accounts, everybody.
[[nodiscard]] std::vector<Candidate> users(db::ReadTx& tx, const access::Actor& actor);

}  // namespace tsunagi::search::store
