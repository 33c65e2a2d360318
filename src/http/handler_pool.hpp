// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace tsunagi::http {

/// The threads in which handlers run, because handlers wait for the database and io threads must not.
/// The queue in front of them is bounded: beyond it the server says "overloaded" instead of growing.
class HandlerPool {
public:
    /// `on_length` is told the length of the queue whenever it changes.
    HandlerPool(std::size_t threads, std::size_t longest_queue, std::function<void(std::size_t)> on_length);
    HandlerPool(const HandlerPool&) = delete;
    HandlerPool& operator=(const HandlerPool&) = delete;
    HandlerPool(HandlerPool&&) = delete;
    HandlerPool& operator=(HandlerPool&&) = delete;
    ~HandlerPool();

    /// False when the queue is full or the pool has stopped. A job must not throw.
    [[nodiscard]] bool submit(std::function<void()> job);
    /// Drops what waits and returns when the running jobs are done.
    void stop();

private:
    void run();

    std::size_t longest_queue_;
    std::function<void(std::size_t)> on_length_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::function<void()>> jobs_;
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace tsunagi::http
