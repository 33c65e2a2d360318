// SPDX-License-Identifier: Apache-2.0
#include "modules/documents/virus_scanner.hpp"

#include <array>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <string_view>

#include <netdb.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "core/error.hpp"

namespace tsunagi::documents {
namespace {

constexpr int patience_seconds = 40;  // a handler has sixty

[[noreturn]] void fail(const std::string& what) {
    throw core::Error(core::ErrorKind::unavailable, "scanner_unavailable", {}, "the virus scanner: " + what);
}

class Line {
public:
    explicit Line(int family) : socket_(::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        if (socket_ < 0)
            fail("no socket");
        const timeval time{patience_seconds, 0};
        ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &time, sizeof(time));
        ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &time, sizeof(time));
    }

    Line(const Line&) = delete;
    Line& operator=(const Line&) = delete;
    Line(Line&&) = delete;
    Line& operator=(Line&&) = delete;

    ~Line() { ::close(socket_); }

    [[nodiscard]] bool connect(const sockaddr* to, socklen_t size) const { return ::connect(socket_, to, size) == 0; }

    /// False when the other side has hung up: it may have said why before.
    [[nodiscard]] bool send(std::string_view bytes) const {
        while (!bytes.empty()) {
            const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0)
                return false;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }

    [[nodiscard]] std::string answer() const {
        std::string text;
        std::array<char, 512> buffer{};
        while (text.size() < 4096 && text.find('\0') == std::string::npos) {
            const ssize_t got = ::recv(socket_, buffer.data(), buffer.size(), 0);
            if (got <= 0)
                break;
            text.append(buffer.data(), static_cast<std::size_t>(got));
        }
        return text.substr(0, text.find('\0'));
    }

private:
    int socket_;
};

void send_all(const Line& line, std::int64_t parts, const std::function<std::string(std::int64_t)>& part) {
    const auto chunk_head = [](std::size_t size) {
        return std::string{static_cast<char>(size >> 24U), static_cast<char>(size >> 16U),
                           static_cast<char>(size >> 8U), static_cast<char>(size)};
    };
    if (!line.send(std::string_view("zINSTREAM\0", 10)))
        return;
    for (std::int64_t number = 0; number < parts; ++number) {
        const std::string bytes = part(number);
        if (!line.send(chunk_head(bytes.size())) || !line.send(bytes))
            return;
    }
    (void)line.send(chunk_head(0));
}

std::optional<std::string> verdict(const std::string& answer) {
    constexpr std::string_view begin = "stream: ";
    constexpr std::string_view found = " FOUND";
    if (answer == "stream: OK")
        return std::nullopt;
    if (answer.starts_with(begin) && answer.ends_with(found))
        return answer.substr(begin.size(), answer.size() - begin.size() - found.size());
    if (answer.find("size limit exceeded") != std::string::npos)
        throw core::Error(core::ErrorKind::unavailable, "scanner_limit", {}, "the virus scanner: " + answer);
    fail(answer.empty() ? "no answer" : answer);
}

}  // namespace

VirusScanner::VirusScanner(const std::string& address) {
    if (address.starts_with("unix:/") && address.size() - 5 < sizeof(sockaddr_un::sun_path)) {
        path_ = address.substr(5);
        return;
    }
    const auto colon = address.rfind(':');
    if (!address.starts_with("tcp:") || colon <= 4 || colon + 1 == address.size() ||
        address.find_first_not_of("0123456789", colon + 1) != std::string::npos)
        throw std::invalid_argument("must be \"unix:/path\" or \"tcp:host:port\", not \"" + address + "\"");
    host_ = address.substr(4, colon - 4);
    port_ = address.substr(colon + 1);
}

std::optional<std::string> VirusScanner::scan(std::int64_t parts,
                                              const std::function<std::string(std::int64_t)>& part) const {
    if (!path_.empty()) {
        sockaddr_un to{};
        to.sun_family = AF_UNIX;
        std::memcpy(static_cast<char*>(to.sun_path), path_.data(), path_.size());
        const Line line(AF_UNIX);
        if (!line.connect(reinterpret_cast<const sockaddr*>(&to), sizeof(to)))  // NOLINT: the C interface
            fail("cannot connect to " + path_);
        send_all(line, parts, part);
        return verdict(line.answer());
    }
    addrinfo wanted{};
    wanted.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (::getaddrinfo(host_.c_str(), port_.c_str(), &wanted, &found) != 0)
        fail("there is no " + host_);
    const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> list(found, &::freeaddrinfo);
    for (const addrinfo* one = found; one != nullptr; one = one->ai_next) {
        const Line line(one->ai_family);
        if (!line.connect(one->ai_addr, one->ai_addrlen))
            continue;
        send_all(line, parts, part);
        return verdict(line.answer());
    }
    fail("cannot connect to " + host_ + " port " + port_);
}

}  // namespace tsunagi::documents
