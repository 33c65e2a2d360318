// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "http/operation.hpp"
#include "modules/consultations/consultation_service.hpp"
#include "modules/consultations/follow_up_service.hpp"

namespace tsunagi::consultations {

/// Everything under /api/consultations.
[[nodiscard]] std::vector<http::Operation> routes(ConsultationService& service, FollowUpService& follow_ups);

}  // namespace tsunagi::consultations
