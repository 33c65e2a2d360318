// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "http/operation.hpp"
#include "modules/directories/directories_service.hpp"

namespace tsunagi::directories {

[[nodiscard]] std::vector<http::Operation> routes(DirectoriesService& service);

}  // namespace tsunagi::directories
