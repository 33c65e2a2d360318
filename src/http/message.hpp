// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
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

/// A body that is made while it is sent, so that a large one never stands in memory whole.
class BodySource {
public:
    BodySource() = default;
    BodySource(const BodySource&) = delete;
    BodySource& operator=(const BodySource&) = delete;
    BodySource(BodySource&&) = delete;
    BodySource& operator=(BodySource&&) = delete;
    virtual ~BodySource() = default;

    /// All bytes that are to come.
    [[nodiscard]] virtual std::size_t size() const = 0;
    /// The next bytes, a million or so at most, never none before the end. Called from one handler thread after
    /// the other. What it throws ends the connection: the head is on its way already.
    [[nodiscard]] virtual std::string next() = 0;
};

struct Response {
    int status = 200;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    std::shared_ptr<BodySource> source;  ///< in place of `body`; needs a `content-type`, is never compressed

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
