// SPDX-License-Identifier: Apache-2.0
#include "modules/access/user_store.hpp"

#include <map>

namespace tsunagi::access {
namespace {

struct UserRow {
    core::UserId id;
    std::string login;
    std::string name;
    std::string kana;
    std::string profession;
    bool active = true;
    bool must_change_password = false;
    bool totp_enabled = false;
    std::optional<core::Instant> locked_until;
    std::optional<core::Instant> last_sign_in;
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(UserRow, (),
                      (id, login, name, kana, profession, active, must_change_password, totp_enabled, locked_until,
                       last_sign_in, version))

User user_of(const UserRow& row, std::vector<Assignment> assignments) {
    User user;
    user.id = row.id;
    user.login.value = row.login;
    user.name.value = row.name;
    user.kana.value = row.kana;
    user.profession.value = row.profession;
    user.active = row.active;
    user.must_change_password = row.must_change_password;
    user.totp_enabled = row.totp_enabled;
    user.locked_until = row.locked_until;
    user.last_sign_in = row.last_sign_in;
    user.version = row.version;
    user.assignments = std::move(assignments);
    return user;
}

std::string in_list(const std::string& column, const std::vector<core::RegionId>& ids, db::Params& params) {
    std::string places;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        const std::string name = "here" + std::to_string(i);
        places += (i == 0 ? ":" : ", :") + name;
        params.set(name, ids[i]);
    }
    return column + " IN (" + places + ")";
}

}  // namespace

std::vector<User> load_users(db::ReadTx& tx) {
    std::map<core::UserId, std::vector<Assignment>> assignments;
    static const std::string assignments_sql =
        "SELECT " + record::columns<Assignment>() + " FROM assignments ORDER BY from_on, id";
    for (Assignment& assignment : tx.rows<Assignment>(assignments_sql)) {
        assignments[assignment.user_id].push_back(std::move(assignment));
    }
    static const std::string users_sql = "SELECT " + record::columns<UserRow>() + " FROM users ORDER BY kana, name, id";
    std::vector<User> result;
    for (const UserRow& row : tx.rows<UserRow>(users_sql)) {
        result.push_back(user_of(row, std::move(assignments[row.id])));
    }
    return result;
}

std::optional<User> load_user(db::ReadTx& tx, const core::UserId& id) {
    const db::Params params = db::Params().set("id", id);
    const auto row = tx.row<UserRow>("SELECT " + record::columns<UserRow>() + " FROM users WHERE id = :id", params);
    if (!row)
        return std::nullopt;
    return user_of(*row, tx.rows<Assignment>("SELECT " + record::columns<Assignment>() +
                                                 " FROM assignments WHERE user_id = :id ORDER BY from_on, id",
                                             params));
}

bool any_user(db::ReadTx& tx) {
    return tx.number("SELECT count(*) FROM users") > 0;
}

bool login_taken(db::ReadTx& tx, const std::string& login) {
    return tx.number("SELECT count(*) FROM users WHERE login = :login", db::Params().set("login", login)) > 0;
}

void insert_user(db::WriteTx& tx, const core::UserId& id, const std::string& login, const NewUser& user,
                 const std::string& password_hash, bool must_change) {
    tx.send(
        "INSERT INTO users (id, login, name, kana, profession, active, password_hash, must_change_password, failures, "
        "totp_secret, totp_enabled, totp_last_step, version) "
        "VALUES (:id, :login, :name, :kana, :profession, 1, :hash, :must_change, 0, '', 0, 0, 1)",
        db::Params()
            .set("id", id)
            .set("login", login)
            .set("name", user.name)
            .set("kana", user.kana)
            .set("profession", user.profession)
            .set("hash", password_hash)
            .set("must_change", must_change));
}

bool update_user(db::WriteTx& tx, const core::UserId& id, std::int64_t version, const UserChange& change) {
    return tx.execute(
               "UPDATE users SET name = :name, kana = :kana, profession = :profession, active = :active, "
               "version = version + 1 WHERE id = :id AND version = :version",
               db::Params()
                   .set("name", change.name)
                   .set("kana", change.kana)
                   .set("profession", change.profession)
                   .set("active", change.active)
                   .set("id", id)
                   .set("version", version)) == 1;
}

void bump_version(db::WriteTx& tx, const core::UserId& id) {
    tx.send("UPDATE users SET version = version + 1 WHERE id = :id", db::Params().set("id", id));
}

void insert_assignment(db::WriteTx& tx, const Assignment& assignment) {
    tx.insert("assignments", assignment);
}

void end_assignment(db::WriteTx& tx, const core::AssignmentId& id, const core::Date& until) {
    tx.send("UPDATE assignments SET until_on = :until WHERE id = :id", db::Params().set("until", until).set("id", id));
}

std::optional<std::string> region_kind(db::ReadTx& tx, const core::RegionId& id) {
    return tx.row<std::string>("SELECT kind FROM regions WHERE id = :id", db::Params().set("id", id));
}

bool desk_exists(db::ReadTx& tx, const core::DeskId& id) {
    return tx.number("SELECT count(*) FROM desks WHERE id = :id", db::Params().set("id", id)) > 0;
}

std::int64_t administrators(db::ReadTx& tx, const core::Date& today) {
    return tx.number(
        "SELECT count(DISTINCT u.id) FROM users u JOIN assignments a ON a.user_id = u.id "
        "WHERE u.active = 1 AND a.role = 'administrator' AND a.from_on <= :today "
        "AND (a.until_on IS NULL OR a.until_on >= :today)",
        db::Params().set("today", today));
}

std::vector<PersonRow> people_for(db::ReadTx& tx, const Actor& actor) {
    db::Params params = db::Params().set("today", actor.today);
    std::string where;
    if (!actor.may("users.manage")) {
        std::vector<core::RegionId> here = actor.desk_municipalities;
        here.insert(here.end(), actor.municipalities.begin(), actor.municipalities.end());
        where = " WHERE u.id = :reader";
        params.set("reader", actor.user_id);
        if (!here.empty())
            where += " OR " + in_list("COALESCE(d.municipality_id, a.region_id)", here, params);
    }
    return tx.rows<PersonRow>(
        "SELECT u.id, u.name, u.active, a.desk_id, "
        "CASE WHEN a.from_on <= :today AND (a.until_on IS NULL OR a.until_on >= :today) THEN 1 ELSE 0 END "
        "FROM users u LEFT JOIN assignments a ON a.user_id = u.id LEFT JOIN desks d ON d.id = a.desk_id" +
            where + " ORDER BY u.kana, u.name, u.id, a.from_on",
        params);
}

std::string setting(db::ReadTx& tx, const std::string& name) {
    return tx.row<std::string>("SELECT value FROM settings WHERE name = :name", db::Params().set("name", name))
        .value_or("");
}

void save_setting(db::WriteTx& tx, const std::string& name, const std::string& value) {
    tx.send(
        "INSERT INTO settings (name, value) VALUES (:name, :value) "
        "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        db::Params().set("name", name).set("value", value));
}

}  // namespace tsunagi::access
