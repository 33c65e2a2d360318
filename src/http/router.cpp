// SPDX-License-Identifier: Apache-2.0
#include "http/router.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>

#include "http/problem.hpp"

namespace tsunagi::http {
namespace {

using Segments = std::vector<std::string_view>;

Segments split(std::string_view path) {
    Segments result;
    std::size_t start = 0;
    while (start < path.size()) {
        const std::size_t end = std::min(path.find('/', start + 1), path.size());
        result.push_back(path.substr(start + 1, end - start - 1));
        start = end;
    }
    return result;
}

bool is_parameter(std::string_view segment) {
    return segment.size() > 2 && segment.front() == '{';
}

/// Equal length or not, the comparison takes the same time for every text of the same length.
bool same_secret(std::string_view a, std::string_view b) {
    if (a.size() != b.size())
        return false;
    unsigned difference = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        difference |= static_cast<unsigned>(static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i]));
    }
    return difference == 0;
}

}  // namespace

namespace {

void require_type(const Request& request, std::string_view wanted) {
    const auto type = request.header("content-type");
    const bool is_it =
        type && type->starts_with(wanted) && (type->size() == wanted.size() || (*type)[wanted.size()] == ';');
    if (!is_it)
        throw core::Error(core::ErrorKind::unsupported_media_type, "unsupported_media_type");
}

/// FHIR has a form of its own.
Response refusal(const Request& request, const core::Error& error) {
    return request.path.starts_with("/fhir/") ? operation_outcome(error, request.request_id)
                                              : problem(error, request.request_id);
}

}  // namespace

void detail::require_json(const Request& request) {
    require_type(request, "application/json");
}

std::string_view detail::require_bytes(const Request& request, std::size_t max) {
    require_type(request, "application/octet-stream");
    if (request.body.size() > max)
        throw core::Error(core::ErrorKind::too_large, "too_large");
    return request.body;
}

struct Router::Branch {
    std::map<std::string, std::unique_ptr<Branch>, std::less<>> fixed;
    std::unique_ptr<Branch> parameter;
    std::vector<const Operation*> operations;  ///< that end here, one per method

    Branch& under(std::string_view segment) {
        std::unique_ptr<Branch>& place = is_parameter(segment) ? parameter : fixed[std::string(segment)];
        if (!place)
            place = std::make_unique<Branch>();
        return *place;
    }

    /// The first operation for the method; the methods of all others that fit are gathered in `allowed`.
    const Operation* find(const Segments& path, std::size_t depth, std::string_view method,
                          std::set<std::string>& allowed) const {
        if (depth == path.size()) {
            for (const Operation* operation : operations) {
                if (operation->method == method)
                    return operation;
                allowed.insert(operation->method);
            }
            return nullptr;
        }
        if (const auto next = fixed.find(path[depth]); next != fixed.end()) {
            if (const Operation* found = next->second->find(path, depth + 1, method, allowed))
                return found;
        }
        if (!parameter || path[depth].empty())
            return nullptr;
        return parameter->find(path, depth + 1, method, allowed);
    }
};

Router::Router(std::vector<Operation> operations, Authenticate authenticate, Report report)
    : operations_(std::move(operations)),
      root_(std::make_unique<Branch>()),
      authenticate_(std::move(authenticate)),
      report_(std::move(report)) {
    std::set<std::string> ids;
    std::set<std::string> places;
    for (const Operation& operation : operations_) {
        if (!ids.insert(operation.id).second || !places.insert(operation.method + " " + operation.pattern).second) {
            throw std::logic_error("a route stands twice: " + operation.id);
        }
        if (operation.immediate && operation.permission.kind() != Permission::Kind::anyone) {
            throw std::logic_error("an immediate route cannot ask for a permission: " + operation.id);
        }
        Branch* branch = root_.get();
        for (const auto segment : split(operation.pattern))
            branch = &branch->under(segment);
        branch->operations.push_back(&operation);
    }
}

Router::Router(Router&&) noexcept = default;
Router& Router::operator=(Router&&) noexcept = default;
Router::~Router() = default;

const Operation* Router::find(Request& request) const {
    const Segments path = split(request.path);
    std::set<std::string> allowed;
    const Operation* found = root_->find(path, 0, request.method, allowed);
    if (found == nullptr) {
        if (allowed.empty())
            return nullptr;
        if (allowed.contains("GET"))
            allowed.insert("HEAD");
        std::string methods;
        for (const auto& method : allowed)
            methods += (methods.empty() ? "" : ", ") + method;
        throw core::Error(core::ErrorKind::method_not_allowed, "method_not_allowed", {{"", "allow", methods}});
    }
    const Segments pattern = split(found->pattern);
    for (std::size_t i = 0; i < path.size(); ++i) {
        if (!is_parameter(pattern[i]))
            continue;
        request.parameters[std::string(pattern[i].substr(1, pattern[i].size() - 2))] = std::string(path[i]);
    }
    return found;
}

Response Router::dispatch(Request& request) const {
    const Operation* operation = find(request);
    if (operation == nullptr)
        throw core::not_found();
    request.operation = operation->id;
    if (!operation->immediate)
        request.principal = authenticate_(request);
    if (operation->permission.kind() != Permission::Kind::anyone) {
        if (!request.principal)
            throw core::Error(core::ErrorKind::unauthenticated, "unauthenticated");
        if (request.method != "GET") {
            const auto token = request.header("x-csrf-token");
            if (!token || token->empty() || !same_secret(*token, request.principal->csrf_token())) {
                throw core::Error(core::ErrorKind::forbidden, "csrf");
            }
        }
        if (operation->permission.kind() != Permission::Kind::own_account) {
            if (const std::string restriction = request.principal->restriction(); !restriction.empty()) {
                throw core::Error(core::ErrorKind::forbidden, restriction);
            }
        }
        if (operation->permission.kind() == Permission::Kind::named &&
            !request.principal->may(operation->permission.name())) {
            throw core::Error(core::ErrorKind::forbidden, "forbidden");
        }
    }
    request.creates = operation->success == 201;
    return operation->handle(request);
}

Response Router::handle(Request& request) const {
    try {
        return dispatch(request);
    } catch (const core::Error& error) {
        // What a client did wrong, or that it shall come again later, is for the access log; what is wrong with us and
        // has a cause to tell is a defect.
        if (error.kind() == core::ErrorKind::internal ||
            (error.kind() == core::ErrorKind::unavailable && !error.detail().empty())) {
            report_(request, error.reason() + ": " + error.detail());
        }
        Response response = refusal(request, error);
        if (error.kind() == core::ErrorKind::method_not_allowed && !error.fields().empty()) {
            response.set("allow", error.fields().front().limit);
        }
        return response;
    } catch (const std::exception& error) {
        report_(request, error.what());
        return refusal(request, core::Error(core::ErrorKind::internal, "internal"));
    } catch (...) {
        report_(request, "an exception that is no std::exception");
        return refusal(request, core::Error(core::ErrorKind::internal, "internal"));
    }
}

}  // namespace tsunagi::http
