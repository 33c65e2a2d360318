// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "http/operation.hpp"
#include "modules/knowledge/knowledge_service.hpp"

namespace tsunagi::knowledge {

[[nodiscard]] std::vector<http::Operation> routes(KnowledgeService& service);

}  // namespace tsunagi::knowledge
