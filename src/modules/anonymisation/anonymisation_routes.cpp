// SPDX-License-Identifier: Apache-2.0
#include "modules/anonymisation/anonymisation_routes.hpp"

namespace tsunagi::anonymisation {
namespace {

const access::Actor& actor(const auto& call) {
    return access::actor_of(call.request.principal);
}

core::ConsultationId id(const auto& call) {
    return call.template id<core::ConsultationId>();
}

}  // namespace

std::vector<http::Operation> routes(AnonymisationService& service) {
    const http::Permission read("consultations.read");
    const http::Permission write("consultations.write");
    return {
        http::get<Identifiers>("/api/consultations/{id}/identifiers", "findIdentifiers", write,
                               [&service](const auto& call) { return service.identifiers(actor(call), id(call)); }),
        http::get<Anonymised>("/api/consultations/{id}/anonymised", "getAnonymised", read,
                              [&service](const auto& call) { return service.get(actor(call), id(call)); }),
        http::put<AnonymisedChange, Anonymised>(
            "/api/consultations/{id}/anonymised", "confirmAnonymised", write,
            [&service](const auto& call) { return service.confirm(actor(call), id(call), call.if_match(), call.body); })
            .if_match(),
    };
}

}  // namespace tsunagi::anonymisation
