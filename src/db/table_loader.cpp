// SPDX-License-Identifier: Apache-2.0
#include "db/table_loader.hpp"

#include "record/json_writer.hpp"

namespace tsunagi::db {
namespace {

constexpr std::size_t flush_at = std::size_t{1024} * 1024;

/// One value in the text form of COPY.
void append_copy_cell(std::string& out, const record::Cell& cell) {
    if (const auto* integer = std::get_if<std::int64_t>(&cell)) {
        out += std::to_string(*integer);
    } else if (const auto* real = std::get_if<double>(&cell)) {
        char buffer[40];  // NOLINT
        const auto end = std::to_chars(std::begin(buffer), std::end(buffer), *real).ptr;
        out.append(std::begin(buffer), end);
    } else if (const auto* text = std::get_if<std::string>(&cell)) {
        for (const char c : *text) {
            switch (c) {
                case '\0':
                    throw DatabaseError(FailureKind::other, "a text holds a NUL character, which PostgreSQL has not");
                case '\\':
                    out += "\\\\";
                    break;
                case '\n':
                    out += "\\n";
                    break;
                case '\r':
                    out += "\\r";
                    break;
                case '\t':
                    out += "\\t";
                    break;
                default:
                    out += c;
            }
        }
    } else {
        out += "\\N";
    }
}

}  // namespace

TableLoader::TableLoader(Session& session, const std::string& table, std::vector<ColumnShape> columns)
    : session_(session), columns_(std::move(columns)) {
    std::string list;
    std::string places;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        names_.push_back("c" + std::to_string(i));
        list += (i == 0 ? "\"" : ", \"") + columns_[i].name + '"';
        places += (i == 0 ? ":" : ", :") + names_.back();
    }
    if (session.engine() == Engine::postgres) {
        session.begin_copy("COPY \"" + table + "\" (" + list + ") FROM STDIN");
    } else {
        statement_ = "INSERT INTO \"" + table + "\" (" + list + ") VALUES (" + places + ")";
    }
}

void TableLoader::add(const std::vector<record::Cell>& cells) {
    if (session_.engine() == Engine::sqlite) {
        Params params;
        for (std::size_t i = 0; i < cells.size(); ++i)
            params.set_cell(names_[i], cells[i]);
        session_.execute(statement_, params);
        return;
    }
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i > 0)
            buffer_ += '\t';
        append_copy_cell(buffer_, cells[i]);
    }
    buffer_ += '\n';
    if (buffer_.size() >= flush_at)
        flush();
}

void TableLoader::flush() {
    session_.send_copy(buffer_);
    buffer_.clear();
}

void TableLoader::finish() {
    if (session_.engine() == Engine::sqlite)
        return;
    flush();
    session_.end_copy();
}

}  // namespace tsunagi::db
