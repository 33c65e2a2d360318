// SPDX-License-Identifier: Apache-2.0
// The administrator's side of accounts, and the names of people for choices.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "db/transaction.hpp"
#include "modules/access/actor.hpp"

namespace tsunagi::access {

/// Everybody with all assignments ever held, by kana and name; two statements.
[[nodiscard]] std::vector<User> load_users(db::ReadTx& tx);
[[nodiscard]] std::optional<User> load_user(db::ReadTx& tx, const core::UserId& id);
[[nodiscard]] bool any_user(db::ReadTx& tx);
[[nodiscard]] bool login_taken(db::ReadTx& tx, const std::string& login);

void insert_user(db::WriteTx& tx, const core::UserId& id, const std::string& login, const NewUser& user,
                 const std::string& password_hash, bool must_change);
/// False when the version is another by now.
[[nodiscard]] bool update_user(db::WriteTx& tx, const core::UserId& id, std::int64_t version, const UserChange& change);
void bump_version(db::WriteTx& tx, const core::UserId& id);

void insert_assignment(db::WriteTx& tx, const Assignment& assignment);
void end_assignment(db::WriteTx& tx, const core::AssignmentId& id, const core::Date& until);

/// The kind of a region, or nothing when there is none.
[[nodiscard]] std::optional<std::string> region_kind(db::ReadTx& tx, const core::RegionId& id);
[[nodiscard]] bool desk_exists(db::ReadTx& tx, const core::DeskId& id);
/// Active people who are administrators on that day.
[[nodiscard]] std::int64_t administrators(db::ReadTx& tx, const core::Date& today);

/// A person at one place; one row for each assignment.
struct PersonRow {
    core::UserId id;
    std::string name;
    bool active = false;
    std::optional<core::DeskId> desk_id;
    bool in_force = false;
};
BOOST_DESCRIBE_STRUCT(PersonRow, (), (id, name, active, desk_id, in_force))
/// Everybody who works or worked in the reader's municipalities, and the reader; all people for who manages them.
[[nodiscard]] std::vector<PersonRow> people_for(db::ReadTx& tx, const Actor& actor);

[[nodiscard]] std::string setting(db::ReadTx& tx, const std::string& name);
void save_setting(db::WriteTx& tx, const std::string& name, const std::string& value);

}  // namespace tsunagi::access
