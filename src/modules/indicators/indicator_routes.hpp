// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "http/operation.hpp"
#include "modules/indicators/indicator_service.hpp"

namespace tsunagi::indicators {

[[nodiscard]] std::vector<http::Operation> routes(IndicatorService& service);

}  // namespace tsunagi::indicators
