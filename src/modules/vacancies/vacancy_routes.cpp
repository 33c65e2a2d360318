// SPDX-License-Identifier: Apache-2.0
#include "modules/vacancies/vacancy_routes.hpp"

#include "http/download.hpp"

namespace tsunagi::vacancies {
namespace {

using resources::LocalQuery;

const access::Actor& actor(const auto& call) {
    return access::actor_of(call.request.principal);
}

resources::ServiceId id(const auto& call) {
    return call.template id<resources::ServiceId>();
}

}  // namespace

std::vector<http::Operation> routes(const VacancyService& service, const ToldService& told) {
    const http::Permission read("vacancies.read");
    const http::Permission write("vacancies.write");
    return {
        http::list<VacancyFilter, VacancyPage>(
            "/api/vacancies", "listVacancies", read,
            [&service](const auto& call) { return service.list(actor(call), call.query); }),
        http::list<VacancyExportQuery, http::Response>(
            "/api/vacancies/export", "exportVacancies", http::Permission("export"),
            [&service](const auto& call) { return http::download(service.export_list(actor(call), call.query)); })
            .answers("application/octet-stream"),
        http::list<LocalQuery, Vacancy>(
            "/api/vacancies/{id}", "getVacancy", read,
            [&service](const auto& call) { return service.get(actor(call), id(call), call.query); }),
        http::list<LocalQuery, VacancyHistory>(
            "/api/vacancies/{id}/history", "getVacancyHistory", read,
            [&service](const auto& call) { return service.history(actor(call), id(call), call.query); }),
        http::operation<VacancyNote, LocalQuery, Vacancy>("PUT", "/api/vacancies/{id}", "tellVacancy", write,
                                                          [&service](const auto& call) {
                                                              return service.tell(actor(call), id(call), call.query,
                                                                                  call.if_match(), call.body);
                                                          })
            .if_match(),
        http::operation<http::Nothing, LocalQuery, Vacancy>(
            "POST", "/api/vacancies/{id}/undo", "undoVacancy", write,
            [&service](const auto& call) { return service.undo(actor(call), id(call), call.query, call.if_match()); })
            .if_match(),
        http::operation<VacancyPageDays, LocalQuery, answer_pages::IssuedAnswerPage>(
            "POST", "/api/vacancies/{id}/page", "issueVacancyPage", write,
            [&service](const auto& call) { return service.issue_page(actor(call), id(call), call.query, call.body); }),
        http::operation<http::Nothing, LocalQuery, Vacancy>(
            "POST", "/api/vacancies/{id}/page/withdrawal", "withdrawVacancyPage", write,
            [&service](const auto& call) { return service.withdraw_page(actor(call), id(call), call.query); }),
        // Open to somebody without an account; the token and the code are in the body.
        http::post<answer_pages::AnswerKey, ToldVacancies>(
            "/api/vacancy-answers/open", "openToldVacancies", http::Permission::anyone(),
            [&told](const auto& call) { return told.open(call.body, call.request.remote_address); }),
        http::post<PageVacancy, ToldVacancies>(
            "/api/vacancy-answers", "tellVacancyByPage", http::Permission::anyone(),
            [&told](const auto& call) { return told.tell(call.body, call.request.remote_address); }),
    };
}

}  // namespace tsunagi::vacancies
