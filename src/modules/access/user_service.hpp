// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "core/date.hpp"
#include "db/database.hpp"
#include "modules/access/account_words.hpp"
#include "modules/access/actor.hpp"
#include "modules/access/password_hasher.hpp"
#include "modules/audit/audit_service.hpp"

namespace tsunagi::access {

/// Accounts and assignments, as the administrator keeps them. Nobody is ever deleted: who leaves is deactivated or the
/// assignment ends, and old records keep the name. The last administrator cannot be lost.
class UserService {
public:
    UserService(db::Database& database, const audit::AuditService& audit, PasswordHasher& hasher, AccountWords words,
                core::Clock clock);

    [[nodiscard]] UserList users(const Actor& actor) const;
    [[nodiscard]] User user(const Actor& actor, const core::UserId& id) const;
    User create(const Actor& actor, const NewUser& user, const std::string& idempotency_key);
    User change(const Actor& actor, const core::UserId& id, std::int64_t version, const UserChange& change);
    /// Ends the person's sessions; the new password must be changed at the next sign-in.
    User reset_password(const Actor& actor, const core::UserId& id, const PasswordReset& reset);
    User unlock(const Actor& actor, const core::UserId& id);
    /// For a person who lost the authenticator and the recovery codes. Ends the sessions.
    User reset_totp(const Actor& actor, const core::UserId& id);
    User assign(const Actor& actor, const core::UserId& id, const NewAssignment& assignment);
    /// The day may be the day before the beginning: then the assignment was never in force.
    User end_assignment(const Actor& actor, const core::UserId& id, const core::AssignmentId& assignment,
                        const AssignmentEnd& end);

    [[nodiscard]] PersonNames people(const Actor& actor) const;
    [[nodiscard]] SignInRules sign_in_rules(const Actor& actor) const;
    SignInRules change_sign_in_rules(const Actor& actor, const SignInRules& rules);

    /// For `tsunagi init`. Throws conflict `users_exist` when there is anybody, `invalid` for a weak password. A
    /// password that the person has not chosen is one that `must_change`. The words for shared accounts are not asked
    /// here: who can run the command can write the database.
    core::UserId create_first_administrator(const std::string& login, const std::string& name,
                                            const std::string& password, bool must_change);
    /// For `tsunagi demo`: any login, and the given password is in force at once. In the caller's transaction; the
    /// hash comes from `PasswordHasher::hash` and may be the same for all.
    void add_demonstration_user(db::WriteTx& tx, const core::UserId& id, const NewUser& user,
                                const std::string& password_hash);

private:
    [[nodiscard]] User loaded(db::ReadTx& tx, const core::UserId& id) const;
    /// Runs the work on a person who exists, counts the version, and answers the person as it is then.
    template <class Work>
    User on_person(const Actor& actor, const core::UserId& id, const std::string& action, Work&& work);
    void keep_an_administrator(db::ReadTx& tx, const core::Date& on) const;
    void check_place(db::ReadTx& tx, const NewAssignment& assignment, const std::string& pointer,
                     std::vector<core::FieldError>& errors) const;
    void note(db::WriteTx& tx, const Actor& actor, const core::UserId& id, const std::string& action,
              const std::string& detail) const;
    [[nodiscard]] Assignment made(const core::UserId& user, const NewAssignment& assignment) const;

    db::Database& database_;            // NOLINT: the application owns them
    const audit::AuditService& audit_;  // NOLINT
    PasswordHasher& hasher_;            // NOLINT
    AccountWords words_;
    core::Clock clock_;
};

}  // namespace tsunagi::access
