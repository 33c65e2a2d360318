// SPDX-License-Identifier: Apache-2.0
#include "modules/resources/match_routes.hpp"

namespace tsunagi::resources {
namespace {

const access::Actor& actor(const auto& call) {
    return access::actor_of(call.request.principal);
}

}  // namespace

std::vector<http::Operation> match_routes(const MatchService& service) {
    const http::Permission read("resources.read");
    const http::Permission import("resources.import");
    return {
        http::list<MatchFilter, MatchPage>(
            "/api/place-matches", "listPlaceMatches", import,
            [&service](const auto& call) { return service.list(actor(call), call.query); }),
        http::post<MatchSearch, MatchSearchResult>(
            "/api/place-matches/search", "searchPlaceMatches", import,
            [&service](const auto& call) { return service.look(actor(call), call.body); }),
        http::put<MatchDecision, PlaceMatch>("/api/place-matches/{id}/state", "decidePlaceMatch", import,
                                             [&service](const auto& call) {
                                                 return service.decide(actor(call), call.template id<PlaceMatchId>(),
                                                                       call.if_match(), call.body);
                                             })
            .if_match(),
        http::list<CorporationFilter, CorporationList>(
            "/api/corporations", "listCorporations", read,
            [&service](const auto& call) { return service.corporations(actor(call), call.query); }),
        http::get<Corporation>(
            "/api/corporations/{number}", "getCorporation", read,
            [&service](const auto& call) { return service.corporation(actor(call), call.parameter("number")); }),
    };
}

}  // namespace tsunagi::resources
