// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "http/operation.hpp"
#include "modules/activities/activity_service.hpp"

namespace tsunagi::activities {

[[nodiscard]] std::vector<http::Operation> routes(ActivityService& service);

}  // namespace tsunagi::activities
