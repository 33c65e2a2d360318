// SPDX-License-Identifier: Apache-2.0
#include "modules/consultations/consultation_routes.hpp"

namespace tsunagi::consultations {
namespace {

using core::ConsultationId;
using http::Permission;

struct CallerQuery {
    record::Text<100> words;
};
BOOST_DESCRIBE_STRUCT(CallerQuery, (), (words))

const access::Actor& actor_of(const auto& call) {
    return access::actor_of(call.request.principal);
}

std::vector<http::Operation> reading(ConsultationService& service) {
    return {
        http::list<ConsultationFilter, ConsultationPage>(
            "/api/consultations", "listConsultations", Permission("consultations.read"),
            [&service](const auto& call) { return service.list(actor_of(call), call.query); }),
        http::list<ConsultationFilter, CasePage>(
            "/api/consultations/cases", "listCases", Permission("consultations.read"),
            [&service](const auto& call) { return service.cases(actor_of(call), call.query); }),
        http::list<ConferenceFilter, Conference>(
            "/api/consultations/conference", "getConference", Permission("consultations.read"),
            [&service](const auto& call) { return service.conference(actor_of(call), call.query); }),
        http::list<CallerQuery, Callers>(
            "/api/consultations/callers", "findCallers", Permission("consultations.write"),
            [&service](const auto& call) { return service.callers(actor_of(call), call.query.words); }),
        http::get<BegunSheets>("/api/consultations/begun", "listBegunSheets", Permission("consultations.write"),
                               [&service](const auto& call) { return service.begun(actor_of(call)); }),
        http::get<Consultation>(
            "/api/consultations/{id}", "getConsultation", Permission("consultations.read"),
            [&service](const auto& call) { return service.get(actor_of(call), call.template id<ConsultationId>()); }),
        http::get<ConsultationHistory>("/api/consultations/{id}/history", "getConsultationHistory",
                                       Permission("consultations.read"),
                                       [&service](const auto& call) {
                                           return service.history(actor_of(call), call.template id<ConsultationId>());
                                       }),
        http::post<PersonReading, Person>(
            "/api/consultations/{id}/person-readings", "readPerson", Permission("persons.read"),
            [&service](const auto& call) {
                return service.read_person(actor_of(call), call.template id<ConsultationId>(), call.body);
            }),
    };
}

std::vector<http::Operation> writing(ConsultationService& service) {
    const Permission write("consultations.write");
    return {
        http::post<NewConsultation, Consultation>(
            "/api/consultations", "createConsultation", write,
            [&service](const auto& call) { return service.create(actor_of(call), call.body, call.idempotency_key()); })
            .created(),
        http::put<ConsultationSheet, Consultation>(
            "/api/consultations/{id}", "replaceConsultation", write,
            [&service](const auto& call) {
                return service.replace(actor_of(call), call.template id<ConsultationId>(), call.if_match(), call.body);
            })
            .if_match(),
        http::remove<http::Nothing>("/api/consultations/{id}", "deleteConsultation", write,
                                    [&service](const auto& call) {
                                        std::optional<std::int64_t> version;
                                        if (call.request.header("if-match"))
                                            version = call.if_match();
                                        service.remove(actor_of(call), call.template id<ConsultationId>(), version);
                                    }),
        http::put<StateChange, Consultation>("/api/consultations/{id}/state", "changeConsultationState", write,
                                             [&service](const auto& call) {
                                                 return service.change_state(actor_of(call),
                                                                             call.template id<ConsultationId>(),
                                                                             call.if_match(), call.body);
                                             })
            .if_match(),
        http::post<Correction, Consultation>(
            "/api/consultations/{id}/corrections", "correctConsultation", write,
            [&service](const auto& call) {
                return service.correct(actor_of(call), call.template id<ConsultationId>(), call.if_match(), call.body);
            })
            .if_match(),
        http::put<Person, Consultation>("/api/consultations/{id}/person", "putPerson", write,
                                        [&service](const auto& call) {
                                            return service.put_person(actor_of(call),
                                                                      call.template id<ConsultationId>(),
                                                                      call.if_match(), call.body);
                                        })
            .if_match(),
        http::put<Sharing, Consultation>("/api/consultations/{id}/sharing", "shareConsultation", write,
                                         [&service](const auto& call) {
                                             return service.share(actor_of(call), call.template id<ConsultationId>(),
                                                                  call.if_match(), call.body);
                                         })
            .if_match(),
    };
}

/// A mistaken finalisation is undone by two people.
std::vector<http::Operation> undoing(ConsultationService& service) {
    const Permission write("consultations.write");
    return {
        http::get<Finalisation>("/api/consultations/{id}/finalisation", "getFinalisation", write,
                                [&service](const auto& call) {
                                    return service.finalisation(actor_of(call), call.template id<ConsultationId>());
                                }),
        http::post<UndoRequest, Finalisation>(
            "/api/consultations/{id}/finalisation/undo", "askToUndoFinalisation", write,
            [&service](const auto& call) {
                return service.ask_to_undo(actor_of(call), call.template id<ConsultationId>(), call.if_match(),
                                           call.body);
            })
            .if_match(),
        http::put<UndoAnswer, Consultation>(
            "/api/consultations/{id}/finalisation/undo", "answerUndoOfFinalisation", write,
            [&service](const auto& call) {
                return service.answer_undo(actor_of(call), call.template id<ConsultationId>(), call.if_match(),
                                           call.body);
            })
            .if_match(),
    };
}

std::vector<http::Operation> following_up(FollowUpService& service) {
    const Permission write("consultations.write");
    return {
        http::list<OpenFollowUpFilter, OpenFollowUpPage>(
            "/api/follow-ups", "listOpenFollowUps", Permission("consultations.read"),
            [&service](const auto& call) { return service.open(actor_of(call), call.query); }),
        http::get<FollowUps>(
            "/api/consultations/{id}/follow-ups", "listFollowUps", Permission("consultations.read"),
            [&service](const auto& call) { return service.list(actor_of(call), call.template id<ConsultationId>()); }),
        http::post<FollowUpText, FollowUps>("/api/consultations/{id}/follow-ups", "addFollowUp", write,
                                            [&service](const auto& call) {
                                                return service.add(actor_of(call), call.template id<ConsultationId>(),
                                                                   call.body, call.idempotency_key());
                                            })
            .once(),
        http::put<FollowUpText, FollowUps>(
            "/api/follow-ups/{id}", "changeFollowUp", write,
            [&service](const auto& call) {
                return service.change(actor_of(call), call.template id<core::FollowUpId>(), call.if_match(), call.body);
            })
            .if_match(),
        http::put<FollowUpDone, FollowUps>(
            "/api/follow-ups/{id}/done", "settleFollowUp", write,
            [&service](const auto& call) {
                return service.settle(actor_of(call), call.template id<core::FollowUpId>(), call.if_match(), call.body);
            })
            .if_match(),
    };
}

}  // namespace

std::vector<http::Operation> routes(ConsultationService& service, FollowUpService& follow_ups) {
    auto operations = reading(service);
    for (auto& operation : writing(service))
        operations.push_back(std::move(operation));
    for (auto& operation : undoing(service))
        operations.push_back(std::move(operation));
    for (auto& operation : following_up(follow_ups))
        operations.push_back(std::move(operation));
    return operations;
}

}  // namespace tsunagi::consultations
