// SPDX-License-Identifier: Apache-2.0
// Decisions about terms without a database: what a text may say, and what a reader is shown.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "modules/knowledge/knowledge_pack.hpp"
#include "modules/knowledge/term_record.hpp"
#include "modules/search/search_service.hpp"

namespace tsunagi::knowledge {

/// By what name the term of a row is asked for.
[[nodiscard]] std::string id_of(const TermRecord& row);

/// The term of the pack with what the municipality says of it.
[[nodiscard]] Term joined(const PackTerm& term, const std::optional<TermReading>& row);
/// A municipality's own term, or what it wrote over a term that the pack no longer has.
[[nodiscard]] Term own_term(const TermReading& row);

/// All terms of the municipality by reading: the pack's with its words over them, and its own that are in use. What it
/// wrote over a term that the pack no longer has stays as an own term.
[[nodiscard]] std::vector<Term> all_terms(const KnowledgePack& pack, const std::vector<TermReading>& rows);

/// Whether every word of `q` stands in headword, reading, other names or texts.
[[nodiscard]] bool answers(const Term& term, const std::string& q, const search::Folding& folding);

/// Throws `invalid` when the municipality has as many terms as anybody could read through.
void check_room(const std::vector<Term>& terms);

/// Throws `invalid` naming every wrong field: an unknown kind, a headword that another term has, names twice, related
/// terms that do not exist, lists too long to read. `others` are the terms beside the one that is written.
void check(const TermText& text, const KnowledgePack& pack, const std::vector<Term>& others,
           const search::Folding& folding);

}  // namespace tsunagi::knowledge
