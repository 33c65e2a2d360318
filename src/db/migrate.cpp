// SPDX-License-Identifier: Apache-2.0
#include "db/migrate.hpp"

#include <algorithm>
#include <cctype>

#include "core/date.hpp"
#include "db/locks.hpp"
#include "db/transaction.hpp"

namespace tsunagi::db {

int newest_version() {
    return migrations().empty() ? 0 : migrations().back().version;
}

int schema_version(Session& session) {
    ReadTx tx(session);
    const std::string exists = session.engine() == Engine::sqlite
                                   ? "SELECT count(*) FROM sqlite_master WHERE name = 'schema_migrations'"
                                   : "SELECT count(*) FROM pg_tables WHERE tablename = 'schema_migrations' "
                                     "AND schemaname = current_schema()";
    if (tx.number(exists) == 0)
        return 0;
    return static_cast<int>(tx.number("SELECT max(version) FROM schema_migrations"));
}

NewerSchema::NewerSchema(int found, int known)
    : std::runtime_error("the database has schema version " + std::to_string(found) + ", this program knows up to " +
                         std::to_string(known) + "; install the newer program") {}

namespace {

/// Where a quoted piece that begins at `start` ends (one past its last character), or `start` when none begins there.
std::size_t end_of_quoted(const std::string& sql, std::size_t start) {
    std::string closing;
    if (sql[start] == '\'' || sql[start] == '"') {
        closing = sql[start];
    } else if (sql[start] == '$') {
        std::size_t end = start + 1;
        while (end < sql.size() && (std::isalnum(static_cast<unsigned char>(sql[end])) != 0 || sql[end] == '_'))
            ++end;
        if (end == sql.size() || sql[end] != '$')
            return start;
        closing = sql.substr(start, end + 1 - start);
    } else {
        return start;
    }
    const std::size_t found = sql.find(closing, start + closing.size());
    if (found == std::string::npos)
        throw std::logic_error("a migration holds an open quote");
    return found + closing.size();
}

bool line_ends_after(const std::string& sql, std::size_t place) {
    const std::size_t next = sql.find_first_not_of(" \t\r", place);
    return next == std::string::npos || sql[next] == '\n' || sql.compare(next, 2, "--") == 0;
}

/// Without blanks at the ends of lines and without empty lines.
std::string tidied(const std::string& text) {
    std::string result;
    std::size_t start = 0;
    while (start < text.size()) {
        const std::size_t end = std::min(text.find('\n', start), text.size());
        std::string line = text.substr(start, end - start);
        start = end + 1;
        line.erase(line.find_last_not_of(" \t\r") + 1);
        if (line.empty())
            continue;
        if (!result.empty())
            result += '\n';
        result += line;
    }
    return result;
}

}  // namespace

std::vector<std::string> split_statements(const std::string& sql) {
    std::vector<std::string> result;
    std::string current;
    std::size_t at = 0;
    while (at < sql.size()) {
        if (sql.compare(at, 2, "--") == 0) {
            at = std::min(sql.find('\n', at), sql.size());
        } else if (const std::size_t end = end_of_quoted(sql, at); end > at) {
            current.append(sql, at, end - at);
            at = end;
        } else if (sql[at] == ';' && line_ends_after(sql, at + 1)) {
            result.push_back(tidied(current));
            current.clear();
            ++at;
        } else {
            current += sql[at++];
        }
    }
    if (!tidied(current).empty())
        throw std::logic_error("a migration ends without a semicolon");
    return result;
}

void apply_steps(Session& session, const std::vector<Migration>& steps, int from, int target) {
    if (from == 0) {
        session.run(
            "CREATE TABLE schema_migrations (version INTEGER PRIMARY KEY, name TEXT NOT NULL, "
            "applied_at TEXT NOT NULL)");
    }
    for (const Migration& step : steps) {
        if (step.version <= from || step.version > target)
            continue;
        const bool own = session.engine() == Engine::postgres && !step.postgres.empty();
        for (const std::string& statement : split_statements(own ? step.postgres : step.sqlite)) {
            session.run(statement);
        }
        session.execute("INSERT INTO schema_migrations (version, name, applied_at) VALUES (:version, :name, :at)",
                        Params()
                            .set("version", static_cast<std::int64_t>(step.version))
                            .set("name", step.name)
                            .set("at", core::Clock().now()));
    }
}

void migrate(Session& session, int target, const std::function<void(int from)>& before) {
    migrate(session, migrations(), target, before);
}

namespace {

/// A SQLite step that rebuilds a table drops one that others refer to; the references are checked at the end instead.
class ReferencesOff {
public:
    explicit ReferencesOff(Session& session) : session_(session) { set("OFF"); }

    ~ReferencesOff() {
        try {
            set("ON");
        } catch (const DatabaseError&) {  // the session is broken and of no use to anybody
        }
    }

    ReferencesOff(const ReferencesOff&) = delete;
    ReferencesOff& operator=(const ReferencesOff&) = delete;

private:
    void set(const char* value) {
        if (session_.engine() == Engine::sqlite)
            session_.run(std::string("PRAGMA foreign_keys=") + value);
    }

    Session& session_;  // NOLINT: lives as long as the migration
};

void check_references(Session& session) {
    if (session.engine() != Engine::sqlite)
        return;
    if (ReadTx(session).number("SELECT count(*) FROM pragma_foreign_key_check") > 0) {
        throw DatabaseError(FailureKind::constraint, "a migration leaves references that point nowhere");
    }
}

}  // namespace

void migrate(Session& session, const std::vector<Migration>& steps, int target,
             const std::function<void(int from)>& before) {
    const int known = steps.empty() ? 0 : steps.back().version;
    const int seen = schema_version(session);
    if (seen > known)
        throw NewerSchema(seen, known);
    if (seen >= target)
        return;
    if (seen > 0 && before)
        before(seen);
    const ReferencesOff references_off(session);
    session.run(session.engine() == Engine::sqlite ? "BEGIN IMMEDIATE" : "BEGIN");
    try {
        // Two programs may start at once: the second waits here and finds the work done.
        if (session.engine() == Engine::postgres)
            session.run(std::string("SELECT pg_advisory_xact_lock(") + lock_class + ", -1)");
        const int found = schema_version(session);
        if (found > known)
            throw NewerSchema(found, known);
        if (found < target) {
            apply_steps(session, steps, found, target);
            check_references(session);
        }
        session.run("COMMIT");
    } catch (...) {
        session.run("ROLLBACK");
        throw;
    }
}

}  // namespace tsunagi::db
