// SPDX-License-Identifier: Apache-2.0
// A client that sends exactly the bytes it is told to, for tests of what no browser would send.
#pragma once
#include <array>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace tsunagi::test {

struct RawAnswer {
    int status = 0;
    std::multimap<std::string, std::string> headers;  ///< names in lower case
    std::string body;

    [[nodiscard]] std::string header(const std::string& name) const {
        const auto found = headers.find(name);
        return found == headers.end() ? std::string() : found->second;
    }
};

class RawClient {
public:
    explicit RawClient(std::uint16_t port, int receive_seconds = 10) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(port);
        to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const timeval time{receive_seconds, 0};
        const int yes = 1;
        ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &time, sizeof(time));
        ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &time, sizeof(time));
        ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
        if (::connect(socket_, reinterpret_cast<const sockaddr*>(&to), sizeof(to)) != 0) {  // NOLINT: the C interface
            ::close(socket_);
            throw std::runtime_error("cannot connect");
        }
    }

    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;

    RawClient(RawClient&& other) noexcept
        : socket_(std::exchange(other.socket_, -1)), received_(std::move(other.received_)) {}

    RawClient& operator=(RawClient&&) = delete;

    ~RawClient() {
        if (socket_ >= 0)
            ::close(socket_);
    }

    /// False when the server has closed the connection.
    bool send(std::string_view bytes) {
        while (!bytes.empty()) {
            const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0)
                return false;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }

    /// The next answer, or nothing when the server closed the connection or said nothing for too long.
    std::optional<RawAnswer> receive(bool without_body = false) {
        while (received_.find("\r\n\r\n") == std::string::npos) {
            if (!more())
                return std::nullopt;
        }
        RawAnswer answer;
        const std::size_t end = received_.find("\r\n\r\n");
        const std::string head = received_.substr(0, end + 2);
        received_.erase(0, end + 4);
        answer.status = std::atoi(head.c_str() + head.find(' ') + 1);
        for (std::size_t at = head.find("\r\n") + 2; at < head.size();) {
            const std::size_t line_end = head.find("\r\n", at);
            const std::size_t colon = head.find(": ", at);
            answer.headers.emplace(head.substr(at, colon - at), head.substr(colon + 2, line_end - colon - 2));
            at = line_end + 2;
        }
        const bool bodiless = without_body || answer.status == 204 || answer.status == 304 || answer.status == 100;
        const auto size = bodiless ? 0 : static_cast<std::size_t>(std::atoll(answer.header("content-length").c_str()));
        while (received_.size() < size) {
            if (!more())
                return std::nullopt;
        }
        answer.body = received_.substr(0, size);
        received_.erase(0, size);
        return answer;
    }

    /// Sends one request without a body and gives its answer.
    std::optional<RawAnswer> get(const std::string& target, const std::string& more_headers = "") {
        send("GET " + target + " HTTP/1.1\r\nHost: test\r\n" + more_headers + "\r\n");
        return receive();
    }

    /// True when the server closes the connection before the receive time is over. Answers on the way are dropped.
    bool is_closed() {
        while (more()) {
        }
        return at_end_;
    }

private:
    bool more() {
        std::array<char, 16384> buffer{};
        const ssize_t got = ::recv(socket_, buffer.data(), buffer.size(), 0);
        if (got == 0 || (got < 0 && errno == ECONNRESET))
            at_end_ = true;
        if (got <= 0)
            return false;
        received_.append(buffer.data(), static_cast<std::size_t>(got));
        return true;
    }

    int socket_;
    std::string received_;
    bool at_end_ = false;
};

}  // namespace tsunagi::test
