// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "http/operation.hpp"
#include "modules/answer_pages/answer_page_service.hpp"

namespace tsunagi::answer_pages {

[[nodiscard]] std::vector<http::Operation> routes(const AnswerPageService& service);

}  // namespace tsunagi::answer_pages
