// SPDX-License-Identifier: Apache-2.0
// The smallest HTTP client that can measure: one keep-alive connection, blocking, no parsing beyond the length.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace tsunagi::bench {

struct Answer {
    int status = 0;
    std::string headers;
    std::string body;
    [[nodiscard]] std::string header(std::string_view name) const;  ///< lower-case name; empty when absent
};

/// Throws std::runtime_error when the connection fails. One that the server closed between two requests, as it does
/// with what stays silent for a minute, is opened again without a word.
class Client {
public:
    explicit Client(std::uint16_t port) : port_(port) {}

    ~Client();
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    Answer send(std::string_view method, std::string_view target, std::string_view body = {},
                std::string_view extra_headers = {}, std::string_view content_type = "application/json");
    /// Signs in with the demonstration account and keeps the cookie and the CSRF token for what follows.
    void sign_in(std::string_view login, std::string_view password);

private:
    void connect();
    /// Opens the connection anew where the server has ended it.
    void connect_where_ended();
    std::uint16_t port_;
    int socket_ = -1;
    std::string session_headers_;
    std::string buffer_;
};

}  // namespace tsunagi::bench
