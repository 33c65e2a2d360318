// SPDX-License-Identifier: Apache-2.0
#include "modules/resources/resource_routes.hpp"

#include "http/download.hpp"

namespace tsunagi::resources {
namespace {

const access::Actor& actor(const auto& call) {
    return access::actor_of(call.request.principal);
}

PlaceId id(const auto& call) {
    return call.template id<PlaceId>();
}

OfficialImportId import_id(const auto& call) {
    return call.template id<OfficialImportId>();
}

}  // namespace

std::vector<http::Operation> routes(ResourceService& service) {
    const http::Permission read("resources.read");
    const http::Permission write("resources.write");
    const http::Permission import("resources.import");
    const OfficialService& official = service.official();
    OfficialJobService& jobs = service.jobs();
    return {
        http::list<PlaceFilter, PlacePage>(
            "/api/places", "listPlaces", read,
            [&service](const auto& call) { return service.places(actor(call), call.query); }),
        http::list<PlaceFilter, ServicePage>(
            "/api/services", "listServices", read,
            [&service](const auto& call) { return service.services(actor(call), call.query); }),
        http::list<PointFilter, MapPoints>(
            "/api/map-points", "listMapPoints", read,
            [&service](const auto& call) { return service.points(actor(call), call.query); }),
        http::list<PlaceExportQuery, http::Response>(
            "/api/places/export", "exportPlaces", http::Permission("export"),
            [&service](const auto& call) { return http::download(service.export_places(actor(call), call.query)); })
            .answers("application/octet-stream"),
        http::list<LocalQuery, Place>(
            "/api/places/{id}", "getPlace", read,
            [&service](const auto& call) { return service.get(actor(call), id(call), call.query); }),
        http::operation<LocalText, LocalQuery, Place>("PUT", "/api/places/{id}/local", "changePlaceLocal", write,
                                                      [&service](const auto& call) {
                                                          return service.change_local(actor(call), id(call), call.query,
                                                                                      call.if_match(), call.body);
                                                      })
            .if_match(),
        http::list<LocalQuery, LocalHistory>(
            "/api/places/{id}/history", "getPlaceHistory", read,
            [&service](const auto& call) { return service.history(actor(call), id(call), call.query); }),
        http::get<OfficialImportList>("/api/official-imports", "listOfficialImports", import,
                                      [&jobs](const auto& call) { return jobs.list(actor(call)); }),
        http::post<NewOfficialImport, OfficialImport>(
            "/api/official-imports", "createOfficialImport", import,
            [&jobs](const auto& call) { return jobs.create(actor(call), call.body, call.idempotency_key()); })
            .created(),
        http::get<OfficialMappings>("/api/official-mappings", "listOfficialMappings", read,
                                    [&official](const auto& call) { return official.mappings(actor(call)); }),
        http::post<NewOfficialMapping, OfficialMapping>("/api/official-mappings", "createOfficialMapping", import,
                                                        [&official](const auto& call) {
                                                            return official.add_mapping(actor(call), call.body,
                                                                                        call.idempotency_key());
                                                        })
            .created(),
        http::remove<http::Nothing>("/api/official-mappings/{id}", "deleteOfficialMapping", import,
                                    [&official](const auto& call) {
                                        official.remove_mapping(actor(call), call.template id<OfficialMappingId>());
                                    }),
        http::get<OfficialImport>("/api/official-imports/{id}", "getOfficialImport", import,
                                  [&jobs](const auto& call) { return jobs.get(actor(call), import_id(call)); }),
        http::list<NumberedQuery, OfficialChanges>(
            "/api/official-imports/{id}/changes", "listOfficialChanges", import,
            [&official](const auto& call) { return official.changes(actor(call), import_id(call), call.query); }),
        http::list<OfficialFaultsQuery, OfficialFaults>(
            "/api/official-imports/{id}/faults", "listOfficialFaults", import,
            [&official](const auto& call) { return official.faults(actor(call), import_id(call), call.query); }),
        http::post<http::Nothing, OfficialImport>("/api/official-imports/{id}/apply", "applyOfficialImport", import,
                                                  [&jobs](const auto& call) {
                                                      return jobs.order(actor(call), import_id(call), call.if_match(),
                                                                        OfficialJob::Kind::apply);
                                                  })
            .if_match(),
        http::post<http::Nothing, OfficialImport>("/api/official-imports/{id}/undo", "undoOfficialImport", import,
                                                  [&jobs](const auto& call) {
                                                      return jobs.order(actor(call), import_id(call), call.if_match(),
                                                                        OfficialJob::Kind::undo);
                                                  })
            .if_match(),
        http::post<http::Nothing, OfficialImport>(
            "/api/official-imports/{id}/cancel", "cancelOfficialImport", import,
            [&jobs](const auto& call) { return jobs.cancel(actor(call), import_id(call)); }),
        http::operation<http::Nothing, http::Nothing, http::Nothing>(
            "DELETE", "/api/official-imports/{id}", "deleteOfficialImport", import,
            [&official](const auto& call) { official.remove(actor(call), import_id(call), call.if_match()); })
            .if_match(),
    };
}

}  // namespace tsunagi::resources
