// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

namespace tsunagi::core {

/// The first few of many in an order, kept while they are found.
template <class T, class Before = std::less<>>
class Foremost {
public:
    explicit Foremost(std::size_t most, Before before = {}) : most_(most), before_(std::move(before)) {}

    void add(T one) {
        if (full()) {
            if (most_ == 0 || !before_(one, kept_.front()))
                return;
            std::ranges::pop_heap(kept_, before_);
            kept_.pop_back();
        }
        kept_.push_back(std::move(one));
        std::ranges::push_heap(kept_, before_);
    }

    /// Only what stands before `last` can still come in.
    [[nodiscard]] bool full() const { return kept_.size() == most_; }

    [[nodiscard]] const T& last() const { return kept_.front(); }

    [[nodiscard]] std::vector<T> in_order() && {
        std::ranges::sort_heap(kept_, before_);
        return std::move(kept_);
    }

private:
    std::size_t most_;
    Before before_;
    std::vector<T> kept_;  // a heap, the last of the order in front
};

}  // namespace tsunagi::core
