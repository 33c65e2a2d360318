// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "http/operation.hpp"
#include "modules/discharges/discharge_service.hpp"
#include "modules/discharges/form_service.hpp"

namespace tsunagi::discharges {

[[nodiscard]] std::vector<http::Operation> routes(DischargeService& service, FormService& forms);

}  // namespace tsunagi::discharges
