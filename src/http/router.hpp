// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <memory>
#include <vector>

#include "http/operation.hpp"

namespace tsunagi::http {

/// Finds the operation of a request, checks who may call it, and turns every exception into a problem answer.
class Router {
public:
    /// Answers who makes the request, or nothing when nobody is signed in.
    using Authenticate = std::function<std::shared_ptr<const core::Principal>(const Request&)>;
    /// Told about every exception that is a defect; receives the request id and the text for the log.
    using Report = std::function<void(const Request&, const std::string&)>;

    /// Throws std::logic_error when a route or an id stands twice, or an immediate route asks for a permission.
    Router(std::vector<Operation> operations, Authenticate authenticate, Report report);
    Router(const Router&) = delete;
    Router& operator=(const Router&) = delete;
    Router(Router&&) noexcept;
    Router& operator=(Router&&) noexcept;
    ~Router();

    /// Never throws.
    [[nodiscard]] Response handle(Request& request) const;

    [[nodiscard]] const std::vector<Operation>& operations() const { return operations_; }

    /// The operation of a request, whose path parameters it fills in; nothing when no route has this path. Throws
    /// core::Error `method_not_allowed`, with the methods there are as a field `allow`, when one has it for others.
    /// Where several routes fit, a fixed segment goes before a parameter.
    [[nodiscard]] const Operation* find(Request& request) const;

private:
    struct Branch;
    [[nodiscard]] Response dispatch(Request& request) const;

    std::vector<Operation> operations_;
    std::unique_ptr<Branch> root_;  ///< the operations as a tree of path segments
    Authenticate authenticate_;
    Report report_;
};

/// The OpenAPI 3.1 document of the operations, pretty-printed, with a stable order.
[[nodiscard]] std::string openapi_document(const std::vector<Operation>& operations, std::string_view version);

}  // namespace tsunagi::http
