// SPDX-License-Identifier: Apache-2.0
// A running server with a few operations, for tests of what goes over the wire.
#pragma once
#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <unistd.h>

#include "http/server.hpp"

namespace tsunagi::test {

/// A folder that is removed with everything in it.
class TemporaryFolder {
public:
    TemporaryFolder() {
        std::string name = (std::filesystem::temp_directory_path() / "tsunagi-http-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr)
            throw std::runtime_error("no temporary folder");
        path_ = name;
    }

    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    TemporaryFolder(TemporaryFolder&&) = delete;
    TemporaryFolder& operator=(TemporaryFolder&&) = delete;

    ~TemporaryFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

    void write(const std::string& name, const std::string& contents) const {
        std::filesystem::create_directories((path_ / name).parent_path());
        std::ofstream(path_ / name, std::ios::binary) << contents;
    }

private:
    std::filesystem::path path_;
};

struct Echo {
    record::NonEmpty<record::Text<100>> text;
};
BOOST_DESCRIBE_STRUCT(Echo, (), (text))

/// Gives `pieces` of a thousand bytes, and breaks off when it promises more.
class PieceSource final : public http::BodySource {
public:
    PieceSource(std::size_t pieces, std::size_t promised) : pieces_(pieces), promised_(promised) {}

    [[nodiscard]] std::size_t size() const override { return promised_; }

    [[nodiscard]] std::string next() override {
        if (given_ == pieces_)
            throw std::runtime_error("nothing more");
        return std::string(1000, static_cast<char>('a' + given_++ % 26));
    }

private:
    std::size_t pieces_;
    std::size_t promised_;
    std::size_t given_ = 0;
};

class TestServer {
public:
    explicit TestServer(http::ServerOptions options = {}, const http::StaticFiles& files = none(),
                        http::AccessLog log = {})
        : router_(
              operations(), [](const http::Request&) { return nullptr; },
              [](const http::Request&, const std::string&) {}) {
        options.port = 0;
        server_ = std::make_unique<http::Server>(options, router_, files, metrics_, std::move(log));
        server_->start();
    }

    [[nodiscard]] std::uint16_t port() const { return server_->port(); }

    [[nodiscard]] http::Server& server() { return *server_; }

    [[nodiscard]] const http::Metrics& metrics() const { return metrics_; }

    [[nodiscard]] int running() const { return running_; }

    void let_go() { held_ = false; }

private:
    static const http::StaticFiles& none() {
        static const http::StaticFiles files;
        return files;
    }

    std::vector<http::Operation> operations() {
        using http::Permission;
        auto result = http::health_operations(metrics_, [] { return true; });
        result.push_back(http::post<Echo, Echo>("/api/echo", "postEcho", Permission::anyone(),
                                                [](const auto& call) { return call.body; }));
        result.push_back(http::get<http::Response>("/api/large", "getLarge", Permission::anyone(), [](const auto&) {
            return http::json_response(200, "[\"" + std::string(200'000, 'x') + "\"]");
        }));
        const auto pieces = [](std::size_t promised) {
            return [promised](const auto&) {
                http::Response response;
                response.source = std::make_shared<PieceSource>(300, promised);
                response.set("content-type", "application/json").set("content-security-policy", "sandbox");
                return response;
            };
        };
        result.push_back(http::get<http::Response>("/api/pieces", "getPieces", Permission::anyone(), pieces(300'000)));
        result.push_back(http::get<http::Response>("/api/cut-off", "getCutOff", Permission::anyone(), pieces(300'001)));
        result.push_back(http::put<http::Bytes<2000>, http::Response>(
            "/api/bytes", "putBytes", Permission::anyone(),
            [](const auto& call) { return http::json_response(200, std::to_string(call.body.content.size())); }));
        result.push_back(http::get<http::Response>("/api/evil", "getEvil", Permission::anyone(), [](const auto&) {
            return http::json_response(200, "{}").set("x-name", "a\r\nset-cookie: b\n\tc");
        }));
        result.push_back(http::get<http::Nothing>("/api/held", "getHeld", Permission::anyone(), [this](const auto&) {
            ++running_;
            for (int i = 0; held_ && i < 2000; ++i)
                std::this_thread::sleep_for(std::chrono::milliseconds(5));
            --running_;
            return http::Nothing{};
        }));
        return result;
    }

    std::atomic<bool> held_{true};
    std::atomic<int> running_{0};
    http::Metrics metrics_;
    http::Router router_;
    std::unique_ptr<http::Server> server_;
};

/// Waits until it is true, ten seconds at most.
inline bool eventually(const std::function<bool()>& is_true) {
    for (int i = 0; i < 2000; ++i) {
        if (is_true())
            return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return false;
}

}  // namespace tsunagi::test
