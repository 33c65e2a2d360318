// SPDX-License-Identifier: Apache-2.0
#include "db/migrate.hpp"

#include "core/date.hpp"
#include "db/transaction.hpp"

namespace tsunagi::db {

int newest_version() { return migrations().empty() ? 0 : migrations().back().version; }

int schema_version(Session& session) {
    ReadTx tx(session);
    const std::string exists = session.engine() == Engine::sqlite
                                   ? "SELECT count(*) FROM sqlite_master WHERE name = 'schema_migrations'"
                                   : "SELECT count(*) FROM pg_tables WHERE tablename = 'schema_migrations' "
                                     "AND schemaname = current_schema()";
    if (tx.number(exists) == 0) return 0;
    return static_cast<int>(tx.number("SELECT max(version) FROM schema_migrations"));
}

NewerSchema::NewerSchema(int found, int known)
    : std::runtime_error("the database has schema version " + std::to_string(found) + ", this program knows up to " +
                         std::to_string(known) + "; install the newer program") {}

std::vector<std::string> split_statements(const std::string& sql) {
    std::vector<std::string> result;
    std::string current;
    std::size_t start = 0;
    while (start < sql.size()) {
        const std::size_t end = std::min(sql.find('\n', start), sql.size());
        std::string line = sql.substr(start, end - start);
        start = end + 1;
        if (const auto comment = line.find("--"); comment != std::string::npos) line.resize(comment);
        while (!line.empty() && (line.back() == ' ' || line.back() == '\r')) line.pop_back();
        if (line.empty()) continue;
        current += line;
        if (line.back() == ';') {
            current.pop_back();
            result.push_back(std::move(current));
            current.clear();
        } else {
            current += '\n';
        }
    }
    if (!current.empty()) throw std::logic_error("a migration ends without a semicolon");
    return result;
}

void migrate(Session& session, int target, const std::function<void(int from)>& before) {
    const int found = schema_version(session);
    if (found > newest_version()) throw NewerSchema(found, newest_version());
    if (found >= target) return;
    if (found > 0 && before) before(found);
    session.run(session.engine() == Engine::sqlite ? "BEGIN IMMEDIATE" : "BEGIN");
    try {
        if (found == 0) {
            session.run("CREATE TABLE schema_migrations (version INTEGER PRIMARY KEY, name TEXT NOT NULL, "
                        "applied_at TEXT NOT NULL)");
        }
        for (const Migration& step : migrations()) {
            if (step.version <= found || step.version > target) continue;
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
        session.run("COMMIT");
    } catch (...) {
        session.run("ROLLBACK");
        throw;
    }
}

}  // namespace tsunagi::db
