// SPDX-License-Identifier: Apache-2.0
#include "modules/activities/activity_routes.hpp"

#include "http/download.hpp"

namespace tsunagi::activities {
namespace {

const access::Actor& actor(const auto& call) {
    return access::actor_of(call.request.principal);
}

core::ActivityId id(const auto& call) {
    return call.template id<core::ActivityId>();
}

}  // namespace

std::vector<http::Operation> routes(ActivityService& service) {
    const http::Permission read("consultations.read");
    const http::Permission write("consultations.write");
    return {
        http::list<ActivityFilter, ActivityPage>(
            "/api/activities", "listActivities", read,
            [&service](const auto& call) { return service.list(actor(call), call.query); }),
        http::list<ActivityExportQuery, http::Response>(
            "/api/activities/export", "exportActivities", http::Permission("export"),
            [&service](const auto& call) { return http::download(service.export_register(actor(call), call.query)); })
            .answers("application/octet-stream"),
        http::post<NewActivity, Activity>(
            "/api/activities", "createActivity", write,
            [&service](const auto& call) { return service.create(actor(call), call.body, call.idempotency_key()); })
            .created(),
        http::get<Activity>("/api/activities/{id}", "getActivity", read,
                            [&service](const auto& call) { return service.get(actor(call), id(call)); }),
        http::get<ActivityHistory>("/api/activities/{id}/history", "getActivityHistory", read,
                                   [&service](const auto& call) { return service.history(actor(call), id(call)); }),
        http::put<ActivityChange, Activity>(
            "/api/activities/{id}", "changeActivity", write,
            [&service](const auto& call) { return service.change(actor(call), id(call), call.if_match(), call.body); })
            .if_match(),
        http::put<Withdrawal, Activity>("/api/activities/{id}/withdrawal", "withdrawActivity", write,
                                        [&service](const auto& call) {
                                            return service.withdraw(actor(call), id(call), call.if_match(), call.body);
                                        })
            .if_match(),
        http::get<Timeline>("/api/consultations/{id}/activities", "getTimeline", read,
                            [&service](const auto& call) {
                                return service.timeline(actor(call), call.template id<core::ConsultationId>());
                            }),
    };
}

}  // namespace tsunagi::activities
