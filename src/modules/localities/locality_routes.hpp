// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "http/operation.hpp"
#include "modules/localities/locality_service.hpp"

namespace tsunagi::localities {

[[nodiscard]] std::vector<http::Operation> routes(const LocalityService& service);

}  // namespace tsunagi::localities
