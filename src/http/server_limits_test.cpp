// SPDX-License-Identifier: Apache-2.0
// What a client may cost, and that it costs nobody else anything.
#include <deque>

#include <gtest/gtest.h>

#include "tests/support/raw_client.hpp"
#include "tests/support/test_server.hpp"

namespace tsunagi::http {
namespace {

using test::eventually;
using test::RawClient;
using test::TestServer;
using namespace std::chrono_literals;

const std::string held = "GET /api/held HTTP/1.1\r\nHost: t\r\n\r\n";

TEST(ServerLimits, HeaderInPiecesForTooLong) {
    ServerOptions options;
    options.header_time = 200ms;
    TestServer server(options);
    RawClient client(server.port());
    client.send("GET /healthz HTTP/1.1\r\nHo");
    const auto answer = client.receive();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 408);
    EXPECT_NE(answer->body.find("\"reason\":\"timeout\""), std::string::npos);
    EXPECT_EQ(answer->header("connection"), "close");
    EXPECT_TRUE(client.is_closed());
    RawClient silent(server.port());
    EXPECT_FALSE(silent.receive()) << "who said nothing is told nothing";
    EXPECT_TRUE(silent.is_closed());
}

TEST(ServerLimits, BodyInPiecesForTooLong) {
    ServerOptions options;
    options.body_time = 200ms;
    TestServer server(options);
    RawClient client(server.port());
    client.send("POST /api/echo HTTP/1.1\r\nHost: t\r\nContent-Length: 10\r\n\r\n{");
    const auto answer = client.receive();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 408);
    EXPECT_TRUE(client.is_closed());
}

TEST(ServerLimits, IdleForTooLong) {
    ServerOptions options;
    options.idle_time = 200ms;
    TestServer server(options);
    RawClient client(server.port());
    ASSERT_TRUE(client.get("/healthz"));
    EXPECT_FALSE(client.receive());
    EXPECT_TRUE(client.is_closed());
}

TEST(ServerLimits, HandlerForTooLong) {
    ServerOptions options;
    options.request_time = 200ms;
    TestServer server(options);
    RawClient client(server.port());
    client.send(held);
    const auto answer = client.receive();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 503);
    server.let_go();
    EXPECT_TRUE(client.is_closed());
    EXPECT_TRUE(eventually([&] { return server.running() == 0; }));
    EXPECT_EQ(RawClient(server.port()).get("/healthz")->status, 200);
}

TEST(ServerLimits, AnswerThatNobodyTakes) {
    ServerOptions options;
    options.write_time = 300ms;
    TestServer server(options);
    RawClient client(server.port());
    // More answers than the buffers of both sides hold.
    for (int i = 0; i < 200; ++i)
        client.send("GET /api/large HTTP/1.1\r\nHost: t\r\n\r\n");
    ASSERT_TRUE(
        eventually([&] { return server.metrics().text().find("tsunagi_http_connections 1") != std::string::npos; }));
    EXPECT_TRUE(
        eventually([&] { return server.metrics().text().find("tsunagi_http_connections 0") != std::string::npos; }));
}

TEST(ServerLimits, HeaderTooLarge) {
    TestServer server;
    RawClient client(server.port());
    client.send("GET /healthz HTTP/1.1\r\nHost: t\r\nX: " + std::string(20'000, 'x') + "\r\n\r\n");
    const auto answer = client.receive();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 431);
    EXPECT_TRUE(client.is_closed());
}

TEST(ServerLimits, QueueOfWaitingRequestsIsBounded) {
    ServerOptions options;
    options.handler_threads = 2;
    options.longest_queue = 3;
    TestServer server(options);
    std::deque<RawClient> clients;
    for (int i = 0; i < 2; ++i)
        clients.emplace_back(server.port()).send(held);
    ASSERT_TRUE(eventually([&] { return server.running() == 2; }));
    for (int i = 0; i < 3; ++i)
        clients.emplace_back(server.port()).send(held);
    ASSERT_TRUE(
        eventually([&] { return server.metrics().text().find("tsunagi_http_queue_length 3") != std::string::npos; }));
    RawClient one_more(server.port());
    const auto refused = one_more.get("/api/large");
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->status, 503);
    EXPECT_NE(refused->header("retry-after"), "");
    EXPECT_NE(refused->body.find("\"reason\":\"overloaded\""), std::string::npos);
    EXPECT_EQ(one_more.get("/healthz")->status, 200) << "whether it lives is answered even then";
    server.let_go();
    for (auto& client : clients)
        EXPECT_EQ(client.receive()->status, 204);
    EXPECT_EQ(one_more.get("/api/large")->status, 200);
}

TEST(ServerLimits, ConnectionsInAllAndByAddress) {
    for (const bool by_address : {false, true}) {
        ServerOptions options;
        options.handler_threads = 4;
        (by_address ? options.connections_per_address : options.connections) = 4;
        TestServer server(options);
        std::deque<RawClient> clients;
        for (int i = 0; i < 4; ++i)
            clients.emplace_back(server.port()).send(held);
        ASSERT_TRUE(eventually([&] { return server.running() == 4; }));
        RawClient refused(server.port());
        const auto answer = refused.receive();
        ASSERT_TRUE(answer);
        EXPECT_EQ(answer->status, by_address ? 429 : 503);
        EXPECT_NE(answer->header("retry-after"), "");
        EXPECT_TRUE(refused.is_closed());
        server.let_go();
        for (auto& client : clients)
            EXPECT_EQ(client.receive()->status, 204);
    }
}

TEST(ServerLimits, TheSlowestConnectionMakesRoom) {
    ServerOptions options;
    options.connections_per_address = 4;
    options.patience = 50ms;
    TestServer server(options);
    std::deque<RawClient> slow;
    for (int i = 0; i < 4; ++i) {
        slow.emplace_back(server.port()).send("GET /h");
        std::this_thread::sleep_for(20ms);
    }
    std::this_thread::sleep_for(100ms);
    RawClient newcomer(server.port());
    EXPECT_EQ(newcomer.get("/healthz")->status, 200);
    EXPECT_TRUE(slow.front().is_closed());
    slow.back().send("ealthz HTTP/1.1\r\nHost: t\r\n\r\n");
    EXPECT_EQ(slow.back().receive()->status, 200) << "the others keep their place";
}

TEST(ServerLimits, AThousandSlowHeadersStopNobody) {
    TestServer server;
    std::deque<RawClient> slow;
    const std::string header = "GET /healthz HTTP/1.1\r\nHost: t\r\nX-Slow: abcdefghijklmnopqrstuvwxyz\r\n";
    for (int i = 0; i < 1000; ++i)
        slow.emplace_back(server.port());
    for (std::size_t sent = 0; sent < 10; ++sent) {
        for (auto& client : slow)
            client.send(header.substr(sent, 1));
        RawClient other(server.port());
        const auto start = std::chrono::steady_clock::now();
        for (int i = 0; i < 20; ++i)
            EXPECT_EQ(other.get("/api/large")->status, 200);
        EXPECT_LT(std::chrono::steady_clock::now() - start, 5s);
    }
    for (auto& client : slow) {
        client.send(header.substr(10) + "\r\n");
        EXPECT_EQ(client.receive()->status, 200) << "slow, but within their time";
    }
}

}  // namespace
}  // namespace tsunagi::http
