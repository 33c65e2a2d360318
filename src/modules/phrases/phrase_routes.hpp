// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "http/operation.hpp"
#include "modules/phrases/phrase_service.hpp"

namespace tsunagi::phrases {

[[nodiscard]] std::vector<http::Operation> routes(PhraseService& service);

}  // namespace tsunagi::phrases
