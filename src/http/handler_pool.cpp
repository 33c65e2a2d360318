// SPDX-License-Identifier: Apache-2.0
#include "http/handler_pool.hpp"

#include <utility>

namespace tsunagi::http {

HandlerPool::HandlerPool(std::size_t threads, std::size_t longest_queue, std::function<void(std::size_t)> on_length)
    : longest_queue_(longest_queue), on_length_(std::move(on_length)) {
    threads_.reserve(threads);
    for (std::size_t i = 0; i < threads; ++i)
        threads_.emplace_back([this] { run(); });
}

HandlerPool::~HandlerPool() {
    stop();
}

bool HandlerPool::submit(std::function<void()> job) {
    {
        const std::lock_guard lock(mutex_);
        if (stopping_ || jobs_.size() >= longest_queue_)
            return false;
        jobs_.push_back(std::move(job));
        on_length_(jobs_.size());
    }
    changed_.notify_one();
    return true;
}

void HandlerPool::run() {
    for (;;) {
        std::function<void()> job;
        {
            std::unique_lock lock(mutex_);
            changed_.wait(lock, [this] { return stopping_ || !jobs_.empty(); });
            if (stopping_)
                return;
            job = std::move(jobs_.front());
            jobs_.pop_front();
            on_length_(jobs_.size());
        }
        job();
    }
}

void HandlerPool::stop() {
    std::deque<std::function<void()>> dropped;
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
        dropped.swap(jobs_);
        on_length_(0);
    }
    changed_.notify_all();
    for (auto& thread : threads_) {
        if (thread.joinable())
            thread.join();
    }
}

}  // namespace tsunagi::http
