// SPDX-License-Identifier: Apache-2.0
// One connection from its first byte to its last. Included by server.cpp alone.
#pragma once
#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>

#include "core/id.hpp"
#include "http/connection_table.hpp"
#include "http/handler_pool.hpp"
#include "http/outgoing.hpp"
#include "http/problem.hpp"
#include "http/request_reader.hpp"
#include "http/server.hpp"

namespace tsunagi::http {

namespace asio = boost::asio;
using Socket = asio::basic_stream_socket<asio::ip::tcp, asio::io_context::executor_type>;
using SteadyTime = std::chrono::steady_clock::time_point;

/// What all connections share.
struct Shared {
    Shared(const ServerOptions& from, const Router& routes, const StaticFiles& web, Metrics& counters, AccessLog log)
        : options(from),
          router(routes),
          files(web),
          metrics(counters),
          access_log(std::move(log)),
          table(from.connections, from.connections_per_address, from.patience),
          pool(from.handler_threads, from.longest_queue, [this](std::size_t n) { metrics.queue_length(n); }) {
        for (const Operation& operation : router.operations()) {
            if (operation.immediate)
                immediate_paths.insert(operation.pattern);
        }
    }

    ServerOptions options;
    const Router& router;      // NOLINT: outlives the server
    const StaticFiles& files;  // NOLINT
    Metrics& metrics;          // NOLINT
    AccessLog access_log;
    ConnectionTable table;
    std::unordered_set<std::string> immediate_paths;
    std::atomic<bool> stopping{false};
    std::atomic<int> turned_away{0};
    HandlerPool pool;  ///< last: its threads end before anything they use
};

class Connection : public Occupant, public std::enable_shared_from_this<Connection> {
public:
    virtual void start() = 0;
    /// Answers the status to a connection that got no place, and ends it.
    virtual void turn_away(int status, std::string_view reason) = 0;
    /// Ends what has taken too long.
    virtual void check_deadline(SteadyTime now) = 0;
    /// The server stops: ends now, or after the running request.
    virtual void wind_down() = 0;
    virtual void close() = 0;
};

/// One io thread with its connections. Everything of a connection happens on its worker's thread.
struct Worker {
    asio::io_context context{1};
    std::unordered_set<std::shared_ptr<Connection>> open;
};

/// `Stream` is a Socket or an ssl::stream over one.
template <class Stream>
class Session final : public Connection {
    static constexpr bool secure = !std::is_same_v<Stream, Socket>;
    static constexpr std::size_t small_buffer = 4096;
    static constexpr std::size_t large_buffer = 32UL * 1024;
    /// How long an ended connection may go on sending what nobody reads, so that the last answer reaches it.
    static constexpr std::chrono::milliseconds linger_time{5'000};
    static constexpr std::chrono::milliseconds linger_time_when_stopping{200};
    /// A body or an answer takes its time; only then its connection counts as slow.
    static constexpr std::chrono::seconds transfer_patience{4};

    enum class Phase { handshake, idle, header, body, handling, writing, closing };

    /// One request on its way through a handler.
    struct Exchange {
        Request request;
        std::string method;
        SteadyTime complete_at;
        bool head_only = false;
        bool keep_alive = false;
        unsigned turn = 0;
    };

public:
    Session(Shared& shared, Worker& worker, Stream stream, std::string address)
        : shared_(shared),
          worker_(worker),
          stream_(std::move(stream)),
          address_(std::move(address)),
          reader_({shared.options.header_bytes, shared.options.body_bytes}),
          buffer_(small_buffer) {
        shared_.metrics.connection_opened();
    }

    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;
    Session(Session&&) = delete;
    Session& operator=(Session&&) = delete;

    ~Session() override { shared_.metrics.connection_closed(); }

    void start() override {
        boost::system::error_code ignored;
        socket().set_option(asio::ip::tcp::no_delay(true), ignored);
        enter(Phase::handshake, shared_.options.header_time);
        waits_for_peer(Clock::now());
        if constexpr (secure) {
            stream_.async_handshake(asio::ssl::stream_base::server, [self = self()](auto error) {
                if (error)
                    return self->close();
                self->phase_ = Phase::header;  // the time for the first header began with the connection
                self->read();
            });
        } else {
            phase_ = Phase::header;
            read();
        }
    }

    void turn_away(int status, std::string_view reason) override {
        if (secure)
            return close();  // an answer would cost a handshake first
        counted_away_ = true;
        if (++shared_.turned_away > 200)
            return close();
        Response response = problem(status, reason, "");
        send(make_outgoing(std::move(response), {}));
    }

    void check_deadline(SteadyTime now) override {
        if (now < deadline_)
            return;
        switch (phase_) {
            case Phase::handshake:
            case Phase::idle:
            case Phase::writing:
            case Phase::closing:
                return close();
            case Phase::header:
                if (reader_.state() == RequestReader::State::idle)
                    return close();
                return refuse(408, "timeout");
            case Phase::body:
                return refuse(408, "timeout");
            case Phase::handling:
                return refuse(503, "timeout");
        }
    }

    void wind_down() override {
        if (phase_ == Phase::handshake || phase_ == Phase::idle || phase_ == Phase::header)
            close();
    }

    void give_up() override {
        asio::post(worker_.context, [self = self()] {
            self->shared_.metrics.connection_refused();
            self->close();
        });
    }

    void close() override {
        if (closed_)
            return;
        closed_ = true;
        if (counted_away_)
            --shared_.turned_away;
        const auto keep = self();
        boost::system::error_code ignored;
        socket().close(ignored);
        shared_.table.release(this);
        worker_.open.erase(keep);
    }

private:
    Socket& socket() {
        if constexpr (secure) {
            return stream_.next_layer();
        } else {
            return stream_;
        }
    }

    std::shared_ptr<Session> self() { return std::static_pointer_cast<Session>(shared_from_this()); }

    void enter(Phase phase, std::chrono::milliseconds time) {
        phase_ = phase;
        const SteadyTime now = Clock::now();
        deadline_ = now + time;
        if (phase == Phase::handling) {
            keep_place();
        } else {
            const bool transfers = phase == Phase::body || phase == Phase::writing;
            waits_for_peer(transfers ? now + transfer_patience : now);
        }
    }

    // ---- reading

    void read() {
        reading_ = true;
        unread_begin_ = unread_end_ = 0;
        stream_.async_read_some(asio::buffer(buffer_), [self = self()](auto error, std::size_t size) {
            self->reading_ = false;
            if (self->closed_)
                return;
            if (self->phase_ == Phase::writing)
                return;  // an answer ended the request early; what comes is not read
            if (error)
                return self->close();
            if (self->phase_ == Phase::closing)
                return self->drain();
            self->unread_begin_ = 0;
            self->unread_end_ = size;
            self->consume();
        });
    }

    void consume() {
        if (phase_ == Phase::idle)
            enter(Phase::header, shared_.options.header_time);
        unread_begin_ += reader_.feed({buffer_.data() + unread_begin_, unread_end_ - unread_begin_});
        switch (reader_.state()) {
            case RequestReader::State::idle:
            case RequestReader::State::header:
                return read();
            case RequestReader::State::body:
                return read_body();
            case RequestReader::State::complete:
                return handle();
            case RequestReader::State::refused:
                return refuse(reader_.refusal().status, reader_.refusal().reason);
        }
    }

    void read_body() {
        if (phase_ != Phase::body) {
            enter(Phase::body, shared_.options.body_time);
            buffer_.resize(large_buffer);
        }
        if (!reader_.expects_continue())
            return read();
        static constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
        asio::async_write(stream_, asio::buffer(go_on), [self = self()](auto error, std::size_t) {
            if (self->closed_ || self->phase_ != Phase::body)
                return;
            if (error)
                return self->close();
            self->read();
        });
    }

    // ---- answering

    void handle() {
        auto exchange = std::make_shared<Exchange>();
        exchange->keep_alive = reader_.keep_alive();
        exchange->head_only = reader_.head_only();
        exchange->request = reader_.take();
        Request& request = exchange->request;
        exchange->method = exchange->head_only ? "HEAD" : request.method;
        exchange->complete_at = Clock::now();
        exchange->turn = ++turn_;
        request.request_id = core::new_uuid().substr(24);
        request.remote_address = address_;
        request.secure = secure;
        enter(Phase::handling, shared_.options.request_time);
        if (StaticFiles::covers(request.path)) {
            request.operation = "static";
            auto answer = shared_.files.answer(request);
            return answered(*exchange, outgoing(*exchange, std::move(answer.response), answer.contents));
        }
        if (shared_.immediate_paths.contains(request.path)) {
            return answered(*exchange, outgoing(*exchange, shared_.router.handle(request), {}));
        }
        const bool accepted = shared_.pool.submit([self = self(), exchange] { self->run(exchange); });
        if (accepted)
            return;
        answered(*exchange, outgoing(*exchange, problem(503, "overloaded", request.request_id), {}));
    }

    /// On a handler thread.
    void run(const std::shared_ptr<Exchange>& exchange) {
        Outgoing out;
        try {
            out = outgoing(*exchange, shared_.router.handle(exchange->request), {});
        } catch (...) {  // compressing may run out of memory
            out = outgoing(*exchange, problem(500, "internal", exchange->request.request_id), {});
        }
        asio::post(worker_.context, [self = self(), exchange, out = std::move(out)]() mutable {
            if (self->turn_ != exchange->turn || self->closed_)
                return;  // it took too long and was answered already
            self->answered(*exchange, std::move(out));
        });
    }

    Outgoing outgoing(const Exchange& exchange, Response&& response, std::string_view contents) const {
        const Request& request = exchange.request;
        AnswerContext context;
        context.request_id = request.request_id;
        context.accept_encoding = request.header("accept-encoding").value_or(std::string_view{});
        context.if_none_match = request.header("if-none-match").value_or(std::string_view{});
        context.reads = request.method == "GET";
        context.head_only = exchange.head_only;
        context.keep_alive = exchange.keep_alive && !shared_.stopping;
        context.secure = secure;
        return make_outgoing(std::move(response), context, contents);
    }

    void answered(const Exchange& exchange, Outgoing&& out) {
        record(exchange.method, exchange.request.operation, exchange.complete_at, exchange.request.request_id, out);
        send(std::move(out));
    }

    /// Ends a request that cannot be read or took too long, and with it the connection.
    void refuse(int status, const std::string& reason) {
        ++turn_;
        const std::string request_id = core::new_uuid().substr(24);
        AnswerContext context;
        context.request_id = request_id;
        context.secure = secure;
        Response response = problem(status, reason, request_id);
        if (status == 405)
            response.set("allow", "GET, HEAD, POST, PUT, PATCH, DELETE");
        Outgoing out = make_outgoing(std::move(response), context);
        record("-", {}, Clock::now(), request_id, out);
        send(std::move(out));
    }

    void record(std::string_view method, std::string_view operation, SteadyTime from, std::string_view request_id,
                const Outgoing& out) const {
        if (operation.empty())
            operation = "-";
        const std::chrono::duration<double> time = Clock::now() - from;
        shared_.metrics.answered(operation, out.status, time.count());
        shared_.access_log.write({method, operation, out.status, time.count() * 1000,
                                  out.head.size() + (out.source ? out.source->size() : out.payload().size()),
                                  request_id, address_});
    }

    void send(Outgoing&& out) {
        out_ = std::move(out);
        sent_of_source_ = 0;
        enter(Phase::writing, shared_.options.write_time);
        const std::string_view payload = out_.payload();
        const std::array<asio::const_buffer, 2> parts{asio::buffer(out_.head),
                                                      asio::buffer(payload.data(), payload.size())};
        asio::async_write(stream_, parts, [self = self()](auto error, std::size_t) {
            if (self->closed_)
                return;
            if (error)
                return self->close();
            self->go_on();
        });
    }

    /// Sends what a body that is made meanwhile has next, and ends when all of it is sent.
    void go_on() {
        if (!out_.source)
            return written();
        if (sent_of_source_ == out_.source->size())
            return written();
        const bool accepted = shared_.pool.submit([self = self(), source = out_.source] {
            std::string bytes;
            try {
                bytes = source->next();
            } catch (...) {  // what went wrong is told by whoever made the source; the client sees the answer cut off
                bytes.clear();
            }
            asio::post(self->worker_.context, [self, bytes = std::move(bytes)]() mutable {
                if (!self->closed_)
                    self->send_more(std::move(bytes));
            });
        });
        if (!accepted)
            close();
    }

    void send_more(std::string&& bytes) {
        if (bytes.empty() || bytes.size() > out_.source->size() - sent_of_source_)
            return close();
        sent_of_source_ += bytes.size();
        out_.body = std::move(bytes);
        enter(Phase::writing, shared_.options.write_time);
        asio::async_write(stream_, asio::buffer(out_.body), [self = self()](auto error, std::size_t) {
            if (self->closed_)
                return;
            if (error)
                return self->close();
            self->go_on();
        });
    }

    void written() {
        const bool go_on = out_.keep_alive && !shared_.stopping;
        out_ = {};
        if (!go_on)
            return say_goodbye();
        if (unread_begin_ < unread_end_) {  // the next request came together with this one
            enter(Phase::header, shared_.options.header_time);
            return consume();
        }
        if (buffer_.size() != small_buffer)
            std::vector<char>(small_buffer).swap(buffer_);
        enter(Phase::idle, shared_.options.idle_time);
        read();
    }

    // ---- ending

    /// Closing a socket with unread bytes resets the connection, and the client may never see the answer. So the
    /// sending side is closed first, and what still comes is thrown away for a while.
    void say_goodbye() {
        enter(Phase::closing, shared_.stopping ? linger_time_when_stopping : linger_time);
        if constexpr (secure) {
            stream_.async_shutdown([self = self()](auto) {
                if (!self->closed_)
                    self->half_close();
            });
        } else {
            half_close();
        }
    }

    void half_close() {
        boost::system::error_code error;
        socket().shutdown(asio::ip::tcp::socket::shutdown_send, error);
        if (error)
            return close();
        if (!reading_)
            drain();
    }

    void drain() {
        reading_ = true;
        socket().async_read_some(asio::buffer(buffer_), [self = self()](auto error, std::size_t) {
            self->reading_ = false;
            if (self->closed_)
                return;
            if (error)
                return self->close();
            self->drain();
        });
    }

    Shared& shared_;  // NOLINT: outlives every session
    Worker& worker_;  // NOLINT
    Stream stream_;
    std::string address_;
    RequestReader reader_;
    std::vector<char> buffer_;
    std::size_t unread_begin_ = 0;
    std::size_t unread_end_ = 0;
    Outgoing out_;
    std::size_t sent_of_source_ = 0;
    Phase phase_ = Phase::handshake;
    SteadyTime deadline_{};
    unsigned turn_ = 0;  ///< counts answers, so that one that comes late finds its request over
    bool reading_ = false;
    bool closed_ = false;
    bool counted_away_ = false;
};

}  // namespace tsunagi::http
