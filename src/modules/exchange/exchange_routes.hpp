// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "http/operation.hpp"
#include "modules/exchange/exchange_service.hpp"

namespace tsunagi::exchange {

[[nodiscard]] std::vector<http::Operation> routes(const ExchangeService& service);

}  // namespace tsunagi::exchange
