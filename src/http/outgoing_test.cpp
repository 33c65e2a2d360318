// SPDX-License-Identifier: Apache-2.0
#include "http/outgoing.hpp"

#include <gtest/gtest.h>

#include "http/gzip.hpp"

namespace tsunagi::http {
namespace {

TEST(Outgoing, AcceptsGzip) {
    for (const std::string_view yes :
         {"gzip", "br, gzip", "gzip;q=0.5", "*", "br;q=1.0, *;q=0.1", " gzip ", "x-gzip"}) {
        EXPECT_TRUE(accepts_coding(yes, "gzip")) << yes;
    }
    for (const std::string_view no : {"", "br", "gzip;q=0", "gzip; q=0.000", "*;q=0", "gzipped", "identity", ";q=1"}) {
        EXPECT_FALSE(accepts_coding(no, "gzip")) << no;
    }
    EXPECT_FALSE(accepts_coding("gzip;q=0, *", "gzip"));
}

TEST(Outgoing, AcceptsBrotli) {
    for (const std::string_view yes : {"br", "gzip, deflate, br, zstd", "gzip;q=0, *"}) {
        EXPECT_TRUE(accepts_coding(yes, "br")) << yes;
    }
    for (const std::string_view no : {"", "gzip", "br;q=0", "*, br;q=0", "brotli"}) {
        EXPECT_FALSE(accepts_coding(no, "br")) << no;
    }
}

TEST(Outgoing, OnlyTextsAreCompressed) {
    EXPECT_TRUE(is_compressible("application/json"));
    EXPECT_TRUE(is_compressible("text/csv; charset=utf-8"));
    EXPECT_TRUE(is_compressible("image/svg+xml"));
    EXPECT_FALSE(is_compressible("image/png"));
    EXPECT_FALSE(is_compressible("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"));
}

TEST(Outgoing, ComparesEntityTagsWeakly) {
    EXPECT_TRUE(names_etag("\"a\"", "\"a\""));
    EXPECT_TRUE(names_etag("W/\"a\"", "\"a\""));
    EXPECT_TRUE(names_etag("\"b\" , \"a\"", "W/\"a\""));
    EXPECT_TRUE(names_etag("*", "\"a\""));
    EXPECT_FALSE(names_etag("", "\"a\""));
    EXPECT_FALSE(names_etag("\"ab\"", "\"a\""));
    EXPECT_FALSE(names_etag("a", "\"a\""));
}

TEST(Outgoing, AnUnchangedAnswerLosesItsBody) {
    AnswerContext context;
    context.reads = true;
    context.if_none_match = "\"7\"";
    auto out = make_outgoing(json_response(200, "{}").set("etag", "\"7\""), context);
    EXPECT_EQ(out.status, 304);
    EXPECT_TRUE(out.payload().empty());
    EXPECT_EQ(out.head.find("content-length"), std::string::npos);
    context.reads = false;
    out = make_outgoing(json_response(200, "{}").set("etag", "\"7\""), context);
    EXPECT_EQ(out.status, 200) << "a write is never answered so";
}

TEST(Outgoing, SaysWhetherTheConnectionStays) {
    AnswerContext context;
    EXPECT_NE(make_outgoing({}, context).head.find("connection: close\r\n"), std::string::npos);
    context.keep_alive = true;
    EXPECT_EQ(make_outgoing({}, context).head.find("connection: close\r\n"), std::string::npos);
}

TEST(Outgoing, NoContentHasNoLength) {
    Response response;
    response.status = 204;
    EXPECT_EQ(make_outgoing(std::move(response), {}).head.find("content-length"), std::string::npos);
}

}  // namespace
}  // namespace tsunagi::http
