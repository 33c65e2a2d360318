// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "http/operation.hpp"
#include "modules/regions/region_service.hpp"

namespace tsunagi::regions {

[[nodiscard]] std::vector<http::Operation> routes(RegionService& service);

}  // namespace tsunagi::regions
