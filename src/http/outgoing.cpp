// SPDX-License-Identifier: Apache-2.0
#include "http/outgoing.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <ctime>

#include "http/gzip.hpp"
#include "http/problem.hpp"

namespace tsunagi::http {
namespace {

/// Below this an answer fits into one packet with its head, and gzip gains nothing.
constexpr std::size_t smallest_compressed = 1024;

constexpr std::string_view security_policy =
    "content-security-policy: default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'\r\n";
constexpr std::string_view security_headers =
    "x-content-type-options: nosniff\r\n"
    "referrer-policy: no-referrer\r\n"
    "cross-origin-opener-policy: same-origin\r\n"
    "cross-origin-resource-policy: same-origin\r\n"
    "permissions-policy: camera=(), geolocation=(), microphone=(), payment=(), usb=()\r\n";

constexpr std::string_view transport_security = "strict-transport-security: max-age=31536000\r\n";

void append_number(std::string& out, std::size_t number) {
    std::array<char, 24> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr;
    out.append(buffer.data(), end);
}

/// A value that an operation made of outside text must not begin a header of its own.
void append_value(std::string& out, std::string_view value) {
    for (const char c : value)
        out.push_back((c >= 0 && c < 0x20) || c == '\x7f' ? ' ' : c);
}

/// `Sun, 22 Nov 2026 08:43:57 GMT`, made once a second.
void append_date(std::string& out) {
    thread_local std::time_t made_at = 0;
    thread_local std::array<char, 40> text{};
    thread_local std::size_t size = 0;
    const std::time_t now = std::time(nullptr);
    if (now != made_at) {
        std::tm utc{};
        ::gmtime_r(&now, &utc);
        size = std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &utc);
        made_at = now;
    }
    out.append(text.data(), size);
}

void drop_header(Response& response, std::string_view name) {
    auto& headers = response.headers;
    headers.erase(std::remove_if(headers.begin(), headers.end(), [&](const auto& h) { return h.first == name; }),
                  headers.end());
}

std::string_view without_weak_mark(std::string_view etag) {
    if (etag.starts_with("W/"))
        etag.remove_prefix(2);
    return etag;
}

void compress(Response& response, std::string_view accept_encoding) {
    const auto type = response.header("content-type");
    if (response.body.size() <= smallest_compressed || !type || !is_compressible(*type) ||
        response.header("content-encoding")) {
        return;
    }
    response.set("vary", "accept-encoding");
    if (!accepts_coding(accept_encoding, "gzip"))
        return;
    std::string smaller = gzip(response.body, 1);
    if (smaller.size() >= response.body.size())
        return;
    response.body = std::move(smaller);
    response.set("content-encoding", "gzip");
}

}  // namespace

bool names_etag(std::string_view if_none_match, std::string_view etag) {
    etag = without_weak_mark(etag);
    while (!if_none_match.empty()) {
        const std::size_t end = std::min(if_none_match.find(','), if_none_match.size());
        std::string_view item = if_none_match.substr(0, end);
        if_none_match.remove_prefix(std::min(end + 1, if_none_match.size()));
        while (!item.empty() && item.front() == ' ')
            item.remove_prefix(1);
        while (!item.empty() && item.back() == ' ')
            item.remove_suffix(1);
        if (item == "*" || (!item.empty() && without_weak_mark(item) == etag))
            return true;
    }
    return false;
}

Outgoing make_outgoing(Response response, const AnswerContext& context, std::string_view shared_body) {
    const auto etag = response.header("etag");
    if (context.reads && response.status == 200 && etag && names_etag(context.if_none_match, *etag)) {
        response.status = 304;
        response.body.clear();
        response.source.reset();
        shared_body = {};
        drop_header(response, "content-type");
        drop_header(response, "content-encoding");
    }
    const bool no_content = response.status == 204 || response.status == 304;
    if (no_content) {
        response.body.clear();
        response.source.reset();
    }
    if (shared_body.empty() && !response.source)
        compress(response, context.accept_encoding);

    std::size_t length = shared_body.empty() ? response.body.size() : shared_body.size();
    if (response.source)
        length = response.source->size();

    Outgoing out;
    out.status = response.status;
    out.keep_alive = context.keep_alive;
    std::string& head = out.head;
    head.reserve(1200);
    head += "HTTP/1.1 ";
    append_number(head, static_cast<std::size_t>(response.status));
    head += ' ';
    head += reason_phrase(response.status);
    head += "\r\ndate: ";
    append_date(head);
    head += "\r\n";
    for (const auto& [name, value] : response.headers) {
        head += name;
        head += ": ";
        append_value(head, value);
        head += "\r\n";
    }
    if (!no_content) {
        head += "content-length: ";
        append_number(head, length);
        head += "\r\n";
    }
    head += "x-request-id: ";
    append_value(head, context.request_id);
    head += "\r\n";
    if (!response.header("content-security-policy"))
        head += security_policy;
    head += security_headers;
    if (context.secure)
        head += transport_security;
    if (!context.keep_alive)
        head += "connection: close\r\n";
    head += "\r\n";
    if (!context.head_only) {
        out.body = std::move(response.body);
        out.shared_body = shared_body;
        out.source = std::move(response.source);
    }
    return out;
}

}  // namespace tsunagi::http
