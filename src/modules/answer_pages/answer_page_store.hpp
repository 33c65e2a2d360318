// SPDX-License-Identifier: Apache-2.0
// SQL of answer pages. They are found by the hash of their token; what a desk is told of them it is told by the id of a
// record that the calling module has found within the reader's scope.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "db/transaction.hpp"
#include "modules/answer_pages/answer_page.hpp"

namespace tsunagi::answer_pages::store {

/// A row of `answer_pages`.
struct PageRecord {
    AnswerPageId id;
    AnswerKind kind{};
    std::string subject_id;
    std::optional<core::DeskId> desk_id;
    core::RegionId municipality_id;
    std::string token_hash;
    std::string code_hash;
    core::Instant created_at;
    core::UserId created_by;
    core::Instant expires_at;
    std::int64_t failures = 0;
    std::optional<core::Instant> closed_until;
    std::optional<core::Instant> opened_at;
    std::optional<core::Instant> used_at;
    std::optional<core::Instant> withdrawn_at;
    std::optional<core::Instant> ask_withdrawn_at;
};
BOOST_DESCRIBE_STRUCT(PageRecord, (),
                      (id, kind, subject_id, desk_id, municipality_id, token_hash, code_hash, created_at, created_by,
                       expires_at, failures, closed_until, opened_at, used_at, withdrawn_at, ask_withdrawn_at))

[[nodiscard]] std::optional<PageRecord> find(db::ReadTx& tx, const std::string& token_hash);
/// The newest page of each of these records.
[[nodiscard]] std::map<std::string, AnswerPageStanding> standings(db::ReadTx& tx, AnswerKind kind,
                                                                  const std::vector<std::string>& subjects);

void insert(db::WriteTx& tx, const PageRecord& page);
void count_failure(db::WriteTx& tx, const AnswerPageId& id, const core::Instant& closed_until);
/// The code was right: failures are forgotten, and the first time is kept.
void mark_opened(db::WriteTx& tx, const AnswerPageId& id, const core::Instant& now);
/// False when it was used, withdrawn or has expired.
[[nodiscard]] bool mark_used(db::WriteTx& tx, const AnswerPageId& id, const core::Instant& now);
/// How many unused pages of the record there were.
std::int64_t withdraw(db::WriteTx& tx, AnswerKind kind, const std::string& subject, const core::Instant& now);
/// Used and unused pages alike; those withdrawn before stay as they are. How many there were.
std::int64_t withdraw_ask(db::WriteTx& tx, AnswerKind kind, const std::string& subject, const core::Instant& now);
std::int64_t restore_ask(db::WriteTx& tx, AnswerKind kind, const std::string& subject);
/// The unused page of the record, also one that has expired. How many there were.
std::int64_t move_expiry(db::WriteTx& tx, AnswerKind kind, const std::string& subject, const core::Instant& until);

}  // namespace tsunagi::answer_pages::store
