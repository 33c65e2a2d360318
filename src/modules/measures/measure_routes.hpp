// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "http/operation.hpp"
#include "modules/measures/measure_service.hpp"

namespace tsunagi::measures {

[[nodiscard]] std::vector<http::Operation> routes(MeasureService& service);

}  // namespace tsunagi::measures
