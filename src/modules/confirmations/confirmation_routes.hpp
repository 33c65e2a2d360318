// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "http/operation.hpp"
#include "modules/confirmations/confirmation_service.hpp"
#include "modules/confirmations/correction_service.hpp"

namespace tsunagi::confirmations {

[[nodiscard]] std::vector<http::Operation> routes(const ConfirmationService& service,
                                                  const CorrectionService& corrections);

}  // namespace tsunagi::confirmations
