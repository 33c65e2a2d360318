// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "http/operation.hpp"
#include "modules/threads/thread_service.hpp"

namespace tsunagi::threads {

[[nodiscard]] std::vector<http::Operation> routes(ThreadService& service);

}  // namespace tsunagi::threads
