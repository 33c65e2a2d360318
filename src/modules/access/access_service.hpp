// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/date.hpp"
#include "db/database.hpp"
#include "modules/access/account_words.hpp"
#include "modules/access/actor.hpp"
#include "modules/access/password_hasher.hpp"
#include "modules/audit/audit_service.hpp"

namespace tsunagi::access {

struct Credentials;

struct AccessOptions {
    std::string key;  ///< 32 bytes, MasterKey::derive("totp----"): seals the secrets of authenticators
    AccountWords words;
};

/// A session that just began: what the browser is told and the token for its cookie.
struct SignedIn {
    SessionView view;
    std::string token;
};

/// Sign-in, sessions and what people do with their own account. Passwords are hashed outside transactions; everything
/// is audited. Revoking (deactivation, reset, end of an assignment) takes effect with the next request, because
/// nothing of it is kept in memory.
class AccessService {
public:
    AccessService(db::Database& database, const audit::AuditService& audit, PasswordHasher& hasher,
                  AccessOptions options, core::Clock clock, core::Clock calendar);

    /// The person behind a session cookie, or nothing. Two statements; a third for prefectural officers.
    [[nodiscard]] std::shared_ptr<const Actor> authenticate(const std::optional<std::string>& token) const;

    /// A person as they may act today, for commands of whoever runs the program. Nothing for unknown or closed
    /// accounts.
    [[nodiscard]] std::optional<Actor> actor_of_login(const std::string& login) const;
    /// For the same commands; empty for unknown accounts.
    [[nodiscard]] std::string login_of(const core::UserId& user) const;

    /// Throws 401 `sign_in_failed` whatever was wrong, `totp_required` when the password was right and the code is
    /// missing. `previous` is the session the browser still had; it ends.
    SignedIn sign_in(const SignIn& words, const std::optional<std::string>& previous);
    void sign_out(const Actor& actor, const std::string& token);
    [[nodiscard]] SessionView session(const std::string& token) const;

    /// Ends every session of the person and begins a new one.
    SignedIn change_password(const Actor& actor, const PasswordChange& change);

    TotpSetup begin_totp(const Actor& actor);
    RecoveryCodes confirm_totp(const Actor& actor, const TotpConfirmation& confirmation);
    void end_totp(const Actor& actor, const TotpConfirmation& confirmation);

private:
    [[nodiscard]] SessionView view(db::ReadTx& tx, const std::string& token) const;
    [[nodiscard]] std::string begin_session(db::WriteTx& tx, const core::UserId& user) const;
    [[nodiscard]] bool second_factor(db::WriteTx& tx, const Credentials& person, const std::string& code) const;
    [[nodiscard]] std::string recovery_hash(const core::UserId& user, std::string_view code) const;
    void note(db::WriteTx& tx, const core::UserId& user, const std::string& name, const std::string& action,
              const std::string& detail = {}) const;

    db::Database& database_;            // NOLINT: the application owns them
    const audit::AuditService& audit_;  // NOLINT
    PasswordHasher& hasher_;            // NOLINT
    AccessOptions options_;
    core::Clock clock_;     ///< sessions, locks and one-time codes: always the time of the machine
    core::Clock calendar_;  ///< what day it is for the work; a demonstration has its own
};

}  // namespace tsunagi::access
