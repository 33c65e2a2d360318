// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "http/operation.hpp"
#include "modules/analysis/analysis_service.hpp"

namespace tsunagi::analysis {

/// Everything under /api/analysis.
[[nodiscard]] std::vector<http::Operation> routes(AnalysisService& service);

}  // namespace tsunagi::analysis
