// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "http/operation.hpp"
#include "modules/uploads/upload_service.hpp"

namespace tsunagi::uploads {

[[nodiscard]] std::vector<http::Operation> routes(UploadService& service);

}  // namespace tsunagi::uploads
