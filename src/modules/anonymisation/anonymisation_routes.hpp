// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "http/operation.hpp"
#include "modules/anonymisation/anonymisation_service.hpp"

namespace tsunagi::anonymisation {

[[nodiscard]] std::vector<http::Operation> routes(AnonymisationService& service);

}  // namespace tsunagi::anonymisation
