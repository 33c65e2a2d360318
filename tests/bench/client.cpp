// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/client.hpp"

#include <stdexcept>

#include <arpa/inet.h>
#include <boost/json/parse.hpp>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace tsunagi::bench {

std::string Answer::header(std::string_view name) const {
    std::size_t start = 0;
    while (start < headers.size()) {
        const std::size_t end = std::min(headers.find("\r\n", start), headers.size());
        const std::string_view line = std::string_view(headers).substr(start, end - start);
        start = end + 2;
        if (line.size() <= name.size() || line[name.size()] != ':')
            continue;
        bool same = true;
        for (std::size_t i = 0; i < name.size(); ++i)
            same = same && std::tolower(line[i]) == name[i];
        if (!same)
            continue;
        std::string_view value = line.substr(name.size() + 1);
        while (!value.empty() && value.front() == ' ')
            value.remove_prefix(1);
        return std::string(value);
    }
    return {};
}

Client::~Client() {
    if (socket_ >= 0)
        ::close(socket_);
}

void Client::connect() {
    if (socket_ >= 0)
        ::close(socket_);
    buffer_.clear();
    socket_ = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port_);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {  // NOLINT: the C interface
        throw std::runtime_error("no server on port " + std::to_string(port_));
    }
    const int on = 1;
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

void Client::connect_where_ended() {
    char byte = 0;
    if (socket_ < 0 || ::recv(socket_, &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0)
        connect();
}

Answer Client::send(std::string_view method, std::string_view target, std::string_view body,
                    std::string_view extra_headers, std::string_view content_type) {
    connect_where_ended();
    std::string request;
    request.append(method).append(" ").append(target).append(" HTTP/1.1\r\nHost: localhost\r\n");
    request.append(session_headers_).append(extra_headers);
    if (method != "GET") {
        request.append("Content-Type: ")
            .append(content_type)
            .append("\r\nContent-Length: ")
            .append(std::to_string(body.size()))
            .append("\r\n");
    }
    request.append("\r\n").append(body);
    std::size_t sent = 0;
    while (sent < request.size()) {
        const auto n = ::send(socket_, request.data() + sent, request.size() - sent, MSG_NOSIGNAL);
        if (n <= 0)
            throw std::runtime_error("the connection broke while sending");
        sent += static_cast<std::size_t>(n);
    }
    Answer answer;
    std::size_t head_end = std::string::npos;
    std::size_t length = 0;
    char chunk[65536];  // NOLINT
    for (;;) {
        if (head_end == std::string::npos) {
            head_end = buffer_.find("\r\n\r\n");
            if (head_end != std::string::npos) {
                answer.headers = buffer_.substr(0, head_end);
                answer.status = std::stoi(answer.headers.substr(9, 3));
                const std::string text = answer.header("content-length");
                length = text.empty() ? 0 : std::stoul(text);
            }
        }
        if (head_end != std::string::npos && buffer_.size() >= head_end + 4 + length)
            break;
        const auto n = ::recv(socket_, chunk, sizeof chunk, 0);
        if (n <= 0)
            throw std::runtime_error("the connection broke while reading");
        buffer_.append(chunk, static_cast<std::size_t>(n));
    }
    answer.body = buffer_.substr(head_end + 4, length);
    buffer_.erase(0, head_end + 4 + length);
    return answer;
}

void Client::sign_in(std::string_view login, std::string_view password) {
    session_headers_.clear();
    const std::string body =
        R"({"login":")" + std::string(login) + R"(","password":")" + std::string(password) + R"("})";
    const Answer answer = send("POST", "/api/session", body);
    if (answer.status != 200 && answer.status != 201) {
        throw std::runtime_error("sign-in failed: " + answer.body);
    }
    const std::string cookie = answer.header("set-cookie");
    const auto view = boost::json::parse(answer.body);
    session_headers_ = "Cookie: " + cookie.substr(0, cookie.find(';')) +
                       "\r\nX-CSRF-Token: " + std::string(view.at("csrf_token").as_string().c_str()) + "\r\n";
}

}  // namespace tsunagi::bench
