// SPDX-License-Identifier: Apache-2.0
// The schema of a database as text that is the same for every database of that schema.
#pragma once
#include <string>

#include "db/transaction.hpp"

namespace tsunagi::test {

struct Line {
    std::string text;
};
BOOST_DESCRIBE_STRUCT(Line, (), (text))

inline std::string joined(db::ReadTx& tx, const std::string& sql) {
    std::string result;
    for (const Line& line : tx.rows<Line>(sql))
        result += line.text + "\n";
    return result;
}

/// SQLite keeps the text of every statement that made a part of the schema; what stands behind a full-text index is its
/// own.
inline std::string sqlite_schema(db::ReadTx& tx) {
    return joined(tx,
                  "SELECT sql || ';' FROM sqlite_master WHERE sql IS NOT NULL AND tbl_name NOT IN "
                  "(SELECT name FROM pragma_table_list WHERE type = 'shadow') "
                  "ORDER BY tbl_name, type DESC, name");
}

/// Columns, constraints and indexes from PostgreSQL's catalogue, table by table.
inline std::string postgres_schema(db::ReadTx& tx) {
    std::string text = joined(tx, R"(
        WITH ours AS (SELECT oid AS schema_id FROM pg_namespace WHERE nspname = current_schema()),
        parts AS (
            SELECT c.relname AS tbl, 0 AS kind, a.attnum AS place, CAST('' AS text) AS name,
                   'COLUMN ' || c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) ||
                   CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END ||
                   coalesce(' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), '') AS text
            FROM ours, pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
                 LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
            WHERE c.relnamespace = schema_id AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
            UNION ALL
            SELECT c.relname, 1, 0, k.conname, 'CONSTRAINT ' || c.relname || '.' || k.conname || ' ' ||
                   pg_get_constraintdef(k.oid)
            FROM ours, pg_class c JOIN pg_constraint k ON k.conrelid = c.oid
            WHERE c.relnamespace = schema_id AND c.relkind = 'r'
            UNION ALL
            SELECT c.relname, 2, 0, i.relname,
                   replace(pg_get_indexdef(i.oid), ' ON ' || current_schema() || '.', ' ON ')
            FROM ours, pg_class c JOIN pg_index x ON x.indrelid = c.oid JOIN pg_class i ON i.oid = x.indexrelid
            WHERE c.relnamespace = schema_id AND c.relkind = 'r')
        SELECT text || ';' FROM parts ORDER BY tbl COLLATE "C", kind, place, name COLLATE "C")");
    return text;
}

inline std::string schema_text(db::ReadTx& tx) {
    const std::string heading =
        "-- Written by the migration tests, for reading and comparing. db/migrations/ is what makes a schema.\n";
    return heading + (tx.engine() == db::Engine::sqlite ? sqlite_schema(tx) : postgres_schema(tx));
}

}  // namespace tsunagi::test
