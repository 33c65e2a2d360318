// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "db/database.hpp"
#include "modules/access/actor.hpp"
#include "modules/answer_pages/answer_page.hpp"
#include "modules/audit/audit_service.hpp"

namespace tsunagi::answer_pages {

class AnswerLimit;

/// Issues and opens the pages on which people without an account answer. Other modules say what is asked.
class AnswerPageService {
public:
    /// `key` hashes the codes, 32 bytes.
    AnswerPageService(db::Database& database, const audit::AuditService& audit, std::string key, core::Clock clock);
    ~AnswerPageService();
    AnswerPageService(const AnswerPageService&) = delete;
    AnswerPageService& operator=(const AnswerPageService&) = delete;
    AnswerPageService(AnswerPageService&&) = delete;
    AnswerPageService& operator=(AnswerPageService&&) = delete;

    /// Within the work of the module that asks; pages issued before for the same record are withdrawn. The answer is
    /// shown once and kept nowhere.
    IssuedAnswerPage issue(db::WriteTx& tx, const access::Actor& actor, const NewAnswerPage& page) const;
    /// No page of the record opens from now on.
    void withdraw(db::WriteTx& tx, const access::Actor& actor, AnswerKind kind, const std::string& subject_id) const;
    /// The ask itself is withdrawn: its pages, answered ones too, tell who has link and code so and nothing else.
    void withdraw_ask(db::WriteTx& tx, const access::Actor& actor, AnswerKind kind,
                      const std::string& subject_id) const;
    /// That was taken back: its pages are again what they were.
    void restore_ask(db::WriteTx& tx, const access::Actor& actor, AnswerKind kind, const std::string& subject_id) const;
    /// The page of the record opens through that day and no longer; nothing when it has none that waits.
    void move_expiry(db::WriteTx& tx, const access::Actor& actor, AnswerKind kind, const std::string& subject_id,
                     const core::Date& last_day) const;
    /// The newest page of each of these records, which the caller has found within the reader's scope.
    [[nodiscard]] std::map<std::string, AnswerPageStanding> standings(db::ReadTx& tx, AnswerKind kind,
                                                                      const std::vector<std::string>& subjects) const;

    /// Works in a transaction of its own, so that failures are counted. Throws `no_answer_page` whatever is wrong,
    /// `rate_limited` when too much failed from this address, and `ask_withdrawn` to who has both link and code.
    [[nodiscard]] OpenedAnswerPage open(const AnswerKey& key, const std::string& address) const;
    /// The same for a page of one kind; another kind's is none.
    [[nodiscard]] OpenedAnswerPage open(const AnswerKey& key, const std::string& address, AnswerKind kind) const;
    /// Within the work that keeps the answer: the page takes no second one. Throws `no_answer_page`.
    void use(db::WriteTx& tx, const OpenedAnswerPage& page) const;

private:
    [[nodiscard]] std::string hash_of(const AnswerPageId& id, const std::string& code) const;

    db::Database& database_;            // NOLINT: the application owns them
    const audit::AuditService& audit_;  // NOLINT
    std::string key_;
    core::Clock clock_;
    std::unique_ptr<AnswerLimit> limit_;
};

}  // namespace tsunagi::answer_pages
