// SPDX-License-Identifier: Apache-2.0
#include "db/pool.hpp"

#include <chrono>

#include "core/error.hpp"

namespace tsunagi::db {

std::unique_ptr<Session> SessionPool::take() {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    std::unique_lock lock(mutex_);
    for (;;) {
        if (closed_)
            throw core::Error(core::ErrorKind::unavailable, "stopping");
        if (!free_.empty()) {
            auto session = std::move(free_.back());  // the one used last has the warmest cache
            free_.pop_back();
            return session;
        }
        if (alive_ < most_) {
            ++alive_;
            lock.unlock();  // opening may take seconds; nobody else waits for it
            return open_counted();
        }
        if (changed_.wait_until(lock, deadline) == std::cv_status::timeout) {
            throw core::Error(core::ErrorKind::unavailable, "overloaded", {}, "no database connection became free");
        }
    }
}

std::unique_ptr<Session> SessionPool::open_counted() {
    try {
        return open_();
    } catch (const std::exception& error) {
        {
            const std::lock_guard lock(mutex_);
            --alive_;
        }
        changed_.notify_all();
        throw core::Error(core::ErrorKind::unavailable, "database_unavailable", {}, error.what());
    }
}

void SessionPool::give_back(std::unique_ptr<Session> session) {
    {
        const std::lock_guard lock(mutex_);
        free_.push_back(std::move(session));
    }
    changed_.notify_all();
}

void SessionPool::discard(std::unique_ptr<Session> session) {
    std::vector<std::unique_ptr<Session>> gone;
    {
        const std::lock_guard lock(mutex_);
        gone.swap(free_);
        gone.push_back(std::move(session));
        alive_ -= gone.size();
    }
    changed_.notify_all();
}

void SessionPool::close() {
    std::unique_lock lock(mutex_);
    closed_ = true;
    changed_.notify_all();
    changed_.wait(lock, [&] { return free_.size() == alive_; });
    free_.clear();
    alive_ = 0;
}

}  // namespace tsunagi::db
