// SPDX-License-Identifier: Apache-2.0
// What is asked together and what nobody waits for: both engines must end in the same.
#include <gtest/gtest.h>

#include "core/error.hpp"
#include "db/database.hpp"
#include "tests/support/test_database.hpp"

namespace tsunagi::db {
namespace {

using test::Setting;

class SentStatementsTest : public test::DatabaseTest {
protected:
    void put(const std::string& name, const std::string& value) {
        database().write([&](WriteTx& tx) { tx.insert("settings", Setting{name, value}); });
    }

    std::int64_t count() {
        return database().read([](ReadTx& tx) { return tx.number("SELECT count(*) FROM settings"); });
    }
};

TSUNAGI_BOTH_ENGINES(SentStatementsTest);

TEST_P(SentStatementsTest, SeveralQuestionsAreAnsweredInTheirOrder) {
    put("a", "1");
    const auto numbers = database().write([](WriteTx& tx) {
        tx.send("INSERT INTO settings (name, value) VALUES ('b', '2')");
        return tx.numbers({{"SELECT count(*) FROM settings", {}},
                           {"SELECT 7 FROM settings WHERE name = :name", Params().set("name", std::string("nobody"))},
                           {"SELECT max(length(value)) FROM settings WHERE name = 'nobody'", {}},
                           {"UPDATE settings SET value = 'changed' WHERE name = :name RETURNING 9",
                            Params().set("name", std::string("a"))}});
    });
    ASSERT_EQ(numbers.size(), 4U);
    EXPECT_EQ(numbers[0], 2) << "what was sent before is there";
    EXPECT_EQ(numbers[1], std::nullopt) << "no row";
    EXPECT_EQ(numbers[2], std::nullopt) << "a row with nothing in it";
    EXPECT_EQ(numbers[3], 9);
    EXPECT_EQ(
        database().read([](ReadTx& tx) { return tx.row<std::string>("SELECT value FROM settings WHERE name = 'a'"); }),
        "changed");
}

TEST_P(SentStatementsTest, AQuestionThatCannotBeAskedFailsTheWorkAndNotTheSession) {
    put("a", "1");
    for (int i = 0; i < 3; ++i) {
        EXPECT_THROW(database().write([](WriteTx& tx) {
            tx.send("INSERT INTO settings (name, value) VALUES ('b', '2')");
            (void)tx.numbers({{"SELECT count(*) FROM settings", {}}, {"SELECT count(*) FROM nowhere", {}}});
        }),
                     DatabaseError);
        EXPECT_EQ(count(), 1);
    }
}

TEST_P(SentStatementsTest, WhatFailsAfterItWasSentIsToldAtTheLatestByTheCommit) {
    put("a", "1");
    try {
        database().write([](WriteTx& tx) {
            tx.send("INSERT INTO settings (name, value) VALUES ('b', '2')");
            tx.send("INSERT INTO settings (name, value) VALUES ('a', 'twice')");
        });
        FAIL();
    } catch (const DatabaseError& error) {
        EXPECT_EQ(error.kind(), FailureKind::constraint);
    }
    EXPECT_EQ(count(), 1);
}

TEST_P(SentStatementsTest, AReaderThatFailsLeavesItsSessionToTheNext) {
    put("a", "1");
    for (int i = 0; i < 20; ++i) {
        EXPECT_THROW(database().read([](ReadTx& tx) { return tx.number("SELECT count(*) FROM nowhere"); }),
                     DatabaseError);
        EXPECT_THROW(database().read([](ReadTx&) { throw core::not_found(); }), core::Error);
        EXPECT_EQ(count(), 1 + i);
        put("a" + std::to_string(i), "1");
        EXPECT_EQ(count(), 2 + i) << "the end of a reading is not waited for, and still ends it";
    }
}

TEST_P(SentStatementsTest, MoreThanTheBuffersHoldIsSentInPieces) {
    database().write([](WriteTx& tx) {
        for (int i = 0; i < 500; ++i)
            tx.send("INSERT INTO settings (name, value) VALUES (:name, :value)",
                    Params().set("name", std::to_string(i)).set("value", std::string(20'000, 'x')));
    });
    EXPECT_EQ(count(), 500);
}

}  // namespace
}  // namespace tsunagi::db
