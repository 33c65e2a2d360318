// SPDX-License-Identifier: Apache-2.0
#include "modules/resources/own_place_routes.hpp"

namespace tsunagi::resources {
namespace {

const access::Actor& actor(const auto& call) {
    return access::actor_of(call.request.principal);
}

PlaceId id(const auto& call) {
    return call.template id<PlaceId>();
}

}  // namespace

std::vector<http::Operation> own_place_routes(const OwnPlaceService& service) {
    const http::Permission read("resources.read");
    const http::Permission write("resources.write");
    return {
        http::list<OwnPlaceFilter, OwnPlacePage>(
            "/api/own-places", "listOwnPlaces", read,
            [&service](const auto& call) { return service.list(actor(call), call.query); }),
        http::post<NewOwnPlace, OwnPlace>(
            "/api/own-places", "createOwnPlace", write,
            [&service](const auto& call) { return service.create(actor(call), call.body, call.idempotency_key()); })
            .created(),
        http::get<OwnPlace>("/api/own-places/{id}", "getOwnPlace", read,
                            [&service](const auto& call) { return service.get(actor(call), id(call)); }),
        http::put<OwnPlaceText, OwnPlace>(
            "/api/own-places/{id}", "changeOwnPlace", write,
            [&service](const auto& call) { return service.change(actor(call), id(call), call.if_match(), call.body); })
            .if_match(),
        http::put<OwnPlaceStateChange, OwnPlace>("/api/own-places/{id}/state", "setOwnPlaceState", write,
                                                 [&service](const auto& call) {
                                                     return service.set_state(actor(call), id(call), call.if_match(),
                                                                              call.body);
                                                 })
            .if_match(),
        http::get<OwnPlaceHistory>("/api/own-places/{id}/history", "getOwnPlaceHistory", read,
                                   [&service](const auto& call) { return service.history(actor(call), id(call)); }),
    };
}

}  // namespace tsunagi::resources
