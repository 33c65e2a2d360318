// SPDX-License-Identifier: Apache-2.0
#include "db/record_versions.hpp"

#include "tests/support/test_database.hpp"

namespace tsunagi::db {
namespace {

struct NoteText {
    std::string title;
};
BOOST_DESCRIBE_STRUCT(NoteText, (), (title))

struct NoteRow {
    std::string id;
    std::string title;
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(NoteRow, (), (id, title, version))

struct NoteVersion {
    std::int64_t version = 0;
    std::string kind;
    core::Instant at;
    std::string by_name;
    std::string reason;
    NoteText text;
};

constexpr VersionTable note_versions{"note_versions", "note_id"};

class RecordVersionsTest : public test::DatabaseTest {
protected:
    void SetUp() override {
        DatabaseTest::SetUp();
        if (IsSkipped())
            return;
        database().write([&](WriteTx& tx) {
            tx.execute("CREATE TABLE notes (id TEXT PRIMARY KEY, title TEXT NOT NULL, version INTEGER NOT NULL)");
            tx.execute(
                "CREATE TABLE note_versions (note_id TEXT NOT NULL, version INTEGER NOT NULL, at TEXT NOT NULL, "
                "by_id TEXT NOT NULL, kind TEXT NOT NULL, reason TEXT NOT NULL, document TEXT NOT NULL)");
            tx.execute(
                "INSERT INTO users (id, login, name, kana, profession, active, password_hash, must_change_password, "
                "failures, totp_secret, totp_enabled, totp_last_step, version) "
                "VALUES (:id, 'author', 'The author', '', '', 1, '', 0, 0, '', 0, 0, 1)",
                Params().set("id", author_));
            tx.insert("notes", NoteRow{.id = "n", .title = "first", .version = 1});
        });
    }

    const core::UserId author_ = core::UserId::make();
    const core::Instant now_ = *core::Instant::parse("2026-11-22T01:02:03.456Z");
};

TSUNAGI_BOTH_ENGINES(RecordVersionsTest);

TEST_P(RecordVersionsTest, OnlyTheVersionThatWasReadIsOverwritten) {
    const auto update = [&](const NoteRow& row) {
        return database().write([&](WriteTx& tx) { return update_versioned(tx, "notes", row); });
    };
    EXPECT_TRUE(update({.id = "n", .title = "second", .version = 1}));
    EXPECT_FALSE(update({.id = "n", .title = "too late", .version = 1}));
    EXPECT_FALSE(update({.id = "another", .title = "", .version = 1}));
    const auto row =
        database().read([](ReadTx& tx) { return tx.row<NoteRow>("SELECT id, title, version FROM notes"); });
    EXPECT_EQ(row->title, "second");
    EXPECT_EQ(row->version, 2);
}

TEST_P(RecordVersionsTest, VersionsComeBackOldestFirstWithTheirAuthors) {
    database().write([&](WriteTx& tx) {
        add_version(tx, note_versions, "n", {2, now_, author_, "edited", "a wrong word", R"({"title":"second"})"});
        add_version(tx, note_versions, "n", {1, now_, author_, "created", "", R"({"title":"first"})"});
        add_version(tx, note_versions, "another", {1, now_, author_, "created", "", R"({"title":"else"})"});
    });
    const auto read =
        database().read([](ReadTx& tx) { return read_versions<NoteVersion>(versions(tx, note_versions, "n")); });
    ASSERT_EQ(read.size(), 2U);
    EXPECT_EQ(read[0].kind, "created");
    EXPECT_EQ(read[0].text.title, "first");
    EXPECT_EQ(read[1].version, 2);
    EXPECT_EQ(read[1].reason, "a wrong word");
    EXPECT_EQ(read[1].text.title, "second");
    EXPECT_EQ(read[1].by_name, "The author");
    EXPECT_EQ(read[1].at, now_);
}

}  // namespace
}  // namespace tsunagi::db
