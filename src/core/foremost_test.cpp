// SPDX-License-Identifier: Apache-2.0
#include "core/foremost.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace tsunagi::core {
namespace {

RC_GTEST_PROP(Foremost, AreTheBeginningOfAllInOrder, (std::vector<int> all, unsigned char most)) {
    Foremost<int, std::greater<>> foremost(most);
    for (const int one : all)
        foremost.add(one);
    std::ranges::sort(all, std::greater<>());
    all.resize(std::min<std::size_t>(all.size(), most));
    RC_ASSERT(std::move(foremost).in_order() == all);
}

}  // namespace
}  // namespace tsunagi::core
