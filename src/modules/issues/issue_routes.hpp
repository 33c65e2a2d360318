// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "http/operation.hpp"
#include "modules/issues/issue_service.hpp"

namespace tsunagi::issues {

[[nodiscard]] std::vector<http::Operation> routes(IssueService& service);

}  // namespace tsunagi::issues
