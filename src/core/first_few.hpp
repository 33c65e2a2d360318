// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

namespace tsunagi::core {

/// The first few of an order, kept while things come in any order.
template <class T, class Before = std::less<>>
class FirstFew {
public:
    explicit FirstFew(std::size_t most, Before before = {}) : most_(most), before_(std::move(before)) {}

    void add(const T& one) {
        if (is_full()) {
            if (!before_(one, kept_.front()))
                return;
            std::ranges::pop_heap(kept_, before_);
            kept_.pop_back();
        }
        kept_.push_back(one);
        std::ranges::push_heap(kept_, before_);
    }

    [[nodiscard]] bool is_full() const { return kept_.size() == most_; }

    /// The last of those kept. There is one.
    [[nodiscard]] const T& last() const { return kept_.front(); }

    [[nodiscard]] std::vector<T> in_order() && {
        std::ranges::sort(kept_, before_);
        return std::move(kept_);
    }

private:
    std::size_t most_;  ///< at least one
    Before before_;
    std::vector<T> kept_;  // a heap, the last in front
};

}  // namespace tsunagi::core
