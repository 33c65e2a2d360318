// SPDX-License-Identifier: Apache-2.0
#include "modules/discharges/discharge_routes.hpp"

#include <algorithm>
#include <iterator>

#include "http/download.hpp"

namespace tsunagi::discharges {
namespace {

const access::Actor& actor(const auto& call) {
    return access::actor_of(call.request.principal);
}

DischargeId id(const auto& call) {
    return call.template id<DischargeId>();
}

FormId form_id(const auto& call) {
    return call.template id<FormId>();
}

std::vector<http::Operation> form_routes(FormService& forms) {
    const http::Permission read("discharges.read");
    const http::Permission identifying("persons.read");
    const http::Permission write("discharges.write");
    return {
        http::list<http::Nothing, FormDefinitions>(
            "/api/discharge-forms/definitions", "listFormDefinitions", read,
            [&forms](const auto& call) { return forms.definitions(actor(call)); }),
        http::list<FormFilter, FormList>("/api/discharge-forms", "listDischargeForms", read,
                                         [&forms](const auto& call) { return forms.list(actor(call), call.query); }),
        http::post<NewForm, Form>(
            "/api/discharge-forms", "createDischargeForm", write,
            [&forms](const auto& call) { return forms.create(actor(call), call.body, call.idempotency_key()); })
            .created(),
        http::get<FormHead>("/api/discharge-forms/{id}", "getDischargeForm", identifying,
                            [&forms](const auto& call) { return forms.head(actor(call), form_id(call)); }),
        http::post<FormReading, Form>(
            "/api/discharge-forms/{id}/readings", "readDischargeForm", identifying,
            [&forms](const auto& call) { return forms.open(actor(call), form_id(call), call.body); }),
        http::post<FormHistoryReading, FormHistory>(
            "/api/discharge-forms/{id}/history-readings", "readDischargeFormHistory", identifying,
            [&forms](const auto& call) { return forms.history(actor(call), form_id(call), call.body); }),
        http::put<FormChange, Form>(
            "/api/discharge-forms/{id}", "changeDischargeForm", write,
            [&forms](const auto& call) { return forms.change(actor(call), form_id(call), call.if_match(), call.body); })
            .if_match(),
    };
}

}  // namespace

std::vector<http::Operation> routes(DischargeService& service, FormService& forms) {
    const http::Permission read("discharges.read");
    const http::Permission write("discharges.write");
    std::vector<http::Operation> all{
        http::list<DischargeFilter, DischargePage>(
            "/api/discharges", "listDischarges", read,
            [&service](const auto& call) { return service.list(actor(call), call.query); }),
        http::list<BoardFilter, DischargeBoard>(
            "/api/discharges/board", "getDischargeBoard", read,
            [&service](const auto& call) { return service.board(actor(call), call.query); }),
        http::list<DayQuery, DueDays>(
            "/api/discharges/due-days", "getDueDays", read,
            [&service](const auto& call) { return service.due_days(actor(call), call.query); }),
        http::list<FiguresQuery, DischargeFigures>(
            "/api/discharges/figures", "getDischargeFigures", read,
            [&service](const auto& call) { return service.figures(actor(call), call.query); }),
        http::list<FiguresExportQuery, http::Response>(
            "/api/discharges/figures/export", "exportDischargeFigures", http::Permission("export"),
            [&service](const auto& call) { return http::download(service.export_figures(actor(call), call.query)); })
            .answers("application/octet-stream"),
        http::post<NewDischarge, Discharge>(
            "/api/discharges", "createDischarge", write,
            [&service](const auto& call) { return service.create(actor(call), call.body, call.idempotency_key()); })
            .created(),
        http::get<Discharge>("/api/discharges/{id}", "getDischarge", read,
                             [&service](const auto& call) { return service.get(actor(call), id(call)); }),
        http::get<DischargeHistory>("/api/discharges/{id}/history", "getDischargeHistory", read,
                                    [&service](const auto& call) { return service.history(actor(call), id(call)); }),
        http::put<DischargeChange, Discharge>(
            "/api/discharges/{id}", "changeDischarge", write,
            [&service](const auto& call) { return service.change(actor(call), id(call), call.if_match(), call.body); })
            .if_match(),
        http::put<DischargeStateChange, Discharge>("/api/discharges/{id}/state", "changeDischargeState", write,
                                                   [&service](const auto& call) {
                                                       return service.change_state(actor(call), id(call),
                                                                                   call.if_match(), call.body);
                                                   })
            .if_match(),
    };
    std::ranges::move(form_routes(forms), std::back_inserter(all));
    return all;
}

}  // namespace tsunagi::discharges
