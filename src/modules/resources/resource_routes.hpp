// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "http/operation.hpp"
#include "modules/resources/resource_service.hpp"

namespace tsunagi::resources {

[[nodiscard]] std::vector<http::Operation> routes(ResourceService& service);

}  // namespace tsunagi::resources
