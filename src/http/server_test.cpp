// SPDX-License-Identifier: Apache-2.0
#include "http/server.hpp"

#include <sstream>

#include <gtest/gtest.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>
#include <zlib.h>

#include "tests/support/raw_client.hpp"
#include "tests/support/test_server.hpp"

namespace tsunagi::http {
namespace {

using test::eventually;
using test::RawClient;
using test::TestServer;
using namespace std::chrono_literals;

std::string unzipped(const std::string& text) {
    z_stream stream{};
    inflateInit2(&stream, 15 + 16);
    std::string out(4'000'000, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));  // NOLINT
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());  // NOLINT
    stream.avail_out = static_cast<uInt>(out.size());
    inflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    inflateEnd(&stream);
    return out;
}

std::string post_echo(const std::string& body, const std::string& more = "") {
    return "POST /api/echo HTTP/1.1\r\nHost: t\r\nContent-Type: application/json\r\nContent-Length: " +
           std::to_string(body.size()) + "\r\n" + more + "\r\n" + body;
}

TEST(Server, AnswersManyRequestsOnOneConnection) {
    TestServer server;
    RawClient client(server.port());
    for (int i = 0; i < 100; ++i) {
        const std::string body = "{\"text\":\"髙 " + std::to_string(i) + "\"}";
        client.send(post_echo(body));
        const auto answer = client.receive();
        ASSERT_TRUE(answer);
        EXPECT_EQ(answer->status, 200);
        EXPECT_EQ(answer->body, body);
    }
}

TEST(Server, AnswersPipelinedRequestsInOrder) {
    TestServer server;
    RawClient client(server.port());
    std::string all;
    for (int i = 0; i < 50; ++i)
        all += post_echo("{\"text\":\"" + std::to_string(i) + "\"}");
    client.send(all);
    for (int i = 0; i < 50; ++i) {
        const auto answer = client.receive();
        ASSERT_TRUE(answer);
        EXPECT_EQ(answer->body, "{\"text\":\"" + std::to_string(i) + "\"}");
    }
}

TEST(Server, EveryAnswerCarriesTheSecurityHeaders) {
    TestServer server;
    for (const std::string request :
         {"GET /healthz HTTP/1.1\r\nHost: t\r\n\r\n", "GET /nothing.js HTTP/1.1\r\nHost: t\r\n\r\n",
          "GET /api/nothing HTTP/1.1\r\nHost: t\r\n\r\n", "OPTIONS /api/echo HTTP/1.1\r\nHost: t\r\n\r\n",
          "GET /api/held/../x HTTP/1.1\r\nHost: t\r\n\r\n", "nonsense\r\n\r\n"}) {
        RawClient client(server.port());
        client.send(request);
        const auto answer = client.receive();
        ASSERT_TRUE(answer) << request;
        EXPECT_EQ(answer->header("content-security-policy"),
                  "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; frame-ancestors "
                  "'none'; base-uri 'none'; form-action 'self'; object-src 'none'");
        EXPECT_EQ(answer->header("x-content-type-options"), "nosniff");
        EXPECT_EQ(answer->header("referrer-policy"), "no-referrer");
        EXPECT_EQ(answer->header("cross-origin-opener-policy"), "same-origin");
        EXPECT_EQ(answer->header("cross-origin-resource-policy"), "same-origin");
        EXPECT_NE(answer->header("permissions-policy"), "");
        EXPECT_EQ(answer->header("x-request-id").size(), 12U);
        EXPECT_EQ(answer->headers.count("access-control-allow-origin"), 0U);
        EXPECT_EQ(answer->headers.count("strict-transport-security"), 0U);
    }
}

TEST(Server, HeadIsGetWithoutItsBody) {
    TestServer server;
    RawClient client(server.port());
    client.send("HEAD /api/large HTTP/1.1\r\nHost: t\r\n\r\n");
    const auto head = client.receive(true);
    ASSERT_TRUE(head);
    EXPECT_EQ(head->status, 200);
    EXPECT_EQ(head->header("content-length"), "200004");
    const auto next = client.get("/healthz");  // would be found in the body, were there one
    ASSERT_TRUE(next);
    EXPECT_EQ(next->body, "{\"status\":\"ok\"}");
}

TEST(Server, OtherMethodsAreNotAllowed) {
    TestServer server;
    for (const std::string method : {"OPTIONS /api/echo", "TRACE /", "CONNECT a:1", "DELETE /api/echo", "POST /"}) {
        RawClient client(server.port());
        client.send(method + " HTTP/1.1\r\nHost: t\r\n\r\n");
        const auto answer = client.receive();
        ASSERT_TRUE(answer);
        EXPECT_EQ(answer->status, 405) << method;
        EXPECT_NE(answer->header("allow"), "") << method;
    }
}

TEST(Server, CompressesWhatIsLargeAndWanted) {
    TestServer server;
    RawClient client(server.port());
    const auto small = client.get("/api/large", "Accept-Encoding: br, gzip;q=0.8\r\n");
    ASSERT_TRUE(small);
    EXPECT_EQ(small->header("content-encoding"), "gzip");
    EXPECT_EQ(small->header("vary"), "accept-encoding");
    EXPECT_LT(small->body.size(), 5000U);
    EXPECT_EQ(unzipped(small->body).size(), 200'004U);
    const auto plain = client.get("/api/large", "Accept-Encoding: br, gzip;q=0\r\n");
    ASSERT_TRUE(plain);
    EXPECT_EQ(plain->header("content-encoding"), "");
    EXPECT_EQ(plain->header("vary"), "accept-encoding");
    EXPECT_EQ(plain->body.size(), 200'004U);
    const auto tiny = client.get("/healthz", "Accept-Encoding: gzip\r\n");
    ASSERT_TRUE(tiny);
    EXPECT_EQ(tiny->header("content-encoding"), "");
}

TEST(Server, SendsABodyThatIsMadeMeanwhile) {
    TestServer server;
    RawClient client(server.port());
    for (int i = 0; i < 3; ++i) {
        const auto answer = client.get("/api/pieces", "Accept-Encoding: gzip\r\n");
        ASSERT_TRUE(answer);
        EXPECT_EQ(answer->header("content-length"), "300000");
        EXPECT_EQ(answer->header("content-encoding"), "");
        EXPECT_EQ(answer->headers.count("content-security-policy"), 1U);
        EXPECT_EQ(answer->header("content-security-policy"), "sandbox");
        ASSERT_EQ(answer->body.size(), 300'000U);
        EXPECT_EQ(answer->body[999], 'a');
        EXPECT_EQ(answer->body[27'000], 'b');
    }
    client.send("HEAD /api/pieces HTTP/1.1\r\nHost: t\r\n\r\n");
    const auto head = client.receive(true);
    ASSERT_TRUE(head);
    EXPECT_EQ(head->header("content-length"), "300000");
    EXPECT_TRUE(client.get("/healthz"));
}

TEST(Server, ABodyThatCannotBeFinishedEndsTheConnection) {
    TestServer server;
    RawClient client(server.port());
    EXPECT_FALSE(client.get("/api/cut-off"));
    EXPECT_TRUE(client.is_closed());
}

TEST(Server, TakesBytesThatAreNoText) {
    TestServer server;
    RawClient client(server.port());
    const auto put = [&](const std::string& body, const std::string& type) {
        client.send("PUT /api/bytes HTTP/1.1\r\nHost: t\r\nContent-Type: " + type +
                    "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
        return client.receive();
    };
    EXPECT_EQ(put(std::string("\0\xff{", 3), "application/octet-stream")->body, "3");
    EXPECT_EQ(put(std::string(2000, '\0'), "application/octet-stream")->body, "2000");
    EXPECT_EQ(put(std::string(2001, '\0'), "application/octet-stream")->status, 413);
    EXPECT_EQ(put("{}", "application/json")->status, 415);
}

TEST(Server, AHeaderValueCannotBeginAnotherHeader) {
    TestServer server;
    RawClient client(server.port());
    const auto answer = client.get("/api/evil");
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->header("x-name"), "a  set-cookie: b  c");
    EXPECT_EQ(answer->headers.count("set-cookie"), 0U);
}

TEST(Server, SaysContinueOnlyWhenItWillReadTheBody) {
    TestServer server;
    RawClient client(server.port());
    const std::string body = R"({"text":"a"})";
    const std::string whole = post_echo(body, "Expect: 100-continue\r\n");
    client.send(whole.substr(0, whole.size() - body.size()));
    const auto go_on = client.receive();
    ASSERT_TRUE(go_on);
    EXPECT_EQ(go_on->status, 100);
    client.send(body);
    const auto answer = client.receive();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 200);

    RawClient large(server.port());
    large.send("POST /api/echo HTTP/1.1\r\nHost: t\r\nContent-Length: 100000000\r\nExpect: 100-continue\r\n\r\n");
    const auto refused = large.receive();
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->status, 413);
}

TEST(Server, RefusesALargeBodyWhileItIsStillComing) {
    TestServer server;
    RawClient client(server.port());
    client.send("POST /api/echo HTTP/1.1\r\nHost: t\r\nContent-Length: 100000000\r\n\r\n");
    const std::string piece(1'000'000, 'x');
    for (int i = 0; i < 100 && client.send(piece); ++i) {
    }
    const auto answer = client.receive();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 413);
    EXPECT_EQ(answer->header("connection"), "close");
    EXPECT_NE(answer->body.find("\"reason\":\"too_large\""), std::string::npos);

    RawClient chunked(server.port());
    chunked.send("POST /api/echo HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (int i = 0; i < 20 && chunked.send("f4240\r\n" + piece + "\r\n"); ++i) {
    }
    const auto also = chunked.receive();
    ASSERT_TRUE(also);
    EXPECT_EQ(also->status, 413);
    EXPECT_TRUE(RawClient(server.port()).get("/healthz"));
}

TEST(Server, FinishesRunningRequestsWhenItStops) {
    ServerOptions options;
    options.grace_time = 5s;
    TestServer server(options);
    RawClient idle(server.port());
    ASSERT_TRUE(idle.get("/healthz"));
    RawClient busy(server.port());
    busy.send("GET /api/held HTTP/1.1\r\nHost: t\r\n\r\n");
    ASSERT_TRUE(eventually([&] { return server.running() == 1; }));
    std::thread stopping([&] { server.server().stop(); });
    EXPECT_TRUE(idle.is_closed());
    server.let_go();
    const auto answer = busy.receive();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 204);
    EXPECT_EQ(answer->header("connection"), "close");
    EXPECT_TRUE(busy.is_closed());
    stopping.join();
    server.server().wait();
    EXPECT_THROW(RawClient(server.port()), std::runtime_error);
    server.server().stop();
}

TEST(Server, RefusesAnUnusableAddress) {
    TestServer first;
    ServerOptions options;
    options.port = first.port();
    const Router router({}, {}, {});
    const StaticFiles files;
    Metrics metrics;
    Server taken(options, router, files, metrics);
    EXPECT_THROW(taken.start(), std::runtime_error);
    options.address = "localhost:80";
    EXPECT_THROW(Server(options, router, files, metrics).start(), std::runtime_error);
}

TEST(Server, LogsNothingPersonal) {
    std::ostringstream lines;
    auto logger = std::make_shared<spdlog::logger>("test", std::make_shared<spdlog::sinks::ostream_sink_mt>(lines));
    logger->set_pattern("%v");
    {
        const StaticFiles files;
        TestServer server({}, files, AccessLog(logger));
        RawClient client(server.port());
        client.get("/api/secret-name?words=secret-word", "Cookie: secret\r\n");
        client.send(post_echo(R"({"text":"secret"})"));
        client.receive();
        client.get("/secret.js");
        client.send("GARBAGE\"secret\r\n\r\n");
        client.receive();
    }
    const std::string text = lines.str();
    EXPECT_EQ(text.find("secret"), std::string::npos) << text;
    EXPECT_EQ(text.find("127.0.0.1"), std::string::npos);
    EXPECT_NE(text.find(R"("method":"POST","operation":"postEcho","status":200,"ms":)"), std::string::npos) << text;
    EXPECT_NE(text.find(R"("operation":"static","status":404)"), std::string::npos) << text;
    EXPECT_NE(text.find(R"("operation":"-","status":400)"), std::string::npos) << text;
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 4);
}

TEST(Server, CountsByOperation) {
    TestServer server;
    RawClient client(server.port());
    client.get("/api/large");
    client.get("/api/nothing");
    EXPECT_EQ(client.get("/readyz")->status, 200);
    const auto answer = client.get("/metrics");
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->header("content-type"), "text/plain; version=0.0.4; charset=utf-8");
    for (const std::string line :
         {"tsunagi_http_requests_total{operation=\"getLarge\",status=\"2xx\"} 1",
          "tsunagi_http_requests_total{operation=\"-\",status=\"4xx\"} 1", "tsunagi_http_connections 1",
          "tsunagi_http_queue_length 0", "tsunagi_http_request_seconds_count{operation=\"getLarge\"} 1",
          "process_resident_memory_bytes "}) {
        EXPECT_NE(answer->body.find(line), std::string::npos) << line;
    }
}

}  // namespace
}  // namespace tsunagi::http
