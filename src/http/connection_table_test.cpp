// SPDX-License-Identifier: Apache-2.0
#include "http/connection_table.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace tsunagi::http {
namespace {

using namespace std::chrono_literals;
using Verdict = ConnectionTable::Verdict;

struct Guest final : Occupant {
    void give_up() override { gone = true; }

    bool gone = false;
};

std::shared_ptr<Guest> guest(std::chrono::milliseconds slow_for) {
    auto result = std::make_shared<Guest>();
    result->waits_for_peer(Occupant::Clock::now() - slow_for);
    return result;
}

TEST(ConnectionTable, TheSlowestMakesRoom) {
    ConnectionTable table(3, 3, 1s);
    const auto slow = guest(5s);
    const auto slowest = guest(9s);
    const auto fresh = guest(0s);
    for (const auto& occupant : {slow, slowest, fresh})
        EXPECT_EQ(table.admit(occupant, "a"), Verdict::welcome);
    EXPECT_EQ(table.admit(guest(0s), "b"), Verdict::welcome);
    EXPECT_TRUE(slowest->gone);
    EXPECT_FALSE(slow->gone);
    EXPECT_EQ(table.size(), 3U);
}

TEST(ConnectionTable, WhoIsBusyOrNewKeepsItsPlace) {
    ConnectionTable table(2, 2, 1s);
    const auto busy = std::make_shared<Guest>();
    busy->keep_place();
    const auto fresh = guest(0s);
    EXPECT_EQ(table.admit(busy, "a"), Verdict::welcome);
    EXPECT_EQ(table.admit(fresh, "a"), Verdict::welcome);
    EXPECT_EQ(table.admit(guest(0s), "b"), Verdict::too_many);
    EXPECT_EQ(table.admit(guest(0s), "a"), Verdict::too_many_from_address);
    EXPECT_FALSE(busy->gone || fresh->gone);
}

TEST(ConnectionTable, AnAddressPaysForItself) {
    ConnectionTable table(10, 2, 1s);
    const auto other = guest(99s);
    const auto own = guest(5s);
    EXPECT_EQ(table.admit(other, "b"), Verdict::welcome);
    EXPECT_EQ(table.admit(own, "a"), Verdict::welcome);
    EXPECT_EQ(table.admit(guest(2s), "a"), Verdict::welcome);
    EXPECT_EQ(table.admit(guest(0s), "a"), Verdict::welcome);
    EXPECT_TRUE(own->gone);
    EXPECT_FALSE(other->gone);
}

TEST(ConnectionTable, CountsWhoLeaves) {
    ConnectionTable table(1, 1, 1s);
    const auto first = guest(0s);
    EXPECT_EQ(table.admit(first, "a"), Verdict::welcome);
    EXPECT_FALSE(table.wait_until_empty(1ms));
    table.release(first.get());
    table.release(first.get());
    EXPECT_TRUE(table.wait_until_empty(1ms));
    EXPECT_EQ(table.admit(guest(0s), "a"), Verdict::welcome);
}

}  // namespace
}  // namespace tsunagi::http
