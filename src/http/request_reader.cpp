// SPDX-License-Identifier: Apache-2.0
#include "http/request_reader.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>

#include "core/error.hpp"

namespace tsunagi::http {
namespace {

namespace beast = boost::beast;

constexpr std::size_t max_fields = 100;
constexpr std::size_t max_target = 8000;
constexpr std::array<std::string_view, 6> known_methods{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"};

std::string_view view(beast::string_view text) {
    return {text.data(), text.size()};
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
    return beast::iequals(beast::string_view(a.data(), a.size()), beast::string_view(b.data(), b.size()));
}

bool is_host(std::string_view text) {
    return !text.empty() && text.size() <= 300 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
               c == '_' || c == ':' || c == '[' || c == ']';
    });
}

bool is_digits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

struct RequestReader::Parser {
    beast::http::request_parser<beast::http::empty_body> http;
};

RequestReader::RequestReader(Limits limits) : limits_(limits) {}

void RequestReader::refuse(int status, std::string reason) {
    state_ = State::refused;
    refusal_ = {status, std::move(reason)};
    keep_alive_ = false;
    chunks_.reset();
    text_ = {};
}

std::size_t RequestReader::feed(std::string_view bytes) {
    std::size_t used = 0;
    while (used < bytes.size() && state_ != State::complete && state_ != State::refused) {
        const std::string_view rest = bytes.substr(used);
        used += state_ == State::body ? feed_body(rest) : feed_header(rest);
    }
    return used;
}

std::size_t RequestReader::feed_header(std::string_view bytes) {
    std::size_t used = 0;
    if (state_ == State::idle) {
        state_ = State::header;
        keep_alive_ = true;
        head_only_ = false;
        text_.clear();
    }
    // Only the new bytes are looked at, so that a header sent byte by byte costs no more than one sent at once.
    for (const char c : bytes) {
        ++used;
        const char before = text_.empty() ? '\n' : text_.back();
        const bool first = text_.empty();
        if (c == '\0' || (c == '\n' && (first || before != '\r')) || (c != '\n' && !first && before == '\r')) {
            refuse(400, "malformed_request");
            return used;
        }
        text_.push_back(c);
        if (text_ == "\r\n") {
            text_.clear();  // some clients end a body with an empty line that does not belong to it
            state_ = State::idle;
            return used;
        }
        if (text_.size() > limits_.header_bytes) {
            refuse(431, "header_too_large");
            return used;
        }
        if (c == '\n' && text_.ends_with("\r\n\r\n")) {
            parse_header();
            return used;
        }
    }
    return used;
}

void RequestReader::parse_header() {
    // A folded line would be joined by some readers and taken as a header of its own by others.
    for (std::size_t at = text_.find("\r\n"); at + 2 < text_.size(); at = text_.find("\r\n", at + 2)) {
        if (text_[at + 2] == ' ' || text_[at + 2] == '\t')
            return refuse(400, "malformed_request");
    }
    Parser parser;
    parser.http.header_limit(static_cast<std::uint32_t>(limits_.header_bytes));
    parser.http.body_limit(boost::none);
    parser.http.eager(false);
    boost::system::error_code error;
    std::size_t used = 0;
    while (!error && !parser.http.is_header_done()) {
        used += parser.http.put(boost::asio::buffer(text_.data() + used, text_.size() - used), error);
    }
    using Fault = beast::http::error;
    if (error == Fault::header_limit)
        return refuse(431, "header_too_large");
    if (error == Fault::bad_version)
        return refuse(505, "version_not_supported");
    if (error || used != text_.size())
        return refuse(400, "malformed_request");
    check_fields(parser);
    if (state_ == State::refused)
        return;
    copy_request(parser);
    if (state_ == State::refused)
        return;
    text_.clear();
    if (parser.http.chunked())
        chunks_ = std::make_unique<ChunkReader>();
    const bool done = !chunks_ && length_ == 0;
    if (done)
        expects_continue_ = false;
    state_ = done ? State::complete : State::body;
}

void RequestReader::check_fields(const Parser& parser) {
    const auto& message = parser.http.get();
    const unsigned version = message.version();
    if (version != 11 && version != 10)
        return refuse(505, "version_not_supported");
    const std::string_view method = view(message.method_string());
    const std::string_view target = view(message.target());
    if (std::find(known_methods.begin(), known_methods.end(), method) == known_methods.end()) {
        return refuse(405, "method_not_allowed");
    }
    if (target.size() > max_target)
        return refuse(414, "target_too_long");
    const bool visible =
        std::all_of(target.begin(), target.end(), [](char c) { return c > 0x20 && c < 0x7f && c != '#'; });
    if (!target.starts_with('/') || !visible)
        return refuse(400, "malformed_target");

    std::size_t fields = 0;
    std::size_t hosts = 0;
    std::size_t lengths = 0;
    std::size_t codings = 0;
    bool coding_known = true;
    bool expectation_known = true;
    length_ = 0;
    expects_continue_ = false;
    for (const auto& field : message) {
        const std::string_view value = view(field.value());
        ++fields;
        switch (field.name()) {
            case beast::http::field::host:
                hosts += is_host(value) ? 1U : 2U;
                break;
            case beast::http::field::content_length:
                ++lengths;
                if (!is_digits(value) || value.size() > 18)
                    return refuse(400, "malformed_request");
                length_ = std::stoull(std::string(value));
                break;
            case beast::http::field::transfer_encoding:
                ++codings;
                coding_known = equal_ignoring_case(value, "chunked");
                break;
            case beast::http::field::expect:
                expects_continue_ = equal_ignoring_case(value, "100-continue");
                expectation_known = expects_continue_;
                break;
            default:
                break;
        }
    }
    if (fields > max_fields)
        return refuse(431, "header_too_large");
    if (hosts > 1 || (hosts == 0 && version == 11))
        return refuse(400, "malformed_request");
    if (lengths > 1 || codings > 1 || (lengths > 0 && codings > 0))
        return refuse(400, "malformed_request");
    if (codings > 0 && version == 10)
        return refuse(400, "malformed_request");
    if (codings > 0 && !coding_known)
        return refuse(501, "transfer_coding_not_supported");
    if (!expectation_known)
        return refuse(417, "expectation_failed");
    if (length_ > limits_.body_bytes)
        return refuse(413, "too_large");
    keep_alive_ = version == 11 && parser.http.keep_alive();
    head_only_ = method == "HEAD";
}

void RequestReader::copy_request(const Parser& parser) {
    const auto& message = parser.http.get();
    request_ = {};
    request_.method = head_only_ ? "GET" : std::string(view(message.method_string()));
    for (const auto& field : message) {
        std::string name(view(field.name_string()));
        for (char& c : name) {
            if (c >= 'A' && c <= 'Z')
                c = static_cast<char>(c - 'A' + 'a');
        }
        request_.headers.emplace_back(std::move(name), std::string(view(field.value())));
    }
    try {
        parse_target(view(message.target()), request_.path, request_.query);
    } catch (const core::Error& error) {
        refuse(400, error.reason());
    }
}

std::size_t RequestReader::feed_body(std::string_view bytes) {
    expects_continue_ = false;
    if (!chunks_) {
        const std::size_t used = std::min(bytes.size(), length_ - request_.body.size());
        request_.body.append(bytes.substr(0, used));
        if (request_.body.size() == length_)
            state_ = State::complete;
        return used;
    }
    const std::size_t used = chunks_->feed(bytes, request_.body, limits_.body_bytes);
    switch (chunks_->state()) {
        case ChunkReader::State::reading:
            break;
        case ChunkReader::State::complete:
            state_ = State::complete;
            break;
        case ChunkReader::State::malformed:
            refuse(400, "malformed_request");
            break;
        case ChunkReader::State::too_large:
            refuse(413, "too_large");
            break;
    }
    return used;
}

Request RequestReader::take() {
    state_ = State::idle;
    chunks_.reset();
    return std::move(request_);
}

}  // namespace tsunagi::http
