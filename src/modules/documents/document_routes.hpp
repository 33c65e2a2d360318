// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "http/operation.hpp"
#include "modules/documents/document_service.hpp"

namespace tsunagi::documents {

[[nodiscard]] std::vector<http::Operation> routes(AttachmentService& service);

}  // namespace tsunagi::documents
