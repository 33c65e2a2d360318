// SPDX-License-Identifier: Apache-2.0
#include "modules/knowledge/term_store.hpp"

#include <algorithm>

#include "db/record_versions.hpp"
#include "record/text_columns.hpp"

namespace tsunagi::knowledge {
namespace {

using record::Params;

constexpr db::VersionTable version_table{"term_versions", "term_id"};

}  // namespace

std::vector<TermReading> rows(db::ReadTx& tx, const core::RegionId& municipality) {
    return tx.rows<TermReading>(
        "SELECT " + record::columns<TermRecord>("t") +
            ", u.name FROM terms t JOIN users u ON u.id = t.updated_by WHERE t.municipality_id = :municipality "
            "AND (t.written = 1 OR t.pack_key IS NOT NULL) ORDER BY t.id",
        Params().set("municipality", municipality));
}

void insert(db::WriteTx& tx, const TermRecord& term) {
    tx.insert("terms", term);
}

bool update(db::WriteTx& tx, const TermRecord& term) {
    return db::update_versioned(tx, "terms", term);
}

void add_version(db::WriteTx& tx, const TermRecord& term, TermChangeKind kind) {
    db::add_version(tx, version_table, term.id.str(),
                    {.version = term.version,
                     .at = term.updated_at,
                     .by_id = term.updated_by,
                     .kind = record::to_text(kind),
                     .reason = {},
                     .document = record::to_json(record::text_from<TermText>(term))});
}

std::vector<TermVersion> versions(db::ReadTx& tx, const OwnTermId& id) {
    std::vector<TermVersion> result;
    for (auto& saved : db::versions(tx, version_table, id.str())) {
        TermVersion version{.version = saved.version,
                            .at = std::move(saved.at),
                            .by_name = std::move(saved.by_name),
                            .kind = {},
                            .text = record::from_stored_json<TermText>(saved.document)};
        (void)record::StringScalar<TermChangeKind>::from(saved.kind, version.kind);
        result.push_back(std::move(version));
    }
    std::ranges::reverse(result);
    return result;
}

std::vector<DoneItem> done_items(db::ReadTx& tx, const core::UserId& user) {
    return tx.rows<DoneItem>("SELECT item, done_at FROM learning_done WHERE user_id = :user ORDER BY item",
                             Params().set("user", user));
}

void set_done(db::WriteTx& tx, const core::UserId& user, const std::string& item, const core::Instant& now) {
    tx.execute(
        "INSERT INTO learning_done (user_id, item, done_at) VALUES (:user, :item, :now) "
        "ON CONFLICT (user_id, item) DO NOTHING",
        Params().set("user", user).set("item", item).set("now", now));
}

void set_undone(db::WriteTx& tx, const core::UserId& user, const std::string& item) {
    tx.execute("DELETE FROM learning_done WHERE user_id = :user AND item = :item",
               Params().set("user", user).set("item", item));
}

}  // namespace tsunagi::knowledge
