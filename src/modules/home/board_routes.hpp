// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "http/operation.hpp"
#include "modules/home/board_service.hpp"

namespace tsunagi::home {

[[nodiscard]] std::vector<http::Operation> routes(BoardService& service);

}  // namespace tsunagi::home
