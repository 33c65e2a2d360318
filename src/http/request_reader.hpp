// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "http/chunk_reader.hpp"
#include "http/message.hpp"

namespace tsunagi::http {

/// Reads one request after another from the bytes of one connection. Knows no sockets and no time.
///
/// Stricter than RFC 9112 asks where two readers of the same bytes could disagree about where a request ends: a
/// request with two lengths, a folded header line, a bare line feed or a target in absolute form is refused.
class RequestReader {
public:
    struct Limits {
        std::size_t header_bytes = 16UL * 1024;
        std::size_t body_bytes = 2UL * 1024 * 1024;
    };
    enum class State {
        idle,      ///< between two requests, no byte of the next one has come
        header,    ///< within the header
        body,      ///< the header is complete and fine, the body is not here yet
        complete,  ///< `take` gives the request
        refused,   ///< `refusal` says why; the connection cannot be used any further
    };

    struct Refusal {
        int status = 400;
        std::string reason;  ///< stable key as in a problem answer
    };

    explicit RequestReader(Limits limits);
    RequestReader(const RequestReader&) = delete;
    RequestReader& operator=(const RequestReader&) = delete;
    RequestReader(RequestReader&&) = delete;
    RequestReader& operator=(RequestReader&&) = delete;
    ~RequestReader() = default;

    /// Takes bytes and answers how many it used: all of them, unless the request became complete or refused on the way.
    std::size_t feed(std::string_view bytes);

    [[nodiscard]] State state() const { return state_; }

    [[nodiscard]] const Refusal& refusal() const { return refusal_; }

    /// The client waits for `100 Continue` before it sends the body.
    [[nodiscard]] bool expects_continue() const { return expects_continue_; }

    /// Whether the client allows another request on this connection. HTTP/1.0 never does.
    [[nodiscard]] bool keep_alive() const { return keep_alive_; }

    /// HEAD: the request is handed out as GET, and the answer goes without its body.
    [[nodiscard]] bool head_only() const { return head_only_; }

    /// The complete request; the reader is idle again. `keep_alive` and `head_only` stay until the next bytes come.
    [[nodiscard]] Request take();

private:
    struct Parser;

    std::size_t feed_header(std::string_view bytes);
    std::size_t feed_body(std::string_view bytes);
    void parse_header();
    void check_fields(const Parser& parser);
    void copy_request(const Parser& parser);
    void refuse(int status, std::string reason);

    Limits limits_;
    State state_ = State::idle;
    Refusal refusal_;
    std::string text_;  ///< the header while it is incomplete
    Request request_;
    std::size_t length_ = 0;               ///< of the body, where it is known
    std::unique_ptr<ChunkReader> chunks_;  ///< where it is not
    bool keep_alive_ = true;
    bool head_only_ = false;
    bool expects_continue_ = false;
};

}  // namespace tsunagi::http
