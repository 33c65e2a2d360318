// SPDX-License-Identifier: Apache-2.0
#include "modules/holidays/holiday_rules.hpp"

#include <cstdlib>
#include <fstream>
#include <map>

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

#include "core/error.hpp"

namespace tsunagi::holidays {
namespace {

core::Date day(const std::string& text) {
    return core::Date::parse(text).value();
}

HolidayPack standard() {
    return read_holiday_pack(std::filesystem::path(TSUNAGI_SOURCE_DIR) / "packs" / "standard");
}

WorkingDays standard_days() {
    const auto pack = standard();
    std::set<core::Date> days;
    for (const auto& one : pack.holidays)
        days.insert(one.day);
    std::set<std::pair<unsigned, unsigned>> closed;
    for (const auto& text : pack.closed)
        closed.insert(month_and_day(text));
    return {days, closed};
}

TEST(WorkingDaysTest, WeekendsHolidaysAndTheTurnOfTheYearDoNotCount) {
    const auto days = standard_days();
    EXPECT_TRUE(days.works(day("2026-11-20")));   // Friday
    EXPECT_FALSE(days.works(day("2026-11-21")));  // Saturday
    EXPECT_FALSE(days.works(day("2026-11-23")));  // 勤労感謝の日, a Monday
    EXPECT_FALSE(days.works(day("2026-12-31")));
    EXPECT_FALSE(days.works(day("2026-09-22")));  // between two holidays
    EXPECT_FALSE(days.works(day("2027-03-22")));  // after a holiday on a Sunday
    EXPECT_EQ(days.on_or_after(day("2026-11-21")), day("2026-11-24"));
    EXPECT_EQ(days.on_or_after(day("2026-11-24")), day("2026-11-24"));
    EXPECT_EQ(days.on_or_before(day("2026-11-23")), day("2026-11-20"));
    EXPECT_EQ(days.on_or_after(day("2026-12-29")), day("2027-01-04"));
}

TEST(WorkingDaysTest, CountingSkipsWhatDoesNotCount) {
    const auto days = standard_days();
    EXPECT_EQ(days.plus(day("2026-11-20"), 1), day("2026-11-24"));
    EXPECT_EQ(days.plus(day("2026-11-20"), 3), day("2026-11-26"));
    EXPECT_EQ(days.plus(day("2026-11-21"), 1), day("2026-11-24"));
    EXPECT_EQ(days.plus(day("2026-11-24"), -1), day("2026-11-20"));
    EXPECT_EQ(days.plus(day("2026-11-21"), 0), day("2026-11-21"));
    EXPECT_EQ(days.plus(day("2026-04-28"), 3), day("2026-05-07"));  // across the golden week
    for (int count = 1; count < 40; ++count) {
        const auto then = days.plus(day("2026-04-28"), count);
        EXPECT_TRUE(days.works(then));
        EXPECT_EQ(days.plus(then, -count), day("2026-04-28"));
    }
}

TEST(HolidayFileTest, TheOfficialFileIsReadAsItIsPublished) {
    // 国民の祝日・休日月日,国民の祝日・休日名称 and 元日 in CP932
    const std::string cp932 =
        "\x8d\x91\x96\xaf\x82\xcc\x8f\x6a\x93\xfa\x81\x45\x8b\x78\x93\xfa\x8c\x8e\x93\xfa,"
        "\x8d\x91\x96\xaf\x82\xcc\x8f\x6a\x93\xfa\x81\x45\x8b\x78\x93\xfa\x96\xbc\x8f\xcc\r\n"
        "2028/1/10,\x90\xac\x90\x6c\x82\xcc\x93\xfa\r\n2028/1/1,\x8c\xb3\x93\xfa\r\n";
    const auto days = read_official(cp932);
    ASSERT_EQ(days.size(), 2U);
    EXPECT_EQ(days[0].day, day("2028-01-01"));
    EXPECT_EQ(days[0].name.str(), "\xe5\x85\x83\xe6\x97\xa5");
    EXPECT_EQ(days[1].day, day("2028-01-10"));
}

std::map<std::string, std::string> faults(const std::string& text) {
    std::map<std::string, std::string> result;
    try {
        (void)read_official(text);
    } catch (const core::Error& error) {
        if (error.fields().empty())
            result[""] = error.reason();
        for (const auto& field : error.fields())
            result[field.pointer] = field.reason;
    }
    return result;
}

TEST(HolidayFileTest, EveryWrongRowIsNamed) {
    using Faults = std::map<std::string, std::string>;
    EXPECT_EQ(faults("day,name\n2028/1/1,A\n2028/2/30,B\n2028/1/1,C\n2028/3/3\n"),
              (Faults{{"/rows/3", "date"}, {"/rows/4", "duplicate"}, {"/rows/5", "name"}}));
    EXPECT_EQ(faults("2028/1/1,A\n2028/1/2,B\n"), (Faults{{"", "holidays_unknown"}}));
    EXPECT_EQ(faults("day,name\n"), (Faults{{"", "holidays_unknown"}}));
    EXPECT_EQ(faults("").size(), 1U);
}

TEST(HolidayFileTest, AWrongDayIsShownInWholeLetters) {
    std::string letters;
    for (int i = 0; i < 30; ++i)
        letters += "\xe5\x85\x83";
    try {
        (void)read_official("day,name\n" + letters + ",A\n");
        FAIL() << "it was read";
    } catch (const core::Error& error) {
        ASSERT_EQ(error.fields().size(), 1U);
        EXPECT_EQ(error.fields()[0].limit, letters.substr(0, 60));  // twenty of three bytes
    }
}

TEST(HolidayFileTest, ThePackSaysWhatThePublishedHolidaysSay) {
    const auto pack = standard();
    ASSERT_FALSE(pack.holidays.empty());
    EXPECT_EQ(pack.holidays.front().day.year(), 2024);
    EXPECT_EQ(pack.holidays.back().day.year(), 2027);
    const char* given = std::getenv("TSUNAGI_SHARED_DATA");
    const std::filesystem::path data = given != nullptr
                                           ? std::filesystem::path(given)
                                           : std::filesystem::path(TSUNAGI_SOURCE_DIR) / ".." / "shared" / "data";
    std::ifstream in(data / "holidays" / "japanese-public-holidays_1955-2026.json", std::ios::binary);
    if (!in)
        return;  // only where the published data lie beside the project
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    std::set<core::Date> published;
    const auto root = boost::json::parse(text);
    for (const auto& one : root.at("holidays").as_array()) {
        const auto on = day(std::string(one.at("date").as_string()));
        if (on.year() >= 2024 && on.year() <= 2026)
            published.insert(on);
    }
    std::set<core::Date> ours;
    for (const auto& one : pack.holidays) {
        if (one.day.year() <= 2026)
            ours.insert(one.day);
    }
    EXPECT_EQ(ours, published);
}

TEST(OfficialHolidays, AreRecognisedByTheDaysBelowTheHeader) {
    EXPECT_TRUE(is_holiday_file("国民の祝日・休日月日,国民の祝日・休日名称\n1955/1/1,元日\n"));
    EXPECT_TRUE(is_holiday_file("月日,名称,備考\n2027-01-01,元日,\n2027-13-01,誤り,\n"))
        << "what is wrong below is told";
    EXPECT_FALSE(is_holiday_file("月日,名称\n")) << "nothing stands there";
    EXPECT_FALSE(is_holiday_file("1955/1/1,元日\n1955/1/15,成人の日\n")) << "no header";
    EXPECT_FALSE(is_holiday_file("団体コード,市区町村名\n991007,汐見市\n"));
    EXPECT_FALSE(is_holiday_file("名前,a,b,c\n2027-01-01,元日,x,y\n"));
    EXPECT_FALSE(is_holiday_file(""));
}

}  // namespace
}  // namespace tsunagi::holidays
