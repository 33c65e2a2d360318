// SPDX-License-Identifier: Apache-2.0
#include "modules/vacancies/vacancy_rules.hpp"

#include <gtest/gtest.h>

namespace tsunagi::vacancies {
namespace {

const core::Date today = core::Date::parse("2026-11-17").value();

std::string fault(const VacancyNote& note) {
    const auto errors = check(note, "/note");
    return errors.empty() ? "" : errors.front().pointer + " " + errors.front().reason;
}

TEST(VacancyRulesTest, AWordThatIsTooOldSaysNothing) {
    EXPECT_EQ(state_on({}, {}, today), VacancyState::unknown);
    EXPECT_EQ(state_on(Acceptance::now, today, today), VacancyState::now);
    EXPECT_EQ(state_on(Acceptance::now, today.plus_days(-1), today), VacancyState::expired);
    EXPECT_EQ(state_on(Acceptance::no, today.plus_days(-1), today), VacancyState::expired);
    EXPECT_EQ(state_on(Acceptance::conditional, today, today), VacancyState::conditional);
}

TEST(VacancyRulesTest, NumbersAndConditionsFitTheAnswer) {
    VacancyNote note;
    EXPECT_EQ(fault(note), "");
    note.free = 0;
    EXPECT_EQ(fault(note), "/note/free range");
    note.free = 1000;
    note.acceptance = Acceptance::conditional;
    EXPECT_EQ(fault(note), "/note/free range");
    note.free = 2;
    EXPECT_EQ(fault(note), "/note/conditions required");
    note.conditions = "weekdays";
    EXPECT_EQ(fault(note), "");
    note.acceptance = Acceptance::no;
    EXPECT_EQ(fault(note), "/note/free none_when_no");
    note.free = 0;
    EXPECT_EQ(fault(note), "");
    EXPECT_EQ(text_of(note, today, true).free, std::nullopt);
    EXPECT_EQ(text_of(note, today, true).expires_on, today.plus_days(14));
}

TEST(VacancyRulesTest, APageBelongsToOnePlaceOfOneMunicipality) {
    const auto home = core::RegionId::make();
    const auto place = resources::PlaceId::make();
    EXPECT_EQ(place_of_subject(page_subject(home, place)), place);
    EXPECT_NE(page_subject(home, place), page_subject(core::RegionId::make(), place));
}

}  // namespace
}  // namespace tsunagi::vacancies
