// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "http/operation.hpp"
#include "modules/search/search_service.hpp"

namespace tsunagi::search {

[[nodiscard]] std::vector<http::Operation> routes(SearchService& service);

}  // namespace tsunagi::search
