// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/principal.hpp"
#include "record/query.hpp"

namespace tsunagi::http {

/// One request, read completely. Header names are in lower case.
struct Request {
    std::string method;
    std::string path;  ///< percent-decoded, without the query
    record::QueryParameters query;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    std::string remote_address;
    std::string request_id;
    bool secure = false;                                         ///< came over TLS
    std::map<std::string, std::string, std::less<>> parameters;  ///< `{name}` parts of the route
    std::shared_ptr<const core::Principal> principal;
    bool creates = false;        ///< the operation answers 201; set by the router
    std::string_view operation;  ///< id of the operation, owned by the router; empty when no route fits

    [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const;
    [[nodiscard]] std::optional<std::string> cookie(std::string_view name) const;
};

struct Response {
    int status = 200;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;

    Response& set(std::string name, std::string value) {
        headers.emplace_back(std::move(name), std::move(value));
        return *this;
    }

    [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const;
};

[[nodiscard]] Response json_response(int status, std::string body);

/// Splits a request target into a decoded path and its parameters. Throws core::Error `malformed` on bad
/// percent-encoding, NUL, broken UTF-8, `.` and `..` segments, and backslashes, control characters or an encoded slash
/// in the path.
void parse_target(std::string_view target, std::string& path, record::QueryParameters& query);

}  // namespace tsunagi::http
