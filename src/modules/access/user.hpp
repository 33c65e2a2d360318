// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/id.hpp"
#include "record/describe.hpp"
#include "record/types.hpp"

namespace tsunagi::access {

/// Who a person is to the product. docs/security.md says what each may do.
enum class Role { coordinator, lead, municipal, prefectural, advisor, committee, administrator };
BOOST_DESCRIBE_ENUM(Role, coordinator, lead, municipal, prefectural, advisor, committee, administrator)

/// A role held at one place for a period. Exactly one of the places is given, none for `administrator`:
/// `desk_id` for coordinator and lead, `region_id` (municipality) for municipal, advisor and committee,
/// `region_id` (prefecture) for prefectural.
struct Assignment {
    core::AssignmentId id;
    core::UserId user_id;
    Role role{};
    std::optional<core::DeskId> desk_id;
    std::optional<core::RegionId> region_id;
    core::Date from_on;
    std::optional<core::Date> until_on;
};
BOOST_DESCRIBE_STRUCT(Assignment, (), (id, user_id, role, desk_id, region_id, from_on, until_on))

struct NewAssignment {
    Role role{};
    std::optional<core::DeskId> desk_id;
    std::optional<core::RegionId> region_id;
    std::optional<core::Date> from_on;  ///< today when absent
    std::optional<core::Date> until_on;
};
BOOST_DESCRIBE_STRUCT(NewAssignment, (), (role, desk_id, region_id, from_on, until_on))

/// One person. An account shared by several people cannot be made.
struct User {
    core::UserId id;
    record::NonEmpty<record::Text<60>> login;
    record::NonEmpty<record::Text<100>> name;
    record::Text<100> kana;
    record::Text<40> profession;
    bool active = true;
    bool must_change_password = false;
    bool totp_enabled = false;
    std::optional<core::Instant> locked_until;
    std::optional<core::Instant> last_sign_in;
    std::int64_t version = 1;
    std::vector<Assignment> assignments;
};
BOOST_DESCRIBE_STRUCT(User, (),
                      (id, login, name, kana, profession, active, must_change_password, totp_enabled, locked_until,
                       last_sign_in, version, assignments))

struct NewUser {
    record::NonEmpty<record::Text<60>> login;
    record::NonEmpty<record::Text<100>> name;
    record::Text<100> kana;
    record::Text<40> profession;
    record::Secret password;  ///< the first one; must be changed at the first sign-in
    std::vector<NewAssignment> assignments;
};
BOOST_DESCRIBE_STRUCT(NewUser, (), (login, name, kana, profession, password, assignments))

struct UserChange {
    record::NonEmpty<record::Text<100>> name;
    record::Text<100> kana;
    record::Text<40> profession;
    bool active = true;
};
BOOST_DESCRIBE_STRUCT(UserChange, (), (name, kana, profession, active))

struct SignIn {
    record::NonEmpty<record::Text<60>> login;
    record::Secret password;
    record::Text<20> code;  ///< six digits of the authenticator, or a recovery code; empty when none is set up
};
BOOST_DESCRIBE_STRUCT(SignIn, (), (login, password, code))

/// What the browser needs to know of the person who is signed in.
struct SessionView {
    core::UserId user_id;
    std::string login;
    std::string name;
    bool must_change_password = false;
    bool totp_enabled = false;
    bool totp_required = false;
    std::string csrf_token;  ///< sent back as `X-CSRF-Token` with every write
    core::Instant expires_at;
    std::vector<Assignment> assignments;
    std::vector<std::string> permissions;  ///< names of docs/security.md, e.g. "consultations.write"
    bool demonstration = false;            ///< the data are fictitious and every page says so
    core::Date today;                      ///< in a demonstration the day on which it plays
    /// 32 bytes as base64, the same in every session of the person: the browser encrypts with it what it keeps until
    /// the server has it. Without a session nobody has the key, so what is left on a shared computer cannot be read.
    std::string drafts_key;
};
BOOST_DESCRIBE_STRUCT(SessionView, (),
                      (user_id, login, name, must_change_password, totp_enabled, totp_required, csrf_token, expires_at,
                       assignments, permissions, demonstration, today, drafts_key))

struct PasswordChange {
    record::Secret current;
    record::Secret next;
};
BOOST_DESCRIBE_STRUCT(PasswordChange, (), (current, next))

struct PasswordReset {
    record::Secret password;
};
BOOST_DESCRIBE_STRUCT(PasswordReset, (), (password))

/// A secret for an authenticator app, not yet in force until a code of it was confirmed.
struct TotpSetup {
    std::string secret;  ///< base32
    std::string uri;     ///< otpauth://totp/…
};
BOOST_DESCRIBE_STRUCT(TotpSetup, (), (secret, uri))

struct TotpConfirmation {
    record::NonEmpty<record::Text<20>> code;
};
BOOST_DESCRIBE_STRUCT(TotpConfirmation, (), (code))

struct RecoveryCodes {
    std::vector<std::string> codes;  ///< shown once; each works once
};
BOOST_DESCRIBE_STRUCT(RecoveryCodes, (), (codes))

/// Ends an assignment with that day as its last one.
struct AssignmentEnd {
    core::Date until_on;
};
BOOST_DESCRIBE_STRUCT(AssignmentEnd, (), (until_on))

struct UserList {
    std::vector<User> items;
};
BOOST_DESCRIBE_STRUCT(UserList, (), (items))

/// A name for choices (receiver, owner) and for what a record says of people who left.
struct PersonName {
    core::UserId id;
    std::string name;
    std::vector<core::DeskId> desk_ids;  ///< where the person works today
    bool current = false;                ///< may be chosen; false for those who left
};
BOOST_DESCRIBE_STRUCT(PersonName, (), (id, name, desk_ids, current))

struct PersonNames {
    std::vector<PersonName> items;
};
BOOST_DESCRIBE_STRUCT(PersonNames, (), (items))

/// Roles whose people must set up an authenticator before they can work.
struct SignInRules {
    std::vector<Role> totp_required_roles;
};
BOOST_DESCRIBE_STRUCT(SignInRules, (), (totp_required_roles))

}  // namespace tsunagi::access
