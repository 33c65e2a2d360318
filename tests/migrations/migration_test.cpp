// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <fstream>
#include <map>
#include <thread>

#include "db/backup.hpp"
#include "db/introspection.hpp"
#include "db/migrate.hpp"
#include "record/json_reader.hpp"
#include "tests/migrations/schema_text.hpp"
#include "tests/support/test_database.hpp"

namespace tsunagi::db {
namespace {

using Path = std::filesystem::path;

std::string content_of(const Path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

// The files

TEST(MigrationFiles, EachNumberStandsOnceCommonOrAsAPair) {
    std::map<std::string, std::vector<std::string>> forms;
    for (const auto& entry : std::filesystem::directory_iterator(Path(TSUNAGI_SOURCE_DIR) / "db/migrations")) {
        const std::string name = entry.path().filename().string();
        const auto dot = name.find('.');
        forms[name.substr(0, 4)].push_back(name.substr(dot));
    }
    int next = 1;
    for (auto& [number, found] : forms) {
        EXPECT_EQ(std::stoi(number), next++) << "the numbers have no gap";
        std::sort(found.begin(), found.end());
        const bool common = found == std::vector<std::string>{".sql"};
        const bool pair = found == std::vector<std::string>{".postgres.sql", ".sqlite.sql"};
        EXPECT_TRUE(common || pair) << number;
    }
    EXPECT_EQ(newest_version(), next - 1);
}

TEST(SplitStatements, EndAtASemicolonAtTheEndOfALine) {
    EXPECT_EQ(split_statements("A;\nB\n  C;  \n\n"), (std::vector<std::string>{"A", "B\n  C"}));
    EXPECT_EQ(split_statements("A; B;\r\n"), (std::vector<std::string>{"A; B"}));
    EXPECT_EQ(split_statements("A; -- why\nB;"), (std::vector<std::string>{"A", "B"}));
    EXPECT_TRUE(split_statements("").empty());
    EXPECT_TRUE(split_statements("-- nothing; here\n\n  \n").empty());
}

TEST(SplitStatements, LeaveQuotesAlone) {
    EXPECT_EQ(split_statements("INSERT '--;\n;\n';\nB;"), (std::vector<std::string>{"INSERT '--;\n;\n'", "B"}));
    EXPECT_EQ(split_statements("A 'it''s;\n' \"x--y\";"), (std::vector<std::string>{"A 'it''s;\n' \"x--y\""}));
    EXPECT_EQ(split_statements("DO $$ BEGIN;\nEND;\n$$;\nB;"),
              (std::vector<std::string>{"DO $$ BEGIN;\nEND;\n$$", "B"}));
    EXPECT_EQ(split_statements("DO $a$ $$;\n $a$;"), (std::vector<std::string>{"DO $a$ $$;\n $a$"}));
    EXPECT_EQ(split_statements("A $1 + $2;"), (std::vector<std::string>{"A $1 + $2"}));
}

TEST(SplitStatements, RefuseAnUnfinishedOne) {
    EXPECT_THROW((void)split_statements("A;\nB\n"), std::logic_error);
    EXPECT_THROW((void)split_statements("A 'open;\n"), std::logic_error);
}

// The schema

class MigrationTest : public test::DatabaseTest {
protected:
    void SetUp() override {
        DatabaseTest::SetUp();
        if (IsSkipped())
            return;
        // The fixture has migrated; these tests begin with nothing.
        options_ = database().options();
        Session session(options_.engine, options_.target);
        if (GetParam() == Engine::sqlite) {
            options_.target = (folder() / "fresh.db").string();
        } else {
            auto all = tables(session);
            std::reverse(all.begin(), all.end());
            for (const TableShape& table : all)
                session.run("DROP TABLE " + table.name);
            session.run("DROP TABLE schema_migrations");
        }
    }

    [[nodiscard]] std::unique_ptr<Session> open() const {
        return std::make_unique<Session>(options_.engine, options_.target);
    }

    [[nodiscard]] Path committed_schema() const {
        const char* name = GetParam() == Engine::sqlite ? "db/schema.sqlite.sql" : "db/schema.postgres.sql";
        return Path(TSUNAGI_SOURCE_DIR) / name;
    }

    DatabaseOptions options_;
};

TSUNAGI_BOTH_ENGINES(MigrationTest);

TEST_P(MigrationTest, TheCommittedSchemaIsWhatTheMigrationsMake) {
    const auto session = open();
    migrate(*session, newest_version());
    ReadTx tx(*session);
    const std::string found = test::schema_text(tx);
    if (std::getenv("TSUNAGI_WRITE_SCHEMA") != nullptr)
        std::ofstream(committed_schema(), std::ios::binary) << found;
    EXPECT_TRUE(found == content_of(committed_schema()))
        << committed_schema() << " is out of date; tests/migrations/README.md says how to write it again";
}

TEST_P(MigrationTest, OneStepAtATimeMakesTheSameSchema) {
    std::string at_once;
    {
        const auto session = open();
        for (int version = 1; version <= newest_version(); ++version)
            migrate(*session, version);
        EXPECT_EQ(schema_version(*session), newest_version());
        ReadTx tx(*session);
        at_once = test::schema_text(tx);
    }
    EXPECT_TRUE(at_once == content_of(committed_schema()));
}

TEST_P(MigrationTest, MigratingTwiceDoesNothing) {
    const auto session = open();
    migrate(*session, newest_version());
    bool asked = false;
    migrate(*session, newest_version(), [&](int) { asked = true; });
    EXPECT_FALSE(asked);
    EXPECT_EQ(ReadTx(*session).number("SELECT count(*) FROM schema_migrations"), newest_version());
}

TEST_P(MigrationTest, ANewerSchemaIsRefused) {
    const auto session = open();
    migrate(*session, newest_version());
    session->execute("INSERT INTO schema_migrations (version, name, applied_at) VALUES (:version, 'later', '')",
                     Params().set("version", std::int64_t{newest_version() + 1}));
    EXPECT_THROW(migrate(*session, newest_version()), NewerSchema);
    EXPECT_THROW(backup(options_, folder() / "b", ""), NewerSchema);
}

TEST_P(MigrationTest, TwoProgramsThatStartAtOnceMigrateOnce) {
    std::vector<std::jthread> programs;
    std::atomic<int> good{0};
    for (int i = 0; i < 4; ++i) {
        programs.emplace_back([&] {
            const auto session = open();
            migrate(*session, newest_version());
            ++good;
        });
    }
    programs.clear();
    EXPECT_EQ(good, 4);
    EXPECT_EQ(ReadTx(*open()).number("SELECT count(*) FROM schema_migrations"), newest_version());
}

// Steps of the test's own

const Migration first{1, "first",
                      "CREATE TABLE parents (id TEXT PRIMARY KEY, name TEXT NOT NULL);\n"
                      "CREATE TABLE children (id TEXT PRIMARY KEY, parent_id TEXT NOT NULL REFERENCES parents (id));\n"
                      "INSERT INTO parents (id, name) VALUES ('p', '親');\n"
                      "INSERT INTO children (id, parent_id) VALUES ('c', 'p');\n",
                      ""};

TEST_P(MigrationTest, AFailingStepLeavesTheOldSchema) {
    const auto session = open();
    migrate(*session, {first}, 1);
    ReadTx tx(*session);
    const std::string before = test::schema_text(tx);
    const Migration good{2, "good", "CREATE TABLE more (id TEXT PRIMARY KEY);\n", ""};
    const Migration bad{3, "bad", "ALTER TABLE parents ADD COLUMN note TEXT;\nINSERT INTO nowhere VALUES (1);\n", ""};
    EXPECT_THROW(migrate(*session, {first, good, bad}, 3), DatabaseError);
    EXPECT_EQ(schema_version(*session), 1);
    EXPECT_EQ(test::schema_text(tx), before);
    migrate(*session, {first, good}, 2);
    EXPECT_EQ(schema_version(*session), 2);
}

TEST_P(MigrationTest, ATableThatOthersReferToCanBeRebuilt) {
    const auto session = open();
    migrate(*session, {first}, 1);
    const Migration rebuild{2, "rebuild",
                            "CREATE TABLE parents_new (id TEXT PRIMARY KEY, name TEXT NOT NULL, age BIGINT NOT NULL);\n"
                            "INSERT INTO parents_new (id, name, age) SELECT id, name, 0 FROM parents;\n"
                            "DROP TABLE parents;\n"
                            "ALTER TABLE parents_new RENAME TO parents;\n",
                            "ALTER TABLE parents ADD COLUMN age BIGINT NOT NULL DEFAULT 0;\n"
                            "ALTER TABLE parents ALTER COLUMN age DROP DEFAULT;\n"};
    migrate(*session, {first, rebuild}, 2);
    EXPECT_EQ(ReadTx(*session).number("SELECT count(*) FROM children JOIN parents ON parents.id = parent_id "
                                      "WHERE name = '親' AND age = 0"),
              1);
    EXPECT_THROW(session->execute("INSERT INTO children (id, parent_id) VALUES ('d', 'nobody')"), DatabaseError);
}

TEST_P(MigrationTest, AStepThatBreaksAReferenceFails) {
    const auto session = open();
    migrate(*session, {first}, 1);
    const Migration bad{2, "bad", "DELETE FROM parents;\n", ""};
    EXPECT_THROW(migrate(*session, {first, bad}, 2), DatabaseError);
    EXPECT_EQ(ReadTx(*session).number("SELECT count(*) FROM parents"), 1);
}

TEST_P(MigrationTest, ACopyIsMadeBeforeMigratingDataOnly) {
    {
        const auto session = open();
        std::vector<int> asked;
        migrate(*session, {first}, 1, [&](int from) { asked.push_back(from); });
        EXPECT_TRUE(asked.empty());
        const Migration more{2, "more", "CREATE TABLE more (id TEXT PRIMARY KEY);\n", ""};
        migrate(*session, {first, more}, 2, [&](int from) { asked.push_back(from); });
        EXPECT_EQ(asked, std::vector<int>{1});
    }
    EXPECT_FALSE(std::filesystem::exists(folder() / "copies"));
}

/// A city with a desk, somebody there, and records as the first schema kept them.
void fill_first_schema(Session& session) {
    for (const char* statement : {
             "INSERT INTO regions (id, kind, code, name, kana, position) VALUES ('city', 'municipality', '', 'City', "
             "'', 1)",
             "INSERT INTO desks (id, municipality_id, kind, name, short_name, header, phone) "
             "VALUES ('desk', 'city', 'center', 'Desk', '', '', '')",
             "INSERT INTO users (id, login, name, kana, profession, active, password_hash, must_change_password, "
             "failures, totp_secret, totp_enabled, totp_last_step, version) "
             "VALUES ('somebody', 'somebody', 'Somebody', '', '', 1, '', 0, 0, '', 0, 0, 1)",
             "INSERT INTO bodies (id, municipality_id, desk_id, version, name, member_categories, frequency, basis, "
             "dormant) VALUES ('body', 'city', 'desk', 2, '推進会議 \"部会\"', '[\"hospital\"]', '年3回', '', 1)",
             "INSERT INTO audit_entries (chain, sequence, at, actor_id, actor_name, action, subject_kind, subject_id, "
             "detail, hash) VALUES (1, 1, '2026-11-20T01:00:00.000Z', 'somebody', 'Somebody', 'create', 'body', "
             "'body', "
             "'', ''), (1, 2, '2026-11-21T01:00:00.000Z', 'somebody', 'Somebody', 'change', 'body', 'body', '', '')",
         })
        session.execute(statement, {});
    const auto consultation = [&](const std::string& id, const std::string& state, const std::string& closed_at,
                                  const std::vector<std::string>& kinds) {
        session.execute(
            "INSERT INTO consultations (id, desk_id, municipality_id, fiscal_year, sequence, number, state, version, "
            "finalised, shared_with_municipality, created_at, created_by, updated_at, updated_by, closed_at, "
            "listed_on, "
            "marks, caller_name, caller_affiliation, caller_profession_note, caller_phone, method_note, subject, "
            "request, background, illness, support_text, follow_up_note, awareness, physician_assessment, "
            "physician_direction) VALUES (:id, 'desk', 'city', 2026, 1, '', :state, 1, 0, 0, '', 'somebody', '', "
            "'somebody', " +
                closed_at + ", '2026-11-20', ' ', '', '', '', '', '', '', '', '', '', '', '', '', '', '')",
            Params().set("id", id).set("state", state));
        std::int64_t version = 0;
        for (const std::string& kind : kinds) {
            ++version;
            session.execute(
                "INSERT INTO consultation_versions (consultation_id, version, kind, at, by_id, reason, sheet) "
                "VALUES (:id, :version, :kind, :at, 'somebody', '', '{}')",
                Params()
                    .set("id", id)
                    .set("version", version)
                    .set("kind", kind)
                    .set("at", "2026-11-20T0" + std::to_string(version) + ":00:00.000Z"));
        }
    };
    consultation("open", "open", "NULL", {"created", "edited"});
    consultation("closed", "closed", "'2026-11-20T02:00:00.000Z'", {"created", "closed"});
    consultation("again", "open", "NULL", {"created", "closed", "reopened"});
    consultation("held", "on_hold", "NULL", {"created", "closed", "reopened", "held"});
}

TEST_P(MigrationTest, ReopenedRecordsAndBodiesOfTheFirstSchemaKeepTheirPast) {
    const auto session = open();
    migrate(*session, 1);
    fill_first_schema(*session);
    migrate(*session, newest_version());
    ReadTx tx(*session);
    std::map<std::string, std::string> found;
    for (const char* id : {"open", "closed", "again", "held"}) {
        found[id] =
            tx.row<std::string>("SELECT state || ' ' || COALESCE(closed_at, '') FROM consultations WHERE id = :id",
                                Params().set("id", id))
                .value();
    }
    EXPECT_EQ(found, (std::map<std::string, std::string>{{"open", "open "},
                                                         {"closed", "closed 2026-11-20T02:00:00.000Z"},
                                                         {"again", "reopened 2026-11-20T02:00:00.000Z"},
                                                         {"held", "on_hold 2026-11-20T02:00:00.000Z"}}));
    const auto body = tx.row<std::string>(
        "SELECT v.version || ' ' || v.kind || ' ' || v.at || ' ' || v.by_id || ' ' || v.document FROM body_versions v");
    ASSERT_TRUE(body.has_value());
    const std::string start = "2 edited 2026-11-21T01:00:00.000Z somebody ";
    ASSERT_EQ(body->substr(0, start.size()), start);
    const boost::json::value document = record::parse_json(body->substr(start.size()));
    EXPECT_EQ(document, record::parse_json(R"({"parent_id": null, "desk_id": "desk", "name": "推進会議 \"部会\"",
        "kind": null, "layer": null, "member_categories": ["hospital"], "frequency": "年3回", "basis": "",
        "dormant": true})"));
}

TEST_P(MigrationTest, CasesOfEarlierSchemasGetMarksOfHowFarTheyHaveCome) {
    const auto session = open();
    migrate(*session, 1);
    fill_first_schema(*session);
    migrate(*session, 3);
    for (const char* change : {"result = 'solved', marks = ' scene:daily ' WHERE id = 'closed'",
                               "physician_asked_on = '2026-11-02' WHERE id = 'again'",
                               "physician_asked_on = '2026-11-02', difficulty = 'ordinary' WHERE id = 'held'"})
        session->execute(std::string("UPDATE consultations SET ") + change, {});
    ReadTx tx(*session);
    const auto before = tx.number("SELECT last_change FROM consultation_shelves");
    migrate(*session, newest_version());
    EXPECT_EQ(tx.number("SELECT last_change FROM consultation_shelves"), before + 1);
    std::map<std::string, std::string> found;
    for (const char* id : {"open", "closed", "again", "held"}) {
        const auto params = Params().set("id", id).set("before", before);
        found[id] = tx.row<std::string>(
                          "SELECT CASE WHEN change > :before THEN 'changed' ELSE 'as before' END || marks "
                          "FROM consultations WHERE id = :id",
                          params)
                        .value();
    }
    EXPECT_EQ(found, (std::map<std::string, std::string>{{"open", "as before "},
                                                         {"closed", "changed scene:daily worked_on "},
                                                         {"again", "changed worked_on awaiting_advice:2026-11-02 "},
                                                         {"held", "changed worked_on "}}));
}

TEST_P(MigrationTest, TheDayOfASheetBecomesTheFirstFollowUpOfItsCase) {
    const auto session = open();
    migrate(*session, 1);
    fill_first_schema(*session);
    session->execute(
        "UPDATE consultations SET follow_up_on = '2026-11-25', follow_up_note = 'Call back' "
        "WHERE id IN ('open', 'closed')",
        {});
    migrate(*session, newest_version());
    ReadTx tx(*session);
    EXPECT_EQ(tx.rows<std::string>("SELECT consultation_id || ' ' || due_on || ' ' || note || ' ' || created_by "
                                   "FROM follow_ups WHERE of_sheet = 1 AND done_at IS NULL ORDER BY consultation_id"),
              (std::vector<std::string>{"closed 2026-11-25 Call back somebody", "open 2026-11-25 Call back somebody"}));
    EXPECT_EQ(tx.number("SELECT count(*) FROM follow_ups"), 2);
    EXPECT_EQ(tx.number("SELECT sum(activities) FROM consultations"), 0);
}

// Data of every released version: restoring makes the schema of that version and then migrates. The first is also a
// backup of the first format, which has no files in it.
TEST_P(MigrationTest, EveryReleasedVersionComesThroughWhole) {
    const Path released = Path(TSUNAGI_SOURCE_DIR) / "tests/migrations/released";
    int versions = 0;
    for (const auto& entry : std::filesystem::directory_iterator(released)) {
        SCOPED_TRACE(entry.path().filename().string());
        const auto expected = restore(entry.path(), options_, true);
        EXPECT_EQ(expected.schema_version, std::stoi(entry.path().stem().string()));
        const auto session = open();
        EXPECT_EQ(schema_version(*session), newest_version());
        for (const auto& [table, count] : expected.tables) {
            EXPECT_GT(count, 0) << table;
            EXPECT_EQ(ReadTx(*session).number("SELECT count(*) FROM " + table), count) << table;
        }
        ReadTx tx(*session);
        EXPECT_TRUE(test::schema_text(tx) == content_of(committed_schema()));
        ++versions;
    }
    EXPECT_GE(versions, 1);
}

}  // namespace
}  // namespace tsunagi::db
