// SPDX-License-Identifier: Apache-2.0
#include <atomic>
#include <barrier>
#include <chrono>
#include <future>
#include <thread>

#include "core/error.hpp"
#include "db/database.hpp"
#include "tests/support/test_database.hpp"

namespace tsunagi::db {
namespace {

using test::Setting;

// With a lane the works share commits on both engines, without one only on SQLite.
class DatabaseLaneTest : public test::DatabaseTest {
protected:
    std::int64_t count() {
        return database().read([](ReadTx& tx) { return tx.number("SELECT count(*) FROM settings"); });
    }

    /// Holds the lane busy, lets every one of `works` gather behind it, and waits until all are through.
    void run_behind_one_another(const std::vector<std::function<void()>>& works) {
        std::promise<void> inside;
        std::promise<void> go_on;
        std::jthread first([&] {
            database().write(
                [&](WriteTx&) {
                    inside.set_value();
                    go_on.get_future().wait();
                },
                "lane");
        });
        inside.get_future().wait();
        std::vector<std::jthread> waiting;
        for (const auto& work : works)
            waiting.emplace_back(work);
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        go_on.set_value();
    }
};

TSUNAGI_BOTH_ENGINES(DatabaseLaneTest);

TEST_P(DatabaseLaneTest, WaitingWorksShareACommit) {
    std::atomic<std::int64_t> committed_meanwhile{0};
    std::vector<std::function<void()>> works;
    for (int i = 0; i < 20; ++i) {
        works.emplace_back([&, i] {
            database().write(
                [&](WriteTx& tx) {
                    tx.insert("settings", Setting{std::to_string(i), ""});
                    committed_meanwhile += count();
                },
                "lane");
        });
    }
    run_behind_one_another(works);
    EXPECT_EQ(committed_meanwhile, 0);
    EXPECT_EQ(count(), 20);
}

TEST_P(DatabaseLaneTest, EveryWorkSeesThoseBeforeIt) {
    database().write([](WriteTx& tx) { tx.insert("settings", Setting{"counter", "0"}); });
    std::vector<std::function<void()>> works(30, [this] {
        database().write(
            [](WriteTx& tx) {
                const auto before = tx.row<std::string>("SELECT value FROM settings WHERE name = 'counter'");
                tx.execute("UPDATE settings SET value = :value WHERE name = 'counter'",
                           Params().set("value", std::to_string(std::stoi(before.value()) + 1)));
            },
            "lane");
    });
    run_behind_one_another(works);
    EXPECT_EQ(database().read([](ReadTx& tx) { return tx.row<std::string>("SELECT value FROM settings"); }), "30");
}

// A reference that points nowhere is found on PostgreSQL only when the whole commit is tried.
TEST_P(DatabaseLaneTest, AFailingWorkLosesNothingOfTheOthers) {
    std::atomic<int> failed{0};
    std::vector<std::function<void()>> works;
    for (int i = 0; i < 12; ++i) {
        works.emplace_back([&, i] {
            const std::string name = std::to_string(i);
            try {
                database().write(
                    [&](WriteTx& tx) {
                        tx.insert("settings", Setting{name, "kept"});
                        if (i % 4 == 1)
                            throw core::not_found();
                        if (i % 4 == 2)
                            tx.insert("settings", Setting{name, "twice"});
                        if (i % 4 == 3) {
                            tx.execute(
                                "INSERT INTO regions (id, parent_id, kind, code, name, kana, position) "
                                "VALUES (:id, 'nowhere', 'k', 'c', 'n', '', 0)",
                                Params().set("id", name));
                        }
                    },
                    "lane");
            } catch (const std::exception&) {
                ++failed;
            }
        });
    }
    run_behind_one_another(works);
    EXPECT_EQ(failed, 9);
    EXPECT_EQ(count(), 3);
    EXPECT_EQ(database().read([](ReadTx& tx) { return tx.number("SELECT count(*) FROM regions"); }), 0);
}

TEST_P(DatabaseLaneTest, AWorkThatCollidedRunsAgainAlone) {
    std::atomic<int> runs{0};
    std::vector<std::function<void()>> works;
    for (int i = 0; i < 6; ++i) {
        works.emplace_back([&, i] {
            database().write(
                [&](WriteTx& tx) {
                    tx.insert("settings", Setting{std::to_string(i), ""});
                    if (i == 3 && ++runs == 1)
                        throw DatabaseError(FailureKind::busy, "as if another had been in the way");
                },
                "lane");
        });
    }
    run_behind_one_another(works);
    EXPECT_EQ(runs, 2);
    EXPECT_EQ(count(), 6);
}

TEST_P(DatabaseLaneTest, LanesDoNotWaitForEachOther) {
    if (GetParam() == Engine::sqlite)
        return;  // it has one
    std::barrier both(2);
    std::jthread one([&] { database().write([&](WriteTx&) { both.arrive_and_wait(); }, "one"); });
    std::jthread two([&] { database().write([&](WriteTx&) { both.arrive_and_wait(); }, "two"); });
}

TEST_P(DatabaseLaneTest, AConnectionLostBeforeTheCommitCostsNothing) {
    if (GetParam() == Engine::sqlite)
        return;  // it has no connection to lose
    std::atomic<bool> cut{false};
    std::vector<std::function<void()>> works;
    for (int i = 0; i < 6; ++i) {
        works.emplace_back([&, i] {
            database().write(
                [&](WriteTx& tx) {
                    tx.execute("INSERT INTO settings (name, value) VALUES ('" + std::to_string(i) + "', '')");
                    if (i == 3 && !cut.exchange(true)) {
                        const auto backend = tx.number("SELECT pg_backend_pid()");
                        Session admin(Engine::postgres, database().options().target);
                        admin.execute("SELECT pg_terminate_backend(" + std::to_string(backend) + ", 30000)");
                        // A loss that is noticed with the COMMIT alone may have come after it, and is told instead.
                        (void)tx.number("SELECT 1");
                    }
                },
                "lane");
        });
    }
    run_behind_one_another(works);
    EXPECT_EQ(count(), 6);
}

}  // namespace
}  // namespace tsunagi::db
