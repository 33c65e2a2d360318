// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "http/operation.hpp"
#include "modules/meetings/meeting_service.hpp"

namespace tsunagi::meetings {

[[nodiscard]] std::vector<http::Operation> routes(MeetingService& service);

}  // namespace tsunagi::meetings
