// SPDX-License-Identifier: Apache-2.0
#include "core/first_few.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace tsunagi::core {
namespace {

RC_GTEST_PROP(FirstFew, AreThoseThatSortingWouldPutFirst, (std::vector<int> numbers)) {
    const auto most = *rc::gen::inRange<std::size_t>(1, 20);
    FirstFew<int> smallest(most);
    FirstFew<int, std::greater<>> greatest(most);
    for (const int number : numbers) {
        smallest.add(number);
        greatest.add(number);
        RC_ASSERT(smallest.last() >= number || smallest.is_full());
    }
    const auto first = [&](auto before) {
        auto sorted = numbers;
        std::ranges::sort(sorted, before);
        sorted.resize(std::min(sorted.size(), most));
        return sorted;
    };
    RC_ASSERT(std::move(smallest).in_order() == first(std::less<>()));
    RC_ASSERT(std::move(greatest).in_order() == first(std::greater<>()));
}

}  // namespace
}  // namespace tsunagi::core
