// SPDX-License-Identifier: Apache-2.0
#include "modules/answer_pages/answer_page_store.hpp"

#include "record/params.hpp"
#include "record/row.hpp"
#include "record/sql_text.hpp"

namespace tsunagi::answer_pages::store {
namespace {

using record::Params;

struct StandingOf {
    std::string subject_id;
    core::Instant issued_at;
    core::Instant expires_at;
    std::optional<core::Instant> opened_at;
    std::optional<core::Instant> used_at;
    std::optional<core::Instant> withdrawn_at;
    std::int64_t failures = 0;
};
BOOST_DESCRIBE_STRUCT(StandingOf, (), (subject_id, issued_at, expires_at, opened_at, used_at, withdrawn_at, failures))

}  // namespace

std::optional<PageRecord> find(db::ReadTx& tx, const std::string& token_hash) {
    return tx.row<PageRecord>(
        "SELECT " + record::columns<PageRecord>() + " FROM answer_pages WHERE token_hash = :token",
        Params().set("token", token_hash));
}

std::map<std::string, AnswerPageStanding> standings(db::ReadTx& tx, AnswerKind kind,
                                                    const std::vector<std::string>& subjects) {
    std::map<std::string, AnswerPageStanding> result;
    if (subjects.empty())
        return result;
    Params params;
    params.set("kind", kind);
    const std::string among = record::in_list("subject_id", subjects, "subject", params);
    for (const auto& row : tx.rows<StandingOf>("SELECT subject_id, created_at, expires_at, opened_at, used_at, "
                                               "COALESCE(withdrawn_at, ask_withdrawn_at), failures FROM answer_pages "
                                               "WHERE kind = :kind AND " +
                                                   among + " ORDER BY created_at, id",
                                               params))
        result[row.subject_id] = {row.issued_at, row.expires_at,   row.opened_at,
                                  row.used_at,   row.withdrawn_at, row.failures};
    return result;
}

void insert(db::WriteTx& tx, const PageRecord& page) {
    tx.insert("answer_pages", page);
}

void count_failure(db::WriteTx& tx, const AnswerPageId& id, const core::Instant& closed_until) {
    tx.execute("UPDATE answer_pages SET failures = failures + 1, closed_until = :until WHERE id = :id",
               Params().set("until", closed_until).set("id", id));
}

void mark_opened(db::WriteTx& tx, const AnswerPageId& id, const core::Instant& now) {
    tx.execute(
        "UPDATE answer_pages SET failures = 0, closed_until = NULL, opened_at = COALESCE(opened_at, :now) WHERE id = "
        ":id",
        Params().set("now", now).set("id", id));
}

bool mark_used(db::WriteTx& tx, const AnswerPageId& id, const core::Instant& now) {
    return tx.execute(
               "UPDATE answer_pages SET used_at = :now WHERE id = :id AND used_at IS NULL AND withdrawn_at IS NULL AND "
               "ask_withdrawn_at IS NULL AND expires_at > :now",
               Params().set("now", now).set("id", id)) == 1;
}

std::int64_t withdraw(db::WriteTx& tx, AnswerKind kind, const std::string& subject, const core::Instant& now) {
    return tx.execute(
        "UPDATE answer_pages SET withdrawn_at = :now WHERE kind = :kind AND subject_id = :subject AND used_at IS NULL "
        "AND withdrawn_at IS NULL",
        Params().set("now", now).set("kind", kind).set("subject", subject));
}

std::int64_t withdraw_ask(db::WriteTx& tx, AnswerKind kind, const std::string& subject, const core::Instant& now) {
    return tx.execute(
        "UPDATE answer_pages SET ask_withdrawn_at = :now WHERE kind = :kind AND subject_id = :subject AND withdrawn_at "
        "IS NULL AND ask_withdrawn_at IS NULL",
        Params().set("now", now).set("kind", kind).set("subject", subject));
}

std::int64_t restore_ask(db::WriteTx& tx, AnswerKind kind, const std::string& subject) {
    return tx.execute(
        "UPDATE answer_pages SET ask_withdrawn_at = NULL WHERE kind = :kind AND subject_id = :subject AND "
        "ask_withdrawn_at IS NOT NULL",
        Params().set("kind", kind).set("subject", subject));
}

std::int64_t move_expiry(db::WriteTx& tx, AnswerKind kind, const std::string& subject, const core::Instant& until) {
    return tx.execute(
        "UPDATE answer_pages SET expires_at = :until WHERE kind = :kind AND subject_id = :subject AND used_at IS NULL "
        "AND withdrawn_at IS NULL AND ask_withdrawn_at IS NULL",
        Params().set("until", until).set("kind", kind).set("subject", subject));
}

}  // namespace tsunagi::answer_pages::store
