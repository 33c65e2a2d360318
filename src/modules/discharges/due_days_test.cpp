// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "modules/discharges/discharge_test.hpp"

namespace tsunagi::discharges {
namespace {

class DueDaysTest : public DischargeTest {};

TSUNAGI_BOTH_ENGINES(DueDaysTest);

TEST_P(DueDaysTest, DueDaysLeaveOutTheTurnOfTheYear) {
    DayQuery query;
    query.admitted_on = day("2026-12-28");  // the third day is the 30th, a Wednesday
    const auto days = discharges->due_days(coordinator, query);
    const auto information =
        std::ranges::find(days.items, "admission_information", [](const DueDay& one) { return one.kind.value; });
    ASSERT_NE(information, days.items.end());
    EXPECT_EQ(information->due_on, day("2027-01-04"));
}

TEST_P(DueDaysTest, ALoadedYearIsReadFromTheFile) {
    auto administrator = lead;
    EXPECT_EQ(faults([&] { (void)holidays->import(administrator, "days.csv", "day,name\n2026/11/4,X\n", true); }),
              (Faults{"forbidden"}));
    administrator.permissions.insert("packs.manage");
    EXPECT_EQ(faults([&] { (void)holidays->import(administrator, "days.csv", "day,name\n2026/11/44,X\n", true); }),
              (Faults{"/rows/2 date"}));
    const auto before = holidays->list({});
    EXPECT_EQ(before.known_until, 2027);
    const auto load = [&](const std::string& rows, bool apply = true) {
        return holidays->import(administrator, "days.csv", "day,name\n" + rows, apply);
    };
    const std::string first = "2026/11/4,Made up\n2028/1/1,New year\n";
    const auto told = load(first, false);
    EXPECT_EQ(told.added_names, (std::vector<std::string>{"2026-11-04 Made up", "2028-01-01 New year"}));
    EXPECT_EQ(told.gone, 18) << "what the pack knows of that year";
    EXPECT_FALSE(holidays->list({}).loading) << "only told";
    EXPECT_EQ(load(first).added, 2);
    const auto list = holidays->list({});
    EXPECT_EQ(list.known_until, 2028);
    ASSERT_TRUE(list.loading);
    EXPECT_EQ(list.loading->loaded_by_name, "Name of lead");
    EXPECT_EQ(std::tuple(list.loading->from_year, list.loading->until_year, list.loading->count),
              std::tuple(2026, 2028, 2));
    const auto year = std::ranges::find(list.years, 2026, &holidays::HolidayYear::year);
    ASSERT_NE(year, list.years.end());
    EXPECT_TRUE(year->loaded);
    EXPECT_EQ(year->items.size(), 1U);
    EXPECT_EQ(make(coordinator, text()).text.papers.at(0).due_on, day("2026-11-05"));
    (void)load("2026/11/5,Made up\n");
    EXPECT_EQ(make(coordinator, text()).text.papers.at(0).due_on, day("2026-11-04"));
    EXPECT_EQ(number("SELECT count(*) FROM audit_entries WHERE action = 'load'"), 2);

    const auto later = holidays->list({}).loading.value();
    holidays->take_back(administrator, later.id);
    EXPECT_EQ(make(coordinator, text()).text.papers.at(0).due_on, day("2026-11-05")) << "as the loading before said";
    EXPECT_EQ(faults([&] { holidays->take_back(administrator, later.id); }), (Faults{"not_found"}));
    EXPECT_EQ(faults([&] { holidays->take_back(lead, list.loading->id); }), (Faults{"forbidden"}));
    (void)load("2026/11/4,Made up\n");
    EXPECT_EQ(faults([&] { holidays->take_back(administrator, list.loading->id); }), (Faults{"loading_outdated"}));
    holidays->take_back(administrator, holidays->list({}).loading->id);
    holidays->take_back(administrator, list.loading->id);
    const auto after = holidays->list({});
    EXPECT_FALSE(after.loading);
    EXPECT_EQ(after.known_until, before.known_until) << "the years of the pack count again";
}

TEST_P(DueDaysTest, DueDaysFollowWhatIsLearntOfHolidays) {
    holidays->on_change([this](db::WriteTx& tx, const holidays::WorkingDays& working) {
        return discharges->recount_due_days(tx, working);
    });
    auto administrator = lead;
    administrator.permissions.insert("packs.manage");
    const auto waiting = make(coordinator, text());
    auto by_hand = text();
    by_hand.papers[0].due_by_hand = true;
    by_hand.papers[0].due_on = day("2026-11-10");
    const auto kept = make(coordinator, by_hand);
    auto here = text();
    here.papers[0].received_on = day("2026-11-03");
    const auto received = make(coordinator, here);
    const auto due = [&](const Discharge& one) { return discharges->get(coordinator, one.id).text.papers[0].due_on; };
    const auto before = due(waiting);
    ASSERT_EQ(before, due(received));
    // Every other holiday of the year is left out of the file on purpose: only the day itself is asked for.
    const auto told = holidays->import(administrator, "days.csv", "day,name\n" + before->str() + ",Made up\n", true);
    EXPECT_GE(told.due_days, 1);
    EXPECT_GT(due(waiting), before) << "it fell on a day that is none";
    EXPECT_EQ(due(kept), day("2026-11-10")) << "set by hand";
    EXPECT_EQ(due(received), before) << "already here";
    EXPECT_EQ(discharges->get(coordinator, waiting.id).version, waiting.version) << "nobody's entry";
    holidays->take_back(administrator, holidays->list({}).loading->id);
    EXPECT_EQ(due(waiting), before);
}

}  // namespace
}  // namespace tsunagi::discharges
