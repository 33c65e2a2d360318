// SPDX-License-Identifier: Apache-2.0
// A request target: decoded into a path without tricks and parameters, or refused. Then the small header grammars.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "core/error.hpp"
#include "core/utf8.hpp"
#include "http/gzip.hpp"
#include "http/message.hpp"
#include "http/outgoing.hpp"

namespace {

void demand(bool holds) {
    if (!holds)
        std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace tsunagi;
    const std::string_view text(reinterpret_cast<const char*>(data), size);  // NOLINT: the fuzzer's interface
    std::string path;
    record::QueryParameters query;
    try {
        http::parse_target(text, path, query);
        demand(path.starts_with('/') && core::utf8_length(path) && path.size() <= text.size());
        demand(path.find('\\') == std::string::npos && path.find('\n') == std::string::npos);
        for (std::size_t at = 0; (at = path.find("/.", at)) != std::string::npos; ++at) {
            const std::string_view rest = std::string_view(path).substr(at + 2);
            demand(!rest.empty() && rest.front() != '/' && rest != "." && !rest.starts_with("./"));
        }
        for (const auto& [name, value] : query)
            demand(core::utf8_length(name) && core::utf8_length(value));
    } catch (const core::Error& error) {
        demand(error.kind() == core::ErrorKind::malformed);
    }
    (void)http::accepts_coding(text, "gzip");
    (void)http::accepts_coding(text, "br");
    (void)http::names_etag(text, "\"7\"");
    http::Request request;
    request.headers = {{"cookie", std::string(text)}};
    if (const auto value = request.cookie("tsunagi_session"))
        demand(value->find(';') == std::string::npos);
    return 0;
}
