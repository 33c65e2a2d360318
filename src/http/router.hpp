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

    Router(std::vector<Operation> operations, Authenticate authenticate, Report report);

    /// Never throws.
    [[nodiscard]] Response handle(Request& request) const;
    [[nodiscard]] const std::vector<Operation>& operations() const { return operations_; }
    /// The operation id of a request for the metrics, or nothing when no route fits.
    [[nodiscard]] const Operation* find(Request& request) const;

private:
    struct Node {
        std::vector<std::string> segments;
        const Operation* operation;
    };
    [[nodiscard]] Response dispatch(Request& request) const;

    std::vector<Operation> operations_;
    std::vector<Node> nodes_;
    Authenticate authenticate_;
    Report report_;
};

/// The OpenAPI 3.1 document of the operations, pretty-printed, with a stable order.
[[nodiscard]] std::string openapi_document(const std::vector<Operation>& operations, std::string_view version);

}  // namespace tsunagi::http
