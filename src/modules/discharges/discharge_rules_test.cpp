// SPDX-License-Identifier: Apache-2.0
#include "modules/discharges/discharge_rules.hpp"

#include <set>

#include <gtest/gtest.h>

#include "tests/support/city_test.hpp"

namespace tsunagi::discharges {
namespace {

using test::faults;

core::Date day(const std::string& text) {
    return core::Date::parse(text).value();
}

packs::Scheme scheme(const std::string& name, const std::vector<std::string>& codes) {
    packs::Scheme result;
    result.name = record::CodeName(name);
    for (const auto& code : codes) {
        packs::CodeEntry entry;
        entry.code = record::CodeName(code);
        entry.label.ja = code;
        entry.position = static_cast<std::int64_t>(result.codes.size());
        result.codes.push_back(entry);
    }
    return result;
}

class DischargeRulesTest : public ::testing::Test {
protected:
    [[nodiscard]] std::set<std::string> wrong(const DischargeText& text) const {
        std::set<std::string> result;
        for (const auto& error : check(
                 text, {.codes = codes, .today = day("2026-11-17"), .latest_day = day("2026-11-17"), .root = "/text"}))
            result.insert(error.pointer + " " + error.reason);
        return result;
    }

    static DischargeText planned() {
        DischargeText text;
        text.subject = "Hip fracture, alone";
        text.hospital = "Hospital Kita";
        text.admitted_on = day("2026-11-02");
        text.planned_on = day("2026-11-27");
        return text;
    }

    static Paper paper(const char* kind) {
        Paper paper;
        paper.kind = record::Code<"discharge_paper">(kind);
        return paper;
    }

    packs::CodeBook codes{{scheme("discharge_destination", {"home", "facility"}), scheme("discharge_role", {"msw"}),
                           scheme("discharge_paper", {"admission_information", "discharge_record"})},
                          {}};
};

using Faults = std::set<std::string>;

TEST_F(DischargeRulesTest, DaysFollowEachOther) {
    auto text = planned();
    EXPECT_EQ(wrong(text), Faults{});
    text.planned_on = day("2026-11-01");
    EXPECT_EQ(wrong(text), (Faults{"/text/planned_on date_order"}));
    text = planned();
    text.decided_on = day("2026-11-16");
    EXPECT_EQ(wrong(text), (Faults{"/text/destination required"}));
    text.destination.emplace("home");
    EXPECT_EQ(wrong(text), Faults{});
    text.planned_on.reset();
    EXPECT_EQ(wrong(text), (Faults{"/text/planned_on required"}));
    text.left_on = day("2026-11-15");
    EXPECT_EQ(wrong(text), (Faults{"/text/decided_on date_order"}));
    text.left_on = day("2026-11-18");
    EXPECT_EQ(wrong(text), (Faults{"/text/left_on future"}));
    text = planned();
    text.admitted_on = day("2026-12-01");  // an admission can be planned
    text.planned_on = day("2026-12-20");
    EXPECT_EQ(wrong(text), Faults{});
}

TEST_F(DischargeRulesTest, PartiesSayWhoAndPapersMakeSense) {
    auto text = planned();
    text.parties.emplace_back().role = record::Code<"discharge_role">("msw");
    text.parties.emplace_back().role = record::Code<"discharge_role">("nobody");
    text.parties.back().name = "Sato";
    text.papers.push_back(paper("admission_information"));
    text.papers.back().due_by_hand = true;
    text.papers.push_back(paper("discharge_record"));
    text.papers.back().not_needed = true;
    text.papers.back().received_on = day("2026-11-03");
    text.papers.push_back(paper("letter"));
    text.papers.back().received_on = day("2026-11-20");
    EXPECT_EQ(wrong(text), (Faults{"/text/parties/0/affiliation required", "/text/parties/1/role unknown_code",
                                   "/text/papers/0/due_on required", "/text/papers/1/not_needed not_allowed",
                                   "/text/papers/2/kind unknown_code", "/text/papers/2/received_on future"}));
}

TEST_F(DischargeRulesTest, TheStateFollowsTheDaysAndWhatAPersonSays) {
    auto text = planned();
    EXPECT_EQ(state_by_days(text), DischargeState::planning);
    text.decided_on = day("2026-11-10");
    EXPECT_EQ(state_by_days(text), DischargeState::decided);
    text.left_on = day("2026-11-15");
    EXPECT_EQ(state_by_days(text), DischargeState::discharged);

    using S = DischargeState;
    using T = DischargeStep;
    const std::vector<S> states{S::planning, S::decided, S::discharged, S::ended, S::readmitted, S::cancelled};
    const std::set<std::pair<S, T>> allowed{{S::discharged, T::end},
                                            {S::planning, T::cancel},
                                            {S::decided, T::cancel},
                                            {S::ended, T::take_up},
                                            {S::cancelled, T::take_up}};
    for (const S state : states) {
        for (const T step : {T::end, T::cancel, T::take_up}) {
            const auto refused = faults([&] { (void)after_step(state, text, {step, "reason"}); });
            if (allowed.contains({state, step}))
                EXPECT_EQ(refused, Faults{});
            else
                EXPECT_EQ(refused, (Faults{"not_allowed_in_state"}));
        }
    }
    EXPECT_EQ(after_step(S::discharged, text, {T::end, ""}), S::ended);
    EXPECT_EQ(after_step(S::ended, text, {T::take_up, "more to do"}), S::discharged);
    EXPECT_EQ(after_step(S::cancelled, planned(), {T::take_up, "goes on"}), S::planning);
    EXPECT_EQ(faults([&] { (void)after_step(S::planning, text, {T::cancel, "  "}); }), (Faults{"/reason required"}));
}

class PaperRulesTest : public DischargeRulesTest {
protected:
    static holidays::WorkingDays working() {
        std::set<core::Date> days;
        const auto pack = holidays::read_holiday_pack(std::filesystem::path(TSUNAGI_SOURCE_DIR) / "packs" / "standard");
        for (const auto& one : pack.holidays)
            days.insert(one.day);
        return {days, {}};
    }

    std::vector<PaperRule> rules = read_paper_rules(std::filesystem::path(TSUNAGI_SOURCE_DIR) / "packs" / "standard");

    static DayQuery days(const char* admitted, const char* planned, const char* left) {
        DayQuery query;
        query.admitted_on = core::Date::parse(admitted);
        query.planned_on = core::Date::parse(planned);
        query.left_on = core::Date::parse(left);
        return query;
    }

    [[nodiscard]] std::string due(const char* kind, const DayQuery& days) const {
        const auto found = due_day(rules, record::Code<"discharge_paper">(kind), days, working());
        return found ? found->str() : "";
    }
};

TEST_F(PaperRulesTest, TheThirdDayOfAnAdmissionMovesBehindDaysThatDoNotCount) {
    const auto admitted = [&](const char* on) { return due("admission_information", days(on, "", "")); };
    EXPECT_EQ(admitted("2026-11-09"), "2026-11-11");  // Monday → Wednesday
    EXPECT_EQ(admitted("2026-11-19"), "2026-11-24");  // Thursday → Saturday, then a holiday on Monday
    EXPECT_EQ(admitted("2026-05-01"), "2026-05-07");  // into the golden week
    EXPECT_EQ(due("admission_information", {}), "");
}

TEST_F(PaperRulesTest, OtherPapersCountFromTheDayThatIsKnown) {
    EXPECT_EQ(due("predischarge_conference", days("", "2026-11-26", "")), "2026-11-20");  // three working days
    EXPECT_EQ(due("discharge_record", days("", "2026-11-27", "")), "2026-12-04");
    EXPECT_EQ(due("discharge_record", days("", "2026-11-27", "2026-11-24")), "2026-12-01");
    EXPECT_EQ(due("service_meeting", days("", "2026-11-29", "")), "2026-11-27");  // a Sunday
    EXPECT_EQ(due("other", days("", "", "2026-11-24")), "");
}

TEST_F(PaperRulesTest, ADaySetByHandStays) {
    auto text = planned();
    text.papers = {paper("admission_information"), paper("discharge_record")};
    text.papers[1].due_by_hand = true;
    text.papers[1].due_on = day("2026-12-25");
    set_due_days(text, rules, working());
    EXPECT_EQ(text.papers[0].due_on, day("2026-11-04"));
    EXPECT_EQ(text.papers[1].due_on, day("2026-12-25"));
    text.admitted_on.reset();
    set_due_days(text, rules, working());
    EXPECT_EQ(text.papers[0].due_on, std::nullopt);
}

TEST(DischargeFiguresTest, DaysAndMissedHandoversAreCountedByMonth) {
    const auto one = [](const char* id, const char* admitted, const char* decided, const char* left) {
        CountedDischarge result;
        result.id = DischargeId(id);
        result.left_on = day(left);
        if (*admitted != '\0')
            result.admitted_on = day(admitted);
        if (*decided != '\0')
            result.decided_on = day(decided);
        result.hospital = "Kita";
        return result;
    };
    std::vector<CountedDischarge> discharges{one("a", "2026-09-01", "2026-09-11", "2026-09-21"),
                                             one("b", "2026-09-01", "2026-09-21", "2026-09-25"),
                                             one("c", "2026-10-01", "", "2026-11-10")};
    discharges[1].readmitted_after = 12;
    discharges[0].readmitted_after = 31;
    const std::vector<CountedPaper> papers{{DischargeId("a"), day("2026-09-03"), day("2026-09-03")},
                                           {DischargeId("a"), day("2026-09-28"), day("2026-10-02")},
                                           {DischargeId("b"), day("2026-09-03"), std::nullopt},
                                           {DischargeId("b"), day("2026-10-02"), std::nullopt},
                                           {DischargeId("c"), day("2026-11-17"), std::nullopt}};  // due today
    const auto figures = figures_of({.desk = {}, .from = day("2026-09-01"), .to = day("2026-11-30"), .by = {}},
                                    discharges, papers, day("2026-11-17"));
    ASSERT_EQ(figures.lines.size(), 3U);
    const auto& september = figures.lines[0];
    EXPECT_EQ(september.key, "2026-09");
    EXPECT_EQ(september.discharges, 2);
    EXPECT_EQ(september.to_decision.count, 2);
    EXPECT_DOUBLE_EQ(*september.to_decision.mean, 15);
    EXPECT_DOUBLE_EQ(*september.to_leaving.median, 7);
    EXPECT_DOUBLE_EQ(*september.stay.mean, 22);
    EXPECT_EQ(september.papers, 4);
    EXPECT_EQ(september.in_time, 1);
    EXPECT_EQ(september.late, 1);
    EXPECT_EQ(september.missing, 2);
    EXPECT_EQ(september.missed, 1);
    EXPECT_EQ(september.readmitted, 1);
    EXPECT_EQ(figures.lines[1].discharges, 0);
    EXPECT_EQ(figures.lines[1].stay.mean, std::nullopt);
    EXPECT_EQ(figures.lines[2].papers, 0);
    EXPECT_EQ(figures.lines[2].to_decision.count, 0);
    EXPECT_EQ(figures.total.discharges, 3);
    const auto by_hospital =
        figures_of({.desk = {}, .from = day("2026-09-01"), .to = day("2026-11-30"), .by = FiguresBy::hospital},
                   discharges, papers, day("2026-11-17"));
    ASSERT_EQ(by_hospital.lines.size(), 1U);
    EXPECT_EQ(by_hospital.lines[0].key, "Kita");
    EXPECT_EQ(by_hospital.lines[0].missed, by_hospital.total.missed);
}

}  // namespace
}  // namespace tsunagi::discharges
