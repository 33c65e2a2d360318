// SPDX-License-Identifier: Apache-2.0
#include "modules/localities/locality_routes.hpp"

namespace tsunagi::localities {
namespace {

const access::Actor& actor(const auto& call) {
    return access::actor_of(call.request.principal);
}

}  // namespace

std::vector<http::Operation> routes(const LocalityService& service) {
    const http::Permission manage("packs.manage");
    return {
        http::get<LocalityLists>("/api/localities", "listLocalities", manage,
                                 [&service](const auto& call) { return service.list(actor(call)); }),
        http::post<NewLocalityImport, LocalityDifference>(
            "/api/localities/imports", "importLocalities", manage,
            [&service](const auto& call) { return service.create(actor(call), call.body); }),
        http::operation<http::Nothing, http::Nothing, http::Nothing>(
            "DELETE", "/api/localities/loadings/{id}", "takeLocalitiesBack", manage,
            [&service](const auto& call) { service.take_back(actor(call), call.template id<LocalityLoadingId>()); }),
        http::list<PostalQuery, PostalTowns>(
            "/api/localities/towns", "listTowns", http::Permission::signed_in(),
            [&service](const auto& call) { return service.towns_of(call.query.code.str()); }),
    };
}

}  // namespace tsunagi::localities
