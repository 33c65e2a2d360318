// SPDX-License-Identifier: Apache-2.0
#include "modules/access/access_routes.hpp"

namespace tsunagi::access {
namespace {

using http::Permission;

constexpr const char* cookie_name = "tsunagi_session";

/// Not readable by scripts, not sent from other sites, and only over TLS where there is TLS.
std::string cookie(const http::Request& request, const std::string& token) {
    return std::string(cookie_name) + "=" + token + "; HttpOnly; SameSite=Strict; Path=/" +
           (request.secure ? "; Secure" : "") + (token.empty() ? "; Max-Age=0" : "");
}

http::Response with_session(const http::Request& request, const SignedIn& signed_in) {
    http::Response response = http::json_response(200, record::to_json(signed_in.view));
    response.set("set-cookie", cookie(request, signed_in.token));
    response.set("cache-control", "no-store");
    return response;
}

std::string token_of(const http::Request& request) {
    return request.cookie(cookie_name).value_or("");
}

/// Handlers that set the cookie answer a whole response; the document still says what its body is.
template <class Body>
http::Operation answering_session(const char* method, const char* pattern, const char* id, Permission permission,
                                  std::function<http::Response(const http::Call<Body, http::Nothing>&)> handler) {
    http::Operation result = http::operation<Body, http::Nothing, http::Response>(
        method, pattern, id, std::move(permission), std::move(handler));
    result.answer_schema = [](record::SchemaSet& schemas) { return schemas.of<SessionView>(); };
    return result;
}

http::Operation signing_out(AccessService& access) {
    http::Operation result = http::operation<http::Nothing, http::Nothing, http::Response>(
        "DELETE", "/api/session", "signOut", Permission::own_account(), [&access](const auto& call) {
            access.sign_out(actor_of(call.request.principal), token_of(call.request));
            http::Response response;
            response.status = 204;
            response.set("set-cookie", cookie(call.request, ""));
            return response;
        });
    result.success = 204;
    return result;
}

std::vector<http::Operation> own_account(AccessService& access) {
    return {
        answering_session<SignIn>("POST", "/api/session", "signIn", Permission::anyone(),
                                  [&access](const auto& call) {
                                      return with_session(call.request,
                                                          access.sign_in(call.body, call.request.cookie(cookie_name)));
                                  }),
        http::get<SessionView>("/api/session", "getSession", Permission::own_account(),
                               [&access](const auto& call) { return access.session(token_of(call.request)); }),
        signing_out(access),
        answering_session<PasswordChange>(
            "PUT", "/api/session/password", "changePassword", Permission::own_account(),
            [&access](const auto& call) {
                return with_session(call.request, access.change_password(actor_of(call.request.principal), call.body));
            }),
        http::operation<http::Nothing, http::Nothing, TotpSetup>(
            "POST", "/api/session/totp", "beginTotp", Permission::own_account(),
            [&access](const auto& call) { return access.begin_totp(actor_of(call.request.principal)); }),
        http::put<TotpConfirmation, RecoveryCodes>(
            "/api/session/totp", "confirmTotp", Permission::own_account(),
            [&access](const auto& call) { return access.confirm_totp(actor_of(call.request.principal), call.body); }),
        http::operation<TotpConfirmation, http::Nothing, http::Nothing>(
            "DELETE", "/api/session/totp", "endTotp", Permission::own_account(),
            [&access](const auto& call) { access.end_totp(actor_of(call.request.principal), call.body); }),
    };
}

std::vector<http::Operation> administration(UserService& users) {
    const Permission manage("users.manage");
    return {
        http::get<UserList>("/api/users", "listUsers", manage,
                            [&users](const auto& call) { return users.users(actor_of(call.request.principal)); }),
        http::post<NewUser, User>("/api/users", "createUser", manage,
                                  [&users](const auto& call) {
                                      return users.create(actor_of(call.request.principal), call.body,
                                                          call.idempotency_key());
                                  })
            .created(),
        http::get<User>("/api/users/{id}", "getUser", manage,
                        [&users](const auto& call) {
                            return users.user(actor_of(call.request.principal), call.template id<core::UserId>());
                        }),
        http::put<UserChange, User>("/api/users/{id}", "changeUser", manage,
                                    [&users](const auto& call) {
                                        return users.change(actor_of(call.request.principal),
                                                            call.template id<core::UserId>(), call.if_match(),
                                                            call.body);
                                    })
            .if_match(),
        http::put<PasswordReset, User>("/api/users/{id}/password", "resetPassword", manage,
                                       [&users](const auto& call) {
                                           return users.reset_password(actor_of(call.request.principal),
                                                                       call.template id<core::UserId>(), call.body);
                                       }),
        http::remove<User>("/api/users/{id}/lock", "unlockUser", manage,
                           [&users](const auto& call) {
                               return users.unlock(actor_of(call.request.principal), call.template id<core::UserId>());
                           }),
        http::remove<User>("/api/users/{id}/totp", "resetTotp", manage,
                           [&users](const auto& call) {
                               return users.reset_totp(actor_of(call.request.principal),
                                                       call.template id<core::UserId>());
                           }),
        http::post<NewAssignment, User>("/api/users/{id}/assignments", "assignUser", manage,
                                        [&users](const auto& call) {
                                            return users.assign(actor_of(call.request.principal),
                                                                call.template id<core::UserId>(), call.body);
                                        }),
        http::put<AssignmentEnd, User>("/api/users/{id}/assignments/{assignment}/end", "endAssignment", manage,
                                       [&users](const auto& call) {
                                           return users.end_assignment(
                                               actor_of(call.request.principal), call.template id<core::UserId>(),
                                               call.template id<core::AssignmentId>("assignment"), call.body);
                                       }),
        http::get<SignInRules>(
            "/api/sign-in-rules", "getSignInRules", manage,
            [&users](const auto& call) { return users.sign_in_rules(actor_of(call.request.principal)); }),
        http::put<SignInRules, SignInRules>("/api/sign-in-rules", "changeSignInRules", manage,
                                            [&users](const auto& call) {
                                                return users.change_sign_in_rules(actor_of(call.request.principal),
                                                                                  call.body);
                                            }),
        http::get<PersonNames>("/api/people", "listPeople", Permission::signed_in(),
                               [&users](const auto& call) { return users.people(actor_of(call.request.principal)); }),
    };
}

}  // namespace

std::vector<http::Operation> routes(AccessService& access, UserService& users) {
    auto result = own_account(access);
    for (http::Operation& operation : administration(users))
        result.push_back(std::move(operation));
    return result;
}

http::Router::Authenticate authenticator(const AccessService& access) {
    return [&access](const http::Request& request) { return access.authenticate(request.cookie(cookie_name)); };
}

}  // namespace tsunagi::access
