// SPDX-License-Identifier: Apache-2.0
#include "db/database.hpp"

#include <atomic>
#include <barrier>
#include <chrono>
#include <future>
#include <limits>
#include <set>
#include <thread>

#include "core/error.hpp"
#include "tests/support/small_disk.hpp"
#include "tests/support/test_database.hpp"

namespace tsunagi::db {
namespace {

using test::Setting;

struct Sample {
    std::string id;
    std::optional<std::int64_t> whole;
    std::optional<double> fraction;
    std::optional<std::string> text;
};
BOOST_DESCRIBE_STRUCT(Sample, (), (id, whole, fraction, text))

class DatabaseTransactionTest : public test::DatabaseTest {
protected:
    void put(const std::string& name, const std::string& value) {
        database().write([&](WriteTx& tx) { tx.insert("settings", Setting{name, value}); });
    }

    std::int64_t count() {
        return database().read([](ReadTx& tx) { return tx.number("SELECT count(*) FROM settings"); });
    }

    std::string reason_of(const std::function<void()>& work) {
        try {
            work();
        } catch (const core::Error& error) {
            return error.reason();
        }
        return "";
    }
};

TSUNAGI_BOTH_ENGINES(DatabaseTransactionTest);

TEST_P(DatabaseTransactionTest, AnswersWhatTheWorkAnswers) {
    const int answer = database().write([](WriteTx&) { return 42; });
    EXPECT_EQ(answer, 42);
    EXPECT_EQ(database().read([](ReadTx&) { return std::string("つなぎ"); }), "つなぎ");
}

TEST_P(DatabaseTransactionTest, AnExceptionUndoesTheWholeWork) {
    EXPECT_THROW(database().write([](WriteTx& tx) {
        tx.insert("settings", Setting{"a", "1"});
        throw core::not_found();
    }),
                 core::Error);
    EXPECT_EQ(count(), 0);
}

TEST_P(DatabaseTransactionTest, AFailingWorkLosesNothingOfTheOthers) {
    constexpr int threads = 8;
    constexpr int rounds = 40;
    std::barrier start(threads);
    std::atomic<int> failed{0};
    std::vector<std::jthread> clients;
    for (int t = 0; t < threads; ++t) {
        clients.emplace_back([&, t] {
            for (int i = 0; i < rounds; ++i) {
                start.arrive_and_wait();
                const std::string name = std::to_string(t) + "-" + std::to_string(i);
                try {
                    database().write([&](WriteTx& tx) {
                        tx.insert("settings", Setting{name, "kept"});
                        if (t % 4 == 1)
                            throw core::not_found();
                        if (t % 4 == 2)
                            tx.insert("settings", Setting{name, "twice"});  // breaks the primary key
                        if (t % 4 == 3) {
                            tx.execute(
                                "INSERT INTO regions (id, parent_id, kind, code, name, kana, position) VALUES "
                                "(:id, 'nowhere', 'k', 'c', 'n', '', 0)",
                                Params().set("id", name));
                        }
                    });
                } catch (const std::exception&) {
                    ++failed;
                }
            }
        });
    }
    clients.clear();
    EXPECT_EQ(failed, threads / 4 * 3 * rounds);
    EXPECT_EQ(count(), threads / 4 * rounds);
    EXPECT_EQ(database().read([](ReadTx& tx) { return tx.number("SELECT count(*) FROM regions"); }), 0);
}

TEST_P(DatabaseTransactionTest, AConstraintIsTold) {
    put("a", "1");
    try {
        put("a", "a secret value");
        FAIL();
    } catch (const DatabaseError& error) {
        EXPECT_EQ(error.kind(), FailureKind::constraint);
        EXPECT_EQ(std::string(error.what()).find("secret"), std::string::npos);
        EXPECT_NE(std::string(error.what()).find("INSERT INTO settings"), std::string::npos);
    }
    try {
        database().write(
            [](WriteTx& tx) { tx.execute("INSERT INTO recovery_codes (user_id, code_hash) VALUES ('nobody', 'x')"); });
        FAIL();
    } catch (const DatabaseError& error) {
        EXPECT_EQ(error.kind(), FailureKind::constraint);
    }
    put("b", "after a failure the session is good again");
    EXPECT_EQ(count(), 2);
}

TEST_P(DatabaseTransactionTest, AReferenceLeftOpenIsAConstraint) {
    try {
        database().write([](WriteTx& tx) {
            tx.execute(
                "INSERT INTO regions (id, parent_id, kind, code, name, kana, position) "
                "VALUES ('r', 'nowhere', 'k', 'c', 'n', '', 0)");
        });
        FAIL();
    } catch (const DatabaseError& error) {
        EXPECT_EQ(error.kind(), FailureKind::constraint);
    }
}

TEST_P(DatabaseTransactionTest, AWorkThatPassesOverAFailureIsUndone) {
    put("a", "1");
    EXPECT_THROW(database().write([](WriteTx& tx) {
        tx.insert("settings", Setting{"b", "2"});
        try {
            tx.insert("settings", Setting{"a", "2"});
        } catch (const DatabaseError&) {
        }
    }),
                 DatabaseError);
    EXPECT_EQ(count(), 1);
}

TEST_P(DatabaseTransactionTest, WrongSqlIsNoConstraintAndLeavesTheSessionGood) {
    for (int i = 0; i < 3; ++i) {
        try {
            database().read([](ReadTx& tx) { return tx.number("SELECT nothing FROM nowhere"); });
            FAIL();
        } catch (const DatabaseError& error) {
            EXPECT_EQ(error.kind(), FailureKind::other);
        }
    }
    EXPECT_EQ(count(), 0);
}

TEST_P(DatabaseTransactionTest, KeepsEveryKindOfValue) {
    database().write([](WriteTx& tx) {
        tx.execute("CREATE TABLE samples (id TEXT PRIMARY KEY, whole BIGINT, fraction DOUBLE PRECISION, text TEXT)");
    });
    std::string long_text;
    while (long_text.size() < 3'000'000)
        long_text += "在宅医療・介護連携の相談。";
    const std::vector<Sample> samples{
        {"1", std::nullopt, std::nullopt, std::nullopt},
        {"2", 0, 0.0, ""},
        {"3", std::numeric_limits<std::int64_t>::min(), -0.1,
         "髙﨑 ①㈱ 葛\U000E0100 \U00020BB7野家 👩‍⚕️ ﷽ \u202E rtl"},
        {"4", std::numeric_limits<std::int64_t>::max(), 1.0 / 3, "'; DROP TABLE samples; -- :name \\ \" \t\r\n"},
        {"5", 1, 1.7976931348623157e308, long_text},
        {"6", -1, 5e-324, "\x7f\xc2\x80\xef\xbf\xbd\xef\xbb\xbf"},
    };
    database().write([&](WriteTx& tx) {
        for (const Sample& sample : samples)
            tx.insert("samples", sample);
    });
    const auto found = database().read(
        [](ReadTx& tx) { return tx.rows<Sample>("SELECT id, whole, fraction, text FROM samples ORDER BY id"); });
    ASSERT_EQ(found.size(), samples.size());
    for (std::size_t i = 0; i < samples.size(); ++i) {
        EXPECT_EQ(found[i].whole, samples[i].whole) << i;
        EXPECT_EQ(found[i].fraction, samples[i].fraction) << i;
        EXPECT_TRUE(found[i].text == samples[i].text) << i;
    }
}

TEST_P(DatabaseTransactionTest, ATextWithNulIsRefusedNotShortened) {
    EXPECT_THROW(put("a", std::string("a\0b", 3)), DatabaseError);
    EXPECT_EQ(count(), 0);
}

TEST_P(DatabaseTransactionTest, ManyDifferentTextsOutgrowTheCache) {
    put("a", "1");
    database().read([](ReadTx& tx) {
        for (int i = 0; i < 700; ++i) {
            EXPECT_EQ(tx.number("SELECT count(*) + " + std::to_string(i) + " FROM settings"), i + 1);
        }
    });
    database().read([](ReadTx& tx) {
        for (int i = 0; i < 700; ++i) {
            EXPECT_EQ(tx.number("SELECT count(*) FROM settings WHERE name = :name", Params().set("name", "a")), 1);
        }
    });
}

TEST_P(DatabaseTransactionTest, AReaderSeesOneState) {
    put("a", "1");
    database().read([&](ReadTx& tx) {
        EXPECT_EQ(tx.number("SELECT count(*) FROM settings"), 1);
        put("b", "2");
        EXPECT_EQ(tx.number("SELECT count(*) FROM settings"), 1);
    });
    EXPECT_EQ(count(), 2);
}

TEST_P(DatabaseTransactionTest, CountsStatementsOfReadersAndWriters) {
    put("warm", "1");
    const auto before = database().statements();
    put("a", "1");
    EXPECT_GE(database().statements() - before, 3U);
    const auto between = database().statements();
    EXPECT_EQ(count(), 2);
    EXPECT_EQ(database().statements() - between, 3U);
}

TEST_P(DatabaseTransactionTest, ClosingWaitsForTheWorkThatRuns) {
    std::promise<void> inside;
    std::promise<void> go_on;
    std::atomic<bool> finished{false};
    std::jthread reader([&] {
        database().read([&](ReadTx& tx) {
            inside.set_value();
            go_on.get_future().wait();
            EXPECT_EQ(tx.number("SELECT count(*) FROM settings"), 0);
            finished = true;
        });
    });
    inside.get_future().wait();
    std::jthread closing([&] {
        database().close();
        EXPECT_TRUE(finished);
    });
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    EXPECT_FALSE(finished);
    go_on.set_value();
    closing.join();
    EXPECT_EQ(reason_of([&] { count(); }), "stopping");
    EXPECT_EQ(reason_of([&] { put("a", "1"); }), "stopping");
}

TEST_P(DatabaseTransactionTest, ClosingWhileManyWriteLosesNothingThatWasAnswered) {
    std::atomic<int> answered{0};
    std::vector<std::jthread> clients;
    for (int t = 0; t < 6; ++t) {
        clients.emplace_back([&, t] {
            for (int i = 0;; ++i) {
                try {
                    put(std::to_string(t) + "-" + std::to_string(i), "");
                } catch (const core::Error&) {
                    return;
                }
                ++answered;
            }
        });
    }
    while (answered < 100)
        std::this_thread::yield();
    database().close();
    clients.clear();
    Database again(database().options());
    EXPECT_EQ(again.read([](ReadTx& tx) { return tx.number("SELECT count(*) FROM settings"); }), answered);
}

TEST_P(DatabaseTransactionTest, ConcurrentCountersLoseNoStep) {
    put("counter", "0");
    std::vector<std::jthread> clients;
    for (int t = 0; t < 4; ++t) {
        clients.emplace_back([&] {
            for (int i = 0; i < 50; ++i) {
                database().write([](WriteTx& tx) {
                    tx.execute(
                        "UPDATE settings SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT) "
                        "WHERE name = 'counter'");
                });
            }
        });
    }
    clients.clear();
    EXPECT_EQ(database().read(
                  [](ReadTx& tx) { return tx.row<std::string>("SELECT value FROM settings WHERE name = 'counter'"); }),
              "200");
}

// SQLite only

class SqliteTest : public test::DatabaseTest {};

INSTANTIATE_TEST_SUITE_P(Engines, SqliteTest, ::testing::Values(Engine::sqlite), test::engine_name);

// A work that fills the disk makes the engine give up the whole commit; the others of that commit run again.
TEST_P(SqliteTest, AFullDiskFailsOnlyTheWorkThatFillsIt) {
    database().write([](WriteTx& tx) { tx.insert("settings", Setting{"first", ""}); });
    const test::SmallDisk disk(3'000'000);
    std::promise<void> inside;
    std::promise<void> go_on;
    std::jthread slow([&] {
        database().write([&](WriteTx&) {
            inside.set_value();
            go_on.get_future().wait();
        });
    });
    inside.get_future().wait();
    std::atomic<int> failed{0};
    std::vector<std::jthread> waiting;  // all of them go into the next commit
    for (int i = 0; i < 5; ++i) {
        waiting.emplace_back([&, i] {
            try {
                database().write([&](WriteTx& tx) {
                    const std::size_t size = i == 2 ? 20'000'000 : 100;
                    tx.insert("settings", Setting{std::to_string(i), std::string(size, 'x')});
                });
            } catch (const DatabaseError&) {
                EXPECT_EQ(i, 2);
                ++failed;
            }
        });
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    go_on.set_value();
    slow.join();
    waiting.clear();
    EXPECT_EQ(failed, 1);
    EXPECT_EQ(database().read([](ReadTx& tx) { return tx.number("SELECT count(*) FROM settings"); }), 5);
}

// PostgreSQL only

class PostgresTest : public test::DatabaseTest {
protected:
    void execute(const std::string& sql) {
        database().write([&](WriteTx& tx) { tx.execute(sql); });
    }
};

INSTANTIATE_TEST_SUITE_P(Engines, PostgresTest, ::testing::Values(Engine::postgres), test::engine_name);

TEST_P(PostgresTest, ADeadlockRunsAgain) {
    execute("INSERT INTO settings (name, value) VALUES ('a', ''), ('b', '')");
    std::barrier both(2);
    std::atomic<int> runs{0};
    const auto lock_in_order = [&](const std::string& first, const std::string& second) {
        bool met = false;
        database().write([&](WriteTx& tx) {
            ++runs;
            tx.execute("UPDATE settings SET value = value || 'x' WHERE name = :name", Params().set("name", first));
            if (!met)
                both.arrive_and_wait();
            met = true;
            tx.execute("UPDATE settings SET value = value || 'x' WHERE name = :name", Params().set("name", second));
        });
    };
    {
        std::jthread one([&] { lock_in_order("a", "b"); });
        std::jthread two([&] { lock_in_order("b", "a"); });
    }
    EXPECT_EQ(runs, 3);
    EXPECT_EQ(database().read([](ReadTx& tx) { return tx.number("SELECT count(*) FROM settings WHERE value = 'xx'"); }),
              2);
}

TEST_P(PostgresTest, ASerializationFailureRunsAgain) {
    execute("INSERT INTO settings (name, value) VALUES ('a', '')");
    int runs = 0;
    database().write([&](WriteTx& tx) {
        tx.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
        EXPECT_EQ(tx.number("SELECT count(*) FROM settings"), 1);
        if (++runs == 1)
            execute("UPDATE settings SET value = 'other' WHERE name = 'a'");
        tx.execute("UPDATE settings SET value = value || '+' WHERE name = 'a'");
    });
    EXPECT_EQ(runs, 2);
}

TEST_P(PostgresTest, ARestartedServerIsFoundAgain) {
    // Several sessions wait in both pools when the server goes away.
    std::mutex mutex;
    std::set<std::int64_t> backends;  // of this test alone: others may be using the same server
    const auto remember = [&](ReadTx& tx) {
        const std::int64_t backend = tx.number("SELECT pg_backend_pid()");
        const std::lock_guard lock(mutex);
        backends.insert(backend);
    };
    std::vector<std::jthread> clients;
    for (int t = 0; t < 4; ++t) {
        clients.emplace_back([&, t] {
            database().write([&](WriteTx& tx) {
                remember(tx);
                tx.execute("INSERT INTO settings (name, value) VALUES ('" + std::to_string(t) + "', '')");
            });
            database().read(remember);
        });
    }
    clients.clear();
    {
        Session admin(Engine::postgres, database().options().target);
        for (const std::int64_t backend : backends)
            admin.execute("SELECT pg_terminate_backend(" + std::to_string(backend) + ", 30000)");
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    EXPECT_EQ(database().read([](ReadTx& tx) { return tx.number("SELECT count(*) FROM settings"); }), 4);
    execute("INSERT INTO settings (name, value) VALUES ('after', '')");
    EXPECT_EQ(database().read([](ReadTx& tx) { return tx.number("SELECT count(*) FROM settings"); }), 5);
}

TEST_P(PostgresTest, EachWriterHasAChainOfItsOwn) {
    std::barrier all(4);
    std::mutex mutex;
    std::set<std::int64_t> chains;
    std::vector<std::jthread> clients;
    for (int t = 0; t < 4; ++t) {
        clients.emplace_back([&] {
            database().write([&](WriteTx& tx) {
                all.arrive_and_wait();
                const std::lock_guard lock(mutex);
                chains.insert(tx.writer_number());
            });
        });
    }
    clients.clear();
    EXPECT_EQ(chains.size(), 4U);
}

TEST(UnreachableDatabase, IsUnavailable) {
    Database database({.engine = Engine::postgres,
                       .target = "host=127.0.0.1 port=1 connect_timeout=2 dbname=none",
                       .readers = 1,
                       .writers = 1});
    for (int i = 0; i < 2; ++i) {
        try {
            database.read([](ReadTx& tx) { return tx.number("SELECT 1"); });
            FAIL();
        } catch (const core::Error& error) {
            EXPECT_EQ(error.reason(), "database_unavailable");
        }
    }
}

}  // namespace
}  // namespace tsunagi::db
