// SPDX-License-Identifier: Apache-2.0
#include "http/problem.hpp"

#include "record/json_writer.hpp"

namespace tsunagi::http {

int status_of(core::ErrorKind kind) {
    switch (kind) {
        case core::ErrorKind::malformed:
            return 400;
        case core::ErrorKind::unauthenticated:
            return 401;
        case core::ErrorKind::forbidden:
            return 403;
        case core::ErrorKind::not_found:
            return 404;
        case core::ErrorKind::method_not_allowed:
            return 405;
        case core::ErrorKind::timeout:
            return 408;
        case core::ErrorKind::conflict:
        case core::ErrorKind::stale:
            return 409;
        case core::ErrorKind::too_large:
            return 413;
        case core::ErrorKind::unsupported_media_type:
            return 415;
        case core::ErrorKind::invalid:
            return 422;
        case core::ErrorKind::precondition_required:
            return 428;
        case core::ErrorKind::too_many:
            return 429;
        case core::ErrorKind::internal:
            return 500;
        case core::ErrorKind::unavailable:
            return 503;
    }
    return 500;
}

std::string_view reason_phrase(int status) {
    switch (status) {
        case 100:
            return "Continue";
        case 200:
            return "OK";
        case 201:
            return "Created";
        case 202:
            return "Accepted";
        case 204:
            return "No Content";
        case 304:
            return "Not Modified";
        case 400:
            return "Bad Request";
        case 401:
            return "Unauthorized";
        case 403:
            return "Forbidden";
        case 404:
            return "Not Found";
        case 405:
            return "Method Not Allowed";
        case 408:
            return "Request Timeout";
        case 409:
            return "Conflict";
        case 413:
            return "Content Too Large";
        case 414:
            return "URI Too Long";
        case 415:
            return "Unsupported Media Type";
        case 417:
            return "Expectation Failed";
        case 422:
            return "Unprocessable Content";
        case 428:
            return "Precondition Required";
        case 429:
            return "Too Many Requests";
        case 431:
            return "Request Header Fields Too Large";
        case 500:
            return "Internal Server Error";
        case 501:
            return "Not Implemented";
        case 503:
            return "Service Unavailable";
        case 505:
            return "HTTP Version Not Supported";
        default:
            return "Unknown";
    }
}

Response problem(int status, std::string_view reason, std::string_view request_id,
                 const std::vector<core::FieldError>& fields) {
    std::string body = R"({"type":"about:blank","title":)";
    record::append_json_string(body, reason_phrase(status));
    body += ",\"status\":" + std::to_string(status) + ",\"reason\":";
    record::append_json_string(body, reason);
    body += ",\"request_id\":";
    record::append_json_string(body, request_id);
    body += ",\"fields\":[";
    bool first = true;
    for (const auto& field : fields) {
        if (!first)
            body += ',';
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
    if (status == 429 || status == 503)
        response.set("retry-after", "2");
    return response;
}

namespace {

/// Of the codes of FHIR's issue types.
std::string_view issue_type(core::ErrorKind kind) {
    switch (kind) {
        case core::ErrorKind::malformed:
            return "structure";
        case core::ErrorKind::unauthenticated:
            return "login";
        case core::ErrorKind::forbidden:
            return "forbidden";
        case core::ErrorKind::not_found:
            return "not-found";
        case core::ErrorKind::method_not_allowed:
        case core::ErrorKind::unsupported_media_type:
            return "not-supported";
        case core::ErrorKind::conflict:
        case core::ErrorKind::stale:
        case core::ErrorKind::precondition_required:
            return "conflict";
        case core::ErrorKind::too_large:
            return "too-long";
        case core::ErrorKind::too_many:
            return "throttled";
        case core::ErrorKind::timeout:
            return "timeout";
        case core::ErrorKind::unavailable:
            return "transient";
        case core::ErrorKind::invalid:
            return "invalid";
        case core::ErrorKind::internal:
            return "exception";
    }
    return "exception";
}

}  // namespace

Response operation_outcome(const core::Error& error, std::string_view request_id) {
    std::string body = R"({"resourceType":"OperationOutcome","issue":[)";
    const auto add = [&](std::string_view type, std::string_view reason, std::string_view diagnostics) {
        if (body.back() == '}')
            body += ',';
        body += R"({"severity":"error","code":")" + std::string(type) + R"(","details":{"text":)";
        record::append_json_string(body, reason);
        body += "},\"diagnostics\":";
        record::append_json_string(body, diagnostics);
        body += '}';
    };
    add(issue_type(error.kind()), error.reason(), "request " + std::string(request_id));
    for (const auto& field : error.fields())
        add("value", field.reason, field.pointer + (field.limit.empty() ? "" : " " + field.limit));
    Response response;
    response.status = status_of(error.kind());
    response.body = body + "]}";
    response.set("content-type", "application/fhir+json");
    response.set("cache-control", "no-store");
    if (response.status == 429 || response.status == 503)
        response.set("retry-after", "2");
    return response;
}

Response problem(const core::Error& error, std::string_view request_id) {
    return problem(status_of(error.kind()), error.reason(), request_id, error.fields());
}

}  // namespace tsunagi::http
