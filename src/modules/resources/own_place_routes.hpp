// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "http/operation.hpp"
#include "modules/resources/own_place_service.hpp"

namespace tsunagi::resources {

[[nodiscard]] std::vector<http::Operation> own_place_routes(const OwnPlaceService& service);

}  // namespace tsunagi::resources
