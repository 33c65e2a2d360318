// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <charconv>
#include <fstream>
#include <optional>

#include "db/backup.hpp"
#include "db/introspection.hpp"
#include "db/locks.hpp"
#include "db/migrate.hpp"
#include "db/table_loader.hpp"

namespace tsunagi::db {
namespace {

constexpr std::int64_t rows_between_reports = 2000;

[[noreturn]] void fail_damaged(const std::string& what) {
    throw BackupError(BackupFailure::damaged, "the backup is damaged: " + what);
}

record::Cell cell_of(const boost::json::value& value, record::CellKind kind) {
    if (value.is_null())
        return {};
    switch (kind) {
        case record::CellKind::integer:
            if (value.is_int64())
                return value.get_int64();
            break;
        case record::CellKind::text:
            if (value.is_string())
                return std::string(value.get_string());
            break;
        case record::CellKind::real:
            if (value.is_number())
                return value.to_number<double>();
            if (value.is_string()) {
                double number = 0;
                const auto& text = value.get_string();
                const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
                if (error == std::errc{} && end == text.data() + text.size())
                    return number;
            }
            break;
    }
    fail_damaged("a value does not fit its column");
}

/// Puts the tables of a backup into a database whose schema is that of the backup.
class Loading {
public:
    Loading(Session& session, const BackupProgress& progress)
        : session_(session), progress_(progress), shapes_(tables(session)) {}

    void begin_table(const std::string& name, const std::vector<std::string>& columns) {
        end_table();
        const auto shape = std::find_if(shapes_.begin(), shapes_.end(), [&](const auto& s) { return s.name == name; });
        if (shape == shapes_.end())
            fail_damaged("it holds a table that its schema has not");
        columns_.clear();
        for (const std::string& column : columns) {
            const auto found = std::find_if(shape->columns.begin(), shape->columns.end(),
                                            [&](const auto& c) { return c.name == column; });
            if (found == shape->columns.end())
                fail_damaged("it holds a column that its schema has not");
            columns_.push_back(*found);
        }
        table_ = name;
        count_ = 0;
        loader_.emplace(session_, name, columns_);
    }

    void add(const boost::json::array& row) {
        std::vector<record::Cell> cells(columns_.size());
        for (std::size_t i = 0; i < cells.size(); ++i)
            cells[i] = cell_of(row[i], columns_[i].kind);
        loader_->add(cells);
        if (++count_ % rows_between_reports == 0 && progress_)
            progress_(table_, count_);
    }

    void end_table() {
        if (!loader_)
            return;
        loader_->finish();
        loader_.reset();
        if (progress_)
            progress_(table_, count_);
    }

private:
    Session& session_;                // NOLINT: both outlive the loading
    const BackupProgress& progress_;  // NOLINT
    std::vector<TableShape> shapes_;
    std::optional<TableLoader> loader_;
    std::vector<ColumnShape> columns_;
    std::string table_;
    std::int64_t count_ = 0;
};

std::filesystem::path beside(const std::filesystem::path& path, const char* suffix) {
    std::filesystem::path result = path;
    result += suffix;
    return result;
}

/// The companion files of a backup: written beside their places first, put there when the database is.
class Companions {
public:
    explicit Companions(const CompanionFiles& places) : places_(places) {}

    ~Companions() {
        for (const auto& place : made_) {
            std::error_code ignored;
            std::filesystem::remove(beside(place, ".restoring"), ignored);
        }
    }

    Companions(const Companions&) = delete;
    Companions& operator=(const Companions&) = delete;

    /// A file for which nobody has a place is passed over.
    void begin(const std::string& name) {
        end();
        const auto place =
            std::find_if(places_.begin(), places_.end(), [&](const auto& one) { return one.filename() == name; });
        if (place == places_.end())
            return;
        made_.push_back(*place);
        out_.open(beside(*place, ".restoring"), std::ios::binary | std::ios::trunc);
    }

    void add(const std::string& line) {
        if (out_.is_open())
            out_ << line << '\n';
    }

    void end() {
        if (!out_.is_open())
            return;
        out_.close();
        const auto file = beside(made_.back(), ".restoring");
        if (!out_)
            throw BackupError(BackupFailure::io, "cannot write " + file.string());
        std::filesystem::permissions(file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
        sync_file(file);
    }

    void take_places() {
        for (const auto& place : made_) {
            if (std::filesystem::exists(place))
                std::filesystem::rename(place, beside(place, ".before-restore"));
            std::filesystem::rename(beside(place, ".restoring"), place);
            sync_folder_of(place);
        }
        made_.clear();
    }

private:
    const CompanionFiles& places_;  // NOLINT: lives as long as the restoring
    CompanionFiles made_;
    std::ofstream out_;
};

/// Makes the schema, loads the rows and migrates, inside the open transaction.
BackupSummary fill(Session& session, const std::filesystem::path& path, const BackupSummary& expected,
                   Companions& companions, const BackupProgress& progress) {
    const int version = expected.schema_version;
    apply_steps(session, migrations(), 0, version);
    Loading loading(session, progress);
    BackupSummary summary =
        read_backup(path, {.header = {},
                           .file = [&](const auto& name) { companions.begin(name); },
                           .line = [&](const auto& line) { companions.add(line); },
                           .table = [&](const auto& name, const auto& columns) { loading.begin_table(name, columns); },
                           .row = [&](const auto& row) { loading.add(row); }});
    loading.end_table();
    companions.end();
    if (summary.checksum != expected.checksum)
        fail_damaged("it changed while it was read");
    apply_steps(session, migrations(), version, newest_version());
    return summary;
}

bool holds_data(Session& session) {
    if (schema_version(session) == 0)
        return false;
    ReadTx tx(session);
    const auto found = tables(session);
    return std::any_of(found.begin(), found.end(), [&](const TableShape& table) {
        return tx.number("SELECT count(*) FROM (SELECT 1 FROM \"" + table.name + "\" LIMIT 1) AS found") > 0;
    });
}

[[noreturn]] void refuse_not_empty() {
    throw BackupError(BackupFailure::not_empty, "the database holds data; say that it is to be replaced");
}

[[noreturn]] void refuse_in_use() {
    throw BackupError(BackupFailure::in_use, "the database is in use; stop the server first");
}

// PostgreSQL: everything in one transaction, the removal of the old tables included.

void lock_out_servers(Session& session) {
    ReadTx tx(session);
    const std::string all = std::string("pg_try_advisory_xact_lock(") + lock_class + ", n)";
    const auto free = tx.number("SELECT count(*) FROM (SELECT CASE WHEN " + all +
                                " THEN 1 ELSE 0 END AS got FROM generate_series(-1, 255) AS n) AS locks WHERE got = 1");
    if (free != 257)
        refuse_in_use();
}

BackupSummary restore_postgres(const std::filesystem::path& path, const DatabaseOptions& target, bool replace,
                               const BackupSummary& expected, Companions& companions, const BackupProgress& progress) {
    Session session(target.engine, target.target);
    session.run("BEGIN");
    try {
        lock_out_servers(session);
        auto old = tables(session);
        if (schema_version(session) == 0) {
            if (!old.empty())
                throw BackupError(BackupFailure::not_empty, "the database holds tables of another program");
        } else {
            if (!replace && holds_data(session))
                refuse_not_empty();
            std::reverse(old.begin(), old.end());
            for (const TableShape& table : old)
                session.run("DROP TABLE \"" + table.name + "\" CASCADE");
            session.run("DROP TABLE schema_migrations");
        }
        BackupSummary summary = fill(session, path, expected, companions, progress);
        session.run("COMMIT");
        return summary;
    } catch (...) {
        try {
            session.run("ROLLBACK");
        } catch (const DatabaseError&) {  // the connection is gone, and the transaction with it
        }
        throw;
    }
}

// SQLite: a new file beside the old one, which takes its place when it is complete.

void remove_database(const std::filesystem::path& path) {
    for (const char* suffix : {"", "-wal", "-shm", "-journal"})
        std::filesystem::remove(beside(path, suffix));
}

/// Leaves the old database as one file with no log beside it, so that it can be put aside. A file that is no readable
/// database any more is what one restores for: it stays as it is.
void settle(const std::filesystem::path& path, bool replace) {
    if (!std::filesystem::exists(path))
        return;
    try {
        Session session(Engine::sqlite, path.string());
        if (!replace && holds_data(session))
            refuse_not_empty();
        session.run("PRAGMA busy_timeout=0");
        const auto mode = ReadTx(session).row<std::string>("PRAGMA journal_mode=DELETE");
        if (mode != "delete")
            refuse_in_use();
    } catch (const DatabaseError& error) {
        if (error.kind() == FailureKind::busy)
            refuse_in_use();
        if (!replace)
            refuse_not_empty();
    }
}

BackupSummary fill_file(const std::filesystem::path& file, const std::filesystem::path& path,
                        const BackupSummary& expected, Companions& companions, const BackupProgress& progress) {
    Session session(Engine::sqlite, file.string());
    session.run("PRAGMA foreign_keys=OFF");  // checked at the end instead
    session.run("PRAGMA synchronous=OFF");   // the file counts only when it is complete; then it is synced
    session.run("BEGIN IMMEDIATE");
    BackupSummary summary = fill(session, path, expected, companions, progress);
    if (ReadTx(session).number("SELECT count(*) FROM pragma_foreign_key_check") > 0) {
        fail_damaged("a reference points nowhere");
    }
    session.run("COMMIT");
    return summary;
}

void take_place(const std::filesystem::path& made, const std::filesystem::path& target) {
    const auto kept = beside(target, ".before-restore");
    if (std::filesystem::exists(target)) {
        remove_database(kept);
        for (const char* suffix : {"-wal", "-journal"}) {
            if (std::filesystem::exists(beside(target, suffix))) {
                std::filesystem::rename(beside(target, suffix), beside(kept, suffix));
            }
        }
        std::filesystem::remove(beside(target, "-shm"));
        std::filesystem::create_hard_link(target, kept);
    }
    std::filesystem::rename(made, target);
    sync_folder_of(target);
}

BackupSummary restore_sqlite(const std::filesystem::path& path, const DatabaseOptions& target, bool replace,
                             const BackupSummary& expected, Companions& companions, const BackupProgress& progress) {
    const std::filesystem::path place = target.target;
    const auto made = beside(place, ".restoring");
    settle(place, replace);
    remove_database(made);
    try {
        BackupSummary summary = fill_file(made, path, expected, companions, progress);
        if (std::filesystem::exists(beside(made, "-wal"))) {
            throw BackupError(BackupFailure::io, "the new database could not be completed");
        }
        std::filesystem::permissions(made, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
        sync_file(made);
        settle(place, replace);  // nobody may have begun to use it meanwhile
        take_place(made, place);
        return summary;
    } catch (...) {
        remove_database(made);
        throw;
    }
}

}  // namespace

BackupSummary restore(const std::filesystem::path& path, const DatabaseOptions& target, bool replace,
                      const std::string& key_fingerprint, const CompanionFiles& companions,
                      const BackupProgress& progress) {
    const BackupSummary expected = verify_backup(path);
    if (expected.schema_version > newest_version()) {
        throw BackupError(BackupFailure::newer_schema, "the backup was made by a newer program; install that one");
    }
    if (expected.schema_version < 1)
        fail_damaged("it has no schema version");
    if (!key_fingerprint.empty() && key_fingerprint != expected.key_fingerprint) {
        throw BackupError(BackupFailure::other_key,
                          "the backup belongs to the key " + expected.key_fingerprint +
                              "; put that key file in place first, or its sealed fields cannot be opened");
    }
    Companions files(companions);
    BackupSummary summary = target.engine == Engine::sqlite
                                ? restore_sqlite(path, target, replace, expected, files, progress)
                                : restore_postgres(path, target, replace, expected, files, progress);
    files.take_places();
    return summary;
}

}  // namespace tsunagi::db
