// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "http/operation.hpp"
#include "modules/suggestions/suggestion_service.hpp"

namespace tsunagi::suggestions {

[[nodiscard]] std::vector<http::Operation> routes(SuggestionService& service);

}  // namespace tsunagi::suggestions
