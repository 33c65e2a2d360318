// SPDX-License-Identifier: Apache-2.0
#include "modules/access/access_service.hpp"

#include <algorithm>

#include "core/sealing.hpp"
#include "modules/access/access_store.hpp"
#include "modules/access/demonstration_service.hpp"
#include "modules/access/one_time_code.hpp"
#include "modules/access/user_store.hpp"

namespace tsunagi::access {
namespace {

constexpr std::chrono::minutes idle_time(60);
constexpr std::chrono::hours longest_session(12);
/// A session's last use is written down at most this often.
constexpr std::chrono::minutes seen_every(1);

std::string sealing_context(const core::UserId& user) {
    return "users/totp_secret/" + user.str();
}

bool alive(const SessionRow& session, const core::Instant& now) {
    return session.active && now < session.expires_at && now < session.last_seen_at.plus(idle_time);
}

bool locked(const Credentials& person, const core::Instant& now) {
    return person.locked_until && now < *person.locked_until;
}

bool totp_required(const SessionRow& session, const Actor& actor) {
    const auto roles = roles_of(session.totp_roles.value_or(""));
    return std::ranges::any_of(actor.assignments, [&](const Assignment& assignment) {
        return std::ranges::find(roles, assignment.role) != roles.end();
    });
}

Actor load_actor(db::ReadTx& tx, const SessionWithPlaces& session, const core::Date& today,
                 const core::Clock& calendar) {
    Actor actor;
    actor.user_id = session.user_id;
    actor.login = session.login;
    actor.name = session.name;
    actor.today = today;
    actor.latest_day = calendar.latest_day();
    actor.csrf = session.csrf_token;
    apply_places(actor, session.places);
    std::vector<core::RegionId> prefectures;
    for (const Assignment& assignment : actor.assignments) {
        if (assignment.role == Role::prefectural && assignment.region_id)
            prefectures.push_back(*assignment.region_id);
    }
    actor.prefecture_municipalities = municipalities_below(tx, prefectures);
    if (session.must_change_password) {
        actor.restriction_reason = "must_change_password";
    } else if (!session.totp_enabled && totp_required(session, actor)) {
        actor.restriction_reason = "totp_setup_required";
    }
    return actor;
}

core::Error sign_in_failed() {
    return {core::ErrorKind::unauthenticated, "sign_in_failed"};
}

}  // namespace

AccessService::AccessService(db::Database& database, const audit::AuditService& audit, PasswordHasher& hasher,
                             AccessOptions options, core::Clock clock, core::Clock calendar)
    : database_(database),
      audit_(audit),
      hasher_(hasher),
      options_(std::move(options)),
      clock_(std::move(clock)),
      calendar_(std::move(calendar)) {
    if (options_.key.size() != 32)
        throw std::logic_error("the key for one-time codes has 32 bytes");
}

void AccessService::note(db::WriteTx& tx, const core::UserId& user, const std::string& name, const std::string& action,
                         const std::string& detail) const {
    audit_.record(tx, {.actor_id = user,
                       .actor_name = name,
                       .action = action,
                       .subject_kind = "user",
                       .subject_id = user.str(),
                       .detail = detail});
}

std::shared_ptr<const Actor> AccessService::authenticate(const std::optional<std::string>& token) const {
    if (!token || token->empty() || token->size() > 100)
        return nullptr;
    const std::string hash = core::plain_hash(*token);
    const core::Instant now = clock_.now();
    const core::Date today = calendar_.today();
    std::optional<SessionWithPlaces> session;
    auto actor = database_.read([&](db::ReadTx& tx) -> std::shared_ptr<const Actor> {
        session = find_session(tx, hash, today);
        if (!session || !alive(*session, now))
            return nullptr;
        return std::make_shared<const Actor>(load_actor(tx, *session, today, calendar_));
    });
    if (actor && session->last_seen_at.plus(seen_every) <= now) {
        database_.write([&](db::WriteTx& tx) { touch_session(tx, hash, now); });
    }
    return actor;
}

std::optional<Actor> AccessService::actor_of_login(const std::string& login) const {
    return database_.read([&](db::ReadTx& tx) -> std::optional<Actor> {
        const auto person = credentials_by_login(tx, normalised_login(login));
        if (!person || !person->active)
            return std::nullopt;
        const core::Date today = calendar_.today();
        SessionWithPlaces session;
        session.user_id = person->id;
        session.login = person->login;
        session.name = person->name;
        session.active = true;
        session.totp_enabled = person->totp_enabled;
        session.places = places_of(tx, person->id, today);
        return load_actor(tx, session, today, calendar_);
    });
}

std::string AccessService::login_of(const core::UserId& user) const {
    const auto found = database_.read([&](db::ReadTx& tx) { return credentials_of(tx, user); });
    return found ? found->login : std::string();
}

SignedIn AccessService::sign_in(const SignIn& words, const std::optional<std::string>& previous) {
    const std::string login = normalised_login(words.login.str());
    const core::Instant now = clock_.now();
    const auto found = database_.read([&](db::ReadTx& tx) { return credentials_by_login(tx, login); });
    // The same work for everybody, so that the time does not tell whether the account exists or is closed.
    const bool open = found && found->active && !locked(*found, now);
    const bool right = hasher_.verify(open ? found->password_hash : hasher_.nobody(), words.password.value) && open;
    const std::string renewed =
        right && hasher_.outdated(found->password_hash) ? hasher_.hash(words.password.value) : "";

    enum class Outcome { signed_in, failed, code_missing };
    SignedIn result;
    const Outcome outcome = database_.write([&](db::WriteTx& tx) {
        const auto fail = [&](const std::string& why) {
            audit_.record(tx, {.actor_id = std::nullopt,
                               .actor_name = "",
                               .action = "sign_in_failed",
                               .subject_kind = "user",
                               .subject_id = found ? found->id.str() : "",
                               .detail = why});
            return Outcome::failed;
        };
        const auto person = found ? credentials_of(tx, found->id) : std::nullopt;
        if (!person)
            return fail("unknown_login");
        if (!person->active)
            return fail("inactive");
        if (locked(*person, now))
            return fail("locked");
        if (!right || person->password_hash != found->password_hash) {
            count_failure(tx, person->id, now);
            return fail("password");
        }
        if (person->totp_enabled && words.code.empty())
            return Outcome::code_missing;
        if (person->totp_enabled && !second_factor(tx, *person, words.code)) {
            count_failure(tx, person->id, now);
            return fail("code");
        }
        if (!renewed.empty())
            renew_hash(tx, person->id, renewed);
        if (previous)
            delete_session(tx, core::plain_hash(*previous));
        delete_expired_sessions(tx, now, now.plus(-idle_time));
        note_sign_in(tx, person->id, now);
        result.token = begin_session(tx, person->id);
        result.view = view(tx, result.token);
        note(tx, person->id, person->name, "sign_in");
        return Outcome::signed_in;
    });
    if (outcome == Outcome::code_missing)
        throw core::Error(core::ErrorKind::unauthenticated, "totp_required");
    if (outcome == Outcome::failed)
        throw sign_in_failed();
    return result;
}

void AccessService::sign_out(const Actor& actor, const std::string& token) {
    database_.write([&](db::WriteTx& tx) {
        delete_session(tx, core::plain_hash(token));
        note(tx, actor.user_id, actor.name, "sign_out");
    });
}

SessionView AccessService::session(const std::string& token) const {
    return database_.read([&](db::ReadTx& tx) { return view(tx, token); });
}

SessionView AccessService::view(db::ReadTx& tx, const std::string& token) const {
    const core::Date today = calendar_.today();
    const auto session = find_session(tx, core::plain_hash(token), today);
    if (!session)
        throw core::Error(core::ErrorKind::unauthenticated, "unauthenticated");
    const Actor actor = load_actor(tx, *session, today, calendar_);
    return {.user_id = session->user_id,
            .login = session->login,
            .name = session->name,
            .must_change_password = session->must_change_password,
            .totp_enabled = session->totp_enabled,
            .totp_required = totp_required(*session, actor),
            .csrf_token = session->csrf_token,
            .expires_at = std::min(session->expires_at, session->last_seen_at.plus(idle_time)),
            .assignments = actor.assignments,
            .permissions = {actor.permissions.begin(), actor.permissions.end()},
            .demonstration = is_demonstration(tx),
            .today = actor.today,
            .drafts_key = core::keyed_hash(options_.key, "drafts of " + session->user_id.str())};
}

std::string AccessService::begin_session(db::WriteTx& tx, const core::UserId& user) const {
    std::string token = core::random_token();
    const core::Instant now = clock_.now();
    insert_session(tx, {.token_hash = core::plain_hash(token),
                        .user_id = user,
                        .csrf_token = core::random_token(),
                        .created_at = now,
                        .last_seen_at = now,
                        .expires_at = now.plus(longest_session)});
    return token;
}

SignedIn AccessService::change_password(const Actor& actor, const PasswordChange& change) {
    const core::Instant now = clock_.now();
    const auto person = database_.read([&](db::ReadTx& tx) { return credentials_of(tx, actor.user_id); });
    if (!person)
        throw core::not_found();
    const bool right = !locked(*person, now) && hasher_.verify(person->password_hash, change.current.value);
    if (!right) {
        database_.write([&](db::WriteTx& tx) {
            if (!locked(*person, now))
                count_failure(tx, person->id, now);
            note(tx, person->id, person->name, "change_password_failed");
        });
        throw core::invalid({{"/current", "wrong_password", ""}});
    }
    std::vector<core::FieldError> errors;
    check_password(change.next.value, person->login, options_.words, "/next", errors);
    if (change.next == change.current)
        errors.push_back({"/next", "same_as_before", ""});
    if (!errors.empty())
        throw core::invalid(std::move(errors));

    const std::string hash = hasher_.hash(change.next.value);
    return database_.write([&](db::WriteTx& tx) {
        // Reset by an administrator in the meantime: that one counts.
        const auto present = credentials_of(tx, person->id);
        if (!present || !present->active || present->password_hash != person->password_hash) {
            throw core::Error(core::ErrorKind::unauthenticated, "unauthenticated");
        }
        set_password(tx, person->id, hash, false);
        delete_sessions_of(tx, person->id);
        note(tx, person->id, person->name, "change_password");
        SignedIn result;
        result.token = begin_session(tx, person->id);
        result.view = view(tx, result.token);
        return result;
    });
}

std::string AccessService::recovery_hash(const core::UserId& user, std::string_view code) const {
    return core::keyed_hash(options_.key, user.str() + "/" + plain_recovery_code(code));
}

/// A code of the authenticator that was not used before, or a recovery code.
bool AccessService::second_factor(db::WriteTx& tx, const Credentials& person, const std::string& code) const {
    const auto secret = core::open_sealed(options_.key, person.totp_secret, sealing_context(person.id));
    if (secret) {
        if (const auto step = matching_step(*secret, code, clock_.now()))
            return take_step(tx, person.id, *step);
    }
    return use_recovery_code(tx, person.id, recovery_hash(person.id, code), clock_.now());
}

TotpSetup AccessService::begin_totp(const Actor& actor) {
    const std::string secret = new_totp_secret();
    database_.write([&](db::WriteTx& tx) {
        const auto person = credentials_of(tx, actor.user_id);
        if (!person)
            throw core::not_found();
        if (person->totp_enabled)
            throw core::Error(core::ErrorKind::conflict, "totp_already_enabled");
        set_totp(tx, person->id, core::seal(options_.key, secret, sealing_context(person->id)), false);
        note(tx, person->id, person->name, "totp_begun");
    });
    return {.secret = base32(secret), .uri = totp_uri(secret, actor.login)};
}

RecoveryCodes AccessService::confirm_totp(const Actor& actor, const TotpConfirmation& confirmation) {
    RecoveryCodes codes{new_recovery_codes()};
    std::vector<std::string> hashes;
    for (const std::string& code : codes.codes)
        hashes.push_back(recovery_hash(actor.user_id, code));
    database_.write([&](db::WriteTx& tx) {
        const auto person = credentials_of(tx, actor.user_id);
        if (!person)
            throw core::not_found();
        if (person->totp_enabled)
            throw core::Error(core::ErrorKind::conflict, "totp_already_enabled");
        const auto secret = core::open_sealed(options_.key, person->totp_secret, sealing_context(person->id));
        const auto step = secret ? matching_step(*secret, confirmation.code.str(), clock_.now()) : std::nullopt;
        if (!step || !take_step(tx, person->id, *step))
            throw core::invalid({{"/code", "wrong_code", ""}});
        set_totp(tx, person->id, person->totp_secret, true);
        replace_recovery_codes(tx, person->id, hashes);
        note(tx, person->id, person->name, "totp_enabled");
    });
    return codes;
}

void AccessService::end_totp(const Actor& actor, const TotpConfirmation& confirmation) {
    const core::Instant now = clock_.now();
    const bool ended = database_.write([&](db::WriteTx& tx) {
        const auto person = credentials_of(tx, actor.user_id);
        if (!person || !person->totp_enabled)
            throw core::not_found();
        if (locked(*person, now))
            return false;
        if (!second_factor(tx, *person, confirmation.code.str())) {
            count_failure(tx, person->id, now);
            note(tx, person->id, person->name, "totp_end_failed");
            return false;
        }
        set_totp(tx, person->id, "", false);
        note(tx, person->id, person->name, "totp_ended");
        return true;
    });
    if (!ended)
        throw core::invalid({{"/code", "wrong_code", ""}});
}

}  // namespace tsunagi::access
