// SPDX-License-Identifier: Apache-2.0
#include "modules/home/board_routes.hpp"

namespace tsunagi::home {

std::vector<http::Operation> routes(BoardService& service) {
    return {
        http::list<HomeFilter, Board>(
            "/api/home", "getHome", http::Permission("consultations.read"),
            [&service](const auto& call) { return service.get(access::actor_of(call.request.principal), call.query); }),
    };
}

}  // namespace tsunagi::home
