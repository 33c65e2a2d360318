// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/filling.hpp"

#include <cstdio>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace tsunagi::bench {
namespace {

std::vector<std::string> columns_of(db::ReadTx& tx, const std::string& table) {
    return tx.engine() == db::Engine::sqlite
               ? tx.rows<std::string>("SELECT name FROM pragma_table_info(:name)", db::Params().set("name", table))
               : tx.rows<std::string>(
                     "SELECT column_name FROM information_schema.columns WHERE table_name = :name AND "
                     "table_schema = current_schema() ORDER BY ordinal_position",
                     db::Params().set("name", table));
}

std::string copy_statement(db::ReadTx& tx, const std::string& table, const std::string& key) {
    std::string names;
    std::string values;
    for (const std::string& column : columns_of(tx, table)) {
        if (!names.empty()) {
            names += ", ";
            values += ", ";
        }
        names += column;
        if (column == key || column == "id") {
            values += ":prefix || substr(" + column + ", 9)";
        } else if (table == "consultations" && (column == "received_on" || column == "listed_on")) {
            values += "CAST(CAST(substr(" + column +
                      ", 1, 4) AS INTEGER) - CAST(:years AS INTEGER) AS TEXT) || "
                      "substr(" +
                      column + ", 5)";
        } else if (column == "sheet") {
            // A word that only this copy of the demonstration holds, so that rare words can be searched for.
            values += "replace(sheet, '\"request\":\"', '\"request\":\"bench' || :prefix || ' ')";
        } else if (table == "consultations" && column == "fiscal_year") {
            values += "fiscal_year - CAST(:years2 AS INTEGER)";
        } else {
            values += column;
        }
    }
    return "INSERT INTO " + table + " (" + names + ") SELECT " + values + " FROM " + table + " WHERE " + key +
           " IN (SELECT id FROM bench_base)";
}

}  // namespace

void fill(const db::DatabaseOptions& options, std::int64_t size) {
    db::Session session(options.engine, options.target);
    db::WriteTx tx(session);
    const std::int64_t present = tx.number("SELECT count(*) FROM consultations");
    if (present >= size)
        return;
    if (options.engine == db::Engine::sqlite)
        session.run("PRAGMA synchronous=OFF");
    session.run("CREATE TABLE bench_base (id TEXT PRIMARY KEY)");
    session.run("INSERT INTO bench_base SELECT id FROM consultations WHERE state <> 'draft'");
    const std::int64_t base = tx.number("SELECT count(*) FROM bench_base");
    if (base == 0)
        throw std::runtime_error("the demonstration has no consultations");
    const std::vector<std::pair<std::string, std::string>> tables{{"consultations", "id"},
                                                                  {"consultation_elements", "consultation_id"},
                                                                  {"consultation_versions", "consultation_id"},
                                                                  {"follow_ups", "consultation_id"},
                                                                  {"activities", "consultation_id"}};
    std::vector<std::string> statements;
    for (const auto& [table, key] : tables)
        statements.push_back(copy_statement(tx, table, key));
    // Every copy brings the callers of the demonstration as its own: one for every three consultations.
    session.run("CREATE TABLE bench_callers AS SELECT * FROM callers");
    const std::string more_callers =
        "INSERT INTO callers (desk_id, municipality_id, name, affiliation, kana, profession, phone, contact, times, "
        "last_on, last_day, searched) SELECT desk_id, municipality_id, name || ' ' || :prefix, affiliation, kana, "
        "profession, phone, contact, times, last_on, last_day, searched || :prefix FROM bench_callers";
    const std::int64_t copies = (size - present + base - 1) / base;
    for (std::int64_t i = 1; i <= copies; ++i) {
        if (i % 20 == 1)
            session.execute("BEGIN");
        char prefix[9];  // NOLINT
        std::snprintf(prefix, sizeof prefix, "%08x", static_cast<unsigned>(i));
        for (std::size_t k = 0; k < statements.size(); ++k) {
            db::Params params;
            params.set("prefix", std::string_view(prefix));
            if (k == 0)
                params.set("years", i % 10).set("years2", i % 10);
            tx.execute(statements[k], params);
        }
        tx.execute(more_callers, db::Params().set("prefix", std::string_view(prefix)));
        if (i % 20 == 0 || i == copies)
            session.execute("COMMIT");
        if (i % 200 == 0)
            std::fprintf(stderr, "filled %lld of %lld\n", static_cast<long long>(i * base),
                         static_cast<long long>(size));
    }
    session.run("DROP TABLE bench_base");
    session.run("DROP TABLE bench_callers");
    session.run("ANALYZE");
    if (options.engine == db::Engine::sqlite)
        session.run("PRAGMA wal_checkpoint(TRUNCATE)");
}

}  // namespace tsunagi::bench
