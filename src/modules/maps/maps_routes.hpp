// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "http/operation.hpp"
#include "modules/maps/maps_service.hpp"

namespace tsunagi::maps {

[[nodiscard]] std::vector<http::Operation> routes(const MapsService& service);

}  // namespace tsunagi::maps
