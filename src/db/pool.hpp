// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "db/session.hpp"

namespace tsunagi::db {

/// At most so many sessions of one kind, opened when they are first needed. Used by many threads.
class SessionPool {
public:
    using Open = std::function<std::unique_ptr<Session>()>;

    SessionPool(std::size_t most, Open open) : most_(most), open_(std::move(open)) {}

    /// A session nobody else uses. Waits up to 30 s for one; then, or when the pool is closed, or when the database
    /// cannot be reached, throws core::Error `unavailable`.
    [[nodiscard]] std::unique_ptr<Session> take();
    void give_back(std::unique_ptr<Session> session);
    /// The session is broken. The waiting ones are as old as it is and most likely broken too, so they go as well.
    void discard(std::unique_ptr<Session> session);
    /// Waits until every session has come back, then closes them. `take` fails from now on.
    void close();

private:
    [[nodiscard]] std::unique_ptr<Session> open_counted();

    const std::size_t most_;
    const Open open_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<std::unique_ptr<Session>> free_;
    std::size_t alive_ = 0;  ///< taken, free, or just being opened
    bool closed_ = false;
};

}  // namespace tsunagi::db
