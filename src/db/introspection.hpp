// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

#include "db/session.hpp"

namespace tsunagi::db {

/// A column as the backup sees it.
struct ColumnShape {
    std::string name;
    record::CellKind kind = record::CellKind::text;
    friend bool operator==(const ColumnShape&, const ColumnShape&) = default;
};

struct TableShape {
    std::string name;
    std::vector<ColumnShape> columns;
    friend bool operator==(const TableShape&, const TableShape&) = default;
};

/// Every table of the database except `schema_migrations`, each after the tables it refers to, otherwise by name: the
/// same list on both engines. Throws DatabaseError at a column that is neither integer, real nor text.
[[nodiscard]] std::vector<TableShape> tables(Session& session);

}  // namespace tsunagi::db
