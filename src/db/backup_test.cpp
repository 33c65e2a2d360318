// SPDX-License-Identifier: Apache-2.0
#include "db/backup.hpp"

#include <algorithm>
#include <fstream>
#include <limits>
#include <thread>

#include <boost/json/serialize.hpp>
#include <zlib.h>

#include "core/error.hpp"
#include "db/migrate.hpp"
#include "tests/support/small_disk.hpp"
#include "tests/support/test_database.hpp"

namespace tsunagi::db {
namespace {

using Path = std::filesystem::path;

/// An empty place for a database on one engine, cleaned up at the end.
class Place {
public:
    Place(Engine engine, const Path& folder) {
        options_.engine = engine;
        options_.readers = 2;
        options_.writers = 2;
        if (engine == Engine::sqlite) {
            options_.target = (folder / (core::new_uuid() + ".db")).string();
            return;
        }
        server_ = std::getenv("TSUNAGI_TEST_POSTGRES");  // the fixture has asked whether it is set
        schema_ = "t" + core::new_uuid();
        std::erase(schema_, '-');
        Session(Engine::postgres, server_).run("CREATE SCHEMA " + schema_);
        options_.target = server_ + " options='-c search_path=" + schema_ + "'";
    }

    ~Place() {
        if (!schema_.empty())
            Session(Engine::postgres, server_).run("DROP SCHEMA " + schema_ + " CASCADE");
    }

    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;

    [[nodiscard]] const DatabaseOptions& options() const { return options_; }

    void migrate_to_newest() const {
        Session session(options_.engine, options_.target);
        migrate(session, newest_version());
    }

private:
    DatabaseOptions options_;
    std::string server_;
    std::string schema_;
};

/// The rows of a backup as sorted JSON lines, by table.
std::map<std::string, std::vector<std::string>> content(const Path& path) {
    std::map<std::string, std::vector<std::string>> result;
    std::string table;
    read_backup(path,
                {.header = {},
                 .file = {},
                 .line = {},
                 .table =
                     [&](const std::string& name, const std::vector<std::string>&) {
                         table = name;
                         result[name];
                     },
                 .row = [&](const boost::json::array& row) { result[table].push_back(boost::json::serialize(row)); }});
    for (auto& [name, rows] : result)
        std::sort(rows.begin(), rows.end());
    return result;
}

std::string bytes_of(const Path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void write_bytes(const Path& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

std::string unpacked(const Path& path) {
    std::string result;
    std::vector<char> buffer(100'000);
    gzFile file = ::gzopen(path.c_str(), "rb");
    for (int got = 0; (got = ::gzread(file, buffer.data(), 100'000)) > 0;) {
        result.append(buffer.data(), static_cast<std::size_t>(got));
    }
    ::gzclose(file);
    return result;
}

void pack(const Path& path, const std::string& text) {
    gzFile file = ::gzopen(path.c_str(), "wb");
    ::gzwrite(file, text.data(), static_cast<unsigned>(text.size()));
    ::gzclose(file);
}

std::optional<BackupFailure> failure_of(const std::function<void()>& work) {
    try {
        work();
    } catch (const BackupError& error) {
        return error.failure();
    }
    return std::nullopt;
}

using EnginePair = std::pair<Engine, Engine>;

class BackupTest : public ::testing::TestWithParam<EnginePair> {
protected:
    void SetUp() override {
        const bool postgres = GetParam().first == Engine::postgres || GetParam().second == Engine::postgres;
        if (postgres && std::getenv("TSUNAGI_TEST_POSTGRES") == nullptr) {
            GTEST_SKIP() << "TSUNAGI_TEST_POSTGRES is not set; ./dev test sets it";
        }
        source_ = std::make_unique<Place>(GetParam().first, folder_.path());
        target_ = std::make_unique<Place>(GetParam().second, folder_.path());
        source_->migrate_to_newest();
        fill(source_->options());
    }

    static void fill(const DatabaseOptions& options) {
        Database database(options);
        database.write([](WriteTx& tx) {
            const auto setting = [&](const std::string& name, const std::string& value) {
                tx.execute("INSERT INTO settings (name, value) VALUES (:name, :value)",
                           Params().set("name", name).set("value", value));
            };
            setting("empty", "");
            setting("unicode", "髙﨑 ①㈱ 葛\U000E0100 \U00020BB7野家 👩‍⚕️ \u202E");
            setting("controls", "\t\r\n\\n \\N \\. \" ' \x01\x7f");
            std::string long_text;
            while (long_text.size() < 500'000)
                long_text += "連携のあゆみ\n";
            setting("long", long_text);
            for (int i = 0; i < 5000; ++i)
                setting("row " + std::to_string(i), std::string(20, 'x'));
            // A child that stands before its parent, and tables that refer to each other.
            tx.execute(
                "INSERT INTO regions (id, parent_id, kind, code, name, kana, position, ended_on) VALUES "
                "('a', 'z', 'ward', '1', '北区', '', 2147483647, NULL), "
                "('z', NULL, 'city', '2', '新潟市', '', -1, '2026-03-31')");
            tx.execute(
                "INSERT INTO desks (id, parent_id, municipality_id, organization_id, kind, name, short_name, "
                "header, phone, ended_on) VALUES ('d', NULL, 'z', NULL, 'k', 'n', 's', 'h', 'p', NULL)");
            tx.execute(
                "INSERT INTO users (id, login, name, kana, profession, active, password_hash, "
                "must_change_password, failures, totp_secret, totp_enabled, totp_last_step, version) "
                "VALUES ('u', 'l', 'n', '', '', 1, 'h', 0, 0, '', 0, 9223372036854775807, 1)");
            tx.execute(
                "INSERT INTO sessions (token_hash, user_id, csrf_token, created_at, last_seen_at, expires_at) "
                "VALUES ('t', 'u', 'c', '', '', '')");
        });
        database.write([](WriteTx& tx) {
            tx.execute(
                "INSERT INTO indicators (id, desk_id, municipality_id, version, created_at, created_by, "
                "updated_at, updated_by, name, code, scenes, numerator, denominator, unit, period, source, "
                "obtained_by, frequency, comparison, judgement_rule) VALUES ('i', 'd', 'z', 1, '', 'u', '', "
                "'u', 'n', '', '', '', '', '', '', '', '', '', '', '')");
            const auto value = [&](const std::string& period, std::optional<double> number, std::int64_t cases) {
                tx.execute(
                    "INSERT INTO indicator_values (indicator_id, period, value, missing_reason, note, cases) "
                    "VALUES ('i', :period, :value, NULL, '', :cases)",
                    Params().set("period", period).set("value", number).set("cases", cases));
            };
            int i = 0;
            for (const double number : {0.1, -0.0, 1e300, 5e-324, 3.0, 1.0 / 3, 123456789.123456789}) {
                ++i;
                value(std::to_string(i), number, i);
            }
            value("none", std::nullopt, std::numeric_limits<std::int64_t>::min());
        });
    }

    [[nodiscard]] Path file(const std::string& name) const { return folder_.path() / name; }

    [[nodiscard]] const DatabaseOptions& source() const { return source_->options(); }

    [[nodiscard]] const DatabaseOptions& target() const { return target_->options(); }

    /// What the target holds now.
    [[nodiscard]] std::map<std::string, std::vector<std::string>> target_content() const {
        backup(target(), file("again.jsonl.gz"), "");
        return content(file("again.jsonl.gz"));
    }

    test::TemporaryFolder folder_;
    std::unique_ptr<Place> source_;
    std::unique_ptr<Place> target_;
};

INSTANTIATE_TEST_SUITE_P(Engines, BackupTest,
                         ::testing::Values(EnginePair{Engine::sqlite, Engine::sqlite},
                                           EnginePair{Engine::sqlite, Engine::postgres},
                                           EnginePair{Engine::postgres, Engine::sqlite},
                                           EnginePair{Engine::postgres, Engine::postgres}),
                         [](const auto& pair) {
                             const auto name = [](Engine e) { return e == Engine::sqlite ? "sqlite" : "postgres"; };
                             return std::string(name(pair.param.first)) + "_to_" + name(pair.param.second);
                         });

TEST_P(BackupTest, ARoundTripKeepsEveryValue) {
    const auto made = backup(source(), file("b"), "0123456789abcdef");
    EXPECT_EQ(made.tables.at("settings"), 5004);
    EXPECT_FALSE(made.tables.contains("sessions"));
    EXPECT_FALSE(std::filesystem::exists(file("b.partial")));
    const auto verified = verify_backup(file("b"));
    EXPECT_EQ(verified.tables, made.tables);
    EXPECT_EQ(verified.checksum, made.checksum);
    EXPECT_EQ(verified.key_fingerprint, "0123456789abcdef");
    EXPECT_EQ(verified.schema_version, newest_version());

    const auto restored = restore(file("b"), target(), false);
    EXPECT_EQ(restored.tables, made.tables);
    EXPECT_EQ(target_content(), content(file("b")));
    Session(target().engine, target().target).run("INSERT INTO settings (name, value) VALUES ('works', 'on')");
}

TEST_P(BackupTest, WhatSqliteFindsWordsByIsFilledByRestoring) {
    Session filling(source().engine, source().target);
    filling.run(
        "INSERT INTO places (id, source, source_key, municipality_code, name, kana, listed_as, address, building, "
        "phone, fax, url, corporate_number, corporation, searched) VALUES ('p', '', '', '', '', '', '', '', '', "
        "'', '', '', '', '', '訪問看護')");
    EXPECT_FALSE(backup(source(), file("b"), "").tables.contains("place_words"));
    restore(file("b"), target(), false);
    restore(file("b"), target(), true);
    if (target().engine == Engine::postgres)
        return;
    Session session(Engine::sqlite, target().target);
    EXPECT_EQ(ReadTx(session).number("SELECT doc FROM place_terms WHERE term = '看護 '"), 1) << "once, not twice";
}

TEST_P(BackupTest, FilesBesideTheDatabaseComeBackWithIt) {
    std::filesystem::create_directory(file("here"));
    std::filesystem::create_directory(file("there"));
    const CompanionFiles here{file("here/ends.log"), file("here/absent.log")};
    const CompanionFiles there{file("there/ends.log"), file("there/absent.log"), file("there/other.log")};
    write_bytes(here[0], "one \"1\"\n二\n\nhalf a line");
    const auto made = backup(source(), file("b"), "", here);
    EXPECT_EQ(made.files, (std::map<std::string, std::int64_t>{{"ends.log", 3}, {"absent.log", 0}}));
    EXPECT_EQ(verify_backup(file("b")).files, made.files);

    write_bytes(there[0], "newer\n");
    write_bytes(there[2], "stays\n");
    EXPECT_EQ(restore(file("b"), target(), false, {}, there).files, made.files);
    EXPECT_EQ(bytes_of(there[0]), "one \"1\"\n二\n\n");
    EXPECT_EQ(bytes_of(file("there/ends.log.before-restore")), "newer\n");
    EXPECT_EQ(bytes_of(there[1]), "");
    EXPECT_EQ(bytes_of(there[2]), "stays\n");

    // A restore that fails leaves the files as they are and nothing beside them.
    std::string text = unpacked(file("b"));
    text.replace(text.find("[\"u\","), 5, "[\"v\",");
    pack(file("bad"), text);
    EXPECT_EQ(failure_of([&] { restore(file("bad"), target(), true, {}, there); }), BackupFailure::damaged);
    EXPECT_EQ(failure_of([&] { restore(file("b"), target(), false, {}, there); }), BackupFailure::not_empty);
    EXPECT_EQ(bytes_of(there[0]), "one \"1\"\n二\n\n");
    for (const auto& entry : std::filesystem::directory_iterator(file("there")))
        EXPECT_NE(entry.path().extension(), ".restoring");
    // Without a place for them they are passed over.
    EXPECT_EQ(restore(file("b"), target(), true).tables, made.tables);
}

TEST_P(BackupTest, IsOneStateWhileOthersWrite) {
    std::atomic<bool> stop{false};
    std::atomic<int> written{0};
    Database writing(source());
    std::jthread writer([&] {
        for (int i = 0; !stop; ++i) {
            writing.write([&](WriteTx& tx) {
                for (const char* half : {"settings", "packs"}) {
                    const std::string other = half == std::string("packs") ? "position, chosen_at" : "value";
                    const std::string values = half == std::string("packs") ? "0, ''" : "''";
                    tx.execute(
                        "INSERT INTO " + std::string(half) + " (name, " + other + ") VALUES (:name, " + values + ")",
                        Params().set("name", "pair " + std::to_string(i)));
                }
            });
            ++written;
        }
    });
    while (written < 20)
        std::this_thread::yield();
    for (int round = 0; round < 3; ++round) {
        backup(source(), file("b"), "");
        const auto found = content(file("b"));
        const auto pairs = std::count_if(found.at("settings").begin(), found.at("settings").end(),
                                         [](const std::string& row) { return row.starts_with("[\"pair "); });
        EXPECT_GE(pairs, 20);
        EXPECT_EQ(found.at("packs").size(), static_cast<std::size_t>(pairs));
    }
    stop = true;
    writer.join();
    restore(file("b"), target(), false);
    EXPECT_EQ(target_content(), content(file("b")));
}

TEST_P(BackupTest, AChangedByteIsRefusedAndNothingChanges) {
    backup(source(), file("b"), "");
    target_->migrate_to_newest();
    fill(target());
    const auto before = target_content();
    const std::string good = bytes_of(file("b"));
    for (std::size_t i = 12; i < good.size(); i += good.size() / 40 + 1) {
        std::string bad = good;
        bad[i] = static_cast<char>(bad[i] ^ 0x10);
        write_bytes(file("bad"), bad);
        EXPECT_EQ(failure_of([&] { restore(file("bad"), target(), true); }), BackupFailure::damaged) << i;
    }
    std::string text = unpacked(file("b"));
    text[text.find("新潟市")] = '\xe7';
    pack(file("bad"), text);
    EXPECT_EQ(failure_of([&] { restore(file("bad"), target(), true); }), BackupFailure::damaged);
    EXPECT_EQ(target_content(), before);
}

TEST_P(BackupTest, ATruncatedFileIsRefused) {
    backup(source(), file("b"), "");
    const std::string good = bytes_of(file("b"));
    for (const std::size_t size :
         {std::size_t{0}, std::size_t{1}, std::size_t{15}, good.size() / 2, good.size() - 9, good.size() - 1}) {
        write_bytes(file("bad"), good.substr(0, size));
        EXPECT_EQ(failure_of([&] { (void)verify_backup(file("bad")); }), BackupFailure::damaged) << size;
    }
    const std::string text = unpacked(file("b"));
    pack(file("bad"), text.substr(0, text.rfind("{\"rows\"")));
    EXPECT_EQ(failure_of([&] { (void)verify_backup(file("bad")); }), BackupFailure::damaged);
    pack(file("bad"), text + text);
    EXPECT_EQ(failure_of([&] { (void)verify_backup(file("bad")); }), BackupFailure::damaged);
    EXPECT_EQ(failure_of([&] { (void)verify_backup(file("absent")); }), BackupFailure::io);
}

TEST_P(BackupTest, ADatabaseWithDataIsReplacedOnlyWhenToldTo) {
    backup(source(), file("b"), "");
    target_->migrate_to_newest();
    {
        Database database(target());
        database.write([](WriteTx& tx) { tx.execute("INSERT INTO settings (name, value) VALUES ('old', '')"); });
    }
    EXPECT_EQ(failure_of([&] { restore(file("b"), target(), false); }), BackupFailure::not_empty);
    EXPECT_EQ(target_content().at("settings").size(), 1U);
    restore(file("b"), target(), true);
    EXPECT_EQ(target_content(), content(file("b")));
    restore(file("b"), target(), true);
    EXPECT_EQ(target_content(), content(file("b")));
}

TEST_P(BackupTest, AnEmptySchemaNeedsNoConsent) {
    backup(source(), file("b"), "");
    target_->migrate_to_newest();
    restore(file("b"), target(), false);
    EXPECT_EQ(target_content(), content(file("b")));
}

TEST_P(BackupTest, NewerAndForeignBackupsAreRefused) {
    backup(source(), file("b"), "aaaa");
    EXPECT_EQ(failure_of([&] { restore(file("b"), target(), false, "bbbb"); }), BackupFailure::other_key);
    pack(file("newer"), "{\"format\":\"tsunagi-backup\",\"format_version\":9}\n");
    EXPECT_EQ(failure_of([&] { restore(file("newer"), target(), false); }), BackupFailure::newer_schema);
    const BackupHeader header{newest_version() + 1, "sqlite", "", ""};
    BackupWriter writer(file("newer"));
    writer.write("{\"format\":\"tsunagi-backup\",\"format_version\":1,\"schema_version\":" +
                 std::to_string(header.schema_version) +
                 ",\"engine\":\"sqlite\",\"made_at\":\"\",\"key_fingerprint\":\"\"}\n");
    writer.finish("{\"rows\":{},\"checksum\":\"" + writer.checksum() + "\"}\n");
    EXPECT_EQ(failure_of([&] { restore(file("newer"), target(), false); }), BackupFailure::newer_schema);
}

TEST_P(BackupTest, TablesAndColumnsThatTheSchemaHasNotAreRefused) {
    for (const std::string table :
         {R"({"table":"settings\" (name, value) VALUES ('x','y') --","columns":["name","value"]})",
          R"({"table":"settings","columns":["name","nothing"]})"}) {
        BackupWriter writer(file("bad"));
        writer.write(
            "{\"format\":\"tsunagi-backup\",\"format_version\":1,\"schema_version\":1,\"engine\":\"sqlite\","
            "\"made_at\":\"\",\"key_fingerprint\":\"\"}\n");
        writer.write(table + "\n");
        const std::string name =
            table.find("nothing") == std::string::npos ? R"(settings\" (name, value) VALUES ('x','y') --)" : "settings";
        writer.finish("{\"rows\":{\"" + name + "\":0},\"checksum\":\"" + writer.checksum() + "\"}\n");
        EXPECT_EQ(failure_of([&] { restore(file("bad"), target(), false); }), BackupFailure::damaged);
    }
}

TEST_P(BackupTest, ARowThatBreaksAReferenceChangesNothing) {
    target_->migrate_to_newest();
    fill(target());
    const auto before = target_content();
    BackupWriter writer(file("bad"));
    writer.write(
        "{\"format\":\"tsunagi-backup\",\"format_version\":1,\"schema_version\":1,\"engine\":\"sqlite\","
        "\"made_at\":\"\",\"key_fingerprint\":\"\"}\n"
        "{\"table\":\"recovery_codes\",\"columns\":[\"user_id\",\"code_hash\",\"used_at\"]}\n"
        "[\"nobody\",\"x\",null]\n");
    writer.finish("{\"rows\":{\"recovery_codes\":1},\"checksum\":\"" + writer.checksum() + "\"}\n");
    EXPECT_ANY_THROW(restore(file("bad"), target(), true));
    EXPECT_EQ(target_content(), before);
}

TEST_P(BackupTest, ARunningServerIsNotReplaced) {
    backup(source(), file("b"), "");
    target_->migrate_to_newest();
    Database server(target());
    server.write([](WriteTx& tx) { tx.execute("INSERT INTO settings (name, value) VALUES ('old', '')"); });
    EXPECT_EQ(failure_of([&] { restore(file("b"), target(), true); }), BackupFailure::in_use);
    server.write([](WriteTx& tx) { tx.execute("INSERT INTO settings (name, value) VALUES ('new', '')"); });
    EXPECT_EQ(target_content().at("settings").size(), 2U);
}

TEST_P(BackupTest, AFullDiskKeepsTheEarlierBackupAndDatabase) {
    backup(source(), file("b"), "");
    const std::string earlier = bytes_of(file("b"));
    {
        // Other readers are at work; the shared memory of SQLite is a file as well and is already there.
        Session other(source().engine, source().target);
        EXPECT_EQ(ReadTx(other).number("SELECT count(*) FROM desks"), 1);
        const test::SmallDisk disk(4096);
        EXPECT_EQ(failure_of([&] { backup(source(), file("b"), ""); }), BackupFailure::io);
    }
    EXPECT_TRUE(bytes_of(file("b")) == earlier);
    EXPECT_FALSE(std::filesystem::exists(file("b.partial")));
    if (GetParam().second != Engine::sqlite)
        return;  // the server of the other engine is another process
    target_->migrate_to_newest();
    fill(target());
    const auto before = target_content();
    {
        const test::SmallDisk disk(300'000);
        EXPECT_ANY_THROW(restore(file("b"), target(), true));
    }
    EXPECT_EQ(target_content(), before);
    EXPECT_FALSE(std::filesystem::exists(target().target + ".restoring"));
}

// SQLite files

class SqliteBackupTest : public ::testing::Test {
protected:
    test::TemporaryFolder folder_;
    Place place_{Engine::sqlite, folder_.path()};
    Path file_ = folder_.path() / "b";

    void SetUp() override {
        place_.migrate_to_newest();
        Database database(place_.options());
        database.write([](WriteTx& tx) { tx.execute("INSERT INTO settings (name, value) VALUES ('a', 'b')"); });
        backup(place_.options(), file_, "");
    }
};

TEST_F(SqliteBackupTest, TheReplacedDatabaseIsKept) {
    const Path target = place_.options().target;
    {
        Session session(Engine::sqlite, target.string());
        session.run("INSERT INTO settings (name, value) VALUES ('later', '')");
    }
    restore(file_, place_.options(), true);
    Path kept = target;
    kept += ".before-restore";
    Session session(Engine::sqlite, kept.string());
    EXPECT_EQ(ReadTx(session).number("SELECT count(*) FROM settings"), 2);
}

TEST_F(SqliteBackupTest, ADamagedDatabaseCanBeReplaced) {
    const Path target = place_.options().target;
    write_bytes(target, std::string(8192, 'x'));
    EXPECT_EQ(failure_of([&] { restore(file_, place_.options(), false); }), BackupFailure::not_empty);
    restore(file_, place_.options(), true);
    Session session(Engine::sqlite, target.string());
    EXPECT_EQ(ReadTx(session).number("SELECT count(*) FROM settings"), 1);
}

TEST_F(SqliteBackupTest, OnlyTheOwnerMayReadTheFiles) {
    using std::filesystem::perms;
    const auto others = [](const Path& path) {
        return std::filesystem::status(path).permissions() & (perms::group_all | perms::others_all);
    };
    EXPECT_EQ(others(file_), perms::none);
    restore(file_, place_.options(), true);
    EXPECT_EQ(others(place_.options().target), perms::none);
}

TEST_F(SqliteBackupTest, ABackupOfNoDatabaseMakesNone) {
    DatabaseOptions nowhere;
    nowhere.target = (folder_.path() / "nowhere.db").string();
    EXPECT_EQ(failure_of([&] { backup(nowhere, folder_.path() / "c", ""); }), BackupFailure::io);
    EXPECT_FALSE(std::filesystem::exists(nowhere.target));
}

}  // namespace
}  // namespace tsunagi::db
