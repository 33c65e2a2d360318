// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "http/operation.hpp"
#include "modules/imports/import_service.hpp"

namespace tsunagi::imports {

[[nodiscard]] std::vector<http::Operation> routes(ImportService& service);

}  // namespace tsunagi::imports
