// SPDX-License-Identifier: Apache-2.0
#include "modules/issues/issue_routes.hpp"

namespace tsunagi::issues {
namespace {

const access::Actor& actor(const auto& call) {
    return access::actor_of(call.request.principal);
}

core::IssueId id(const auto& call) {
    return call.template id<core::IssueId>();
}

core::ConsultationId consultation(const auto& call) {
    return call.template id<core::ConsultationId>("consultation");
}

}  // namespace

std::vector<http::Operation> routes(IssueService& service) {
    const http::Permission read("issues.read");
    const http::Permission write("issues.write");
    return {
        http::list<IssueFilter, IssuePage>(
            "/api/issues", "listIssues", read,
            [&service](const auto& call) { return service.list(actor(call), call.query); }),
        http::post<NewIssue, Issue>(
            "/api/issues", "createIssue", write,
            [&service](const auto& call) { return service.create(actor(call), call.body, call.idempotency_key()); })
            .created(),
        http::get<Issue>("/api/issues/{id}", "getIssue", read,
                         [&service](const auto& call) { return service.get(actor(call), id(call)); }),
        http::put<IssueText, Issue>(
            "/api/issues/{id}", "changeIssue", write,
            [&service](const auto& call) { return service.change(actor(call), id(call), call.if_match(), call.body); })
            .if_match(),
        http::put<IssueStateChange, Issue>("/api/issues/{id}/state", "changeIssueState", write,
                                           [&service](const auto& call) {
                                               return service.change_state(actor(call), id(call), call.if_match(),
                                                                           call.body);
                                           })
            .if_match(),
        http::put<NewEvidence, Issue>("/api/issues/{id}/evidence/{consultation}", "putIssueEvidence", write,
                                      [&service](const auto& call) {
                                          if (call.body.consultation_id != consultation(call)) {
                                              throw core::invalid({{"/consultation_id", "not_allowed", ""}});
                                          }
                                          return service.put_evidence(actor(call), id(call), call.body);
                                      }),
        http::remove<Issue>("/api/issues/{id}/evidence/{consultation}", "removeIssueEvidence", write,
                            [&service](const auto& call) {
                                return service.remove_evidence(actor(call), id(call), consultation(call));
                            }),
        http::get<IssueHistory>("/api/issues/{id}/history", "getIssueHistory", read,
                                [&service](const auto& call) { return service.history(actor(call), id(call)); }),
        http::post<NewIssueNote, IssueHistory>("/api/issues/{id}/notes", "addIssueNote", write,
                                               [&service](const auto& call) {
                                                   return service.add_note(actor(call), id(call), call.body,
                                                                           call.idempotency_key());
                                               })
            .once(),
    };
}

}  // namespace tsunagi::issues
