// SPDX-License-Identifier: Apache-2.0
#include <cstdio>
#include <memory>

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/support/raw_client.hpp"
#include "tests/support/test_server.hpp"

namespace tsunagi::http {
namespace {

using test::TemporaryFolder;
using test::TestServer;

/// A key and a certificate for `localhost`, signed with itself.
ServerOptions with_certificate(const TemporaryFolder& folder) {
    ServerOptions options;
    options.certificate = folder.path() / "certificate.pem";
    options.private_key = folder.path() / "key.pem";
    EVP_PKEY* key = EVP_EC_gen("P-256");
    X509* certificate = X509_new();
    X509_set_version(certificate, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate), -3600);
    X509_gmtime_adj(X509_getm_notAfter(certificate), 3600);
    X509_set_pubkey(certificate, key);
    X509_NAME* name = X509_get_subject_name(certificate);
    const std::string host = "localhost";
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>(host.c_str()),  // NOLINT
                               -1, -1, 0);
    X509_set_issuer_name(certificate, name);
    X509_sign(certificate, key, EVP_sha256());
    std::FILE* file = std::fopen(options.private_key.c_str(), "w");
    PEM_write_PrivateKey(file, key, nullptr, nullptr, 0, nullptr, nullptr);
    std::fclose(file);
    file = std::fopen(options.certificate.c_str(), "w");
    PEM_write_X509(file, certificate);
    std::fclose(file);
    X509_free(certificate);
    EVP_PKEY_free(key);
    return options;
}

class TlsClient {
public:
    TlsClient(std::uint16_t port, int highest_version)
        : context_(SSL_CTX_new(TLS_client_method())), socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        SSL_CTX_set_min_proto_version(context_, TLS1_VERSION);
        SSL_CTX_set_max_proto_version(context_, highest_version);
        if (highest_version < TLS1_2_VERSION)
            SSL_CTX_set_cipher_list(context_, "ALL:@SECLEVEL=0");
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(port);
        to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const timeval time{10, 0};
        ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &time, sizeof(time));
        connected_ = ::connect(socket_, reinterpret_cast<const sockaddr*>(&to), sizeof(to)) == 0;  // NOLINT
        ssl_ = SSL_new(context_);
        SSL_set_fd(ssl_, socket_);
        connected_ = connected_ && SSL_connect(ssl_) == 1;
    }

    TlsClient(const TlsClient&) = delete;
    TlsClient& operator=(const TlsClient&) = delete;
    TlsClient(TlsClient&&) = delete;
    TlsClient& operator=(TlsClient&&) = delete;

    ~TlsClient() {
        SSL_free(ssl_);
        SSL_CTX_free(context_);
        ::close(socket_);
        ERR_clear_error();
    }

    [[nodiscard]] bool connected() const { return connected_; }

    [[nodiscard]] std::string version() const { return SSL_get_version(ssl_); }

    /// Everything the server sends until it says that it closes.
    std::string ask(const std::string& request) {
        SSL_write(ssl_, request.data(), static_cast<int>(request.size()));
        std::string all;
        std::array<char, 16384> buffer{};
        for (int got = 0; (got = SSL_read(ssl_, buffer.data(), static_cast<int>(buffer.size()))) > 0;) {
            all.append(buffer.data(), static_cast<std::size_t>(got));
        }
        closed_properly_ = SSL_get_shutdown(ssl_) == SSL_RECEIVED_SHUTDOWN;
        return all;
    }

    [[nodiscard]] bool closed_properly() const { return closed_properly_; }

private:
    SSL_CTX* context_;
    SSL* ssl_ = nullptr;
    int socket_;
    bool connected_ = false;
    bool closed_properly_ = false;
};

TEST(ServerTls, AnswersOverNewVersionsOnly) {
    const TemporaryFolder folder;
    TestServer server(with_certificate(folder));
    for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
        TlsClient client(server.port(), version);
        ASSERT_TRUE(client.connected());
        EXPECT_EQ(client.version(), version == TLS1_2_VERSION ? "TLSv1.2" : "TLSv1.3");
        const std::string answer = client.ask("GET /api/large HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n");
        EXPECT_EQ(answer.substr(0, 15), "HTTP/1.1 200 OK");
        EXPECT_NE(answer.find("strict-transport-security: max-age=31536000\r\n"), std::string::npos);
        EXPECT_GT(answer.size(), 200'000U);
        EXPECT_TRUE(client.closed_properly());
    }
    EXPECT_FALSE(TlsClient(server.port(), TLS1_1_VERSION).connected());
    EXPECT_FALSE(TlsClient(server.port(), TLS1_VERSION).connected());
}

TEST(ServerTls, AnswersALargeBodyBeforeItHasCome) {
    const TemporaryFolder folder;
    TestServer server(with_certificate(folder));
    TlsClient client(server.port(), TLS1_3_VERSION);
    ASSERT_TRUE(client.connected());
    const std::string answer = client.ask("POST /api/echo HTTP/1.1\r\nHost: t\r\nContent-Length: 100000000\r\n\r\n" +
                                          std::string(100'000, 'x'));
    EXPECT_EQ(answer.substr(0, 12), "HTTP/1.1 413");
}

TEST(ServerTls, WhoDoesNotShakeHandsStopsNobody) {
    const TemporaryFolder folder;
    ServerOptions options = with_certificate(folder);
    options.header_time = std::chrono::milliseconds(300);
    TestServer server(options);
    test::RawClient plain(server.port());
    plain.send("GET / HTTP/1.1\r\nHost: t\r\n\r\n");
    test::RawClient silent(server.port());
    TlsClient client(server.port(), TLS1_3_VERSION);
    EXPECT_TRUE(client.connected());
    EXPECT_TRUE(plain.is_closed());
    EXPECT_TRUE(silent.is_closed());
}

TEST(ServerTls, RefusesAnUnusableCertificate) {
    const TemporaryFolder folder;
    const ServerOptions good = with_certificate(folder);
    folder.write("text.pem", "not a certificate");
    ServerOptions options = good;
    options.certificate = folder.path() / "text.pem";
    EXPECT_THROW(TestServer{options}, std::runtime_error);
    options = good;
    options.private_key = folder.path() / "missing.pem";
    EXPECT_THROW(TestServer{options}, std::runtime_error);
    options.private_key.clear();
    EXPECT_THROW(TestServer{options}, std::runtime_error);
}

}  // namespace
}  // namespace tsunagi::http
