// SPDX-License-Identifier: Apache-2.0
#include "modules/meetings/meeting_routes.hpp"

namespace tsunagi::meetings {
namespace {

const access::Actor& actor(const auto& call) {
    return access::actor_of(call.request.principal);
}

core::BodyId body_id(const auto& call) {
    return call.template id<core::BodyId>();
}

core::MeetingId meeting_id(const auto& call) {
    return call.template id<core::MeetingId>();
}

}  // namespace

std::vector<http::Operation> routes(MeetingService& service) {
    const http::Permission read("meetings.read");
    const http::Permission write("meetings.write");
    return {
        http::get<Bodies>("/api/bodies", "listBodies", read,
                          [&service](const auto& call) { return service.bodies(actor(call)); }),
        http::post<NewBody, Body>("/api/bodies", "createBody", write,
                                  [&service](const auto& call) {
                                      return service.create_body(actor(call), call.body, call.idempotency_key());
                                  })
            .created(),
        http::get<Body>("/api/bodies/{id}", "getBody", read,
                        [&service](const auto& call) { return service.body(actor(call), body_id(call)); }),
        http::get<BodyHistory>(
            "/api/bodies/{id}/history", "getBodyHistory", read,
            [&service](const auto& call) { return service.body_history(actor(call), body_id(call)); }),
        http::put<NewBody, Body>("/api/bodies/{id}", "changeBody", write,
                                 [&service](const auto& call) {
                                     return service.change_body(actor(call), body_id(call), call.if_match(), call.body);
                                 })
            .if_match(),
        http::list<MeetingFilter, MeetingPage>(
            "/api/meetings", "listMeetings", read,
            [&service](const auto& call) { return service.list(actor(call), call.query); }),
        http::post<MeetingText, Meeting>(
            "/api/meetings", "createMeeting", write,
            [&service](const auto& call) { return service.create(actor(call), call.body, call.idempotency_key()); })
            .created(),
        http::get<Meeting>("/api/meetings/{id}", "getMeeting", read,
                           [&service](const auto& call) { return service.get(actor(call), meeting_id(call)); }),
        http::get<MeetingHistory>(
            "/api/meetings/{id}/history", "getMeetingHistory", read,
            [&service](const auto& call) { return service.history(actor(call), meeting_id(call)); }),
        http::put<MeetingText, Meeting>("/api/meetings/{id}", "changeMeeting", write,
                                        [&service](const auto& call) {
                                            return service.change(actor(call), meeting_id(call), call.if_match(),
                                                                  call.body);
                                        })
            .if_match(),
        http::post<NewAgendaItem, Meeting>("/api/meetings/{id}/agenda", "addAgendaItem", write,
                                           [&service](const auto& call) {
                                               return service.add_agenda_item(actor(call), meeting_id(call), call.body,
                                                                              call.idempotency_key());
                                           })
            .once(),
        http::put<TaskChange, Meeting>("/api/meetings/{id}/tasks/{task}", "changeTask", write,
                                       [&service](const auto& call) {
                                           return service.change_task(actor(call), meeting_id(call),
                                                                      call.template id<core::TaskId>("task"),
                                                                      call.if_match(), call.body);
                                       })
            .if_match(),
    };
}

}  // namespace tsunagi::meetings
