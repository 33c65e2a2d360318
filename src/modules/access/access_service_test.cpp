// SPDX-License-Identifier: Apache-2.0
#include "modules/access/access_service.hpp"

#include <thread>

#include "modules/access/access_routes.hpp"
#include "modules/access/access_rules.hpp"
#include "modules/access/one_time_code.hpp"
#include "modules/access/user_service.hpp"
#include "tests/support/test_database.hpp"

namespace tsunagi::access {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

const std::string first_password = "Hamabe-2026";
const HashCost cheap{.memory = 8192, .passes = 1, .at_once = 2, .waiting = 8};

/// The reason of the error that the work ends with, with its first field; empty when it ends well.
std::string refusal(const std::function<void()>& work) {
    try {
        work();
    } catch (const core::Error& error) {
        if (error.fields().empty())
            return error.reason();
        return error.fields().front().pointer + " " + error.fields().front().reason;
    }
    return "";
}

/// An installation with one administrator, 管理 花子, who may sign in as `hanako`.
class AccessServiceTest : public test::DatabaseTest {
protected:
    void SetUp() override {
        DatabaseTest::SetUp();
        if (IsSkipped())
            return;
        const auto words = read_account_words(std::string(TSUNAGI_SOURCE_DIR) + "/packs/standard/account_words.yaml");
        audit_ = std::make_unique<audit::AuditService>(database(), std::string(32, 'k'), folder() / "anchors", clock_);
        users_ = std::make_unique<UserService>(database(), *audit_, hasher_, words, clock_);
        access_ = std::make_unique<AccessService>(
            database(), *audit_, hasher_, AccessOptions{.key = std::string(32, 't'), .words = words}, clock_, clock_);
        admin_id_ = users().create_first_administrator("Hanako", "管理 花子", first_password, false);
        place();
    }

    void place() {
        desk_ = core::DeskId::make();
        city_ = core::RegionId::make();
        prefecture_ = core::RegionId::make();
        database().write([&](db::WriteTx& tx) {
            const std::string columns = " (id, parent_id, kind, code, name, kana, position) VALUES ";
            tx.execute("INSERT INTO regions" + columns + "('" + prefecture_.str() +
                       "', NULL, 'prefecture', '', 'p', '', 0)");
            tx.execute("INSERT INTO regions" + columns + "('" + city_.str() + "', '" + prefecture_.str() +
                       "', 'municipality', '', 'c', '', 0)");
            tx.execute("INSERT INTO desks (id, municipality_id, kind, name, short_name, header, phone) VALUES ('" +
                       desk_.str() + "', '" + city_.str() + "', 'center', 'd', '', '', '')");
        });
    }

    [[nodiscard]] AccessService& access() { return *access_; }

    [[nodiscard]] UserService& users() { return *users_; }

    void wait(std::chrono::milliseconds time) { clock_.move_to(clock_.now().plus(time)); }

    SignedIn sign_in(const std::string& login, const std::string& password, const std::string& code = "") {
        SignIn words;
        words.login.value = login;
        words.password.value = password;
        words.code.value = code;
        return access().sign_in(words, {});
    }

    std::shared_ptr<const Actor> actor(const SignedIn& signed_in) { return access().authenticate(signed_in.token); }

    std::shared_ptr<const Actor> admin() { return actor(sign_in("hanako", first_password)); }

    [[nodiscard]] NewUser person(const std::string& login, const std::string& name) const {
        NewUser user;
        user.login.value = login;
        user.name.value = name;
        user.password.value = "Shiomi-2026";
        NewAssignment assignment;
        assignment.role = Role::coordinator;
        assignment.desk_id = desk_;
        user.assignments.push_back(assignment);
        return user;
    }

    [[nodiscard]] std::int64_t audited(const std::string& action, const std::string& detail = "") {
        audit::AuditFilter filter;
        filter.action.value = action;
        filter.words.value = detail;
        return audit_->search(filter).total;
    }

    core::Clock clock_{core::Instant::parse("2026-11-17T03:00:00.000Z").value()};
    PasswordHasher hasher_{cheap};
    std::unique_ptr<audit::AuditService> audit_;
    std::unique_ptr<UserService> users_;
    std::unique_ptr<AccessService> access_;
    core::UserId admin_id_;
    core::DeskId desk_;
    core::RegionId city_;
    core::RegionId prefecture_;
};

TSUNAGI_BOTH_ENGINES(AccessServiceTest);

TEST_P(AccessServiceTest, SignsInWithTheLoginInAnyForm) {
    const SignedIn result = sign_in(" ＨＡＮＡＫＯ", first_password);
    EXPECT_EQ(result.view.name, "管理 花子");
    EXPECT_EQ(result.view.permissions,
              (std::vector<std::string>{"audit.read", "packs.manage", "places.manage", "users.manage"}));
    ASSERT_NE(actor(result), nullptr);
    EXPECT_EQ(actor(result)->csrf_token(), result.view.csrf_token);
    EXPECT_EQ(access().session(result.token).user_id, admin_id_);
    EXPECT_EQ(audited("sign_in"), 1);
}

TEST_P(AccessServiceTest, EveryFailureGetsTheSameAnswer) {
    EXPECT_EQ(refusal([&] { sign_in("nobody", first_password); }), "sign_in_failed");
    EXPECT_EQ(refusal([&] { sign_in("hanako", "wrong"); }), "sign_in_failed");
    EXPECT_EQ(refusal([&] { sign_in("hanako", first_password); }), "sign_in_failed") << "closed for two seconds";
    wait(seconds(2));
    EXPECT_EQ(refusal([&] { sign_in("hanako", first_password); }), "");
    EXPECT_EQ(audited("sign_in_failed", "unknown_login"), 1);
    EXPECT_EQ(audited("sign_in_failed", "password"), 1);
    EXPECT_EQ(audited("sign_in_failed", "locked"), 1);
}

TEST_P(AccessServiceTest, FailuresInARowTakeLongerAndTenCloseTheAccount) {
    for (int i = 1; i <= 10; ++i) {
        EXPECT_NE(refusal([&] { sign_in("hanako", "wrong"); }), "");
        if (i < 10)
            wait(delay_after(i));
    }
    wait(minutes(14));
    EXPECT_EQ(refusal([&] { sign_in("hanako", first_password); }), "sign_in_failed");
    const User locked = users().user(
        *[&] {
            auto other = std::make_shared<Actor>();
            other->permissions = {"users.manage"};
            return other;
        }(),
        admin_id_);
    EXPECT_TRUE(locked.locked_until);
    wait(minutes(1));
    EXPECT_EQ(refusal([&] { sign_in("hanako", first_password); }), "");
    EXPECT_FALSE(users().user(*admin(), admin_id_).locked_until);
}

TEST_P(AccessServiceTest, SessionsEndWhenIdleAndAfterTwelveHours) {
    const SignedIn idle = sign_in("hanako", first_password);
    wait(minutes(59));
    EXPECT_NE(actor(idle), nullptr);
    wait(minutes(59));
    EXPECT_NE(actor(idle), nullptr) << "the use before was written down";
    wait(minutes(60));
    EXPECT_EQ(actor(idle), nullptr);

    const SignedIn busy = sign_in("hanako", first_password);
    for (int i = 0; i < 23; ++i) {
        wait(minutes(30));
        EXPECT_NE(actor(busy), nullptr) << i;
    }
    wait(minutes(30));
    EXPECT_EQ(actor(busy), nullptr);
    EXPECT_EQ(access().authenticate(std::nullopt), nullptr);
    EXPECT_EQ(access().authenticate("nonsense"), nullptr);
}

TEST_P(AccessServiceTest, AuthenticatingTakesOneStatementAndWritesOnceAMinute) {
    const SignedIn signed_in = sign_in("hanako", first_password);
    (void)actor(signed_in);
    const auto before = database().statements();
    (void)actor(signed_in);
    EXPECT_EQ(database().statements() - before, 3U) << "BEGIN, the session with its places, COMMIT";
    EXPECT_EQ(access().session(signed_in.token).expires_at, clock_.now().plus(hours(1)));
    wait(seconds(59));
    (void)actor(signed_in);
    EXPECT_EQ(access().session(signed_in.token).expires_at, clock_.now().plus(seconds(3600 - 59)));
    wait(seconds(1));
    (void)actor(signed_in);
    EXPECT_EQ(access().session(signed_in.token).expires_at, clock_.now().plus(hours(1)));
}

TEST_P(AccessServiceTest, SigningOutAndSigningInAgainEndTheOldSession) {
    const SignedIn first = sign_in("hanako", first_password);
    access().sign_out(*actor(first), first.token);
    EXPECT_EQ(actor(first), nullptr);
    const SignedIn second = sign_in("hanako", first_password);
    SignIn words;
    words.login.value = "hanako";
    words.password.value = first_password;
    const SignedIn third = access().sign_in(words, second.token);
    EXPECT_EQ(actor(second), nullptr);
    EXPECT_NE(actor(third), nullptr);
    EXPECT_NE(second.view.csrf_token, third.view.csrf_token);
    EXPECT_EQ(audited("sign_out"), 1);
}

TEST_P(AccessServiceTest, APasswordGivenByOthersMustBeChangedFirst) {
    (void)users().create(*admin(), person("megumi", "髙田 恵"), "");
    const SignedIn first = sign_in("megumi", "Shiomi-2026");
    EXPECT_EQ(actor(first)->restriction(), "must_change_password");
    const SignedIn other = sign_in("megumi", "Shiomi-2026");
    const auto change = [&](const std::string& from, const std::string& to) {
        return access().change_password(*actor(other), {record::Secret(from), record::Secret(to)});
    };
    EXPECT_EQ(refusal([&] { change("Shiomi-2026", "Shiomi-2026"); }), "/next same_as_before");
    EXPECT_EQ(refusal([&] { change("Shiomi-2026", "aaaa"); }), "/next too_short");
    const SignedIn after = change("Shiomi-2026", "Kitahama 88");
    EXPECT_EQ(actor(after)->restriction(), "");
    EXPECT_EQ(actor(first), nullptr) << "every other session ended";
    EXPECT_EQ(actor(other), nullptr);
    EXPECT_EQ(refusal([&] { sign_in("megumi", "Kitahama 88"); }), "");
    EXPECT_EQ(refusal([&] {
                  access().change_password(*actor(after), {record::Secret("x"), record::Secret("y")});
              }),
              "/current wrong_password");
}

TEST_P(AccessServiceTest, RevokingTakesEffectAtOnce) {
    const auto boss = admin();
    const User made = users().create(*boss, person("megumi", "髙田 恵"), "");
    const SignedIn session = sign_in("megumi", "Shiomi-2026");
    EXPECT_TRUE(actor(session)->works_at(desk_));
    EXPECT_TRUE(actor(session)->may("consultations.write"));
    (void)users().end_assignment(*boss, made.id, made.assignments[0].id, {clock_.today().plus_days(-1)});
    EXPECT_FALSE(actor(session)->works_at(desk_));
    EXPECT_FALSE(actor(session)->may("consultations.write"));
    EXPECT_TRUE(actor(session)->assignments.empty()) << "signed in, and nowhere at work";
    EXPECT_TRUE(actor(session)->desks.empty());
    EXPECT_FALSE(actor(session)->disclosed_only);

    UserChange change;
    change.name.value = "髙田 恵";
    change.active = false;
    EXPECT_EQ(refusal([&] { users().change(*boss, made.id, made.version, change); }), " current_version");
    (void)users().change(*boss, made.id, users().user(*boss, made.id).version, change);
    EXPECT_EQ(actor(session), nullptr);
    EXPECT_EQ(refusal([&] { sign_in("megumi", "Shiomi-2026"); }), "sign_in_failed");
    EXPECT_EQ(audited("deactivate"), 1);
}

TEST_P(AccessServiceTest, AResetPasswordEndsSessionsAndMustBeChanged) {
    const auto boss = admin();
    const User made = users().create(*boss, person("megumi", "髙田 恵"), "");
    const SignedIn session = sign_in("megumi", "Shiomi-2026");
    const User reset = users().reset_password(*boss, made.id, {record::Secret("Nagisa+77")});
    EXPECT_TRUE(reset.must_change_password);
    EXPECT_EQ(actor(session), nullptr);
    EXPECT_EQ(actor(sign_in("megumi", "Nagisa+77"))->restriction(), "must_change_password");
    EXPECT_EQ(refusal([&] { users().reset_password(*boss, made.id, {record::Secret("Password123")}); }),
              "/password too_common");
}

TEST_P(AccessServiceTest, OneTimeCodesAreAskedForAndWorkOnce) {
    const auto me = admin();
    const TotpSetup setup = access().begin_totp(*me);
    EXPECT_NE(setup.uri.find("secret=" + setup.secret), std::string::npos);
    EXPECT_EQ(refusal([&] { sign_in("hanako", first_password); }), "") << "not in force before it is confirmed";
    EXPECT_EQ(refusal([&] { access().confirm_totp(*me, {{"000000"}}); }), "/code wrong_code");

    // What the app would show, from the secret as the server handed it out.
    const auto code_now = [&] {
        std::string bytes;
        std::uint32_t bits = 0;
        int count = 0;
        for (const char c : setup.secret) {
            bits = (bits << 5U) | static_cast<std::uint32_t>(c >= 'A' ? c - 'A' : c - '2' + 26);
            count += 5;
            if (count >= 8) {
                count -= 8;
                bytes += static_cast<char>((bits >> static_cast<unsigned>(count)) & 0xffU);
            }
        }
        return totp_at(bytes, totp_step(clock_.now()));
    };
    const RecoveryCodes recovery = access().confirm_totp(*me, {{code_now()}});
    EXPECT_EQ(recovery.codes.size(), 10U);
    EXPECT_EQ(refusal([&] { sign_in("hanako", first_password); }), "totp_required");
    EXPECT_EQ(refusal([&] { sign_in("hanako", first_password, code_now()); }), "sign_in_failed") << "used to confirm";
    wait(seconds(30));
    const std::string code = code_now();
    EXPECT_EQ(refusal([&] { sign_in("hanako", first_password, code); }), "");
    EXPECT_EQ(refusal([&] { sign_in("hanako", first_password, code); }), "sign_in_failed") << "a replay";
    wait(seconds(30));

    std::string paper = recovery.codes[3];
    for (char& c : paper)
        c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    EXPECT_EQ(refusal([&] { sign_in("hanako", first_password, paper); }), "");
    EXPECT_EQ(refusal([&] { sign_in("hanako", first_password, recovery.codes[3]); }), "sign_in_failed");
    wait(seconds(30));
    EXPECT_EQ(refusal([&] { access().begin_totp(*me); }), "totp_already_enabled");
    EXPECT_EQ(refusal([&] { access().end_totp(*me, {{"000000"}}); }), "/code wrong_code");
    wait(seconds(30));
    access().end_totp(*me, {{recovery.codes[4]}});
    EXPECT_EQ(refusal([&] { sign_in("hanako", first_password); }), "");
}

TEST_P(AccessServiceTest, RolesCanBeMadeToUseCodes) {
    const auto boss = admin();
    (void)users().change_sign_in_rules(*boss, {{Role::administrator, Role::municipal}});
    EXPECT_EQ(users().sign_in_rules(*boss).totp_required_roles.size(), 2U);
    const SignedIn session = sign_in("hanako", first_password);
    EXPECT_TRUE(session.view.totp_required);
    EXPECT_EQ(actor(session)->restriction(), "totp_setup_required");
    (void)users().change_sign_in_rules(*boss, {{Role::municipal}});
    EXPECT_EQ(actor(session)->restriction(), "");
}

TEST_P(AccessServiceTest, RefusesAccountsOfSeveralPeopleAndDuplicates) {
    const auto boss = admin();
    EXPECT_EQ(refusal([&] { users().create(*boss, person("desk-01", "髙田 恵"), ""); }), "/login shared_account");
    EXPECT_EQ(refusal([&] { users().create(*boss, person("megumi", "相談窓口 共用"), ""); }), "/name shared_account");
    EXPECT_EQ(refusal([&] { users().create(*boss, person("恵", "髙田 恵"), ""); }), "/login format");
    (void)users().create(*boss, person("megumi", "髙田 恵"), "");
    EXPECT_EQ(refusal([&] { users().create(*boss, person("MEGUMI", "髙田 恵"), ""); }), "/login duplicate");
}

TEST_P(AccessServiceTest, ACreateSentTwiceMakesOnePerson) {
    const auto boss = admin();
    const User first = users().create(*boss, person("megumi", "髙田 恵"), "key-1");
    EXPECT_EQ(users().create(*boss, person("megumi", "髙田 恵"), "key-1").id, first.id);
    EXPECT_EQ(refusal([&] { users().create(*boss, person("other", "栁田 健"), "key-1"); }), "idempotency_key_reused");
    EXPECT_EQ(users().users(*boss).items.size(), 2U);
}

TEST_P(AccessServiceTest, EachRoleNeedsItsPlace) {
    const auto boss = admin();
    const auto try_place = [&](Role role, const std::optional<core::DeskId>& desk,
                               const std::optional<core::RegionId>& region) {
        NewAssignment assignment;
        assignment.role = role;
        assignment.desk_id = desk;
        assignment.region_id = region;
        return refusal([&] { users().assign(*boss, admin_id_, assignment); });
    };
    EXPECT_EQ(try_place(Role::lead, {}, {}), "/desk_id required");
    EXPECT_EQ(try_place(Role::lead, core::DeskId::make(), {}), "/desk_id not_found");
    EXPECT_EQ(try_place(Role::municipal, {}, prefecture_), "/region_id not_allowed");
    EXPECT_EQ(try_place(Role::prefectural, {}, city_), "/region_id not_allowed");
    EXPECT_EQ(try_place(Role::advisor, desk_, city_), "/desk_id not_allowed");
    EXPECT_EQ(try_place(Role::administrator, {}, city_), "/region_id not_allowed");
    EXPECT_EQ(try_place(Role::lead, desk_, {}), "");
    EXPECT_EQ(try_place(Role::prefectural, {}, prefecture_), "");
    EXPECT_EQ(admin()->prefecture_municipalities, std::vector{city_});
}

TEST_P(AccessServiceTest, TheLastAdministratorStays) {
    const auto boss = admin();
    const User me = users().user(*boss, admin_id_);
    UserChange change;
    change.name.value = "管理 花子";
    change.active = false;
    EXPECT_EQ(refusal([&] { users().change(*boss, me.id, me.version, change); }), "last_administrator");
    EXPECT_EQ(
        refusal([&] { users().end_assignment(*boss, me.id, me.assignments[0].id, {clock_.today().plus_days(30)}); }),
        "last_administrator");
    EXPECT_EQ(refusal([&] { users().create_first_administrator("other", "栁田 健", "Shiomi-2026", true); }),
              "users_exist");
}

TEST_P(AccessServiceTest, NamesOfPeopleStayWhenTheyLeave) {
    const auto boss = admin();
    const User megumi = users().create(*boss, person("megumi", "髙田 恵"), "");
    const User ken = users().create(*boss, person("ken", "栁田 健"), "");
    (void)users().end_assignment(*boss, ken.id, ken.assignments[0].id, {clock_.today().plus_days(-1)});
    const auto reader = actor(sign_in("megumi", "Shiomi-2026"));
    const PersonNames names = users().people(*reader);
    ASSERT_EQ(names.items.size(), 2U) << "the administrator works nowhere in the city";
    for (const PersonName& one : names.items) {
        EXPECT_EQ(one.current, one.id == megumi.id);
        EXPECT_EQ(one.desk_ids.size(), one.current ? 1U : 0U);
    }
    EXPECT_EQ(users().people(*boss).items.size(), 3U);
}

TEST_P(AccessServiceTest, OnlyWhoManagesUsersMay) {
    const Actor stranger;
    EXPECT_EQ(refusal([&] { (void)users().users(stranger); }), "forbidden");
    EXPECT_EQ(refusal([&] { (void)users().create(stranger, person("a", "b"), ""); }), "forbidden");
    EXPECT_EQ(refusal([&] { (void)users().unlock(stranger, admin_id_); }), "forbidden");
    EXPECT_EQ(refusal([&] { (void)users().reset_password(stranger, admin_id_, {}); }), "forbidden");
    EXPECT_EQ(refusal([&] { (void)users().change_sign_in_rules(stranger, {}); }), "forbidden");
    EXPECT_EQ(refusal([&] { (void)users().user(*admin(), core::UserId::make()); }), "not_found");
}

TEST_P(AccessServiceTest, TheRoutesKeepTheSessionInAStrictCookie) {
    const http::Router router(routes(access(), users()), authenticator(access()),
                              [](const http::Request&, const std::string& what) { ADD_FAILURE() << what; });
    std::string cookie;
    std::string csrf;
    const auto call = [&](const std::string& method, const std::string& path, const std::string& body) {
        http::Request request;
        request.method = method;
        request.path = path;
        request.body = body;
        request.secure = true;
        request.headers = {{"content-type", "application/json"}, {"cookie", cookie}};
        if (!csrf.empty())
            request.headers.emplace_back("x-csrf-token", csrf);
        return router.handle(request);
    };
    EXPECT_EQ(call("GET", "/api/session", "").status, 401);
    const auto answer = call("POST", "/api/session", R"({"login":"hanako","password":")" + first_password + R"("})");
    ASSERT_EQ(answer.status, 200);
    const std::string set(answer.header("set-cookie").value());
    for (const char* part : {"tsunagi_session=", "; HttpOnly", "; SameSite=Strict", "; Path=/", "; Secure"}) {
        EXPECT_NE(set.find(part), std::string::npos) << part;
    }
    cookie = set.substr(0, set.find(';'));
    EXPECT_EQ(call("GET", "/api/users", "").status, 200);
    EXPECT_EQ(call("DELETE", "/api/session", "").status, 403) << "no token";
    csrf = access().session(cookie.substr(cookie.find('=') + 1)).csrf_token;
    EXPECT_EQ(call("DELETE", "/api/users/" + admin_id_.str() + "/lock", "").status, 200);
    EXPECT_EQ(call("DELETE", "/api/session", "").status, 204);
    EXPECT_EQ(call("GET", "/api/session", "").status, 401);
}

}  // namespace
}  // namespace tsunagi::access
