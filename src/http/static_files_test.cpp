// SPDX-License-Identifier: Apache-2.0
#include "http/static_files.hpp"

#include <gtest/gtest.h>

#include "tests/support/raw_client.hpp"
#include "tests/support/test_server.hpp"

namespace tsunagi::http {
namespace {

using test::RawClient;

class StaticFilesTest : public testing::Test {
protected:
    StaticFilesTest() {
        folder_.write("index.html", "<!doctype html><title>Tsunagi</title>");
        folder_.write("icon.svg", "<svg/>");
        folder_.write("assets/index-B0G64f1s.js", script_);
        folder_.write("assets/plain.js", "1");
        folder_.write("assets/index-B0G64f1s.js.br", brotli_);
        folder_.write("alone.br", "1");
        folder_.write(".built-from", "secret");
        folder_.write(".hidden/file.txt", "secret");
        outside_.write("outside.txt", "secret");
        std::filesystem::create_symlink(outside_.path() / "outside.txt", folder_.path() / "link.txt");
        std::filesystem::create_directory_symlink(outside_.path(), folder_.path() / "linked");
        files_ = StaticFiles::load(folder_.path());
    }

    [[nodiscard]] StaticFiles::Answer get(const std::string& path, const std::string& header = "",
                                          const std::string& value = "") const {
        Request request;
        request.method = "GET";
        request.path = path;
        if (!header.empty())
            request.headers.emplace_back(header, value);
        return files_.answer(request);
    }

    const std::string script_ = std::string(5000, 'x');
    const std::string brotli_ = "what the build has made";
    test::TemporaryFolder folder_;
    test::TemporaryFolder outside_;
    StaticFiles files_;
};

TEST_F(StaticFilesTest, ServesFilesWithTheirTypesAndCacheRules) {
    const auto page = get("/index.html");
    EXPECT_EQ(page.contents, "<!doctype html><title>Tsunagi</title>");
    EXPECT_EQ(page.response.header("content-type"), "text/html; charset=utf-8");
    EXPECT_EQ(page.response.header("cache-control"), "no-cache");
    EXPECT_TRUE(page.response.header("etag"));
    const auto script = get("/assets/index-B0G64f1s.js");
    EXPECT_EQ(script.contents, script_);
    EXPECT_EQ(script.response.header("content-type"), "text/javascript; charset=utf-8");
    EXPECT_EQ(script.response.header("cache-control"), "public, max-age=31536000, immutable");
    EXPECT_EQ(get("/assets/plain.js").response.header("cache-control"), "no-cache");
    EXPECT_EQ(get("/icon.svg").response.header("content-type"), "image/svg+xml");
}

TEST_F(StaticFilesTest, PagesOfTheWebAppGetItsIndex) {
    for (const std::string path : {"/", "/consultations", "/consultations/019", "/a/b/"}) {
        EXPECT_EQ(get(path).response.status, 200) << path;
        EXPECT_EQ(get(path).contents.substr(0, 15), "<!doctype html>") << path;
    }
    for (const std::string path : {"/missing.js", "/assets/missing-B0G64f1s.js", "/assets/x", "/a.b/c.css"}) {
        EXPECT_EQ(get(path).response.status, 404) << path;
    }
    for (const std::string path : {"/api", "/api/x", "/healthz", "/readyz", "/metrics", "/fhir/Patient", "/hsds"}) {
        EXPECT_FALSE(StaticFiles::covers(path)) << path;
    }
    for (const std::string path : {"/", "/apiary", "/metrics2", "/x/api"})
        EXPECT_TRUE(StaticFiles::covers(path)) << path;
}

TEST_F(StaticFilesTest, NothingElseOfTheFileSystemCanBeRead) {
    EXPECT_EQ(files_.size(), 5U);
    for (const std::string path : {"/.built-from", "/.hidden/file.txt", "/link.txt", "/linked/outside.txt",
                                   "/../outside.txt", "//etc/passwd.txt", "/index.html/"}) {
        EXPECT_EQ(get(path).contents.find("secret"), std::string::npos) << path;
    }
    EXPECT_EQ(get("/link.txt").response.status, 404);
    EXPECT_THROW((void)StaticFiles::load(outside_.path()), std::runtime_error);
}

TEST_F(StaticFilesTest, CompressedOnceAndOnlyWhenWanted) {
    const auto small = get("/assets/index-B0G64f1s.js", "accept-encoding", "gzip, br;q=0");
    EXPECT_EQ(small.response.header("content-encoding"), "gzip");
    EXPECT_EQ(small.response.header("vary"), "accept-encoding");
    EXPECT_LT(small.contents.size(), 200U);
    const auto large = get("/assets/index-B0G64f1s.js");
    EXPECT_FALSE(large.response.header("content-encoding"));
    EXPECT_EQ(large.response.header("vary"), "accept-encoding");
    EXPECT_NE(small.response.header("etag"), large.response.header("etag"));
    EXPECT_FALSE(get("/icon.svg", "accept-encoding", "gzip").response.header("content-encoding"));
}

TEST_F(StaticFilesTest, SendsTheBrotliFormOfTheBuildToThoseWhoTakeIt) {
    const std::string script = "/assets/index-B0G64f1s.js";
    const auto brotli = get(script, "accept-encoding", "gzip, deflate, br");
    EXPECT_EQ(brotli.contents, brotli_);
    EXPECT_EQ(brotli.response.header("content-encoding"), "br");
    EXPECT_EQ(brotli.response.header("vary"), "accept-encoding");
    EXPECT_EQ(brotli.response.header("content-type"), "text/javascript; charset=utf-8");
    EXPECT_EQ(brotli.response.header("cache-control"), "public, max-age=31536000, immutable");
    EXPECT_NE(brotli.response.header("etag"), get(script).response.header("etag"));
    EXPECT_NE(brotli.response.header("etag"), get(script, "accept-encoding", "gzip").response.header("etag"));
    EXPECT_EQ(get(script).contents, script_);
    EXPECT_FALSE(get("/assets/plain.js", "accept-encoding", "br").response.header("content-encoding"));
    EXPECT_EQ(get(script + ".br").response.status, 404) << "no file of its own";
    EXPECT_EQ(get("/alone.br").response.status, 200) << "nothing stands beside it";
}

TEST_F(StaticFilesTest, OverTheWire) {
    test::TestServer server({}, files_);
    RawClient client(server.port());
    const auto page = client.get("/consultations/1");
    ASSERT_TRUE(page);
    EXPECT_EQ(page->body, "<!doctype html><title>Tsunagi</title>");
    const auto same = client.get("/consultations/1", "If-None-Match: \"x\", W/" + page->header("etag") + "\r\n");
    ASSERT_TRUE(same);
    EXPECT_EQ(same->status, 304);
    EXPECT_EQ(same->header("etag"), page->header("etag"));
    EXPECT_EQ(same->header("cache-control"), "no-cache");
    EXPECT_EQ(same->headers.count("content-length"), 0U);

    const auto script = client.get("/assets/index-B0G64f1s.js", "Accept-Encoding: gzip\r\n");
    ASSERT_TRUE(script);
    EXPECT_EQ(script->header("content-encoding"), "gzip");
    const auto known = client.get("/assets/index-B0G64f1s.js", "If-None-Match: " + script->header("etag") + "\r\n");
    ASSERT_TRUE(known);
    EXPECT_EQ(known->status, 304) << "the other form of the same contents";
    const auto known_as_gzip = client.get("/assets/index-B0G64f1s.js",
                                          "Accept-Encoding: br\r\nIf-None-Match: " + script->header("etag") + "\r\n");
    ASSERT_TRUE(known_as_gzip);
    EXPECT_EQ(known_as_gzip->status, 304) << "a cache filled before the Brotli form was there";
    const auto brotli = client.get("/assets/index-B0G64f1s.js", "Accept-Encoding: gzip, br\r\n");
    ASSERT_TRUE(brotli);
    EXPECT_EQ(brotli->body, brotli_);
    EXPECT_EQ(brotli->header("content-encoding"), "br");
    const auto changed = client.get("/assets/index-B0G64f1s.js", "If-None-Match: \"other\"\r\n");
    ASSERT_TRUE(changed);
    EXPECT_EQ(changed->body, script_);

    client.send("HEAD /icon.svg HTTP/1.1\r\nHost: t\r\n\r\n");
    const auto head = client.receive(true);
    ASSERT_TRUE(head);
    EXPECT_EQ(head->header("content-length"), "6");
    const auto missing = client.get("/missing.png");
    ASSERT_TRUE(missing);
    EXPECT_EQ(missing->status, 404);
    EXPECT_EQ(missing->header("content-type"), "application/problem+json");
    client.send("PUT /index.html HTTP/1.1\r\nHost: t\r\nContent-Length: 0\r\n\r\n");
    const auto refused = client.receive();
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->status, 405);
    EXPECT_EQ(refused->header("allow"), "GET, HEAD");
}

}  // namespace
}  // namespace tsunagi::http
