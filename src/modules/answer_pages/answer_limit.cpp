// SPDX-License-Identifier: Apache-2.0
#include "modules/answer_pages/answer_limit.hpp"

#include <chrono>

namespace tsunagi::answer_pages {
namespace {

constexpr int failures_allowed = 30;
constexpr std::chrono::minutes counted_for(10);
constexpr std::size_t most_addresses = 10'000;

}  // namespace

bool AnswerLimit::is_over(const Count& count, const core::Instant& now) {
    return count.since.plus(counted_for) <= now;
}

bool AnswerLimit::allows(const std::string& address, const core::Instant& now) {
    const std::scoped_lock lock(mutex_);
    const auto found = counts_.find(address);
    return found == counts_.end() || is_over(found->second, now) || found->second.failures < failures_allowed;
}

void AnswerLimit::failed(const std::string& address, const core::Instant& now) {
    const std::scoped_lock lock(mutex_);
    if (counts_.size() >= most_addresses) {
        std::erase_if(counts_, [&](const auto& entry) { return is_over(entry.second, now); });
        if (counts_.size() >= most_addresses)
            counts_.clear();
    }
    Count& count = counts_[address];
    if (count.failures == 0 || is_over(count, now))
        count = {now, 0};
    ++count.failures;
}

}  // namespace tsunagi::answer_pages
