// SPDX-License-Identifier: Apache-2.0
#include "http/message.hpp"

#include <algorithm>

#include "core/error.hpp"
#include "core/utf8.hpp"

namespace tsunagi::http {
namespace {

std::optional<std::string_view> find(const std::vector<std::pair<std::string, std::string>>& headers,
                                     std::string_view name) {
    for (const auto& [key, value] : headers) {
        if (key == name)
            return value;
    }
    return std::nullopt;
}

core::Error bad_target() {
    return {core::ErrorKind::malformed, "malformed_target"};
}

int hex_value(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

std::string decode(std::string_view text, bool form) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%') {
            if (i + 2 >= text.size())
                throw bad_target();
            const int high = hex_value(text[i + 1]);
            const int low = hex_value(text[i + 2]);
            if (high < 0 || low < 0)
                throw bad_target();
            out.push_back(static_cast<char>(high * 16 + low));
            i += 2;
        } else {
            out.push_back(form && text[i] == '+' ? ' ' : text[i]);
        }
    }
    if (!core::utf8_length(out))
        throw bad_target();
    return out;
}

}  // namespace

std::optional<std::string_view> Request::header(std::string_view name) const {
    return find(headers, name);
}

std::optional<std::string_view> Response::header(std::string_view name) const {
    return find(headers, name);
}

std::optional<std::string> Request::cookie(std::string_view name) const {
    for (const auto& [key, value] : headers) {
        if (key != "cookie")
            continue;
        std::string_view rest = value;
        while (!rest.empty()) {
            const std::size_t end = std::min(rest.find(';'), rest.size());
            std::string_view pair = rest.substr(0, end);
            rest.remove_prefix(std::min(end + 1, rest.size()));
            while (!pair.empty() && pair.front() == ' ')
                pair.remove_prefix(1);
            if (pair.size() > name.size() && pair.starts_with(name) && pair[name.size()] == '=') {
                return std::string(pair.substr(name.size() + 1));
            }
        }
    }
    return std::nullopt;
}

Response json_response(int status, std::string body) {
    Response response;
    response.status = status;
    response.body = std::move(body);
    response.set("content-type", "application/json");
    response.set("cache-control", "no-store");
    return response;
}

void parse_target(std::string_view target, std::string& path, record::QueryParameters& query) {
    if (target.empty() || target.front() != '/' || target.size() > 8000)
        throw bad_target();
    const std::size_t mark = std::min(target.find('?'), target.size());
    const std::string_view raw = target.substr(0, mark);
    // An encoded slash would be one segment for a proxy in front and two for the router.
    if (raw.find("%2f") != std::string_view::npos || raw.find("%2F") != std::string_view::npos)
        throw bad_target();
    path = decode(raw, false);
    for (const char c : path) {
        if (c == '\\' || c == '\x7f' || (c >= 0 && c < 0x20))
            throw bad_target();
    }
    for (std::size_t start = 0; start < path.size();) {
        const std::size_t end = std::min(path.find('/', start + 1), path.size());
        const std::string_view segment = std::string_view(path).substr(start + 1, end - start - 1);
        if (segment == "." || segment == "..")
            throw bad_target();
        start = end;
    }
    query.clear();
    std::string_view rest = target.substr(std::min(mark + 1, target.size()));
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('&'), rest.size());
        const std::string_view pair = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (pair.empty())
            continue;
        if (query.size() >= 200)
            throw bad_target();
        const std::size_t equal = std::min(pair.find('='), pair.size());
        query.emplace_back(decode(pair.substr(0, equal), true),
                           decode(pair.substr(std::min(equal + 1, pair.size())), true));
    }
}

}  // namespace tsunagi::http
