// SPDX-License-Identifier: Apache-2.0
#include "core/id.hpp"

#include <algorithm>
#include <set>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace tsunagi::core {
namespace {

TEST(Id, SortsByTheTimeItWasMade) {
    std::vector<std::string> ids;
    for (int i = 0; i < 20'000; ++i)
        ids.push_back(new_uuid());
    EXPECT_TRUE(std::is_sorted(ids.begin(), ids.end()));
    EXPECT_EQ(std::set<std::string>(ids.begin(), ids.end()).size(), ids.size());
    for (const auto& id : ids) {
        ASSERT_TRUE(is_uuid(id)) << id;
        ASSERT_EQ(id[14], '7');
        ASSERT_NE(std::string("89ab").find(id[19]), std::string::npos);
    }
}

TEST(Id, ThreadsNeverMakeTheSameId) {
    std::vector<std::vector<std::string>> made(4);
    std::vector<std::thread> threads;
    for (auto& ids : made) {
        threads.emplace_back([&ids] {
            for (int i = 0; i < 5'000; ++i)
                ids.push_back(new_uuid());
        });
    }
    for (auto& thread : threads)
        thread.join();
    std::set<std::string> all;
    for (const auto& ids : made) {
        EXPECT_TRUE(std::is_sorted(ids.begin(), ids.end()));
        all.insert(ids.begin(), ids.end());
    }
    EXPECT_EQ(all.size(), 20'000U);
}

TEST(Id, ReadsTheCanonicalFormOnly) {
    const std::string good = "0193f0a1-b2c3-7def-8abc-0123456789ab";
    EXPECT_EQ(DeskId::parse(good)->str(), good);
    for (const std::string bad :
         {"", "0193F0A1-b2c3-7def-8abc-0123456789ab", "0193f0a1b2c37def8abc0123456789ab",
          "{0193f0a1-b2c3-7def-8abc-0123456789ab}", "0193f0a1-b2c3-7def-8abc-0123456789ag",
          "0193f0a1-b2c3-7def-8abc-0123456789ab ", "0193f0a1_b2c3-7def-8abc-0123456789ab", "' OR 1=1 --"}) {
        EXPECT_FALSE(DeskId::parse(bad)) << bad;
    }
}

}  // namespace
}  // namespace tsunagi::core
