// SPDX-License-Identifier: Apache-2.0
#include "modules/holidays/holiday_routes.hpp"

namespace tsunagi::holidays {
namespace {

constexpr std::size_t largest_file = 1'000'000;

}  // namespace

std::vector<http::Operation> routes(const HolidayService& service) {
    const http::Permission manage("packs.manage");
    return {
        http::list<HolidayFilter, HolidayList>("/api/holidays", "listHolidays", http::Permission::signed_in(),
                                               [&service](const auto& call) { return service.list(call.query); }),
        http::operation<http::Bytes<largest_file>, HolidayImportQuery, HolidayDifference>(
            "POST", "/api/holidays/imports", "importHolidays", manage,
            [&service](const auto& call) {
                return service.import(access::actor_of(call.request.principal), call.query.file_name, call.body.content,
                                      call.query.apply);
            }),
        http::operation<http::Nothing, http::Nothing, http::Nothing>(
            "DELETE", "/api/holidays/loadings/{id}", "takeHolidaysBack", manage,
            [&service](const auto& call) {
                service.take_back(access::actor_of(call.request.principal), call.template id<HolidayLoadingId>());
            }),
    };
}

}  // namespace tsunagi::holidays
