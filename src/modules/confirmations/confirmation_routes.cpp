// SPDX-License-Identifier: Apache-2.0
#include "modules/confirmations/confirmation_routes.hpp"

#include <iterator>

#include "http/download.hpp"

namespace tsunagi::confirmations {
namespace {

const access::Actor& actor(const auto& call) {
    return access::actor_of(call.request.principal);
}

ConfirmationId id(const auto& call) {
    return call.template id<ConfirmationId>();
}

resources::PlaceId place(const auto& call) {
    return call.template id<resources::PlaceId>();
}

RoundId round(const auto& call) {
    return call.template id<RoundId>();
}

std::vector<http::Operation> request_routes(const ConfirmationService& service) {
    const http::Permission read("resources.read");
    const http::Permission write("resources.write");
    return {
        http::list<ConfirmationFilter, ConfirmationPage>(
            "/api/confirmations", "listConfirmations", read,
            [&service](const auto& call) { return service.list(actor(call), call.query); }),
        http::list<DueFilter, DuePage>("/api/confirmations/due", "listDuePlaces", read,
                                       [&service](const auto& call) { return service.due(actor(call), call.query); }),
        http::list<ConfirmationExportQuery, http::Response>(
            "/api/confirmations/export", "exportConfirmations", http::Permission("export"),
            [&service](const auto& call) { return http::download(service.export_list(actor(call), call.query)); })
            .answers("application/octet-stream"),
        http::operation<NewConfirmations, resources::LocalQuery, Confirmations>(
            "POST", "/api/confirmations", "createConfirmations", write,
            [&service](const auto& call) {
                return service.create(actor(call), call.query, call.body, call.idempotency_key());
            })
            .once(),
        http::get<Confirmation>("/api/confirmations/{id}", "getConfirmation", read,
                                [&service](const auto& call) { return service.get(actor(call), id(call)); }),
        http::get<ConfirmationHistory>("/api/confirmations/{id}/history", "getConfirmationHistory", read,
                                       [&service](const auto& call) { return service.history(actor(call), id(call)); }),
        http::put<ConfirmationAnswer, Confirmation>(
            "/api/confirmations/{id}/answer", "noteConfirmationAnswer", write,
            [&service](const auto& call) { return service.answer(actor(call), id(call), call.if_match(), call.body); })
            .if_match(),
        http::put<ConfirmationDecision, Confirmation>(
            "/api/confirmations/{id}/decision", "decideConfirmation", write,
            [&service](const auto& call) { return service.decide(actor(call), id(call), call.if_match(), call.body); })
            .if_match(),
        http::put<ReminderNote, Confirmation>(
            "/api/confirmations/{id}/reminder", "remindConfirmation", write,
            [&service](const auto& call) { return service.remind(actor(call), id(call), call.if_match(), call.body); })
            .if_match(),
        http::put<ConfirmationWithdrawal, Confirmation>(
            "/api/confirmations/{id}/withdrawal", "withdrawConfirmation", write,
            [&service](const auto& call) {
                return service.withdraw(actor(call), id(call), call.if_match(), call.body);
            })
            .if_match(),
        http::post<http::Nothing, answer_pages::IssuedAnswerPage>(
            "/api/confirmations/{id}/page", "issueConfirmationPage", write,
            [&service](const auto& call) { return service.issue_page(actor(call), id(call)); }),
    };
}

std::vector<http::Operation> place_routes(const ConfirmationService& service) {
    const http::Permission write("resources.write");
    return {
        http::operation<http::Nothing, resources::LocalQuery, PlaceChecked>(
            "POST", "/api/places/{id}/confirmation", "confirmPlace", write,
            [&service](const auto& call) {
                return service.confirm(actor(call), place(call), call.query, call.if_match());
            })
            .if_match(),
        http::operation<http::Nothing, resources::LocalQuery, PlaceChecked>(
            "POST", "/api/places/{id}/confirmation/undo", "undoPlaceConfirmation", write,
            [&service](const auto& call) {
                return service.undo(actor(call), place(call), call.query, call.if_match());
            })
            .if_match(),
    };
}

std::vector<http::Operation> round_routes(const ConfirmationService& service) {
    const http::Permission read("resources.read");
    const http::Permission write("resources.write");
    return {
        http::list<RoundQuery, SurveyRounds>(
            "/api/survey-rounds", "listSurveyRounds", read,
            [&service](const auto& call) { return service.rounds(actor(call), call.query); }),
        http::operation<NewRound, resources::LocalQuery, SurveyRound>(
            "POST", "/api/survey-rounds", "createSurveyRound", write,
            [&service](const auto& call) {
                return service.create_round(actor(call), call.query, call.body, call.idempotency_key());
            })
            .created(),
        http::get<SurveyRound>("/api/survey-rounds/{id}", "getSurveyRound", read,
                               [&service](const auto& call) { return service.round(actor(call), round(call)); }),
        http::put<RoundText, SurveyRound>("/api/survey-rounds/{id}", "changeSurveyRound", write,
                                          [&service](const auto& call) {
                                              return service.change_round(actor(call), round(call), call.if_match(),
                                                                          call.body);
                                          })
            .if_match(),
    };
}

/// Open to somebody without an account; the token and the code are in the body.
std::vector<http::Operation> page_routes(const CorrectionService& corrections) {
    return {
        http::post<answer_pages::AnswerKey, AskedConfirmation>(
            "/api/confirmation-answers/open", "openAskedConfirmation", http::Permission::anyone(),
            [&corrections](const auto& call) { return corrections.asked(call.body, call.request.remote_address); }),
        http::post<PageCorrection, AskedConfirmation>(
            "/api/confirmation-answers", "answerAskedConfirmation", http::Permission::anyone(),
            [&corrections](const auto& call) { return corrections.answer(call.body, call.request.remote_address); }),
    };
}

}  // namespace

std::vector<http::Operation> routes(const ConfirmationService& service, const CorrectionService& corrections) {
    std::vector<http::Operation> all;
    const auto add = [&all](std::vector<http::Operation> more) {
        std::move(more.begin(), more.end(), std::back_inserter(all));
    };
    add(request_routes(service));
    add(place_routes(service));
    add(round_routes(service));
    add(page_routes(corrections));
    return all;
}

}  // namespace tsunagi::confirmations
