// SPDX-License-Identifier: Apache-2.0
#include "core/date.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace tsunagi::core {
namespace {

Date day(std::string_view text) {
    return Date::parse(text).value();
}

std::string era(std::string_view text) {
    const EraYear result = era_of(day(text));
    return result.letter + std::to_string(result.year);
}

std::string era_of_year(int fiscal_year) {
    const EraYear result = era_of_fiscal_year(fiscal_year);
    return result.letter + std::to_string(result.year);
}

TEST(Date, ReadsRealDaysOnly) {
    for (const std::string_view good : {"2026-11-22", "2024-02-29", "2000-02-29", "1868-10-23", "2199-12-31"}) {
        ASSERT_TRUE(Date::parse(good)) << good;
        EXPECT_EQ(Date::parse(good)->str(), good);
    }
    for (const std::string_view bad : {"",           "2026-02-29", "1900-02-29",     "2026-13-01",
                                       "2026-00-10", "2026-01-00", "2026-04-31",     "2026-1-01",
                                       "26-01-01",   "2026/01/01", "2026-01-01 ",    " 2026-01-01",
                                       "2026-01-1a", "-026-01-01", "+026-01-01",     "1867-12-31",
                                       "2200-01-01", "2026-01--1", "２０２６-01-01", "2026-01-01T00:00:00Z"}) {
        EXPECT_FALSE(Date::parse(bad)) << bad;
    }
    EXPECT_FALSE(Date::parse(std::string_view("2026-01-0\0", 10)));
}

TEST(Date, FiscalYearsBeginInApril) {
    EXPECT_EQ(day("2026-03-31").fiscal_year(), 2025);
    EXPECT_EQ(day("2026-04-01").fiscal_year(), 2026);
    EXPECT_EQ(day("2026-12-31").fiscal_year(), 2026);
    EXPECT_EQ(day("2027-01-01").fiscal_year(), 2026);
}

TEST(Date, ErasChangeOnTheirDay) {
    EXPECT_EQ(era("2019-04-30"), "H31");
    EXPECT_EQ(era("2019-05-01"), "R1");
    EXPECT_EQ(era("1989-01-07"), "S64");
    EXPECT_EQ(era("1989-01-08"), "H1");
    EXPECT_EQ(era("1926-12-24"), "T15");
    EXPECT_EQ(era("1926-12-25"), "S1");
    EXPECT_EQ(era("1912-07-29"), "M45");
    EXPECT_EQ(era("1912-07-30"), "T1");
    EXPECT_EQ(era("1868-10-23"), "M1");
    EXPECT_EQ(era("2026-11-22"), "R8");
}

TEST(Date, FiscalYearsHaveTheirEra) {
    EXPECT_EQ(era_of_year(day("2019-04-30").fiscal_year()), "R1");
    EXPECT_EQ(era_of_year(day("2019-05-01").fiscal_year()), "R1");
    EXPECT_EQ(era_of_year(day("2026-03-31").fiscal_year()), "R7");
    EXPECT_EQ(era_of_year(2018), "H30");
    EXPECT_EQ(era_of_year(1989), "H1");
    EXPECT_EQ(era_of_year(1988), "S63");
}

TEST(Date, CountsDays) {
    EXPECT_EQ(day("2024-02-28").plus_days(2), day("2024-03-01"));
    EXPECT_EQ(day("2026-01-01").plus_days(-1), day("2025-12-31"));
    EXPECT_EQ(day("2026-03-01").days_since(day("2026-02-28")), 1);
    EXPECT_EQ(day("2026-11-22").weekday(), 6);
    EXPECT_EQ(day("2026-11-23").weekday(), 0);
}

RC_GTEST_PROP(DateLaws, TextAndDayAreTheSame, ()) {
    const Date some = day("1868-01-01").plus_days(*rc::gen::inRange(0, 121'000));
    RC_ASSERT(Date::parse(some.str()) == some);
    const int days = *rc::gen::inRange(-300, 300);
    RC_ASSERT(some.plus_days(days).days_since(some) == days);
    RC_ASSERT(some.plus_days(7).weekday() == some.weekday());
    const Date next = some.plus_days(1);
    RC_ASSERT(some < next);
    RC_ASSERT(some.str() < next.str());
    RC_ASSERT(next.fiscal_year() - some.fiscal_year() == (next.str().ends_with("-04-01") ? 1 : 0));
}

RC_GTEST_PROP(DateLaws, AnyTextIsReadOrRefused, (const std::string& text)) {
    if (const auto date = Date::parse(text))
        RC_ASSERT(date->str() == text);
    if (const auto time = TimeOfDay::parse(text))
        RC_ASSERT(time->str() == text);
    if (const auto at = Instant::parse(text))
        RC_ASSERT(Instant(at->time()).str() == text);
}

TEST(TimeOfDay, ReadsClockTimes) {
    EXPECT_EQ(TimeOfDay::parse("10:21")->str(), "10:21");
    EXPECT_EQ(TimeOfDay::parse("00:00")->minutes(), 0);
    EXPECT_EQ(TimeOfDay::parse("23:59")->minutes(), 1439);
    for (const std::string_view bad : {"24:00", "10:60", "1:00", "10-21", "10:2", "", "-1:00", "10:+1", "10:21:00"}) {
        EXPECT_FALSE(TimeOfDay::parse(bad)) << bad;
    }
}

TEST(Instant, ReadsUtcWithMilliseconds) {
    const auto at = Instant::parse("2026-11-22T01:02:03.456Z");
    ASSERT_TRUE(at);
    EXPECT_EQ(Instant(at->time()), *at);
    EXPECT_EQ(at->plus(std::chrono::milliseconds(544)).str(), "2026-11-22T01:02:04.000Z");
    for (const std::string_view bad :
         {"2026-11-22T01:02:03Z", "2026-11-22 01:02:03.456Z", "2026-11-22T01:02:03.456+09:00",
          "2026-11-22T24:00:00.000Z", "2026-11-22T01:02:60.000Z", "2026-02-30T01:02:03.456Z",
          "2026-11-22T01:02:03.-56Z", ""}) {
        EXPECT_FALSE(Instant::parse(bad)) << bad;
    }
}

TEST(Instant, TheDayInJapanBeginsAtThreeInTheAfternoon) {
    EXPECT_EQ(day_in_japan(*Instant::parse("2026-03-31T14:59:59.999Z")), day("2026-03-31"));
    EXPECT_EQ(day_in_japan(*Instant::parse("2026-03-31T15:00:00.000Z")), day("2026-04-01"));
    EXPECT_EQ(start_in_japan(day("2026-04-01")).str(), "2026-03-31T15:00:00.000Z");
    const Clock clock(*Instant::parse("2026-03-31T15:00:00.000Z"));
    EXPECT_EQ(clock.today().fiscal_year(), 2026);
}

TEST(Clock, AShiftedOneShowsTheSameTimeOnAnotherDay) {
    Clock machine(*Instant::parse("2027-03-02T14:59:30.000Z"));
    const Clock story = machine.shifted(std::chrono::days(-105));
    EXPECT_EQ(story.now().str(), "2026-11-17T14:59:30.000Z");
    EXPECT_EQ(story.today(), day("2026-11-17"));
    EXPECT_EQ(story.latest_day(), day("2027-03-02")) << "what the machine calls today is not the future";
    machine.move_to(*Instant::parse("2027-03-02T15:00:00.000Z"));
    EXPECT_EQ(story.today(), day("2026-11-18")) << "both change their day at the same moment";
    EXPECT_EQ(machine.shifted(std::chrono::days(10)).latest_day(), day("2027-03-13"));
    EXPECT_EQ(machine.latest_day(), machine.today());
}

RC_GTEST_PROP(InstantLaws, TextOrderIsTimeOrder, ()) {
    const auto base = Instant::parse("1970-01-01T00:00:00.000Z")->time();
    const auto a = base + std::chrono::milliseconds(*rc::gen::inRange<std::int64_t>(0, 4'000'000'000'000));
    const auto b = base + std::chrono::milliseconds(*rc::gen::inRange<std::int64_t>(0, 4'000'000'000'000));
    RC_ASSERT((Instant(a) < Instant(b)) == (a < b));
    RC_ASSERT(Instant::parse(Instant(a).str())->time() == a);
}

}  // namespace
}  // namespace tsunagi::core
