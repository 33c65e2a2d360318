// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "http/operation.hpp"
#include "modules/similarities/similarity_service.hpp"

namespace tsunagi::similarities {

[[nodiscard]] std::vector<http::Operation> routes(SimilarityService& service);

}  // namespace tsunagi::similarities
