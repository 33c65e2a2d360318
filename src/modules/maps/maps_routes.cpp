// SPDX-License-Identifier: Apache-2.0
#include "modules/maps/maps_routes.hpp"

namespace tsunagi::maps {
namespace {

const access::Actor& actor(const auto& call) {
    return access::actor_of(call.request.principal);
}

}  // namespace

std::vector<http::Operation> routes(const MapsService& service) {
    const auto read = http::Permission::signed_in();
    const http::Permission manage("places.manage");
    return {
        http::list<MapRegionFilter, MapRegions>("/api/maps/regions", "listMapRegions", read,
                                                [&service](const auto& call) { return service.regions(call.query); }),
        http::list<MapLabelFilter, MapLabels>("/api/maps/labels", "listMapLabels", read,
                                              [&service](const auto& call) { return service.labels(call.query); }),
        http::get<MapImportList>("/api/maps/imports", "listMapImports", manage,
                                 [&service](const auto& call) { return service.list(actor(call)); }),
        http::post<NewMapImport, MapDifference>(
            "/api/maps/imports", "createMapImport", manage,
            [&service](const auto& call) { return service.create(actor(call), call.body); }),
        http::operation<http::Nothing, http::Nothing, http::Nothing>(
            "DELETE", "/api/maps/imports/{id}", "deleteMapImport", manage,
            [&service](const auto& call) { service.remove(actor(call), call.template id<MapImportId>()); }),
    };
}

}  // namespace tsunagi::maps
