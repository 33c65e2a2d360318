// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "core/error.hpp"
#include "http/message.hpp"

namespace tsunagi::http {

/// The status of an error kind. The one place where kinds meet HTTP.
[[nodiscard]] int status_of(core::ErrorKind kind);

/// What RFC 9110 calls the status, for the status line and the title of a problem.
[[nodiscard]] std::string_view reason_phrase(int status);

/// application/problem+json (RFC 9457): type, title, status, reason, request_id, fields.
[[nodiscard]] Response problem(const core::Error& error, std::string_view request_id);
/// The same for what goes wrong before an operation is found.
[[nodiscard]] Response problem(int status, std::string_view reason, std::string_view request_id,
                               const std::vector<core::FieldError>& fields = {});
/// The same as an OperationOutcome, which is what FHIR calls it: the reason of the first issue is that of the error,
/// the further ones are its fields.
[[nodiscard]] Response operation_outcome(const core::Error& error, std::string_view request_id);

}  // namespace tsunagi::http
