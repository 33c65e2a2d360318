// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <exception>
#include <string>
#include <utility>
#include <vector>

namespace tsunagi::core {

/// What went wrong, independent of any protocol. `http/problem.cpp` alone knows the status codes.
enum class ErrorKind {
    malformed,              ///< the bytes cannot be read at all
    invalid,                ///< readable, but some fields are wrong; `fields` names them
    unauthenticated,        ///< nobody is signed in, or the sign-in failed
    forbidden,              ///< the person may not do this at all
    not_found,              ///< absent, or outside the person's scope: the two are not told apart
    conflict,               ///< the record is in a state that does not allow it
    stale,                  ///< somebody else changed the record since it was read
    precondition_required,  ///< a change came without the version it was based on
    method_not_allowed,
    unsupported_media_type,
    too_large,
    too_many,  ///< too many requests from one place
    timeout,
    unavailable,  ///< overloaded or stopping
    internal,
};

/// One wrong field. `pointer` is a JSON pointer into the body, or `?name` for a query parameter.
struct FieldError {
    std::string pointer;
    std::string reason;  ///< stable key, translated by the browser: required, too_long, format, …
    std::string limit;   ///< the bound that was broken, where there is one
};

/// Ends the request. `reason` is a stable key the browser translates; `detail` is for engineers and holds no personal
/// data.
class Error : public std::exception {
public:
    Error(ErrorKind kind, std::string reason, std::vector<FieldError> fields = {}, std::string detail = {})
        : kind_(kind), reason_(std::move(reason)), fields_(std::move(fields)), detail_(std::move(detail)) {}

    [[nodiscard]] const char* what() const noexcept override { return reason_.c_str(); }

    [[nodiscard]] ErrorKind kind() const { return kind_; }

    [[nodiscard]] const std::string& reason() const { return reason_; }

    [[nodiscard]] const std::vector<FieldError>& fields() const { return fields_; }

    [[nodiscard]] const std::string& detail() const { return detail_; }

private:
    ErrorKind kind_;
    std::string reason_;
    std::vector<FieldError> fields_;
    std::string detail_;
};

[[nodiscard]] inline Error not_found() {
    return {ErrorKind::not_found, "not_found"};
}

[[nodiscard]] inline Error invalid(std::vector<FieldError> fields) {
    return {ErrorKind::invalid, "invalid", std::move(fields)};
}

[[nodiscard]] inline Error stale(std::int64_t current_version) {
    return {ErrorKind::stale, "stale", {{"", "current_version", std::to_string(current_version)}}};
}

[[nodiscard]] inline Error not_allowed_in_state(std::string state) {
    return {ErrorKind::conflict, "not_allowed_in_state", {{"/state", "state", std::move(state)}}};
}

}  // namespace tsunagi::core
