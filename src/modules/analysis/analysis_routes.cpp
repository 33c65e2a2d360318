// SPDX-License-Identifier: Apache-2.0
#include "modules/analysis/analysis_routes.hpp"

#include "http/download.hpp"

namespace tsunagi::analysis {
namespace {

using http::Permission;

const access::Actor& actor_of(const auto& call) {
    return access::actor_of(call.request.principal);
}

}  // namespace

std::vector<http::Operation> routes(AnalysisService& service) {
    return {
        http::list<consultations::ConsultationFilter, MonthTable>(
            "/api/analysis/months", "getMonthTable", Permission("figures.read"),
            [&service](const auto& call) { return service.months(actor_of(call), call.query); }),
        http::list<MonthExportQuery, http::Response>(
            "/api/analysis/months/export", "exportMonthTable", Permission("export"),
            [&service](const auto& call) { return http::download(service.export_months(actor_of(call), call.query)); })
            .answers("application/octet-stream"),
        http::list<MatrixQuery, Matrix>(
            "/api/analysis/matrix", "getMatrix", Permission("consultations.read"),
            [&service](const auto& call) { return service.matrix(actor_of(call), call.query); }),
        http::list<MatrixExportQuery, http::Response>(
            "/api/analysis/matrix/export", "exportMatrix", Permission("export"),
            [&service](const auto& call) { return http::download(service.export_matrix(actor_of(call), call.query)); })
            .answers("application/octet-stream"),
    };
}

}  // namespace tsunagi::analysis
