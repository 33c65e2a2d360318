// SPDX-License-Identifier: Apache-2.0
#include "modules/access/access_store.hpp"

namespace tsunagi::access {
namespace {

db::Params of(const core::UserId& user) {
    return db::Params().set("user", user);
}

constexpr const char* place_columns =
    "a.id, a.user_id, a.role, a.desk_id, a.region_id, a.from_on, a.until_on, d.municipality_id, below.id, "
    "below.municipality_id ";
constexpr const char* in_force = "a.from_on <= :today AND (a.until_on IS NULL OR a.until_on >= :today) ";
constexpr const char* desks_of_places =
    "LEFT JOIN desks d ON d.id = a.desk_id "
    "LEFT JOIN desks below ON (a.role = 'lead' AND below.parent_id = a.desk_id) "
    "OR (a.role = 'municipal' AND below.municipality_id = a.region_id) ";
constexpr const char* order_of_places = "ORDER BY a.from_on, a.id, below.id";

/// Without an assignment the place is empty.
struct SessionPlaceRow : SessionRow, PlaceRow {};
BOOST_DESCRIBE_STRUCT(SessionPlaceRow, (SessionRow, PlaceRow), ())

}  // namespace

std::optional<SessionWithPlaces> find_session(db::ReadTx& tx, const std::string& token_hash, const core::Date& today) {
    static const std::string sql =
        std::string(
            "SELECT u.id, u.login, u.name, u.active, u.must_change_password, u.totp_enabled, s.csrf_token, "
            "s.last_seen_at, s.expires_at, (SELECT value FROM settings WHERE name = 'totp_required_roles'), ") +
        place_columns +
        "FROM sessions s JOIN users u ON u.id = s.user_id LEFT JOIN assignments a ON a.user_id = u.id AND " + in_force +
        desks_of_places + "WHERE s.token_hash = :token " + order_of_places;
    auto rows = tx.rows<SessionPlaceRow>(sql, db::Params().set("today", today).set("token", token_hash));
    if (rows.empty())
        return std::nullopt;
    SessionWithPlaces result{std::move(static_cast<SessionRow&>(rows.front())), {}};
    for (SessionPlaceRow& row : rows) {
        if (!row.id.empty())
            result.places.push_back(std::move(static_cast<PlaceRow&>(row)));
    }
    return result;
}

void insert_session(db::WriteTx& tx, const NewSession& session) {
    tx.insert("sessions", session);
}

void touch_session(db::WriteTx& tx, const std::string& token_hash, const core::Instant& now) {
    tx.send("UPDATE sessions SET last_seen_at = :now WHERE token_hash = :token",
            db::Params().set("now", now).set("token", token_hash));
}

void delete_session(db::WriteTx& tx, const std::string& token_hash) {
    tx.send("DELETE FROM sessions WHERE token_hash = :token", db::Params().set("token", token_hash));
}

void delete_sessions_of(db::WriteTx& tx, const core::UserId& user) {
    tx.send("DELETE FROM sessions WHERE user_id = :user", of(user));
}

void delete_expired_sessions(db::WriteTx& tx, const core::Instant& now, const core::Instant& idle_since) {
    tx.send("DELETE FROM sessions WHERE expires_at <= :now OR last_seen_at <= :idle",
            db::Params().set("now", now).set("idle", idle_since));
}

std::vector<PlaceRow> places_of(db::ReadTx& tx, const core::UserId& user, const core::Date& today) {
    static const std::string sql = std::string("SELECT ") + place_columns + "FROM assignments a " + desks_of_places +
                                   "WHERE a.user_id = :user AND " + in_force + order_of_places;
    return tx.rows<PlaceRow>(sql, of(user).set("today", today));
}

std::vector<core::RegionId> municipalities_below(db::ReadTx& tx, const std::vector<core::RegionId>& regions) {
    if (regions.empty())
        return {};
    db::Params params;
    std::string places;
    for (std::size_t i = 0; i < regions.size(); ++i) {
        const std::string name = "region" + std::to_string(i);
        places += (i == 0 ? ":" : ", :") + name;
        params.set(name, regions[i]);
    }
    return tx.rows<core::RegionId>("WITH RECURSIVE below (id, kind) AS (SELECT id, kind FROM regions WHERE id IN (" +
                                       places +
                                       ") UNION SELECT r.id, r.kind FROM regions r JOIN below b ON r.parent_id = b.id) "
                                       "SELECT id FROM below WHERE kind = 'municipality' ORDER BY id",
                                   params);
}

std::optional<Credentials> credentials_by_login(db::ReadTx& tx, const std::string& login) {
    static const std::string sql = "SELECT " + record::columns<Credentials>() + " FROM users WHERE login = :login";
    return tx.row<Credentials>(sql, db::Params().set("login", login));
}

std::optional<Credentials> credentials_of(db::ReadTx& tx, const core::UserId& user) {
    static const std::string sql = "SELECT " + record::columns<Credentials>() + " FROM users WHERE id = :user";
    return tx.row<Credentials>(sql, of(user));
}

void count_failure(db::WriteTx& tx, const core::UserId& user, const core::Instant& now) {
    tx.send("UPDATE users SET failures = failures + 1 WHERE id = :user", of(user));
    const std::int64_t failures = tx.number("SELECT failures FROM users WHERE id = :user", of(user));
    tx.send("UPDATE users SET locked_until = :until WHERE id = :user",
            of(user).set("until", now.plus(delay_after(failures))));
}

void clear_failures(db::WriteTx& tx, const core::UserId& user) {
    tx.send("UPDATE users SET failures = 0, locked_until = NULL WHERE id = :user", of(user));
}

void note_sign_in(db::WriteTx& tx, const core::UserId& user, const core::Instant& now) {
    tx.send("UPDATE users SET failures = 0, locked_until = NULL, last_sign_in = :now WHERE id = :user",
            of(user).set("now", now));
}

void set_password(db::WriteTx& tx, const core::UserId& user, const std::string& hash, bool must_change) {
    tx.send(
        "UPDATE users SET password_hash = :hash, must_change_password = :must, failures = 0, "
        "locked_until = NULL, version = version + 1 WHERE id = :user",
        of(user).set("hash", hash).set("must", must_change));
}

void renew_hash(db::WriteTx& tx, const core::UserId& user, const std::string& hash) {
    tx.send("UPDATE users SET password_hash = :hash WHERE id = :user", of(user).set("hash", hash));
}

void set_totp(db::WriteTx& tx, const core::UserId& user, const std::string& sealed, bool enabled) {
    tx.send(
        "UPDATE users SET totp_secret = :secret, totp_enabled = :enabled, version = version + 1 "
        "WHERE id = :user",
        of(user).set("secret", sealed).set("enabled", enabled));
    if (!enabled)
        tx.send("DELETE FROM recovery_codes WHERE user_id = :user", of(user));
}

bool take_step(db::WriteTx& tx, const core::UserId& user, std::int64_t step) {
    return tx.execute("UPDATE users SET totp_last_step = :step WHERE id = :user AND totp_last_step < :step",
                      of(user).set("step", step)) == 1;
}

void replace_recovery_codes(db::WriteTx& tx, const core::UserId& user, const std::vector<std::string>& hashes) {
    tx.send("DELETE FROM recovery_codes WHERE user_id = :user", of(user));
    for (const std::string& hash : hashes) {
        tx.send("INSERT INTO recovery_codes (user_id, code_hash) VALUES (:user, :hash)", of(user).set("hash", hash));
    }
}

bool use_recovery_code(db::WriteTx& tx, const core::UserId& user, const std::string& hash, const core::Instant& now) {
    return tx.execute(
               "UPDATE recovery_codes SET used_at = :now "
               "WHERE user_id = :user AND code_hash = :hash AND used_at IS NULL",
               of(user).set("hash", hash).set("now", now)) == 1;
}

}  // namespace tsunagi::access
