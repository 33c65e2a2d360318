// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <atomic>
#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

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
    ///
    /// Works of one lane run one after the other and share commits. A lane is named after what they would wait for each
    /// other anyway, such as the desk whose next number they take; works without a lane run beside each other.
    /// SQLite, which has one writer, has one lane whatever this says.
    template <class F>
    auto write(F&& work, const std::string& lane = {}) -> std::invoke_result_t<F, WriteTx&>;

    [[nodiscard]] Engine engine() const { return options_.engine; }

    [[nodiscard]] const DatabaseOptions& options() const { return options_; }

    /// Statements run on all sessions since the start.
    [[nodiscard]] std::uint64_t statements() const { return statements_.load(std::memory_order_relaxed); }

    /// Refuses new work, waits for the work that is running, and closes all sessions. May be called more than once.
    void close();

private:
    using Run = std::function<void(WriteTx&)>;

    /// One work that waits in its lane.
    struct Work {
        const Run& run;  // NOLINT: lives on the stack of the thread that waits for it
        std::exception_ptr error = {};
        bool again = false;  ///< the commit it shared came to nothing: it runs once more, alone
        bool done = false;
        std::condition_variable changed = {};
    };

    struct Lane {
        std::deque<Work*> waiting;
        bool led = false;  ///< one of its threads is committing
    };

    void read_erased(const std::function<void(ReadTx&)>& work);
    void write_erased(const Run& work, const std::string& lane);
    void write_in_lane(const Run& work, const std::string& lane);
    void write_alone(const Run& work);
    void commit(const std::vector<Work*>& batch);
    void commit_together(const std::vector<Work*>& batch);

    DatabaseOptions options_;
    std::atomic<std::uint64_t> statements_{0};
    SessionPool readers_;
    SessionPool writers_;

    std::mutex lanes_mutex_;
    std::condition_variable lanes_emptied_;
    std::map<std::string, Lane> lanes_;
    bool stopping_ = false;
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
auto Database::write(F&& work, const std::string& lane) -> std::invoke_result_t<F, WriteTx&> {
    using Result = std::invoke_result_t<F, WriteTx&>;
    if constexpr (std::is_void_v<Result>) {
        write_erased([&](WriteTx& tx) { work(tx); }, lane);
    } else {
        std::optional<Result> result;
        write_erased([&](WriteTx& tx) { result.emplace(work(tx)); }, lane);
        return std::move(*result);
    }
}

}  // namespace tsunagi::db
