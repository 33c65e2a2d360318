// SPDX-License-Identifier: Apache-2.0
#include "db/idempotency.hpp"

#include <boost/describe.hpp>

#include "core/error.hpp"
#include "core/sealing.hpp"

namespace tsunagi::db {
namespace {

struct Remembered {
    std::string fingerprint;
    std::string subject_id;
};
BOOST_DESCRIBE_STRUCT(Remembered, (), (fingerprint, subject_id))

struct NewKey {
    core::UserId user_id;
    std::string key;
    std::string fingerprint;
    std::string subject_id;
    core::Instant created_at;
};
BOOST_DESCRIBE_STRUCT(NewKey, (), (user_id, key, fingerprint, subject_id, created_at))

constexpr std::chrono::hours kept_for{7 * 24};

// A few at a time, so that no create pays for the whole past.
void forget_some(WriteTx& tx, const core::Instant& now) {
    const std::string unlocked = tx.engine() == Engine::postgres ? " FOR UPDATE SKIP LOCKED" : "";
    tx.send(
        "DELETE FROM idempotency_keys WHERE (user_id, key) IN (SELECT user_id, key FROM idempotency_keys "
        "WHERE created_at < :limit ORDER BY created_at LIMIT 20" +
            unlocked + ")",
        Params().set("limit", now.plus(-kept_for)));
}

}  // namespace

std::string request_fingerprint(std::string_view operation, std::string_view body) {
    std::string text(operation);
    text.push_back('\n');
    text += body;
    return core::plain_hash(text);
}

std::optional<std::string> remembered(WriteTx& tx, const core::UserId& user, const std::string& key,
                                      const std::string& fingerprint) {
    if (key.empty())
        return std::nullopt;
    auto found = tx.row<Remembered>(
        "SELECT fingerprint, subject_id FROM idempotency_keys "
        "WHERE user_id = :user AND key = :key",
        Params().set("user", user).set("key", key));
    if (!found)
        return std::nullopt;
    if (found->fingerprint != fingerprint) {
        throw core::Error(core::ErrorKind::conflict, "idempotency_key_reused");
    }
    return std::move(found->subject_id);
}

void remember(WriteTx& tx, const core::UserId& user, const std::string& key, const std::string& fingerprint,
              const std::string& subject_id, const core::Instant& now) {
    if (key.empty())
        return;
    forget_some(tx, now);
    const auto added = tx.execute(
        "INSERT INTO idempotency_keys (" + record::columns<NewKey>() +
            ") VALUES (:user_id, :key, :fingerprint, :subject_id, :created_at) ON CONFLICT (user_id, key) DO NOTHING",
        Params().set_all(NewKey{user, key, fingerprint, subject_id, now}));
    if (added == 0)  // the twin of this request committed in between: run again, and it is found
        throw DatabaseError(FailureKind::busy, "the same request runs twice at once");
}

}  // namespace tsunagi::db
