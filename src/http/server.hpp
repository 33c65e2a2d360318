// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "http/access_log.hpp"
#include "http/metrics.hpp"
#include "http/router.hpp"
#include "http/static_files.hpp"

namespace tsunagi::http {

/// Where to listen and what a client may cost. Whatever goes beyond a limit gets the answer named beside it.
struct ServerOptions {
    std::string address = "127.0.0.1";
    std::uint16_t port = 8080;          ///< 0: any free one
    std::filesystem::path certificate;  ///< PEM, with its chain; given together with `private_key`: TLS 1.2 or newer
    std::filesystem::path private_key;

    std::size_t io_threads = 2;
    std::size_t handler_threads = 16;
    std::size_t longest_queue = 512;  ///< requests that wait for a handler thread: 503 with Retry-After

    std::size_t header_bytes = 16UL * 1024;          ///< 431
    std::size_t body_bytes = 2UL * 1024 * 1024;      ///< 413, without waiting for the body
    std::size_t connections = 4000;                  ///< 503, unless a slow connection can be given up for it
    std::size_t connections_per_address = 2000;      ///< 429, likewise
    std::chrono::milliseconds patience{1'000};       ///< before a slow connection may have to make room
    std::chrono::milliseconds header_time{10'000};   ///< 408, from the first byte (of a connection: from its start)
    std::chrono::milliseconds body_time{30'000};     ///< 408
    std::chrono::milliseconds idle_time{60'000};     ///< between two requests: closed without a word
    std::chrono::milliseconds request_time{60'000};  ///< for a handler, its waiting included: 503
    std::chrono::milliseconds write_time{60'000};    ///< for the client to take the answer: closed
    std::chrono::milliseconds grace_time{10'000};    ///< for running requests when the server stops
};

/// Serves the operations of a router and the files of the web app over HTTP/1.1.
///
/// Connections live on a few io threads that never block; operations run in a pool of handler threads. Router, files
/// and metrics must outlive the server.
class Server {
public:
    Server(const ServerOptions& options, const Router& router, const StaticFiles& files, Metrics& metrics,
           AccessLog access_log = {});
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;
    Server(Server&&) = delete;
    Server& operator=(Server&&) = delete;
    /// Stops.
    ~Server();

    /// Listens and returns. Throws std::runtime_error when the address, the port or the certificate cannot be used.
    void start();
    /// The port it listens on.
    [[nodiscard]] std::uint16_t port() const;
    /// Takes no more connections, lets running requests finish within the grace time, and returns when all threads
    /// have ended. Called from any thread but the server's own; a second call does nothing.
    void stop();
    /// Returns when the server has stopped.
    void wait();

private:
    struct Core;
    std::unique_ptr<Core> core_;
};

}  // namespace tsunagi::http
