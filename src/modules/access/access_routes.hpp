// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "http/router.hpp"
#include "modules/access/access_service.hpp"
#include "modules/access/user_service.hpp"

namespace tsunagi::access {

[[nodiscard]] std::vector<http::Operation> routes(AccessService& access, UserService& users);

/// Finds the person behind the session cookie of a request.
[[nodiscard]] http::Router::Authenticate authenticator(const AccessService& access);

}  // namespace tsunagi::access
