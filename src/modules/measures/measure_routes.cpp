// SPDX-License-Identifier: Apache-2.0
#include "modules/measures/measure_routes.hpp"

namespace tsunagi::measures {
namespace {

const access::Actor& actor(const auto& call) {
    return access::actor_of(call.request.principal);
}

core::MeasureId id(const auto& call) {
    return call.template id<core::MeasureId>();
}

}  // namespace

std::vector<http::Operation> routes(MeasureService& service) {
    const http::Permission read("measures.read");
    const http::Permission write("measures.write");
    return {
        http::list<MeasureFilter, MeasurePage>(
            "/api/measures", "listMeasures", read,
            [&service](const auto& call) { return service.list(actor(call), call.query); }),
        http::post<NewMeasure, Measure>(
            "/api/measures", "createMeasure", write,
            [&service](const auto& call) { return service.create(actor(call), call.body, call.idempotency_key()); })
            .created(),
        http::get<Measure>("/api/measures/{id}", "getMeasure", read,
                           [&service](const auto& call) { return service.get(actor(call), id(call)); }),
        http::get<MeasureHistory>("/api/measures/{id}/history", "getMeasureHistory", read,
                                  [&service](const auto& call) { return service.history(actor(call), id(call)); }),
        http::put<MeasureText, Measure>(
            "/api/measures/{id}", "changeMeasure", write,
            [&service](const auto& call) { return service.change(actor(call), id(call), call.if_match(), call.body); })
            .if_match(),
        http::put<MeasureStateChange, Measure>("/api/measures/{id}/state", "changeMeasureState", write,
                                               [&service](const auto& call) {
                                                   return service.change_state(actor(call), id(call), call.if_match(),
                                                                               call.body);
                                               })
            .if_match(),
        http::post<NewProgress, Measure>("/api/measures/{id}/progress", "addMeasureProgress", write,
                                         [&service](const auto& call) {
                                             return service.add_progress(actor(call), id(call), call.body,
                                                                         call.idempotency_key());
                                         })
            .once(),
    };
}

}  // namespace tsunagi::measures
