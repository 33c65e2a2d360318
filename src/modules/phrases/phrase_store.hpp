// SPDX-License-Identifier: Apache-2.0
// SQL of phrases. Every reading query carries the reader's desks.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "db/transaction.hpp"
#include "modules/access/actor.hpp"
#include "modules/phrases/phrase.hpp"

namespace tsunagi::phrases {

struct PhraseRecord {
    PhraseId id;
    core::DeskId desk_id;
    core::RegionId municipality_id;
    std::int64_t version = 1;
    core::Instant updated_at;
    core::UserId updated_by;
    std::string name;
    std::string kana;
    std::string text;
    std::optional<PhraseField> field;
    std::optional<record::Code<"topic">> topic;
};
BOOST_DESCRIBE_STRUCT(PhraseRecord, (),
                      (id, desk_id, municipality_id, version, updated_at, updated_by, name, kana, text, field, topic))

/// Nothing where the desk does not exist.
[[nodiscard]] std::vector<Phrase> list(db::ReadTx& tx, const access::Actor& actor, const PhraseFilter& filter);
[[nodiscard]] std::optional<PhraseRecord> find(db::ReadTx& tx, const access::Actor& actor, const PhraseId& id);
void insert(db::WriteTx& tx, const PhraseRecord& phrase);
/// False when somebody was faster.
[[nodiscard]] bool update(db::WriteTx& tx, const PhraseRecord& phrase);
[[nodiscard]] bool remove(db::WriteTx& tx, const PhraseRecord& phrase);

}  // namespace tsunagi::phrases
