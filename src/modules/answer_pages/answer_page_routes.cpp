// SPDX-License-Identifier: Apache-2.0
#include "modules/answer_pages/answer_page_routes.hpp"

namespace tsunagi::answer_pages {

std::vector<http::Operation> routes(const AnswerPageService& service) {
    return {
        // The token is in the body, not in the path: an address of the API may be logged on its way.
        http::post<AnswerKey, AnswerPage>(
            "/api/answer-pages/open", "openAnswerPage", http::Permission::anyone(),
            [&service](const auto& call) {
                const auto page = service.open(call.body, call.request.remote_address);
                return AnswerPage{page.kind, core::day_in_japan(page.expires_at), page.used_at.has_value()};
            }),
    };
}

}  // namespace tsunagi::answer_pages
