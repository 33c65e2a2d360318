// SPDX-License-Identifier: Apache-2.0
#include "http/request_reader.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace tsunagi::http {
namespace {

using State = RequestReader::State;

const std::string host = "Host: desk.example\r\n";

/// 0 when the bytes make a complete request, -1 when more is needed, else the status of the refusal.
int verdict(std::string_view bytes, RequestReader::Limits limits = {}) {
    RequestReader reader(limits);
    reader.feed(bytes);
    if (reader.state() == State::complete)
        return 0;
    return reader.state() == State::refused ? reader.refusal().status : -1;
}

TEST(RequestReader, ReadsARequest) {
    RequestReader reader({});
    const std::string text =
        "POST /api/x%20y?a=1&b=%E9%AB%99+z HTTP/1.1\r\n" + host + "Cookie: a=b\r\nContent-Length: 3\r\n\r\nabcGET /";
    EXPECT_EQ(reader.feed(text), text.size() - 5);
    ASSERT_EQ(reader.state(), State::complete);
    EXPECT_TRUE(reader.keep_alive());
    const Request request = reader.take();
    EXPECT_EQ(request.method, "POST");
    EXPECT_EQ(request.path, "/api/x y");
    EXPECT_EQ(request.query, (record::QueryParameters{{"a", "1"}, {"b", "髙 z"}}));
    EXPECT_EQ(request.header("cookie"), "a=b");
    EXPECT_EQ(request.body, "abc");
    EXPECT_EQ(reader.state(), State::idle);
}

TEST(RequestReader, ReadsChunksWithExtensionsAndForgetsTrailers) {
    RequestReader reader({});
    reader.feed("PUT /a HTTP/1.1\r\n" + host +
                "Transfer-Encoding: chunked\r\n\r\n3;x=1\r\nabc\r\nA\r\n0123456789\r\n0\r\nCookie: evil=1\r\n\r\n");
    ASSERT_EQ(reader.state(), State::complete);
    const Request request = reader.take();
    EXPECT_EQ(request.body, "abc0123456789");
    EXPECT_FALSE(request.header("cookie"));
}

TEST(RequestReader, HeadIsGetWithoutBody) {
    RequestReader reader({});
    reader.feed("HEAD /a HTTP/1.1\r\n" + host + "\r\n");
    ASSERT_EQ(reader.state(), State::complete);
    EXPECT_TRUE(reader.head_only());
    EXPECT_EQ(reader.take().method, "GET");
}

TEST(RequestReader, HowTheBytesAreCutDoesNotMatter) {
    const std::string text = "POST /a?b=c HTTP/1.1\r\n" + host + "X-Y: z\r\nTransfer-Encoding: chunked\r\n\r\n" +
                             "5\r\nhello\r\n1;e=\"f\"\r\n!\r\n0\r\nT: u\r\n\r\n";
    ASSERT_EQ(verdict(text), 0);
    EXPECT_TRUE(rc::check("any cut gives the same request", [&](const std::vector<std::uint8_t>& cuts) {
        RequestReader reader({});
        std::string_view rest = text;
        for (const std::uint8_t cut : cuts) {
            const std::string_view piece = rest.substr(0, cut % 8U);
            rest.remove_prefix(piece.size());
            RC_ASSERT(reader.feed(piece) == piece.size());
        }
        reader.feed(rest);
        RC_ASSERT(reader.state() == State::complete);
        const Request request = reader.take();
        RC_ASSERT(request.body == "hello!");
        RC_ASSERT(request.header("x-y") == "z");
    }));
}

TEST(RequestReader, PipelinedRequestsComeOneByOne) {
    const std::string text = "GET /1 HTTP/1.1\r\n" + host + "\r\n\r\nGET /2 HTTP/1.1\r\n" + host + "\r\n";
    RequestReader reader({});
    const std::size_t used = reader.feed(text);
    EXPECT_EQ(reader.take().path, "/1");
    EXPECT_EQ(reader.feed(std::string_view(text).substr(used)), text.size() - used);
    EXPECT_EQ(reader.take().path, "/2");
}

TEST(RequestReader, RefusesWhatTwoReadersCouldReadDifferently) {
    const std::string get = "GET / HTTP/1.1\r\n" + host;
    const std::string post = "POST / HTTP/1.1\r\n" + host;
    EXPECT_EQ(verdict(post + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), 400);
    EXPECT_EQ(verdict(post + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n"), 400);
    EXPECT_EQ(verdict(post + "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc"), 400);
    EXPECT_EQ(verdict(post + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabc"), 400);
    EXPECT_EQ(verdict(post + "Content-Length: 3, 3\r\n\r\nabc"), 400);
    EXPECT_EQ(verdict(post + "Content-Length: +3\r\n\r\nabc"), 400);
    EXPECT_EQ(verdict(post + "Content-Length: -1\r\n\r\nabc"), 400);
    EXPECT_EQ(verdict(post + "Content-Length: 0x3\r\n\r\nabc"), 400);
    EXPECT_EQ(verdict(post + "Content-Length:\r\n\r\nabc"), 400);
    EXPECT_EQ(verdict(post + "Content-Length: 99999999999999999999999\r\n\r\nabc"), 400);
    EXPECT_EQ(verdict(post + "Content-Length : 3\r\n\r\nabc"), 400);
    EXPECT_EQ(verdict(post + "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n"), 501);
    EXPECT_EQ(verdict(post + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"), 501);
    EXPECT_EQ(verdict(post + "Transfer-Encoding: identity\r\n\r\n"), 501);
    EXPECT_EQ(verdict(post + "Transfer-Encoding: xchunked\r\n\r\n"), 501);
    EXPECT_EQ(verdict(post + "Transfer-Encoding: \vchunked\r\n\r\n0\r\n\r\n"), 400);
    EXPECT_EQ(verdict(post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), 400);
    EXPECT_EQ(verdict("POST / HTTP/1.0\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), 400);
    EXPECT_EQ(verdict(get + "X: a\r\n folded\r\n\r\n"), 400);
    EXPECT_EQ(verdict(get + "X: a\r\n\tfolded\r\n\r\n"), 400);
    EXPECT_EQ(verdict("GET / HTTP/1.1\r\n Host: a\r\n\r\n"), 400);
    EXPECT_EQ(verdict("GET / HTTP/1.1\nHost: a\n\n"), 400);
    EXPECT_EQ(verdict(get + "X: a\nY: b\r\n\r\n"), 400);
    EXPECT_EQ(verdict(get + "X: a\rY: b\r\n\r\n"), 400);
    EXPECT_EQ(verdict(get + std::string("X: a\0b\r\n\r\n", 10)), 400);
    EXPECT_EQ(verdict(get + "No colon\r\n\r\n"), 400);
    EXPECT_EQ(verdict(get + "Two words: a\r\n\r\n"), 400);
}

TEST(RequestReader, RefusesBadChunks) {
    const std::string post = "POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n";
    for (const std::string_view chunks : {"g\r\n", "\r\n\r\n", "-1\r\n", "3\r\nabcd\r\n", "3\r\nabc0\r\n\r\n",
                                          "10000000000000000\r\n", "3;\x01\r\nabc\r\n", "3 3\r\nabc\r\n0\r\n\r\n"}) {
        EXPECT_EQ(verdict(post + std::string(chunks) + "0\r\n\r\n"), 400) << chunks;
    }
    EXPECT_EQ(verdict(post + "1;" + std::string(10'000, 'x')), 400);
    EXPECT_EQ(verdict(post + "0\r\nX: " + std::string(10'000, 'x')), 400);
    EXPECT_EQ(verdict(post + "ffffffffffffffff\r\nabc"), 400);
    EXPECT_EQ(verdict(post + "ffffffff\r\nabc"), 413);
    EXPECT_EQ(verdict(post + "a\r\n0123456789\r\n1\r\nx\r\n0\r\n\r\n", {.header_bytes = 1000, .body_bytes = 10}), 413);
}

TEST(RequestReader, RefusesTargetsInOtherForms) {
    const auto get = [](std::string_view target) {
        return verdict("GET " + std::string(target) + " HTTP/1.1\r\n" + host + "\r\n");
    };
    for (const std::string_view target : {"http://desk.example/",
                                          "*",
                                          "desk.example:443",
                                          "//",
                                          "/a/../b",
                                          "/a/%2e%2e/b",
                                          "/a/.%2E",
                                          "/./a",
                                          "/a%00b",
                                          "/a%0Ab",
                                          "/a%2Fb",
                                          "/a%2fb",
                                          "/a%5cb",
                                          "/a\\b",
                                          "/%",
                                          "/%4",
                                          "/%zz",
                                          "/%C0%AF",
                                          "/%ED%A0%80",
                                          "/a#b",
                                          "/\x80",
                                          "/?%00",
                                          "/?a=%ff",
                                          "a",
                                          ""}) {
        if (target == "//") {
            EXPECT_EQ(get(target), 0);  // an empty segment, which no route has
        } else {
            EXPECT_EQ(get(target), 400) << target;
        }
    }
    EXPECT_EQ(get("/" + std::string(9'000, 'a')), 414);
    std::string many = "/?";
    for (int i = 0; i < 300; ++i)
        many += "a=1&";
    EXPECT_EQ(get(many), 400);
}

TEST(RequestReader, RefusesOtherMethodsAndVersions) {
    const auto ask = [](const std::string& line) { return verdict(line + "\r\n" + host + "\r\n"); };
    EXPECT_EQ(ask("CONNECT desk.example:443 HTTP/1.1"), 405);
    EXPECT_EQ(ask("TRACE / HTTP/1.1"), 405);
    EXPECT_EQ(ask("OPTIONS * HTTP/1.1"), 405);
    EXPECT_EQ(ask("BREW /pot HTTP/1.1"), 405);
    EXPECT_EQ(ask("get / HTTP/1.1"), 405);
    EXPECT_EQ(ask("GET / HTTP/1.2"), 505);
    EXPECT_EQ(ask("GET / HTTP/2.0"), 505);
    EXPECT_EQ(verdict("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), 505);
    EXPECT_EQ(ask("GET /"), 400);
    EXPECT_EQ(ask("GET  / HTTP/1.1"), 400);
    EXPECT_EQ(ask("GET / HTTP/1.1 "), 505);
    EXPECT_EQ(ask("GET / http/1.1"), 505);
}

TEST(RequestReader, HostMustStandExactlyOnce) {
    EXPECT_EQ(verdict("GET / HTTP/1.1\r\n\r\n"), 400);
    EXPECT_EQ(verdict("GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n"), 400);
    EXPECT_EQ(verdict("GET / HTTP/1.1\r\nHost: a/b\r\n\r\n"), 400);
    EXPECT_EQ(verdict("GET / HTTP/1.1\r\nHost: a@b\r\n\r\n"), 400);
    EXPECT_EQ(verdict("GET / HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n"), 0);
    EXPECT_EQ(verdict("GET / HTTP/1.0\r\n\r\n"), 0);
}

TEST(RequestReader, LimitsHeaderAndBody) {
    const std::string get = "GET / HTTP/1.1\r\n" + host;
    EXPECT_EQ(verdict(get + "X: " + std::string(20'000, 'x')), 431);
    EXPECT_EQ(verdict("GET /" + std::string(20'000, 'x')), 431);
    std::string many = get;
    for (int i = 0; i < 150; ++i)
        many += "X-" + std::to_string(i) + ": y\r\n";
    EXPECT_EQ(verdict(many + "\r\n"), 431);
    EXPECT_EQ(verdict("POST / HTTP/1.1\r\n" + host + "Content-Length: 2097153\r\n\r\n"), 413);
    EXPECT_EQ(verdict("POST / HTTP/1.1\r\n" + host + "Content-Length: 2097152\r\n\r\n"), -1);
}

TEST(RequestReader, KeepsTheConnectionOnlyWhereBothWantTo) {
    const auto keeps = [](const std::string& text) {
        RequestReader reader({});
        reader.feed(text);
        return reader.state() == State::complete && reader.keep_alive();
    };
    EXPECT_TRUE(keeps("GET / HTTP/1.1\r\n" + host + "\r\n"));
    EXPECT_FALSE(keeps("GET / HTTP/1.1\r\n" + host + "Connection: close\r\n\r\n"));
    EXPECT_FALSE(keeps("GET / HTTP/1.1\r\n" + host + "Connection: keep-alive, Close\r\n\r\n"));
    EXPECT_FALSE(keeps("GET / HTTP/1.0\r\n" + host + "Connection: keep-alive\r\n\r\n"));
}

TEST(RequestReader, KnowsOneExpectation) {
    const std::string post = "POST / HTTP/1.1\r\n" + host + "Content-Length: 3\r\n";
    RequestReader reader({});
    reader.feed(post + "Expect: 100-Continue\r\n\r\n");
    EXPECT_EQ(reader.state(), State::body);
    EXPECT_TRUE(reader.expects_continue());
    reader.feed("abc");
    EXPECT_EQ(reader.state(), State::complete);
    EXPECT_FALSE(reader.expects_continue());
    EXPECT_EQ(verdict(post + "Expect: tea\r\n\r\nabc"), 417);
}

RC_GTEST_PROP(RequestReader, AnyBytesAreAnsweredSomehow, (const std::string& bytes)) {
    RequestReader reader({});
    const std::size_t used = reader.feed(bytes);
    RC_ASSERT(used <= bytes.size());
    RC_ASSERT(used == bytes.size() || reader.state() == State::complete || reader.state() == State::refused);
}

}  // namespace
}  // namespace tsunagi::http
