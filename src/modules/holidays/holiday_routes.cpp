// SPDX-License-Identifier: Apache-2.0
#include "modules/holidays/holiday_routes.hpp"

namespace tsunagi::holidays {
namespace {

constexpr std::size_t largest_file = 1'000'000;

}  // namespace

std::vector<http::Operation> routes(HolidayService& service) {
    return {
        http::list<HolidayFilter, HolidayList>("/api/holidays", "listHolidays", http::Permission::signed_in(),
                                               [&service](const auto& call) { return service.list(call.query); }),
        http::put<http::Bytes<largest_file>, HolidayList>(
            "/api/holidays/file", "loadHolidays", http::Permission("packs.manage"),
            [&service](const auto& call) {
                return service.load(access::actor_of(call.request.principal), call.body.content);
            }),
    };
}

}  // namespace tsunagi::holidays
