// SPDX-License-Identifier: Apache-2.0
#include "modules/access/user_service.hpp"

#include <algorithm>

#include "db/idempotency.hpp"
#include "modules/access/access_rules.hpp"
#include "modules/access/access_store.hpp"
#include "modules/access/user_store.hpp"
#include "record/json_writer.hpp"

namespace tsunagi::access {
namespace {

constexpr const char* totp_setting = "totp_required_roles";

std::string place_of(const Assignment& assignment) {
    if (assignment.desk_id)
        return " " + assignment.desk_id->str();
    if (assignment.region_id)
        return " " + assignment.region_id->str();
    return "";
}

bool is_administrator(const User& user) {
    return std::ranges::find(user.assignments, Role::administrator, &Assignment::role) != user.assignments.end();
}

/// What two requests with the same key must have in common; the password is no part of it.
std::string fingerprint_of(const std::string& login, const NewUser& user) {
    return db::request_fingerprint("createUser",
                                   login + "\n" + record::to_json(user.name) + record::to_json(user.assignments));
}

}  // namespace

UserService::UserService(db::Database& database, const audit::AuditService& audit, PasswordHasher& hasher,
                         AccountWords words, core::Clock clock)
    : database_(database), audit_(audit), hasher_(hasher), words_(std::move(words)), clock_(std::move(clock)) {}

void UserService::note(db::WriteTx& tx, const Actor& actor, const core::UserId& id, const std::string& action,
                       const std::string& detail) const {
    audit_.record(tx, {.actor_id = actor.user_id,
                       .actor_name = actor.name,
                       .action = action,
                       .subject_kind = "user",
                       .subject_id = id.str(),
                       .detail = detail});
}

User UserService::loaded(db::ReadTx& tx, const core::UserId& id) const {
    auto user = load_user(tx, id);
    if (!user)
        throw core::not_found();
    return std::move(*user);
}

void UserService::keep_an_administrator(db::ReadTx& tx, const core::Date& on) const {
    if (administrators(tx, on) == 0)
        throw core::Error(core::ErrorKind::conflict, "last_administrator");
}

UserList UserService::users(const Actor& actor) const {
    require(actor, "users.manage");
    return {database_.read(load_users)};
}

User UserService::user(const Actor& actor, const core::UserId& id) const {
    require(actor, "users.manage");
    return database_.read([&](db::ReadTx& tx) { return loaded(tx, id); });
}

Assignment UserService::made(const core::UserId& user, const NewAssignment& assignment) const {
    return {.id = core::AssignmentId::make(),
            .user_id = user,
            .role = assignment.role,
            .desk_id = assignment.desk_id,
            .region_id = assignment.region_id,
            .from_on = assignment.from_on.value_or(clock_.today()),
            .until_on = assignment.until_on};
}

void UserService::check_place(db::ReadTx& tx, const NewAssignment& assignment, const std::string& pointer,
                              std::vector<core::FieldError>& errors) const {
    NewAssignment dated = assignment;
    if (!dated.from_on)
        dated.from_on = clock_.today();
    check_assignment(dated, pointer, errors);
    if (assignment.desk_id && !desk_exists(tx, *assignment.desk_id)) {
        errors.push_back({pointer + "/desk_id", "not_found", ""});
    }
    if (!assignment.region_id)
        return;
    const auto kind = region_kind(tx, *assignment.region_id);
    const std::string wanted = assignment.role == Role::prefectural ? "prefecture" : "municipality";
    if (!kind) {
        errors.push_back({pointer + "/region_id", "not_found", ""});
    } else if (*kind != wanted) {
        errors.push_back({pointer + "/region_id", "not_allowed", wanted});
    }
}

User UserService::create(const Actor& actor, const NewUser& user, const std::string& idempotency_key) {
    require(actor, "users.manage");
    const std::string login = normalised_login(user.login.str());
    std::vector<core::FieldError> errors;
    check_account(login, user.name.str(), words_, errors);
    check_password(user.password.value, login, words_, "/password", errors);
    database_.read([&](db::ReadTx& tx) {
        for (std::size_t i = 0; i < user.assignments.size(); ++i) {
            check_place(tx, user.assignments[i], "/assignments/" + std::to_string(i), errors);
        }
    });
    if (!errors.empty())
        throw core::invalid(std::move(errors));

    const std::string hash = hasher_.hash(user.password.value);
    const std::string fingerprint = fingerprint_of(login, user);
    const auto id = core::UserId::make();
    return database_.write([&](db::WriteTx& tx) {
        if (const auto before = db::remembered(tx, actor.user_id, idempotency_key, fingerprint)) {
            return loaded(tx, core::UserId(*before));
        }
        if (login_taken(tx, login))
            throw core::invalid({{"/login", "duplicate", ""}});
        insert_user(tx, id, login, user, hash, true);
        note(tx, actor, id, "create", login);
        for (const NewAssignment& assignment : user.assignments) {
            const Assignment one = made(id, assignment);
            insert_assignment(tx, one);
            note(tx, actor, id, "assign", record::to_text(one.role) + place_of(one));
        }
        db::remember(tx, actor.user_id, idempotency_key, fingerprint, id.str(), clock_.now());
        return loaded(tx, id);
    });
}

User UserService::change(const Actor& actor, const core::UserId& id, std::int64_t version, const UserChange& change) {
    require(actor, "users.manage");
    std::vector<core::FieldError> errors;
    check_name(change.name.str(), words_, errors);
    if (!errors.empty())
        throw core::invalid(std::move(errors));
    return database_.write([&](db::WriteTx& tx) {
        const User before = loaded(tx, id);
        if (!update_user(tx, id, version, change))
            throw core::stale(before.version);
        if (!change.active) {
            delete_sessions_of(tx, id);
            if (is_administrator(before))
                keep_an_administrator(tx, clock_.today());
        }
        const bool switched = before.active != change.active;
        note(tx, actor, id, !switched ? "change" : (change.active ? "activate" : "deactivate"), "");
        return loaded(tx, id);
    });
}

template <class Work>
User UserService::on_person(const Actor& actor, const core::UserId& id, const std::string& action, Work&& work) {
    require(actor, "users.manage");
    return database_.write([&](db::WriteTx& tx) {
        const User before = loaded(tx, id);
        const std::string detail = work(tx, before);
        note(tx, actor, id, action, detail);
        return loaded(tx, id);
    });
}

User UserService::reset_password(const Actor& actor, const core::UserId& id, const PasswordReset& reset) {
    const User person = user(actor, id);
    std::vector<core::FieldError> errors;
    check_password(reset.password.value, person.login, words_, "/password", errors);
    if (!errors.empty())
        throw core::invalid(std::move(errors));
    const std::string hash = hasher_.hash(reset.password.value);
    return on_person(actor, id, "reset_password", [&](db::WriteTx& tx, const User&) {
        set_password(tx, id, hash, true);
        delete_sessions_of(tx, id);
        return std::string();
    });
}

User UserService::unlock(const Actor& actor, const core::UserId& id) {
    return on_person(actor, id, "unlock", [&](db::WriteTx& tx, const User&) {
        clear_failures(tx, id);
        bump_version(tx, id);
        return std::string();
    });
}

User UserService::reset_totp(const Actor& actor, const core::UserId& id) {
    return on_person(actor, id, "reset_totp", [&](db::WriteTx& tx, const User&) {
        set_totp(tx, id, "", false);
        delete_sessions_of(tx, id);
        return std::string();
    });
}

User UserService::assign(const Actor& actor, const core::UserId& id, const NewAssignment& assignment) {
    return on_person(actor, id, "assign", [&](db::WriteTx& tx, const User&) {
        std::vector<core::FieldError> errors;
        check_place(tx, assignment, "", errors);
        if (!errors.empty())
            throw core::invalid(std::move(errors));
        const Assignment one = made(id, assignment);
        insert_assignment(tx, one);
        bump_version(tx, id);
        return record::to_text(one.role) + place_of(one);
    });
}

User UserService::end_assignment(const Actor& actor, const core::UserId& id, const core::AssignmentId& assignment,
                                 const AssignmentEnd& end) {
    return on_person(actor, id, "end_assignment", [&](db::WriteTx& tx, const User& person) {
        for (const Assignment& one : person.assignments) {
            if (one.id != assignment)
                continue;
            if (end.until_on < one.from_on.plus_days(-1))
                throw core::invalid({{"/until_on", "date_order", ""}});
            access::end_assignment(tx, one.id, end.until_on);
            bump_version(tx, id);
            if (one.role == Role::administrator) {
                keep_an_administrator(tx, std::max(clock_.today(), end.until_on.plus_days(1)));
            }
            return record::to_text(one.role) + place_of(one) + " " + end.until_on.str();
        }
        throw core::not_found();
    });
}

PersonNames UserService::people(const Actor& actor) const {
    PersonNames result;
    for (const PersonRow& row : database_.read([&](db::ReadTx& tx) { return people_for(tx, actor); })) {
        if (result.items.empty() || result.items.back().id != row.id) {
            result.items.push_back({.id = row.id, .name = row.name, .desk_ids = {}, .current = false});
        }
        PersonName& person = result.items.back();
        if (!row.active || !row.in_force)
            continue;
        person.current = true;
        if (row.desk_id)
            person.desk_ids.push_back(*row.desk_id);
    }
    return result;
}

SignInRules UserService::sign_in_rules(const Actor& actor) const {
    require(actor, "users.manage");
    return {roles_of(database_.read([](db::ReadTx& tx) { return setting(tx, totp_setting); }))};
}

SignInRules UserService::change_sign_in_rules(const Actor& actor, const SignInRules& rules) {
    require(actor, "users.manage");
    std::string list;
    for (const Role role : rules.totp_required_roles)
        list += (list.empty() ? "" : ",") + record::to_text(role);
    database_.write([&](db::WriteTx& tx) {
        save_setting(tx, totp_setting, list);
        audit_.record(tx, {.actor_id = actor.user_id,
                           .actor_name = actor.name,
                           .action = "change",
                           .subject_kind = "sign_in_rules",
                           .subject_id = "",
                           .detail = list});
    });
    return rules;
}

core::UserId UserService::create_first_administrator(const std::string& login, const std::string& name,
                                                     const std::string& password, bool must_change) {
    const std::string plain = normalised_login(login);
    std::vector<core::FieldError> errors;
    check_account(plain, "", {}, errors);
    check_password(password, plain, words_, "/password", errors);
    if (name.empty())
        errors.push_back({"/name", "required", ""});
    if (!errors.empty())
        throw core::invalid(std::move(errors));
    const std::string hash = hasher_.hash(password);
    auto id = core::UserId::make();
    NewUser user;
    user.name.value = name;
    database_.write([&](db::WriteTx& tx) {
        if (any_user(tx))
            throw core::Error(core::ErrorKind::conflict, "users_exist");
        insert_user(tx, id, plain, user, hash, must_change);
        NewAssignment assignment;
        assignment.role = Role::administrator;
        insert_assignment(tx, made(id, assignment));
        audit_.record(tx, {.actor_id = std::nullopt,
                           .actor_name = "",
                           .action = "create",
                           .subject_kind = "user",
                           .subject_id = id.str(),
                           .detail = "first administrator"});
    });
    return id;
}

void UserService::add_demonstration_user(db::WriteTx& tx, const core::UserId& id, const NewUser& user,
                                         const std::string& password_hash) {
    insert_user(tx, id, normalised_login(user.login.str()), user, password_hash, false);
    for (const NewAssignment& assignment : user.assignments)
        insert_assignment(tx, made(id, assignment));
    audit_.record(tx, {.actor_id = std::nullopt,
                       .actor_name = "",
                       .action = "create",
                       .subject_kind = "user",
                       .subject_id = id.str(),
                       .detail = "demonstration"});
}

}  // namespace tsunagi::access
