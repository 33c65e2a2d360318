// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "http/operation.hpp"
#include "modules/audit/audit_service.hpp"

namespace tsunagi::audit {

[[nodiscard]] std::vector<http::Operation> routes(AuditService& service);

}  // namespace tsunagi::audit
