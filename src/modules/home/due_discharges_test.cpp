// SPDX-License-Identifier: Apache-2.0
#include "modules/discharges/discharge_service.hpp"
#include "modules/home/board_service.hpp"
#include "tests/support/city_test.hpp"

namespace tsunagi::home {
namespace {

core::Date day(const char* text) {
    return core::Date::parse(text).value();
}

class DueDischargesTest : public test::CityTest {
protected:
    void SetUp() override {
        CityTest::SetUp();
        if (!IsSkipped())
            home = std::make_unique<BoardService>(database(), *consultations, clock);
    }

    std::unique_ptr<BoardService> home;
};

TSUNAGI_BOTH_ENGINES(DueDischargesTest);

TEST_P(DueDischargesTest, OfADischargeThePaperDueFirstIsShown) {
    const auto folder = std::filesystem::path(TSUNAGI_SOURCE_DIR) / "packs" / "standard";
    const holidays::HolidayService holidays(database(), *audit, folder, clock);
    const discharges::DischargeService discharges(database(), *audit, *packs, *consultations, holidays, folder, clock);
    for (auto* actor : {&coordinator, &colleague, &officer})
        actor->permissions.insert({"discharges.read", "discharges.write"});
    discharges::NewDischarge wanted;
    wanted.text.subject = "Hip fracture";
    wanted.text.hospital = "Hospital Kita";
    wanted.text.admitted_on = day("2026-11-02");
    wanted.text.planned_on = day("2026-11-13");
    for (const char* kind : {"discharge_record", "admission_information"})
        wanted.text.papers.emplace_back().kind.value = kind;
    auto one = discharges.create(coordinator, wanted, "");
    const auto cards = home->get(coordinator, {}).due_today;
    ASSERT_EQ(cards.size(), 1U);
    EXPECT_EQ(cards[0].kind, "discharge");
    EXPECT_EQ(cards[0].id, one.id.str());
    EXPECT_EQ(cards[0].who, "admission_information");
    EXPECT_EQ(cards[0].days, 13);
    EXPECT_EQ(home->get(officer, {}).due_today.size(), 1U);
    EXPECT_TRUE(home->get(coordinator, {.desk = {}, .mine = true}).due_today.empty());
    EXPECT_TRUE(home->get(colleague, {}).due_today.empty());
    auto done = one.text;
    done.papers[1].received_on = day("2026-11-17");
    done.owner_id = coordinator.user_id;
    one = discharges.change(coordinator, one.id, 1, {done, ""});
    EXPECT_TRUE(home->get(coordinator, {}).due_today.empty());
    EXPECT_EQ(home->get(coordinator, {.desk = {}, .mine = true}).due_week.size(), 1U);  // the record, on the 20th
    coordinator.permissions.erase("discharges.read");
    EXPECT_TRUE(home->get(coordinator, {}).due_week.empty());
    const auto about = create(coordinator, sheet());
    wanted.consultation_id = about.id;
    (void)discharges.create(coordinator, wanted, "");
    disclose(about.id);
    advisor.permissions.insert("discharges.read");
    EXPECT_EQ(home->get(officer, {}).due_today.size(), 1U);
    EXPECT_TRUE(home->get(advisor, {}).due_today.empty());  // an agenda shows no coordination
}

}  // namespace
}  // namespace tsunagi::home
