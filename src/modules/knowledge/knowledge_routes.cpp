// SPDX-License-Identifier: Apache-2.0
#include "modules/knowledge/knowledge_routes.hpp"

namespace tsunagi::knowledge {
namespace {

const access::Actor& actor(const auto& call) {
    return access::actor_of(call.request.principal);
}

const std::string& id(const auto& call) {
    return call.parameter("id");
}

}  // namespace

std::vector<http::Operation> routes(KnowledgeService& service) {
    const auto read = http::Permission::signed_in();
    const http::Permission write("terms.write");
    return {
        http::list<TermFilter, TermList>(
            "/api/terms", "listTerms", read,
            [&service](const auto& call) { return service.list(actor(call), call.query); }),
        http::post<TermText, Term>(
            "/api/terms", "createTerm", write,
            [&service](const auto& call) { return service.create(actor(call), call.body, call.idempotency_key()); })
            .created(),
        http::get<Term>("/api/terms/{id}", "getTerm", read,
                        [&service](const auto& call) { return service.term(actor(call), id(call)); }),
        http::get<TermVersions>("/api/terms/{id}/versions", "listTermVersions", read,
                                [&service](const auto& call) { return service.versions(actor(call), id(call)); }),
        http::put<TermText, Term>(
            "/api/terms/{id}", "changeTerm", write,
            [&service](const auto& call) { return service.change(actor(call), id(call), call.if_match(), call.body); })
            .if_match(),
        http::put<TermHiding, Term>("/api/terms/{id}/hidden", "hideTerm", write,
                                    [&service](const auto& call) {
                                        return service.hide(actor(call), id(call), call.if_match(), call.body.hidden);
                                    })
            .if_match(),
        http::remove<http::Nothing>(
            "/api/terms/{id}", "removeTerm", write,
            [&service](const auto& call) { service.remove(actor(call), id(call), call.if_match()); })
            .if_match(),
        http::get<Learning>("/api/learning", "getLearning", read,
                            [&service](const auto& call) { return service.learning(actor(call)); }),
        http::put<http::Nothing, Learning>(
            "/api/learning/{item}/done", "setLearned", read,
            [&service](const auto& call) { return service.set_done(actor(call), call.parameter("item"), true); }),
        http::remove<Learning>(
            "/api/learning/{item}/done", "setNotLearned", read,
            [&service](const auto& call) { return service.set_done(actor(call), call.parameter("item"), false); }),
    };
}

}  // namespace tsunagi::knowledge
