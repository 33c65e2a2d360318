// SPDX-License-Identifier: Apache-2.0
#include "modules/suggestions/suggestion_routes.hpp"

namespace tsunagi::suggestions {

std::vector<http::Operation> routes(SuggestionService& service) {
    return {
        // A reading, but the texts are no words for an address: addresses are written into logs.
        http::post<TypedTexts, Suggestions>("/api/suggestions", "suggestCodes", http::Permission("consultations.write"),
                                            [&service](const auto& call) {
                                                return service.suggest(access::actor_of(call.request.principal),
                                                                       call.body);
                                            }),
    };
}

}  // namespace tsunagi::suggestions
