// SPDX-License-Identifier: Apache-2.0
#include "modules/phrases/phrase_routes.hpp"

namespace tsunagi::phrases {
namespace {

const access::Actor& actor(const auto& call) {
    return access::actor_of(call.request.principal);
}

PhraseId id(const auto& call) {
    return call.template id<PhraseId>();
}

}  // namespace

std::vector<http::Operation> routes(PhraseService& service) {
    const http::Permission write("consultations.write");
    return {
        http::list<PhraseFilter, PhraseList>(
            "/api/phrases", "listPhrases", write,
            [&service](const auto& call) { return service.list(actor(call), call.query); }),
        http::post<NewPhrase, Phrase>(
            "/api/phrases", "createPhrase", write,
            [&service](const auto& call) { return service.create(actor(call), call.body, call.idempotency_key()); })
            .created(),
        http::put<PhraseText, Phrase>(
            "/api/phrases/{id}", "changePhrase", write,
            [&service](const auto& call) { return service.change(actor(call), id(call), call.if_match(), call.body); })
            .if_match(),
        http::remove<http::Nothing>("/api/phrases/{id}", "deletePhrase", write,
                                    [&service](const auto& call) {
                                        std::optional<std::int64_t> version;
                                        if (call.request.header("if-match"))
                                            version = call.if_match();
                                        service.remove(actor(call), id(call), version);
                                    }),
    };
}

}  // namespace tsunagi::phrases
