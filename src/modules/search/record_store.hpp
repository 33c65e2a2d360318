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
#include "modules/search/sheet_sieve.hpp"

namespace tsunagi::search::store {

/// A record with everything that it is looked through for. `hit.passages` is still empty.
struct Candidate {
    Hit hit;
    Document document;
};

/// Puts a text or a day into the document, unless it is blank.
void put(Document& document, const char* name, const std::string& text);
void put(Document& document, const char* name, const std::optional<core::Date>& day);

/// `column IN (…)`. The ids, which are not none, are repeated so that there are few lengths: few texts to prepare.
[[nodiscard]] std::string in_padded_list(const char* column, std::vector<core::ConsultationId> ids,
                                         record::Params& params);

/// The texts and days of a sheet. Blanked fields are left out.
[[nodiscard]] Document document_of(const std::string& number, const consultations::ConsultationSheet& sheet);

/// These consultations in their order; those outside the scope are left out, and those that the sieve holds back.
[[nodiscard]] std::vector<Candidate> consultations(db::ReadTx& tx, const access::Actor& actor,
                                                   const std::vector<core::ConsultationId>& ids,
                                                   const SheetSieve& sieve);
/// Every record of the kind that the person may read.
[[nodiscard]] std::vector<Candidate> issues(db::ReadTx& tx, const access::Actor& actor);
[[nodiscard]] std::vector<Candidate> meetings(db::ReadTx& tx, const access::Actor& actor);
[[nodiscard]] std::vector<Candidate> measures(db::ReadTx& tx, const access::Actor& actor);
[[nodiscard]] std::vector<Candidate> indicators(db::ReadTx& tx, const access::Actor& actor);
[[nodiscard]] std::vector<Candidate> evaluations(db::ReadTx& tx, const access::Actor& actor);
/// Colleagues of the own municipality; for who keeps the accounts, everybody.
[[nodiscard]] std::vector<Candidate> users(db::ReadTx& tx, const access::Actor& actor);

}  // namespace tsunagi::search::store
