// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "core/error.hpp"
#include "http/message.hpp"

namespace tsunagi::http {

/// The status of an error kind. The one place where kinds meet HTTP.
[[nodiscard]] int status_of(core::ErrorKind kind);

/// application/problem+json (RFC 9457): type, title, status, reason, request_id, fields.
[[nodiscard]] Response problem(const core::Error& error, std::string_view request_id);

}  // namespace tsunagi::http
