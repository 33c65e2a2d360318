// SPDX-License-Identifier: Apache-2.0
#include "http/problem.hpp"

#include "record/json_writer.hpp"

namespace tsunagi::http {

int status_of(core::ErrorKind kind) {
    switch (kind) {
        case core::ErrorKind::malformed: return 400;
        case core::ErrorKind::unauthenticated: return 401;
        case core::ErrorKind::forbidden: return 403;
        case core::ErrorKind::not_found: return 404;
        case core::ErrorKind::method_not_allowed: return 405;
        case core::ErrorKind::timeout: return 408;
        case core::ErrorKind::conflict:
        case core::ErrorKind::stale: return 409;
        case core::ErrorKind::too_large: return 413;
        case core::ErrorKind::unsupported_media_type: return 415;
        case core::ErrorKind::invalid: return 422;
        case core::ErrorKind::precondition_required: return 428;
        case core::ErrorKind::too_many: return 429;
        case core::ErrorKind::internal: return 500;
        case core::ErrorKind::unavailable: return 503;
    }
    return 500;
}

Response problem(const core::Error& error, std::string_view request_id) {
    const int status = status_of(error.kind());
    std::string body = "{\"type\":\"about:blank\",\"status\":" + std::to_string(status) + ",\"reason\":";
    record::append_json_string(body, error.reason());
    body += ",\"request_id\":";
    record::append_json_string(body, request_id);
    body += ",\"fields\":[";
    bool first = true;
    for (const auto& field : error.fields()) {
        if (!first) body += ',';
        first = false;
        body += "{\"pointer\":";
        record::append_json_string(body, field.pointer);
        body += ",\"reason\":";
        record::append_json_string(body, field.reason);
        body += ",\"limit\":";
        record::append_json_string(body, field.limit);
        body += '}';
    }
    body += "]}";
    Response response;
    response.status = status;
    response.body = std::move(body);
    response.set("content-type", "application/problem+json");
    response.set("cache-control", "no-store");
    if (status == 429 || status == 503) response.set("retry-after", "2");
    return response;
}

}  // namespace tsunagi::http
