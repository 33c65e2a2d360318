// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <atomic>
#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <type_traits>

#include "db/pool.hpp"
#include "db/transaction.hpp"

namespace tsunagi::db {

struct DatabaseOptions {
    Engine engine = Engine::sqlite;
    std::string target;       ///< file path, or libpq connection string
    std::size_t readers = 8;  ///< connections for reading
    std::size_t writers = 8;  ///< connections for writing; SQLite has one whatever this says
};

/// The sessions of one database and the two ways to use them.
class Database {
public:
    explicit Database(DatabaseOptions options);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    /// Runs `work(ReadTx&)` on one consistent snapshot and answers what it answers. Runs it once more when the
    /// connection is lost.
    template <class F>
    auto read(F&& work) -> std::invoke_result_t<F, ReadTx&>;

    /// Runs `work(WriteTx&)`; when this returns, what it wrote is durable. An exception undoes the work and nothing
    /// else. The work may run more than once, so it must not call out of the database. A work that catches a
    /// DatabaseError must end with an exception of its own: it is undone on both engines. Throws core::Error
    /// `unavailable` when the database cannot be reached, stays busy or is being closed.
    template <class F>
    auto write(F&& work) -> std::invoke_result_t<F, WriteTx&>;

    [[nodiscard]] Engine engine() const { return options_.engine; }

    [[nodiscard]] const DatabaseOptions& options() const { return options_; }

    /// Statements run on all sessions since the start.
    [[nodiscard]] std::uint64_t statements() const { return statements_.load(std::memory_order_relaxed); }

    /// Refuses new work, waits for the work that is running, and closes all sessions. May be called more than once.
    void close();

private:
    struct Work {
        std::function<void(WriteTx&)> run;
        std::exception_ptr error;
        bool done = false;
        std::condition_variable ready;
    };

    void read_erased(const std::function<void(ReadTx&)>& work);
    void write_erased(const std::function<void(WriteTx&)>& work);
    void write_shared(const std::function<void(WriteTx&)>& work);
    void write_alone(const std::function<void(WriteTx&)>& work);
    void writer_loop();

    DatabaseOptions options_;
    std::atomic<std::uint64_t> statements_{0};
    SessionPool readers_;
    SessionPool writers_;

    std::mutex queue_mutex_;
    std::condition_variable queue_ready_;
    std::deque<Work*> queue_;
    bool stopping_ = false;
    std::thread writer_;
};

template <class F>
auto Database::read(F&& work) -> std::invoke_result_t<F, ReadTx&> {
    using Result = std::invoke_result_t<F, ReadTx&>;
    if constexpr (std::is_void_v<Result>) {
        read_erased([&](ReadTx& tx) { work(tx); });
    } else {
        std::optional<Result> result;
        read_erased([&](ReadTx& tx) { result.emplace(work(tx)); });
        return std::move(*result);
    }
}

template <class F>
auto Database::write(F&& work) -> std::invoke_result_t<F, WriteTx&> {
    using Result = std::invoke_result_t<F, WriteTx&>;
    if constexpr (std::is_void_v<Result>) {
        write_erased([&](WriteTx& tx) { work(tx); });
    } else {
        std::optional<Result> result;
        write_erased([&](WriteTx& tx) { result.emplace(work(tx)); });
        return std::move(*result);
    }
}

}  // namespace tsunagi::db
