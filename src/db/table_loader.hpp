// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

#include "db/introspection.hpp"

namespace tsunagi::db {

/// Puts many rows into one table inside the open transaction: COPY on PostgreSQL, a prepared INSERT on SQLite.
class TableLoader {
public:
    /// `columns` are columns of the table, in the order of the cells.
    TableLoader(Session& session, const std::string& table, std::vector<ColumnShape> columns);

    void add(const std::vector<record::Cell>& cells);
    /// Must be called after the last row.
    void finish();

private:
    void flush();

    Session& session_;  // NOLINT: lives as long as the restore
    std::vector<ColumnShape> columns_;
    std::string statement_;
    std::vector<std::string> names_;
    std::string buffer_;
};

}  // namespace tsunagi::db
