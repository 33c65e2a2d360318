// SPDX-License-Identifier: Apache-2.0
#include "http/router.hpp"

#include <set>
#include <stdexcept>

#include "http/problem.hpp"

namespace tsunagi::http {
namespace {

std::vector<std::string> split(std::string_view path) {
    std::vector<std::string> result;
    std::size_t start = 0;
    while (start < path.size()) {
        const std::size_t end = std::min(path.find('/', start + 1), path.size());
        result.emplace_back(path.substr(start + 1, end - start - 1));
        start = end;
    }
    return result;
}

bool is_parameter(const std::string& segment) { return segment.size() > 2 && segment.front() == '{'; }

bool same_path(const std::vector<std::string>& pattern, const std::vector<std::string>& path) {
    if (pattern.size() != path.size()) return false;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (is_parameter(pattern[i]) ? path[i].empty() : pattern[i] != path[i]) return false;
    }
    return true;
}

/// Of two patterns that fit, the one with a fixed segment where the other has a parameter is meant.
std::size_t fixed_segments(const std::vector<std::string>& pattern) {
    std::size_t count = 0;
    for (const auto& segment : pattern) count += is_parameter(segment) ? 0U : 1U;
    return count;
}

/// Equal length or not, the comparison takes the same time for every text of the same length.
bool same_secret(std::string_view a, std::string_view b) {
    if (a.size() != b.size()) return false;
    unsigned difference = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        difference |= static_cast<unsigned>(static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i]));
    }
    return difference == 0;
}

}  // namespace

void detail::require_json(const Request& request) {
    const auto type = request.header("content-type");
    if (!type || !type->starts_with("application/json")) {
        throw core::Error(core::ErrorKind::unsupported_media_type, "unsupported_media_type");
    }
}

Router::Router(std::vector<Operation> operations, Authenticate authenticate, Report report)
    : operations_(std::move(operations)), authenticate_(std::move(authenticate)), report_(std::move(report)) {
    std::set<std::string> ids;
    std::set<std::string> places;
    for (const Operation& operation : operations_) {
        if (!ids.insert(operation.id).second || !places.insert(operation.method + " " + operation.pattern).second) {
            throw std::logic_error("a route stands twice: " + operation.id);
        }
        nodes_.push_back({split(operation.pattern), &operation});
    }
}

const Operation* Router::find(Request& request) const {
    const auto path = split(request.path);
    const Node* best = nullptr;
    bool path_known = false;
    for (const Node& node : nodes_) {
        if (!same_path(node.segments, path)) continue;
        path_known = true;
        if (node.operation->method != request.method) continue;
        if (best == nullptr || fixed_segments(node.segments) > fixed_segments(best->segments)) best = &node;
    }
    if (best == nullptr) {
        if (path_known) throw core::Error(core::ErrorKind::method_not_allowed, "method_not_allowed");
        return nullptr;
    }
    for (std::size_t i = 0; i < path.size(); ++i) {
        const std::string& segment = best->segments[i];
        if (is_parameter(segment)) request.parameters[segment.substr(1, segment.size() - 2)] = path[i];
    }
    return best->operation;
}

Response Router::dispatch(Request& request) const {
    const Operation* operation = find(request);
    if (operation == nullptr) throw core::not_found();
    request.principal = authenticate_(request);
    if (operation->permission.kind() != Permission::Kind::anyone) {
        if (!request.principal) throw core::Error(core::ErrorKind::unauthenticated, "unauthenticated");
        if (request.method != "GET") {
            const auto token = request.header("x-csrf-token");
            if (!token || !same_secret(*token, request.principal->csrf_token())) {
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
        if (error.kind() == core::ErrorKind::internal || !error.detail().empty()) {
            report_(request, error.reason() + ": " + error.detail());
        }
        return problem(error, request.request_id);
    } catch (const std::exception& error) {
        report_(request, error.what());
        return problem(core::Error(core::ErrorKind::internal, "internal"), request.request_id);
    } catch (...) {
        report_(request, "an exception that is no std::exception");
        return problem(core::Error(core::ErrorKind::internal, "internal"), request.request_id);
    }
}

}  // namespace tsunagi::http
