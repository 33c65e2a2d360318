// SPDX-License-Identifier: Apache-2.0
#include "http/server.hpp"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <stdexcept>
#include <thread>

#include <boost/asio/ip/v6_only.hpp>
#include <sys/resource.h>

#include "http/session.hpp"

namespace tsunagi::http {
namespace {

using asio::ip::tcp;

/// How often deadlines are looked at: a list of all connections costs less than a timer for each request.
std::chrono::milliseconds sweep_interval(const ServerOptions& options) {
    const auto shortest =
        std::min({options.header_time, options.body_time, options.idle_time, options.request_time, options.write_time});
    return std::clamp(shortest / 5, std::chrono::milliseconds(10), std::chrono::milliseconds(250));
}

/// The address as the limits count it: an IPv6 network of 64 bits belongs to one customer.
std::string counted_address(const asio::ip::address& address) {
    if (!address.is_v6())
        return address.to_string();
    auto bytes = address.to_v6().to_bytes();
    std::fill(bytes.begin() + 8, bytes.end(), std::uint8_t{0});
    return asio::ip::address_v6(bytes).to_string() + "/64";
}

asio::ip::address plain_address(const asio::ip::address& address) {
    if (!address.is_v6() || !address.to_v6().is_v4_mapped())
        return address;
    return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6());
}

/// Every connection is an open file; the usual soft limit of 1024 is for programs that use select().
void allow_open_files() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return;
    limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, 65'536);
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* size, const unsigned char* offered,
                    unsigned int offered_size, void*) {
    static constexpr std::array<unsigned char, 9> http1{8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
    auto** out = const_cast<unsigned char**>(chosen);  // NOLINT: the C interface
    const int found = SSL_select_next_proto(out, size, http1.data(), http1.size(), offered, offered_size);
    return found == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_NOACK;
}

std::unique_ptr<asio::ssl::context> make_tls(const ServerOptions& options) {
    if (options.certificate.empty() && options.private_key.empty())
        return nullptr;
    if (options.certificate.empty() || options.private_key.empty()) {
        throw std::runtime_error("TLS needs both a certificate and a private key");
    }
    auto tls = std::make_unique<asio::ssl::context>(asio::ssl::context::tls_server);
    boost::system::error_code error;
    tls->use_certificate_chain_file(options.certificate.string(), error);
    if (error)
        throw std::runtime_error("cannot use the certificate " + options.certificate.string());
    tls->use_private_key_file(options.private_key.string(), asio::ssl::context::pem, error);
    if (error)
        throw std::runtime_error("cannot use the private key " + options.private_key.string());
    SSL_CTX* handle = tls->native_handle();
    if (SSL_CTX_check_private_key(handle) != 1)
        throw std::runtime_error("the private key is not the certificate's");
    SSL_CTX_set_min_proto_version(handle, TLS1_2_VERSION);
    SSL_CTX_set_cipher_list(handle, "ECDHE+AESGCM:ECDHE+CHACHA20");
    SSL_CTX_set_options(handle, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE);
    SSL_CTX_set_mode(handle, SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_alpn_select_cb(handle, choose_protocol, nullptr);
    return tls;
}

}  // namespace

struct Server::Core {
    Core(const ServerOptions& from, const Router& router, const StaticFiles& files, Metrics& metrics, AccessLog log)
        : shared(from, router, files, metrics, std::move(log)) {
        for (std::size_t i = 0; i < std::max<std::size_t>(from.io_threads, 1); ++i) {
            workers.push_back(std::make_unique<Worker>());
        }
    }

    void listen();
    void accept();
    void accepted(Worker& worker, Socket socket);
    void watch(Worker& worker);
    void stop();

    Shared shared;
    std::vector<std::unique_ptr<Worker>> workers;
    std::unique_ptr<asio::ssl::context> tls;
    std::unique_ptr<tcp::acceptor> acceptor;
    std::unique_ptr<asio::steady_timer> pause;  ///< after a failed accept
    std::uint16_t port = 0;
    std::size_t next_worker = 0;
    std::vector<std::thread> threads;
    std::mutex mutex;
    std::condition_variable has_stopped;
    bool stop_begun = false;
    bool stopped = true;  ///< until it starts
};

void Server::Core::listen() {
    boost::system::error_code error;
    const auto address = asio::ip::make_address(shared.options.address, error);
    if (error)
        throw std::runtime_error("not an address to listen on: " + shared.options.address);
    const tcp::endpoint endpoint(address, shared.options.port);
    acceptor = std::make_unique<tcp::acceptor>(workers.front()->context);
    pause = std::make_unique<asio::steady_timer>(workers.front()->context);
    acceptor->open(endpoint.protocol(), error);
    if (!error)
        acceptor->set_option(tcp::acceptor::reuse_address(true), error);
    if (!error && address.is_v6())
        acceptor->set_option(asio::ip::v6_only(false), error);
    if (!error)
        acceptor->bind(endpoint, error);
    if (!error)
        acceptor->listen(asio::socket_base::max_listen_connections, error);
    if (error) {
        throw std::runtime_error("cannot listen on " + shared.options.address + " port " +
                                 std::to_string(shared.options.port) + ": " + error.message());
    }
    port = acceptor->local_endpoint().port();
}

void Server::Core::accept() {
    Worker& worker = *workers[next_worker];
    next_worker = (next_worker + 1) % workers.size();
    acceptor->async_accept(worker.context, [this, &worker](boost::system::error_code error, Socket socket) {
        if (!acceptor->is_open() || error == asio::error::operation_aborted)
            return;
        if (!error) {
            accepted(worker, std::move(socket));
            return accept();
        }
        // Most likely no file is left to open: some connection has to end first.
        pause->expires_after(std::chrono::milliseconds(20));
        pause->async_wait([this](boost::system::error_code cancelled) {
            if (!cancelled && acceptor->is_open())
                accept();
        });
    });
}

void Server::Core::accepted(Worker& worker, Socket socket) {
    boost::system::error_code error;
    const auto peer = socket.remote_endpoint(error);
    if (error)
        return;
    const auto address = plain_address(peer.address());
    std::shared_ptr<Connection> connection;
    if (tls) {
        using Stream = asio::ssl::stream<Socket>;
        connection =
            std::make_shared<Session<Stream>>(shared, worker, Stream(std::move(socket), *tls), address.to_string());
    } else {
        connection = std::make_shared<Session<Socket>>(shared, worker, std::move(socket), address.to_string());
    }
    const auto verdict = shared.table.admit(connection, counted_address(address));
    if (verdict != ConnectionTable::Verdict::welcome)
        shared.metrics.connection_refused();
    asio::post(worker.context, [this, &worker, connection, verdict] {
        worker.open.insert(connection);
        if (shared.stopping)
            return connection->close();
        switch (verdict) {
            case ConnectionTable::Verdict::welcome:
                return connection->start();
            case ConnectionTable::Verdict::too_many:
                return connection->turn_away(503, "overloaded");
            case ConnectionTable::Verdict::too_many_from_address:
                return connection->turn_away(429, "rate_limited");
        }
    });
}

void Server::Core::watch(Worker& worker) {
    auto timer = std::make_shared<asio::steady_timer>(worker.context, sweep_interval(shared.options));
    timer->async_wait([this, &worker, timer](boost::system::error_code) {
        const SteadyTime now = std::chrono::steady_clock::now();
        const std::vector<std::shared_ptr<Connection>> open(worker.open.begin(), worker.open.end());
        for (const auto& connection : open)
            connection->check_deadline(now);
        watch(worker);
    });
}

void Server::Core::stop() {
    {
        std::unique_lock lock(mutex);
        if (stopped)
            return;
        if (stop_begun) {
            has_stopped.wait(lock, [this] { return stopped; });
            return;
        }
        stop_begun = true;
    }
    shared.stopping = true;
    asio::post(workers.front()->context, [this] {
        boost::system::error_code ignored;
        acceptor->close(ignored);
        pause->cancel();
    });
    const auto for_each_connection = [this](void (Connection::*act)()) {
        for (auto& worker : workers) {
            asio::post(worker->context, [&open = worker->open, act] {
                const std::vector<std::shared_ptr<Connection>> copy(open.begin(), open.end());
                for (const auto& connection : copy)
                    (connection.get()->*act)();
            });
        }
    };
    for_each_connection(&Connection::wind_down);
    if (!shared.table.wait_until_empty(shared.options.grace_time))
        for_each_connection(&Connection::close);
    shared.pool.stop();
    for (auto& worker : workers)
        worker->context.stop();
    for (auto& thread : threads)
        thread.join();
    for (auto& worker : workers) {
        const auto left = std::move(worker->open);
        worker->open.clear();
        for (const auto& connection : left)
            connection->close();
    }
    const std::lock_guard lock(mutex);
    stopped = true;
    has_stopped.notify_all();
}

Server::Server(const ServerOptions& options, const Router& router, const StaticFiles& files, Metrics& metrics,
               AccessLog access_log)
    : core_(std::make_unique<Core>(options, router, files, metrics, std::move(access_log))) {}

Server::~Server() {
    stop();
}

void Server::start() {
    allow_open_files();
    core_->tls = make_tls(core_->shared.options);
    core_->listen();
    {
        const std::lock_guard lock(core_->mutex);
        core_->stopped = false;
    }
    core_->accept();
    for (auto& worker : core_->workers) {
        core_->watch(*worker);
        core_->threads.emplace_back([&context = worker->context] { context.run(); });
    }
}

std::uint16_t Server::port() const {
    return core_->port;
}

void Server::stop() {
    core_->stop();
}

void Server::wait() {
    std::unique_lock lock(core_->mutex);
    core_->has_stopped.wait(lock, [this] { return core_->stopped; });
}

}  // namespace tsunagi::http
