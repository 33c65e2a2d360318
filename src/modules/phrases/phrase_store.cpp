// SPDX-License-Identifier: Apache-2.0
#include "modules/phrases/phrase_store.hpp"

#include "db/record_versions.hpp"
#include "record/sql_text.hpp"

namespace tsunagi::phrases {
namespace {

using record::Params;

/// A list that nobody could read through any more is cut here.
constexpr const char* most_phrases = "2000";

struct PhraseReading : PhraseRecord {
    std::string updated_by_name;
};
BOOST_DESCRIBE_STRUCT(PhraseReading, (PhraseRecord), (updated_by_name))

std::string scope(const access::Actor& actor, Params& params) {
    return actor.desks.empty() ? std::string("1 = 0") : record::in_list("p.desk_id", actor.desks, "scope_desk", params);
}

}  // namespace

std::vector<Phrase> list(db::ReadTx& tx, const access::Actor& actor, const PhraseFilter& filter) {
    Params params;
    std::string where = scope(actor, params);
    if (!filter.desk.empty())
        where += " AND " + record::in_list("p.desk_id", filter.desk, "desk", params);
    std::vector<Phrase> result;
    for (auto& row : tx.rows<PhraseReading>(
             "SELECT " + record::columns<PhraseRecord>("p") +
                 ", u.name FROM phrases p JOIN users u ON u.id = p.updated_by WHERE " + where +
                 " ORDER BY CASE WHEN p.kana = '' THEN p.name ELSE p.kana END, p.name, p.id LIMIT " + most_phrases,
             params)) {
        result.push_back(
            {.id = std::move(row.id),
             .desk_id = std::move(row.desk_id),
             .version = row.version,
             .updated_at = std::move(row.updated_at),
             .updated_by_name = std::move(row.updated_by_name),
             .text = {std::move(row.name), std::move(row.kana), std::move(row.text), row.field, std::move(row.topic)}});
    }
    return result;
}

std::optional<PhraseRecord> find(db::ReadTx& tx, const access::Actor& actor, const PhraseId& id) {
    Params params;
    params.set("id", id);
    const std::string desks = scope(actor, params);
    return tx.row<PhraseRecord>(
        "SELECT " + record::columns<PhraseRecord>("p") + " FROM phrases p WHERE p.id = :id AND " + desks, params);
}

void insert(db::WriteTx& tx, const PhraseRecord& phrase) {
    tx.insert("phrases", phrase);
}

bool update(db::WriteTx& tx, const PhraseRecord& phrase) {
    return db::update_versioned(tx, "phrases", phrase);
}

bool remove(db::WriteTx& tx, const PhraseRecord& phrase) {
    return tx.execute("DELETE FROM phrases WHERE id = :id AND version = :version",
                      Params().set("id", phrase.id).set("version", phrase.version)) == 1;
}

}  // namespace tsunagi::phrases
