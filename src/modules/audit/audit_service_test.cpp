// SPDX-License-Identifier: Apache-2.0
#include "modules/audit/audit_service.hpp"

#include <fstream>
#include <iterator>
#include <thread>

#include "modules/audit/audit_rules.hpp"
#include "modules/audit/audit_store.hpp"
#include "tests/support/test_database.hpp"

namespace tsunagi::audit {
namespace {

const std::string key(32, 'k');

class AuditServiceTest : public test::DatabaseTest {
protected:
    void SetUp() override {
        DatabaseTest::SetUp();
        if (IsSkipped())
            return;
        audit_ = std::make_unique<AuditService>(database(), key, anchors(), clock_);
    }

    [[nodiscard]] std::filesystem::path anchors() const { return folder() / "anchors.log"; }

    [[nodiscard]] AuditService& audit() { return *audit_; }

    void record(int rows) {
        for (int i = 0; i < rows; ++i) {
            clock_.move_to(clock_.now().plus(std::chrono::seconds(1)));
            database().write([&](db::WriteTx& tx) {
                audit().record(tx, {.actor_id = i % 2 == 0 ? std::optional(person_) : std::nullopt,
                                    .actor_name = "髙田 恵",
                                    .action = i % 2 == 0 ? "read" : "change",
                                    .subject_kind = "consultation",
                                    .subject_id = std::to_string(i),
                                    .detail = "100%_\\"});
            });
        }
    }

    void tamper(const std::string& sql) {
        database().write([&](db::WriteTx& tx) { tx.execute(sql); });
    }

    [[nodiscard]] std::string broken() { return audit().verify().broken_at; }

    /// The whole chain as it is stored; on PostgreSQL all writes of one test use the same writer.
    [[nodiscard]] std::vector<ChainRow> rows() {
        return database().read([](db::ReadTx& tx) { return rows_after(tx, 0, 0, 1000); });
    }

    core::Clock clock_{core::Instant::parse("2026-11-17T03:00:00.000Z").value()};
    core::UserId person_ = core::UserId::make();
    std::unique_ptr<AuditService> audit_;
};

TSUNAGI_BOTH_ENGINES(AuditServiceTest);

TEST_P(AuditServiceTest, AnUntouchedChainIsIntact) {
    EXPECT_TRUE(audit().verify().intact);
    record(5);
    audit().anchor();
    record(2);
    audit().anchor();
    audit().anchor();
    const Verification result = audit().verify();
    EXPECT_TRUE(result.intact) << result.broken_at;
    EXPECT_EQ(result.rows, 7);
    std::ifstream in(anchors());
    EXPECT_EQ(std::count(std::istreambuf_iterator<char>(in), {}, '\n'), 2);
}

TEST_P(AuditServiceTest, EveryChangedColumnIsNamed) {
    record(4);
    const auto before = rows();
    for (const std::string column :
         {"at", "actor_id", "actor_name", "action", "subject_kind", "subject_id", "detail", "hash"}) {
        tamper("UPDATE audit_entries SET " + column + " = '2026-11-17T03:00:09.000Z' WHERE sequence = 3");
        EXPECT_EQ(broken(), "0/3 was changed") << column;
        database().write([&](db::WriteTx& tx) {
            tx.execute("DELETE FROM audit_entries WHERE sequence = 3");
            append_row(tx, before[2]);
        });
        EXPECT_EQ(broken(), "") << column;
    }
    tamper("UPDATE audit_entries SET actor_id = NULL WHERE sequence = 1");
    EXPECT_EQ(broken(), "0/1 was changed");
}

TEST_P(AuditServiceTest, DeletedInsertedAndReorderedRowsAreNamed) {
    record(5);
    const auto before = rows();
    tamper("DELETE FROM audit_entries WHERE sequence = 2");
    EXPECT_EQ(broken(), "0/2 is missing");
    tamper("UPDATE audit_entries SET sequence = 2 WHERE sequence = 5");
    EXPECT_EQ(broken(), "0/2 was changed");
    tamper("DELETE FROM audit_entries");
    database().write([&](db::WriteTx& tx) {
        for (auto entry : before)
            append_row(tx, entry);
        ChainRow extra = before[0];
        extra.sequence = 0;
        append_row(tx, extra);
    });
    EXPECT_EQ(broken(), "0/0 stands before the beginning");
    tamper("DELETE FROM audit_entries WHERE sequence = 0");
    tamper("UPDATE audit_entries SET sequence = 99 WHERE sequence = 2");
    tamper("UPDATE audit_entries SET sequence = 2 WHERE sequence = 3");
    tamper("UPDATE audit_entries SET sequence = 3 WHERE sequence = 99");
    EXPECT_EQ(broken(), "0/2 was changed");
}

TEST_P(AuditServiceTest, HashesMadeWithoutTheKeyDoNotHelp) {
    record(3);
    auto entries = rows();
    entries[1].action = "nothing";
    for (std::size_t i = 1; i < entries.size(); ++i) {
        entries[i].hash = hash_of(std::string(32, 'x'), entries[i], entries[i - 1].hash);
    }
    database().write([&](db::WriteTx& tx) {
        tx.execute("DELETE FROM audit_entries");
        for (const auto& entry : entries)
            append_row(tx, entry);
    });
    EXPECT_EQ(broken(), "0/2 was changed");
}

TEST_P(AuditServiceTest, CuttingOffTheEndIsNoticedByTheAnchors) {
    record(5);
    audit().anchor();
    tamper("DELETE FROM audit_entries WHERE sequence > 3");
    EXPECT_EQ(broken(), "0/4 was cut off");
    record(2);
    // A writer that knows the end of its chain goes on behind it; one that reads it grows over the cut.
    EXPECT_EQ(broken(),
              database().engine() == db::Engine::postgres ? "0/4 is missing" : "0/5 is not the row that was anchored");
    tamper("DELETE FROM audit_entries");
    EXPECT_EQ(broken(), "0/1 was cut off");
}

TEST_P(AuditServiceTest, ChangedAnchorsAreNoticed) {
    record(2);
    audit().anchor();
    record(2);
    audit().anchor();
    std::ifstream in(anchors());
    std::string first;
    std::string second;
    std::getline(in, first);
    std::getline(in, second);
    std::ofstream(anchors(), std::ios::trunc) << second << '\n';
    EXPECT_EQ(broken(), "line 1 of the anchors file was changed");
    std::string forged = first;
    forged.replace(0, 4, "2025");
    std::ofstream(anchors(), std::ios::trunc) << forged << '\n' << second << '\n';
    EXPECT_EQ(broken(), "line 1 of the anchors file was changed");
    std::ofstream(anchors(), std::ios::trunc) << "nonsense\n";
    EXPECT_THROW(audit().anchor(), std::runtime_error);
}

TEST_P(AuditServiceTest, SearchesNewestFirstInPages) {
    record(7);
    AuditFilter filter;
    filter.limit = 3;
    std::vector<std::string> seen;
    for (int page = 0; page < 3; ++page) {
        const AuditPage found = audit().search(filter);
        EXPECT_EQ(found.total, 7);
        EXPECT_FALSE(found.total_capped);
        for (const auto& entry : found.items)
            seen.push_back(entry.subject_id);
        EXPECT_EQ(found.next.has_value(), page < 2);
        filter.after = found.next.value_or("");
    }
    EXPECT_EQ(seen, (std::vector<std::string>{"6", "5", "4", "3", "2", "1", "0"}));
}

TEST_P(AuditServiceTest, FiltersByPersonActionSubjectDayAndWords) {
    record(4);
    const auto total = [&](auto&& set) {
        AuditFilter filter;
        set(filter);
        return audit().search(filter).total;
    };
    EXPECT_EQ(total([&](AuditFilter& f) { f.actor = person_; }), 2);
    EXPECT_EQ(total([](AuditFilter& f) { f.action = "change"; }), 2);
    EXPECT_EQ(total([](AuditFilter& f) { f.subject_id = "3"; }), 1);
    EXPECT_EQ(total([](AuditFilter& f) { f.subject_kind = "issue"; }), 0);
    EXPECT_EQ(total([](AuditFilter& f) { f.words = "田 恵"; }), 4);
    EXPECT_EQ(total([](AuditFilter& f) { f.words = "100%_\\"; }), 4);
    EXPECT_EQ(total([](AuditFilter& f) { f.words = "1%0"; }), 0);
    EXPECT_EQ(total([](AuditFilter& f) { f.from = core::Date::parse("2026-11-17"); }), 4);
    EXPECT_EQ(total([](AuditFilter& f) { f.to = core::Date::parse("2026-11-16"); }), 0);
    EXPECT_THROW(total([](AuditFilter& f) { f.after = "x"; }), core::Error);
    EXPECT_THROW(total([](AuditFilter& f) { f.limit = 0; }), core::Error);
}

TEST_P(AuditServiceTest, NothingIsRecordedWhenTheWorkFails) {
    EXPECT_THROW(database().write([&](db::WriteTx& tx) {
        audit().record(tx, {.actor_id = person_,
                            .actor_name = "",
                            .action = "change",
                            .subject_kind = "",
                            .subject_id = "",
                            .detail = ""});
        throw core::not_found();
    }),
                 core::Error);
    record(1);
    EXPECT_EQ(rows().size(), 1U);
    EXPECT_TRUE(audit().verify().intact);
}

TEST_P(AuditServiceTest, ManyWritersKeepTheirChainsWhole) {
    std::vector<std::thread> threads;
    threads.reserve(8);
    for (int t = 0; t < 8; ++t) {
        threads.emplace_back([&] {
            for (int i = 0; i < 10; ++i) {
                database().write([&](db::WriteTx& tx) {
                    audit().record(tx, {.actor_id = person_,
                                        .actor_name = "",
                                        .action = "read",
                                        .subject_kind = "",
                                        .subject_id = "",
                                        .detail = ""});
                });
            }
        });
    }
    for (auto& thread : threads)
        thread.join();
    audit().anchor();
    const Verification result = audit().verify();
    EXPECT_TRUE(result.intact) << result.broken_at;
    EXPECT_EQ(result.rows, 80);
}

}  // namespace
}  // namespace tsunagi::audit
