// SPDX-License-Identifier: Apache-2.0
// The bytes of a connection: however they are cut, the requests read from them are the same.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "core/utf8.hpp"
#include "http/request_reader.hpp"

namespace {

using tsunagi::http::Request;
using tsunagi::http::RequestReader;

void demand(bool holds) {
    if (!holds)
        std::abort();
}

/// Everything a handler could see of all requests, and how it ended.
std::string read_all(std::string_view bytes, std::size_t piece) {
    RequestReader reader({.header_bytes = 2000, .body_bytes = 2000});
    std::string seen;
    while (!bytes.empty()) {
        const std::string_view part = bytes.substr(0, piece);
        const std::size_t used = reader.feed(part);
        demand(used <= part.size());
        bytes.remove_prefix(used);
        if (reader.state() == RequestReader::State::refused) {
            const int status = reader.refusal().status;
            demand(status >= 400 && status < 600 && !reader.keep_alive());
            return seen + "refused " + std::to_string(status);
        }
        if (reader.state() != RequestReader::State::complete) {
            demand(used == part.size());
            continue;
        }
        const bool keep_alive = reader.keep_alive();
        const Request request = reader.take();
        demand(request.path.starts_with('/') && tsunagi::core::utf8_length(request.path));
        demand(request.path.find("/../") == std::string::npos && !request.path.ends_with("/.."));
        demand(request.body.size() <= 2000);
        seen += request.method + " " + request.path + "\n";
        for (const auto& [name, value] : request.query) {
            demand(tsunagi::core::utf8_length(name) && tsunagi::core::utf8_length(value));
            seen += name + "=" + value + "\n";
        }
        for (const auto& [name, value] : request.headers) {
            demand(value.find_first_of("\r\n") == std::string::npos);
            seen += name + ":" + value + "\n";
        }
        seen += request.body + "\n";
        if (!keep_alive)
            return seen + "closed";
    }
    return seen;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);  // NOLINT: the fuzzer's interface
    const std::string whole = read_all(bytes, bytes.size() + 1);
    demand(read_all(bytes, 1) == whole);
    demand(read_all(bytes, 7) == whole);
    return 0;
}
