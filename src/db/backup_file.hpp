// SPDX-License-Identifier: Apache-2.0
// A backup is one gzip file of JSON lines:
//   {"format":"tsunagi-backup","format_version":2,"schema_version":1,"engine":"sqlite","made_at":"…","key_fingerprint":"…"}
//   {"file":"audit-anchors.log"}                        then its lines, each as ["…"]; format 1 has no files
//   {"table":"settings","columns":["name","value"]}     then the rows of the table, one per line
//   ["desk","窓口"]                                      NULL is null; a real that is no number is "inf", "-inf" or
//   "nan"
//   {"rows":{"settings":1},"files":{"audit-anchors.log":9},"checksum":"…"}
//                                                       counts, and BLAKE2b-256 (hex) of every byte before this line
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include <boost/json/array.hpp>

namespace tsunagi::db {

enum class BackupFailure {
    io,            ///< a file cannot be read or written
    damaged,       ///< not a backup, cut off, or changed since it was made
    newer_schema,  ///< made by a newer program
    other_key,     ///< its sealed fields belong to another installation's key
    not_empty,     ///< the target holds data and replacing it was not asked for
    in_use,        ///< a server uses the target
};

/// Why a backup or restore did not happen; the message is for the operator's terminal and holds no data.
class BackupError : public std::runtime_error {
public:
    BackupError(BackupFailure failure, const std::string& message) : std::runtime_error(message), failure_(failure) {}

    [[nodiscard]] BackupFailure failure() const { return failure_; }

private:
    BackupFailure failure_;
};

struct BackupHeader {
    int schema_version = 0;
    std::string engine;
    std::string made_at;
    std::string key_fingerprint;
};

struct BackupSummary : BackupHeader {
    std::map<std::string, std::int64_t> tables;  ///< rows of each
    std::map<std::string, std::int64_t> files;   ///< lines of each
    std::int64_t rows = 0;                       ///< of all tables
    std::string checksum;
};

/// Writes lines into `<path>.partial`; only `finish` makes it `path`. Mode 0600.
class BackupWriter {
public:
    explicit BackupWriter(std::filesystem::path path);
    ~BackupWriter();
    BackupWriter(const BackupWriter&) = delete;
    BackupWriter& operator=(const BackupWriter&) = delete;

    /// `text` ends with a line break. Throws BackupError `io`.
    void write(const std::string& text);
    /// Of everything written so far.
    [[nodiscard]] std::string checksum() const;
    /// Writes the last line, waits until the file is on disk, and gives it its name.
    void finish(const std::string& last_line);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// What a reader of a backup is told, in the order of the file. An absent one is not called.
struct BackupVisitor {
    std::function<void(const BackupHeader&)> header;
    std::function<void(const std::string& name)> file;
    std::function<void(const std::string& line)> line;  ///< of the file told of last
    std::function<void(const std::string& table, const std::vector<std::string>& columns)> table;
    std::function<void(const boost::json::array& row)> row;  ///< of the table told of last
};

/// Reads a backup from beginning to end in constant memory and checks its form, row counts and checksum; the verdict
/// comes last, so a visitor keeps what it was told only when this returns. Throws BackupError `io` or `damaged`.
BackupSummary read_backup(const std::filesystem::path& path, const BackupVisitor& visitor);

/// Waits until the file and its name are on disk. Throws BackupError `io`.
void sync_file(const std::filesystem::path& path);
void sync_folder_of(const std::filesystem::path& path);

}  // namespace tsunagi::db
