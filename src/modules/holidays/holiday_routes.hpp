// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "http/operation.hpp"
#include "modules/holidays/holiday_service.hpp"

namespace tsunagi::holidays {

[[nodiscard]] std::vector<http::Operation> routes(const HolidayService& service);

}  // namespace tsunagi::holidays
