// SPDX-License-Identifier: Apache-2.0
#include "modules/consultations/consultation_facts.hpp"

#include <algorithm>
#include <map>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace tsunagi::consultations {
namespace {

IdNumber id_of(std::uint64_t number) {
    return {.high = number % 3, .low = number};
}

TEST(ConsultationFacts, AnIdComesBackAsItWasWritten) {
    for (const char* text : {"019a8c3e-1f2b-7c4d-8e5f-0123456789ab", "00000000-0000-0000-0000-000000000000",
                             "ffffffff-ffff-ffff-ffff-ffffffffffff"})
        EXPECT_EQ(IdNumber::of(text).id().str(), text);
    EXPECT_LT(IdNumber::of("019a8c3e-1f2b-7c4d-8e5f-0123456789ab"),
              IdNumber::of("019a8c3e-1f2b-7c4d-9e5f-0123456789aa"));
}

TEST(ConsultationFacts, ATextKeepsItsNumber) {
    Numbering numbering;
    EXPECT_EQ(numbering.number_of(""), 0);
    const auto one = numbering.number_of("fees");
    EXPECT_EQ(numbering.number_of("fees"), one);
    EXPECT_NE(numbering.number_of("training"), one);
    EXPECT_EQ(numbering.text(one), "fees");
    EXPECT_FALSE(numbering.find("other"));
}

/// Whatever order changes come in, a shelf holds each record once, as it was last told, ordered, with its marks.
RC_GTEST_PROP(ConsultationFacts, AShelfHoldsWhatWasToldLast, ()) {
    const auto steps = *rc::gen::container<std::vector<std::vector<std::pair<std::uint64_t, bool>>>>(
        rc::gen::container<std::vector<std::pair<std::uint64_t, bool>>>(rc::gen::pair(
            rc::gen::inRange<std::uint64_t>(0, 4000), rc::gen::weightedElement<bool>({{9, true}, {1, false}}))));
    Shelf shelf;
    std::map<IdNumber, std::int64_t> told;
    std::int64_t change = 0;
    for (const auto& step : steps) {
        ++change;
        Changes changes;
        std::map<std::uint64_t, bool> once(step.begin(), step.end());
        for (const auto& [number, is_there] : once) {
            if (!is_there) {
                changes.removed.push_back(id_of(number));
                told.erase(id_of(number));
                continue;
            }
            Facts facts;
            facts.id = id_of(number);
            facts.updated_at = change;
            facts.listed_on = static_cast<DayNumber>(number);
            const std::vector<Numbering::Number> marks(number % 4, static_cast<Numbering::Number>(change));
            changes.changed.add(facts, marks);
            told[facts.id] = change;
        }
        shelf = with_changes(shelf, std::move(changes), change);
    }
    RC_ASSERT(shelf.size() == told.size());
    auto expected = told.begin();
    for (const auto& chunk : shelf.chunks) {
        RC_ASSERT(!chunk->rows.empty());
        for (const Facts& row : chunk->rows) {
            RC_ASSERT(row.id == expected->first);
            RC_ASSERT(row.updated_at == expected->second);
            RC_ASSERT(row.listed_on >= chunk->first_day && row.listed_on <= chunk->last_day);
            const auto marks = chunk->marks_of(row);
            RC_ASSERT(marks.size() == row.id.low % 4);
            RC_ASSERT(std::ranges::all_of(marks, [&](auto mark) { return mark == row.updated_at; }));
            ++expected;
        }
    }
}

TEST(ConsultationFacts, ManyRecordsStandInSmallChunksAndOneChangeTouchesOne) {
    Changes first;
    for (std::uint64_t i = 0; i < 10'000; ++i) {
        Facts facts;
        facts.id = {.high = i, .low = 0};
        first.changed.add(facts, {});
    }
    const Shelf shelf = with_changes({}, std::move(first), 1);
    Changes second;
    Facts facts;
    facts.id = {.high = 5000, .low = 0};
    second.changed.add(facts, {});
    const Shelf changed = with_changes(shelf, std::move(second), 2);
    EXPECT_EQ(changed.size(), 10'000U);
    ASSERT_EQ(changed.chunks.size(), shelf.chunks.size());
    const auto kept = std::ranges::count_if(shelf.chunks, [&](const auto& chunk) {
        return std::ranges::find(changed.chunks, chunk) != changed.chunks.end();
    });
    EXPECT_EQ(static_cast<std::size_t>(kept), shelf.chunks.size() - 1);
}

TEST(ConsultationFacts, OneReaderLoadsAndAnOlderOneIsServed) {
    Shelves shelves;
    const Shelves::Place place{core::DeskId::make(), core::RegionId::make()};
    int loads = 0;
    const auto load = [&](std::int64_t since, const std::function<void(Changes)>& part) {
        ++loads;
        EXPECT_EQ(since, loads == 1 ? -1 : 3);
        Changes changes;
        Facts facts;
        facts.id = id_of(static_cast<std::uint64_t>(loads));
        changes.changed.add(facts, {});
        part(std::move(changes));
    };
    EXPECT_EQ(shelves.at(place, 3, load)->size(), 1U);
    EXPECT_EQ(shelves.at(place, 3, load)->size(), 1U);
    EXPECT_EQ(shelves.at(place, 7, load)->size(), 2U);
    EXPECT_EQ(shelves.at(place, 5, load)->last_change, 7);
    EXPECT_EQ(loads, 2);
}

}  // namespace
}  // namespace tsunagi::consultations
