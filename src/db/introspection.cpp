// SPDX-License-Identifier: Apache-2.0
#include "db/introspection.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <boost/describe.hpp>

#include "db/transaction.hpp"

namespace tsunagi::db {
namespace {

struct ColumnRow {
    std::string table;
    std::string column;
    std::string type;
};
BOOST_DESCRIBE_STRUCT(ColumnRow, (), (table, column, type))

struct Reference {
    std::string from;
    std::string to;
};
BOOST_DESCRIBE_STRUCT(Reference, (), (from, to))

/// Full-text indexes (virtual tables and what stands behind them) are no tables of records.
constexpr const char* sqlite_columns =
    "SELECT m.name, c.name, lower(c.type) FROM pragma_table_list m JOIN pragma_table_info(m.name) c "
    "WHERE m.schema = 'main' AND m.type = 'table' AND m.name NOT LIKE 'sqlite~_%' ESCAPE '~' ORDER BY m.name, c.cid";
constexpr const char* postgres_columns =
    "SELECT CAST(table_name AS text), CAST(column_name AS text), CAST(data_type AS text) "
    "FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name) "
    "WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' "
    "ORDER BY CAST(table_name AS text) COLLATE \"C\", ordinal_position";
constexpr const char* sqlite_references =
    "SELECT m.name, f.\"table\" FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table'";
constexpr const char* postgres_references =
    "SELECT CAST(r.relname AS text), CAST(t.relname AS text) FROM pg_constraint c "
    "JOIN pg_class r ON r.oid = c.conrelid JOIN pg_class t ON t.oid = c.confrelid "
    "WHERE c.contype = 'f' AND c.connamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema())";

record::CellKind kind_of(const ColumnRow& row) {
    if (row.type == "integer" || row.type == "bigint")
        return record::CellKind::integer;
    if (row.type == "double precision")
        return record::CellKind::real;
    if (row.type == "text")
        return record::CellKind::text;
    throw DatabaseError(FailureKind::other, "column " + row.table + "." + row.column + " has a type that is not kept");
}

// Tables in the order of their names, each put off until everything it refers to has had its turn.
std::vector<TableShape> in_reference_order(std::map<std::string, TableShape> waiting,
                                           const std::vector<Reference>& references) {
    std::vector<TableShape> result;
    while (!waiting.empty()) {
        const auto ready = std::find_if(waiting.begin(), waiting.end(), [&](const auto& entry) {
            return std::none_of(references.begin(), references.end(), [&](const Reference& reference) {
                return reference.from == entry.first && reference.to != entry.first && waiting.contains(reference.to);
            });
        });
        // In a circle one of the references is deferrable; any table of it may begin.
        const auto next = ready == waiting.end() ? waiting.begin() : ready;
        result.push_back(std::move(next->second));
        waiting.erase(next);
    }
    return result;
}

}  // namespace

std::vector<TableShape> tables(Session& session) {
    const bool sqlite = session.engine() == Engine::sqlite;
    ReadTx tx(session);
    std::map<std::string, TableShape> found;
    for (const ColumnRow& row : tx.rows<ColumnRow>(sqlite ? sqlite_columns : postgres_columns)) {
        if (row.table == "schema_migrations")
            continue;
        TableShape& table = found[row.table];
        table.name = row.table;
        table.columns.push_back({row.column, kind_of(row)});
    }
    return in_reference_order(std::move(found), tx.rows<Reference>(sqlite ? sqlite_references : postgres_references));
}

}  // namespace tsunagi::db
