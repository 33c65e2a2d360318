// SPDX-License-Identifier: Apache-2.0
#include "modules/search/search_routes.hpp"

namespace tsunagi::search {

std::vector<http::Operation> routes(SearchService& service) {
    return {
        // What a person may read decides which kinds are searched; the service asks for each.
        http::list<SearchFilter, SearchAnswer>("/api/search", "search", http::Permission::signed_in(),
                                               [&service](const auto& call) {
                                                   return service.search(access::actor_of(call.request.principal),
                                                                         call.query);
                                               }),
    };
}

}  // namespace tsunagi::search
