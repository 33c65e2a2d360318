// SPDX-License-Identifier: Apache-2.0
#include "db/idempotency.hpp"

#include <array>
#include <barrier>
#include <thread>

#include "core/error.hpp"
#include "tests/support/test_database.hpp"

namespace tsunagi::db {
namespace {

class IdempotencyTest : public test::DatabaseTest {
protected:
    const core::UserId user_ = core::UserId::make();
    const core::Instant now_ = *core::Instant::parse("2026-11-22T01:02:03.456Z");

    /// A create as a service writes it.
    std::string create(const core::UserId& user, const std::string& key, const std::string& body,
                       const core::Instant& now) {
        return database().write([&](WriteTx& tx) {
            const std::string fingerprint = request_fingerprint("createThing", body);
            if (auto id = remembered(tx, user, key, fingerprint))
                return *id;
            const std::string id = core::new_uuid();
            tx.execute("INSERT INTO settings (name, value) VALUES (:id, '')", Params().set("id", id));
            remember(tx, user, key, fingerprint, id, now);
            return id;
        });
    }

    std::int64_t things() {
        return database().read([](ReadTx& tx) { return tx.number("SELECT count(*) FROM settings"); });
    }

    std::int64_t keys() {
        return database().read([](ReadTx& tx) { return tx.number("SELECT count(*) FROM idempotency_keys"); });
    }
};

TSUNAGI_BOTH_ENGINES(IdempotencyTest);

TEST_P(IdempotencyTest, TheSameRequestIsMadeOnce) {
    const auto first = create(user_, "k", "{}", now_);
    EXPECT_EQ(create(user_, "k", "{}", now_), first);
    EXPECT_EQ(things(), 1);
}

TEST_P(IdempotencyTest, AnotherRequestUnderTheSameKeyIsAConflict) {
    create(user_, "k", "{}", now_);
    try {
        create(user_, "k", "{\"a\":1}", now_);
        FAIL();
    } catch (const core::Error& error) {
        EXPECT_EQ(error.kind(), core::ErrorKind::conflict);
        EXPECT_EQ(error.reason(), "idempotency_key_reused");
    }
    EXPECT_EQ(things(), 1);
}

TEST_P(IdempotencyTest, KeysBelongToPeopleAndNoKeyMeansNothing) {
    create(user_, "k", "{}", now_);
    create(core::UserId::make(), "k", "{}", now_);
    create(user_, "", "{}", now_);
    create(user_, "", "{}", now_);
    EXPECT_EQ(things(), 4);
    EXPECT_EQ(keys(), 2);
}

TEST_P(IdempotencyTest, TwinsAtTheSameMomentMakeOne) {
    for (int round = 0; round < 20; ++round) {
        std::barrier start(4);
        std::array<std::string, 4> ids;
        {
            std::vector<std::jthread> clients;
            for (auto& id : ids) {
                clients.emplace_back([&] {
                    start.arrive_and_wait();
                    id = create(user_, "k" + std::to_string(round), "{}", now_);
                });
            }
        }
        for (const auto& id : ids)
            EXPECT_EQ(id, ids[0]);
    }
    EXPECT_EQ(things(), 20);
}

TEST_P(IdempotencyTest, OldKeysAreForgottenAFewAtATime) {
    for (int i = 0; i < 50; ++i)
        create(user_, "old" + std::to_string(i), "{}", now_);
    const auto later = now_.plus(std::chrono::hours(7 * 24 + 1));
    create(user_, "new1", "{}", later);
    EXPECT_EQ(keys(), 31);
    create(user_, "new2", "{}", later);
    create(user_, "new3", "{}", later);
    EXPECT_EQ(keys(), 3);
    const auto kept = now_.plus(std::chrono::hours(7 * 24 - 1));
    EXPECT_EQ(create(user_, "new1", "{}", kept), create(user_, "new1", "{}", kept));
}

}  // namespace
}  // namespace tsunagi::db
