// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "db/session.hpp"

namespace tsunagi::db {

/// One step of the schema. `postgres` is empty where one text serves both engines.
struct Migration {
    int version;
    std::string name;
    std::string sqlite;
    std::string postgres;
};

/// The steps of `db/migrations`, built into the program, in order.
[[nodiscard]] const std::vector<Migration>& migrations();
/// The newest version this program knows.
[[nodiscard]] int newest_version();
/// Version of the schema in the database; 0 when it is empty.
[[nodiscard]] int schema_version(Session& session);

/// The schema is newer than this program: it must not touch it.
class NewerSchema : public std::runtime_error {
public:
    NewerSchema(int found, int known);
};

/// Brings the schema up to `target` in one transaction; a failure leaves it as it was. `before` runs first when there
/// is something to migrate in a database that holds data (to make a backup). Throws NewerSchema.
void migrate(Session& session, int target, const std::function<void(int from)>& before = {});

/// The same with steps of the caller's choice.
void migrate(Session& session, const std::vector<Migration>& steps, int target,
             const std::function<void(int from)>& before = {});

/// Runs the steps after `from` up to `target` inside the open transaction.
void apply_steps(Session& session, const std::vector<Migration>& steps, int from, int target);

/// Splits a migration into its statements, without comments: each ends with a semicolon at the end of a line. Quotes
/// and dollar quotes are understood; a semicolon or `--` inside one is text. Throws std::logic_error at an unfinished
/// one.
[[nodiscard]] std::vector<std::string> split_statements(const std::string& sql);

}  // namespace tsunagi::db
