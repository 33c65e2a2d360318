// SPDX-License-Identifier: Apache-2.0
// Sessions, credentials and the assignments behind an actor.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "db/transaction.hpp"
#include "modules/access/access_rules.hpp"

namespace tsunagi::access {

/// A session with its person, and the roles that must use one-time codes.
struct SessionRow {
    core::UserId user_id;
    std::string login;
    std::string name;
    bool active = false;
    bool must_change_password = false;
    bool totp_enabled = false;
    std::string csrf_token;
    core::Instant last_seen_at;
    core::Instant expires_at;
    std::optional<std::string> totp_roles;
};
BOOST_DESCRIBE_STRUCT(SessionRow, (),
                      (user_id, login, name, active, must_change_password, totp_enabled, csrf_token, last_seen_at,
                       expires_at, totp_roles))

/// A session and the assignments in force on the day.
struct SessionWithPlaces : SessionRow {
    std::vector<PlaceRow> places;
};

struct NewSession {
    std::string token_hash;
    core::UserId user_id;
    std::string csrf_token;
    core::Instant created_at;
    core::Instant last_seen_at;
    core::Instant expires_at;
};
BOOST_DESCRIBE_STRUCT(NewSession, (), (token_hash, user_id, csrf_token, created_at, last_seen_at, expires_at))

struct Credentials {
    core::UserId id;
    std::string login;
    std::string name;
    bool active = false;
    std::string password_hash;
    std::int64_t failures = 0;
    std::optional<core::Instant> locked_until;
    std::string totp_secret;  ///< sealed
    bool totp_enabled = false;
};
BOOST_DESCRIBE_STRUCT(Credentials, (),
                      (id, login, name, active, password_hash, failures, locked_until, totp_secret, totp_enabled))

/// One statement, since every request begins with it.
[[nodiscard]] std::optional<SessionWithPlaces> find_session(db::ReadTx& tx, const std::string& token_hash,
                                                            const core::Date& today);
void insert_session(db::WriteTx& tx, const NewSession& session);
void touch_session(db::WriteTx& tx, const std::string& token_hash, const core::Instant& now);
void delete_session(db::WriteTx& tx, const std::string& token_hash);
void delete_sessions_of(db::WriteTx& tx, const core::UserId& user);
/// Forgets sessions that ended by themselves.
void delete_expired_sessions(db::WriteTx& tx, const core::Instant& now, const core::Instant& idle_since);

/// Assignments in force on the day with the desks that come with them.
[[nodiscard]] std::vector<PlaceRow> places_of(db::ReadTx& tx, const core::UserId& user, const core::Date& today);
/// Municipalities anywhere below these regions.
[[nodiscard]] std::vector<core::RegionId> municipalities_below(db::ReadTx& tx,
                                                               const std::vector<core::RegionId>& regions);

[[nodiscard]] std::optional<Credentials> credentials_by_login(db::ReadTx& tx, const std::string& login);
[[nodiscard]] std::optional<Credentials> credentials_of(db::ReadTx& tx, const core::UserId& user);
/// Counts one more failure in a row and closes the account for the time that follows from it.
void count_failure(db::WriteTx& tx, const core::UserId& user, const core::Instant& now);
void clear_failures(db::WriteTx& tx, const core::UserId& user);
void note_sign_in(db::WriteTx& tx, const core::UserId& user, const core::Instant& now);
void set_password(db::WriteTx& tx, const core::UserId& user, const std::string& hash, bool must_change);
/// The same password with another cost.
void renew_hash(db::WriteTx& tx, const core::UserId& user, const std::string& hash);

void set_totp(db::WriteTx& tx, const core::UserId& user, const std::string& sealed, bool enabled);
/// Takes the step for this code; false when it or a later one was taken before.
[[nodiscard]] bool take_step(db::WriteTx& tx, const core::UserId& user, std::int64_t step);
void replace_recovery_codes(db::WriteTx& tx, const core::UserId& user, const std::vector<std::string>& hashes);
/// False when there is no such code or it was used before.
[[nodiscard]] bool use_recovery_code(db::WriteTx& tx, const core::UserId& user, const std::string& hash,
                                     const core::Instant& now);

}  // namespace tsunagi::access
