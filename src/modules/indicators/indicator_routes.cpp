// SPDX-License-Identifier: Apache-2.0
#include "modules/indicators/indicator_routes.hpp"

namespace tsunagi::indicators {
namespace {

const access::Actor& actor(const auto& call) {
    return access::actor_of(call.request.principal);
}

core::IndicatorId indicator_id(const auto& call) {
    return call.template id<core::IndicatorId>();
}

core::EvaluationId evaluation_id(const auto& call) {
    return call.template id<core::EvaluationId>();
}

}  // namespace

std::vector<http::Operation> routes(IndicatorService& service) {
    const http::Permission read("indicators.read");
    const http::Permission write("indicators.write");
    return {
        http::list<IndicatorFilter, IndicatorPage>(
            "/api/indicators", "listIndicators", read,
            [&service](const auto& call) { return service.list(actor(call), call.query); }),
        http::post<NewIndicator, Indicator>(
            "/api/indicators", "createIndicator", write,
            [&service](const auto& call) { return service.create(actor(call), call.body, call.idempotency_key()); })
            .created(),
        http::get<Indicator>("/api/indicators/{id}", "getIndicator", read,
                             [&service](const auto& call) { return service.get(actor(call), indicator_id(call)); }),
        http::get<IndicatorHistory>(
            "/api/indicators/{id}/history", "getIndicatorHistory", read,
            [&service](const auto& call) { return service.history(actor(call), indicator_id(call)); }),
        http::put<IndicatorText, Indicator>("/api/indicators/{id}", "changeIndicator", write,
                                            [&service](const auto& call) {
                                                return service.change(actor(call), indicator_id(call), call.if_match(),
                                                                      call.body);
                                            })
            .if_match(),
        http::put<IndicatorSeries, Indicator>("/api/indicators/{id}/series", "changeIndicatorSeries", write,
                                              [&service](const auto& call) {
                                                  return service.change_series(actor(call), indicator_id(call),
                                                                               call.if_match(), call.body);
                                              })
            .if_match(),
        http::list<EvaluationFilter, EvaluationPage>(
            "/api/evaluations", "listEvaluations", read,
            [&service](const auto& call) { return service.evaluations(actor(call), call.query); }),
        http::post<EvaluationText, Evaluation>(
            "/api/evaluations", "createEvaluation", write,
            [&service](const auto& call) { return service.evaluate(actor(call), call.body, call.idempotency_key()); })
            .created(),
        http::get<Evaluation>(
            "/api/evaluations/{id}", "getEvaluation", read,
            [&service](const auto& call) { return service.evaluation(actor(call), evaluation_id(call)); }),
        http::get<EvaluationHistory>(
            "/api/evaluations/{id}/history", "getEvaluationHistory", read,
            [&service](const auto& call) { return service.evaluation_history(actor(call), evaluation_id(call)); }),
        http::put<EvaluationText, Evaluation>("/api/evaluations/{id}", "changeEvaluation", write,
                                              [&service](const auto& call) {
                                                  return service.change_evaluation(actor(call), evaluation_id(call),
                                                                                   call.if_match(), call.body);
                                              })
            .if_match(),
    };
}

}  // namespace tsunagi::indicators
