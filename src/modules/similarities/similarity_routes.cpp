// SPDX-License-Identifier: Apache-2.0
#include "modules/similarities/similarity_routes.hpp"

namespace tsunagi::similarities {

std::vector<http::Operation> routes(SimilarityService& service) {
    return {
        http::get<SimilarCases>("/api/consultations/{id}/similar", "listSimilarCases",
                                http::Permission("consultations.read"),
                                [&service](const auto& call) {
                                    return service.similar_to(access::actor_of(call.request.principal),
                                                              call.template id<core::ConsultationId>());
                                }),
        // A reading with a whole sheet as the question.
        http::post<TypedSheet, SimilarCases>(
            "/api/consultations/similar", "findSimilarCases", http::Permission("consultations.write"),
            [&service](const auto& call) {
                return service.similar_to(access::actor_of(call.request.principal), call.body);
            }),
    };
}

}  // namespace tsunagi::similarities
