// SPDX-License-Identifier: Apache-2.0
// Activities and files: what was written down beside the cases. There may be as many as cases, so the index says which
// may answer, and they are read by their ids, through the reader's scope, with what the reader may not see left out.
#pragma once
#include <span>
#include <string>
#include <vector>

#include "modules/search/index_store.hpp"
#include "modules/search/record_store.hpp"

namespace tsunagi::search::store {

/// Of these ids the activities that the person may read and nobody withdrew, in this order. A name is in the document
/// at the desks where the person works; where the module shows kind and day alone, so does the document.
[[nodiscard]] std::vector<Candidate> activities(db::ReadTx& tx, const access::Actor& actor,
                                                std::span<const IdNumber> ids);
/// Likewise the files.
[[nodiscard]] std::vector<Candidate> attachments(db::ReadTx& tx, const access::Actor& actor,
                                                 std::span<const IdNumber> ids);

/// The newest activities of the cases that an agenda discloses to the person.
[[nodiscard]] std::vector<IdNumber> activities_on_agendas(db::ReadTx& tx, const access::Actor& actor,
                                                          std::int64_t most);
/// What changed last on a shelf. What of it a person may read is decided when it is read.
[[nodiscard]] std::vector<IdNumber> newest(db::ReadTx& tx, Source source, const Place& place, std::int64_t most);

/// Whole texts for the index, of the rows `t` of activities or attachments that fit the condition; without those that
/// were withdrawn.
[[nodiscard]] std::vector<Text> written_texts(db::ReadTx& tx, Source source, const std::string& condition,
                                              const record::Params& params);

}  // namespace tsunagi::search::store
