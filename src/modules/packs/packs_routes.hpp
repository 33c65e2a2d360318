// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "http/operation.hpp"
#include "modules/packs/packs_service.hpp"

namespace tsunagi::packs {

[[nodiscard]] std::vector<http::Operation> routes(PacksService& service);

}  // namespace tsunagi::packs
