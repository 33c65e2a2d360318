// SPDX-License-Identifier: Apache-2.0
#include "modules/regions/region_routes.hpp"

namespace tsunagi::regions {

std::vector<http::Operation> routes(RegionService& service) {
    using access::actor_of;
    const auto read = http::Permission::signed_in();
    const http::Permission manage("places.manage");
    const auto create = [&service](const auto& call) {
        return service.create(actor_of(call.request.principal), call.body, call.idempotency_key());
    };
    return {
        http::get<RegionList>("/api/regions", "listRegions", read,
                              [&service](const auto&) { return service.regions(); }),
        http::post<NewRegion, Region>("/api/regions", "createRegion", manage, create).created(),
        http::put<NewRegion, Region>("/api/regions/{id}", "changeRegion", manage,
                                     [&service](const auto& call) {
                                         return service.change(actor_of(call.request.principal),
                                                               call.template id<core::RegionId>(), call.body);
                                     }),
        http::get<OrganizationList>("/api/organizations", "listOrganizations", read,
                                    [&service](const auto&) { return service.organizations(); }),
        http::post<NewOrganization, Organization>("/api/organizations", "createOrganization", manage, create).created(),
        http::put<NewOrganization, Organization>("/api/organizations/{id}", "changeOrganization", manage,
                                                 [&service](const auto& call) {
                                                     return service.change(actor_of(call.request.principal),
                                                                           call.template id<core::OrganizationId>(),
                                                                           call.body);
                                                 }),
        http::get<DeskList>("/api/desks", "listDesks", read, [&service](const auto&) { return service.desks(); }),
        http::post<NewDesk, Desk>("/api/desks", "createDesk", manage, create).created(),
        http::put<NewDesk, Desk>("/api/desks/{id}", "changeDesk", manage,
                                 [&service](const auto& call) {
                                     return service.change(actor_of(call.request.principal),
                                                           call.template id<core::DeskId>(), call.body);
                                 }),
    };
}

}  // namespace tsunagi::regions
