// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "db/backup_file.hpp"
#include "db/database.hpp"

namespace tsunagi::db {

/// Told after every few thousand rows and at the end of every table.
using BackupProgress = std::function<void(const std::string& table, std::int64_t rows)>;

/// Text files outside the database that only grow and tell of its rows. A backup carries them under their names; they
/// are read before the database, so that they tell of nothing that is not in it.
using CompanionFiles = std::vector<std::filesystem::path>;

/// Writes everything but `sessions` into one file (see backup_file.hpp), read from one consistent state while others
/// write. An earlier file of that name is replaced only when the new one is complete. Sealed fields stay sealed:
/// without the key file that `key_fingerprint` names they cannot be opened.
BackupSummary backup(const DatabaseOptions& source, const std::filesystem::path& path,
                     const std::string& key_fingerprint, const CompanionFiles& companions = {},
                     const BackupProgress& progress = {});

/// The same through a session that is in no transaction.
BackupSummary backup(Session& session, const std::filesystem::path& path, const std::string& key_fingerprint,
                     const CompanionFiles& companions = {}, const BackupProgress& progress = {});

/// Reads the whole file and throws BackupError unless it is complete and unchanged.
[[nodiscard]] BackupSummary verify_backup(const std::filesystem::path& path);

/// Fills a database of either engine from a backup of either engine and migrates it to the newest schema. All or
/// nothing: the file is checked before the target is touched, and a failure at any later point leaves the target as it
/// was. No server may be using the target. A database that holds data is refused unless `replace`; on SQLite the old
/// one is then kept beside it as `<name>.before-restore`. A backup of another key than `key_fingerprint` is refused;
/// an empty one is not compared. Each of the `companions` that the backup carries is put back after the database, an
/// earlier one kept as `<name>.before-restore`. Throws BackupError, or DatabaseError when the engine fails.
BackupSummary restore(const std::filesystem::path& path, const DatabaseOptions& target, bool replace,
                      const std::string& key_fingerprint = {}, const CompanionFiles& companions = {},
                      const BackupProgress& progress = {});

/// Migrates to the newest schema. When there is something to migrate in a database that holds data, first makes a copy
/// in `folder` (SQLite: a database file that the earlier program can open; PostgreSQL: a backup) and answers its path.
std::optional<std::filesystem::path> migrate_with_copy(const DatabaseOptions& options,
                                                       const std::filesystem::path& folder,
                                                       const std::string& key_fingerprint,
                                                       const CompanionFiles& companions = {});

}  // namespace tsunagi::db
