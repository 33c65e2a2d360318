// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "http/operation.hpp"
#include "modules/resources/match_service.hpp"

namespace tsunagi::resources {

[[nodiscard]] std::vector<http::Operation> match_routes(const MatchService& service);

}  // namespace tsunagi::resources
