// SPDX-License-Identifier: Apache-2.0
#include "db/backup.hpp"

#include <cmath>
#include <fstream>

#include <sys/stat.h>

#include "core/date.hpp"
#include "db/introspection.hpp"
#include "db/migrate.hpp"
#include "record/json_writer.hpp"

namespace tsunagi::db {
namespace {

constexpr int format_version = 2;
constexpr std::int64_t rows_between_reports = 2000;

/// Tables that a backup leaves out: whoever restores signs in again, the search makes its index anew, and what is on
/// its way in is read again from its file.
bool left_out(const std::string& table) {
    return table == "sessions" || table.starts_with("search_") || table.starts_with("prepared_") ||
           table == "import_lines" || table == "import_faults";
}

/// Tables whose rows are some MiB long: of these few are held at once.
bool has_long_rows(const std::string& table) {
    return table == "upload_parts";
}

std::string header_line(Session& session, int schema, const std::string& key_fingerprint, BackupHeader& header) {
    header = BackupHeader{schema, session.engine() == Engine::sqlite ? "sqlite" : "postgres", core::Clock().now().str(),
                          key_fingerprint};
    std::string line = R"({"format":"tsunagi-backup","format_version":)" + std::to_string(format_version) +
                       ",\"schema_version\":" + std::to_string(header.schema_version) + ",\"engine\":";
    record::append_json_string(line, header.engine);
    line += ",\"made_at\":";
    record::append_json_string(line, header.made_at);
    line += ",\"key_fingerprint\":";
    record::append_json_string(line, header.key_fingerprint);
    return line + "}\n";
}

std::string table_line(const TableShape& table) {
    std::string line = "{\"table\":";
    record::append_json_string(line, table.name);
    line += ",\"columns\":[";
    for (const ColumnShape& column : table.columns) {
        if (line.back() != '[')
            line += ',';
        record::append_json_string(line, column.name);
    }
    return line + "]}\n";
}

void append_cell(std::string& line, const record::Cell& cell) {
    if (const auto* text = std::get_if<std::string>(&cell)) {
        record::append_json_string(line, *text);
    } else if (const auto* integer = std::get_if<std::int64_t>(&cell)) {
        record::append_json(line, *integer);
    } else if (const auto* real = std::get_if<double>(&cell)) {
        if (std::isfinite(*real)) {
            record::append_json(line, *real);
        } else {
            line += std::isnan(*real) ? "\"nan\"" : *real > 0 ? "\"inf\"" : "\"-inf\"";
        }
    } else {
        line += "null";
    }
}

std::string counts_of(const std::map<std::string, std::int64_t>& parts) {
    std::string text = "{";
    for (const auto& [name, count] : parts) {
        if (text.back() != '{')
            text += ',';
        record::append_json_string(text, name);
        text += ':' + std::to_string(count);
    }
    return text + "}";
}

std::string last_line(const BackupSummary& summary) {
    return "{\"rows\":" + counts_of(summary.tables) + ",\"files\":" + counts_of(summary.files) + ",\"checksum\":\"" +
           summary.checksum + "\"}\n";
}

/// Hands over every row; on PostgreSQL through a cursor, because its client otherwise holds a whole result in memory.
void each_row(Session& session, const TableShape& table, const std::function<void(std::span<record::Cell>)>& each) {
    std::string columns;
    std::vector<record::CellKind> kinds;
    for (const ColumnShape& column : table.columns) {
        columns += (columns.empty() ? "\"" : ", \"") + column.name + '"';
        kinds.push_back(column.kind);
    }
    const std::string select = "SELECT " + columns + " FROM \"" + table.name + '"';
    if (session.engine() == Engine::sqlite) {
        session.query(select, {}, kinds, each);
        return;
    }
    const std::string cursor = "backup_" + table.name;
    session.run("DECLARE " + cursor + " NO SCROLL CURSOR FOR " + select);
    bool more = true;
    while (more) {
        more = false;
        session.query((has_long_rows(table.name) ? "FETCH 4 FROM " : "FETCH 2000 FROM ") + cursor, {}, kinds,
                      [&](std::span<record::Cell> cells) {
                          more = true;
                          each(cells);
                      });
    }
    session.run("CLOSE " + cursor);
}

std::int64_t write_table(Session& session, BackupWriter& writer, const TableShape& table,
                         const BackupProgress& progress) {
    writer.write(table_line(table));
    std::int64_t count = 0;
    std::string line;
    each_row(session, table, [&](std::span<record::Cell> cells) {
        line = "[";
        for (const record::Cell& cell : cells) {
            if (line.size() > 1)
                line += ',';
            append_cell(line, cell);
        }
        line += "]\n";
        writer.write(line);
        if (++count % rows_between_reports == 0 && progress)
            progress(table.name, count);
    });
    if (progress)
        progress(table.name, count);
    return count;
}

/// The lines of a companion as they stand in the backup. A file that does not exist yet has none, and what is being
/// written at this moment, after the last line break, does not count.
std::vector<std::string> lines_of(const std::filesystem::path& file) {
    std::vector<std::string> lines;
    std::ifstream in(file, std::ios::binary);
    for (std::string text; std::getline(in, text) && !in.eof();) {
        std::string line = "[";
        record::append_json_string(line, text);
        lines.push_back(line + "]\n");
    }
    if (in.bad())
        throw BackupError(BackupFailure::io, "cannot read " + file.string());
    return lines;
}

/// One state of the whole database for as long as this lives.
class Snapshot {
public:
    explicit Snapshot(Session& session) : session_(session) {
        session.run(session.engine() == Engine::sqlite ? "BEGIN" : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    }

    ~Snapshot() {
        try {
            session_.run("ROLLBACK");
        } catch (const DatabaseError&) {  // the connection is gone, and the transaction with it
        }
    }

    Snapshot(const Snapshot&) = delete;
    Snapshot& operator=(const Snapshot&) = delete;

private:
    Session& session_;  // NOLINT: lives as long as the backup
};

std::string quoted(const std::string& text) {
    std::string result = "'";
    for (const char c : text)
        result += c == '\'' ? "''" : std::string(1, c);
    return result + "'";
}

void copy_sqlite_file(Session& session, const std::filesystem::path& path) {
    std::filesystem::path partial = path;
    partial += ".partial";
    std::filesystem::remove(partial);
    session.run("VACUUM INTO " + quoted(partial.string()));
    ::chmod(partial.c_str(), 0600);
    sync_file(partial);
    std::filesystem::rename(partial, path);
    sync_folder_of(path);
}

}  // namespace

BackupSummary backup(const DatabaseOptions& source, const std::filesystem::path& path,
                     const std::string& key_fingerprint, const CompanionFiles& companions,
                     const BackupProgress& progress) {
    if (source.engine == Engine::sqlite && !std::filesystem::exists(source.target)) {
        throw BackupError(BackupFailure::io, "there is no database " + source.target);
    }
    Session session(source.engine, source.target);
    return backup(session, path, key_fingerprint, companions, progress);
}

BackupSummary backup(Session& session, const std::filesystem::path& path, const std::string& key_fingerprint,
                     const CompanionFiles& companions, const BackupProgress& progress) {
    std::map<std::string, std::vector<std::string>> files;
    for (const auto& file : companions)
        files[file.filename().string()] = lines_of(file);
    const Snapshot snapshot(session);
    const int schema = schema_version(session);
    if (schema == 0)
        throw BackupError(BackupFailure::io, "the database is empty");
    if (schema > newest_version())
        throw NewerSchema(schema, newest_version());

    BackupWriter writer(path);
    BackupSummary summary;
    writer.write(header_line(session, schema, key_fingerprint, summary));
    for (const auto& [name, lines] : files) {
        std::string line = "{\"file\":";
        record::append_json_string(line, name);
        writer.write(line + "}\n");
        for (const std::string& text : lines)
            writer.write(text);
        summary.files[name] = static_cast<std::int64_t>(lines.size());
    }
    for (const TableShape& table : tables(session)) {
        if (left_out(table.name))
            continue;
        summary.rows += summary.tables[table.name] = write_table(session, writer, table, progress);
    }
    summary.checksum = writer.checksum();
    writer.finish(last_line(summary));
    return summary;
}

BackupSummary verify_backup(const std::filesystem::path& path) {
    return read_backup(path, {});
}

std::optional<std::filesystem::path> migrate_with_copy(const DatabaseOptions& options,
                                                       const std::filesystem::path& folder,
                                                       const std::string& key_fingerprint,
                                                       const CompanionFiles& companions) {
    std::optional<std::filesystem::path> copy;
    Session session(options.engine, options.target);
    migrate(session, newest_version(), [&](int from) {
        std::string name = "before-version-" + std::to_string(newest_version()) + "-from-" + std::to_string(from) +
                           "-" + core::Clock().now().str();
        std::replace(name.begin(), name.end(), ':', '-');
        std::filesystem::create_directories(folder);
        if (options.engine == Engine::sqlite) {
            copy = folder / (name + ".db");
            copy_sqlite_file(session, *copy);
        } else {
            copy = folder / (name + ".jsonl.gz");
            backup(session, *copy, key_fingerprint, companions);
        }
    });
    return copy;
}

}  // namespace tsunagi::db
