// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "http/operation.hpp"
#include "modules/maps/background_service.hpp"

namespace tsunagi::maps {

[[nodiscard]] std::vector<http::Operation> background_routes(const BackgroundService& service);

}  // namespace tsunagi::maps
