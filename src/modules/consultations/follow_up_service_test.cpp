// SPDX-License-Identifier: Apache-2.0
#include "modules/consultations/follow_up_service.hpp"

#include <set>

#include "tests/support/city_test.hpp"

namespace tsunagi::consultations {
namespace {

using test::faults;

core::Date day(const char* text) {
    return core::Date::parse(text).value();
}

class FollowUpServiceTest : public test::CityTest {
protected:
    void SetUp() override {
        CityTest::SetUp();
        if (!IsSkipped())
            follow_ups = std::make_unique<FollowUpService>(database(), *audit, clock);
    }

    [[nodiscard]] std::optional<core::Date> next_day(const core::ConsultationId& id) const {
        ConsultationFilter filter;
        filter.id = {id};
        return consultations->list(coordinator, filter).items.at(0).follow_up_on;
    }

    static FollowUpText text(const char* on, const std::string& note) { return {day(on), {note}, {}}; }

    Consultation with_day(const char* on) {
        auto body = sheet();
        body.follow_up_on = day(on);
        body.follow_up_note = "of the sheet";
        return create(coordinator, body);
    }

    std::unique_ptr<FollowUpService> follow_ups;
};

TSUNAGI_BOTH_ENGINES(FollowUpServiceTest);

TEST_P(FollowUpServiceTest, TheDayOfTheSheetIsOneOfThem) {
    auto one = with_day("2026-11-25");
    auto all = follow_ups->list(coordinator, one.id).items;
    ASSERT_EQ(all.size(), 1U);
    EXPECT_TRUE(all[0].of_sheet);
    EXPECT_EQ(all[0].note, "of the sheet");
    // Moved with the sheet, not doubled.
    one.sheet.follow_up_on = day("2026-11-28");
    one = consultations->replace(coordinator, one.id, 1, one.sheet);
    all = follow_ups->list(coordinator, one.id).items;
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].due_on, day("2026-11-28"));
    // A save that leaves the day alone does not bring back what was done.
    (void)follow_ups->settle(coordinator, all[0].id, all[0].version, {true});
    EXPECT_EQ(next_day(one.id), std::nullopt);
    one.sheet.request = "other words";
    one = consultations->replace(coordinator, one.id, 2, one.sheet);
    EXPECT_EQ(next_day(one.id), std::nullopt);
    EXPECT_EQ(one.sheet.follow_up_on, day("2026-11-28"));  // the paper says what it said
    // A new day on the sheet is a new follow-up.
    one.sheet.follow_up_on = day("2026-12-05");
    one = consultations->replace(coordinator, one.id, 3, one.sheet);
    EXPECT_EQ(next_day(one.id), day("2026-12-05"));
    EXPECT_EQ(follow_ups->list(coordinator, one.id).items.size(), 2U);
    one.sheet.follow_up_on.reset();
    one.sheet.follow_up_note = "";
    (void)consultations->replace(coordinator, one.id, 4, one.sheet);
    EXPECT_EQ(next_day(one.id), std::nullopt);
    EXPECT_EQ(follow_ups->list(coordinator, one.id).items.size(), 1U);
}

TEST_P(FollowUpServiceTest, AnEarlierDayOfTheSheetThatIsTakenUpAgainIsNotMovedByIt) {
    auto one = with_day("2026-11-25");
    const auto first = follow_ups->list(coordinator, one.id).items.at(0);
    (void)follow_ups->settle(coordinator, first.id, first.version, {true});
    one.sheet.follow_up_on = day("2026-12-05");
    one = consultations->replace(coordinator, one.id, 1, one.sheet);
    (void)follow_ups->settle(coordinator, first.id, first.version + 1, {false});
    one.sheet.follow_up_on = day("2026-12-10");
    one = consultations->replace(coordinator, one.id, 2, one.sheet);
    const auto all = follow_ups->list(coordinator, one.id).items;
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].due_on, day("2026-11-25"));
    EXPECT_EQ(all[1].due_on, day("2026-12-10"));
    one.sheet.follow_up_on.reset();
    one.sheet.follow_up_note = "";
    (void)consultations->replace(coordinator, one.id, 3, one.sheet);
    EXPECT_EQ(follow_ups->list(coordinator, one.id).items.size(), 1U);
    EXPECT_EQ(next_day(one.id), day("2026-11-25"));
}

TEST_P(FollowUpServiceTest, TheNextOneThatIsOpenIsTheDayOfTheCase) {
    const auto one = with_day("2026-11-25");
    auto all = follow_ups->add(coordinator, one.id, text("2026-11-20", "first"), "").items;
    EXPECT_EQ(next_day(one.id), day("2026-11-20"));
    ASSERT_EQ(all.at(0).note, "first");
    all = follow_ups->settle(coordinator, all[0].id, all[0].version, {true}).items;
    EXPECT_EQ(next_day(one.id), day("2026-11-25"));
    const auto& done = all.at(1);
    EXPECT_EQ(done.done_by_name, "Name of coordinator");
    EXPECT_EQ(faults([&] { (void)follow_ups->change(coordinator, done.id, done.version, text("2026-11-21", "x")); }),
              (std::set<std::string>{"not_allowed_in_state"}));
    all = follow_ups->settle(coordinator, done.id, done.version, {false}).items;
    EXPECT_EQ(next_day(one.id), day("2026-11-20"));
    (void)follow_ups->change(coordinator, all.at(0).id, all.at(0).version, text("2026-11-30", "later"));
    EXPECT_EQ(next_day(one.id), day("2026-11-25"));
    EXPECT_EQ(consultations->get(coordinator, one.id).version, 1);
}

TEST_P(FollowUpServiceTest, OthersDoNotSeeThemAndOfficersDoNotWriteThem) {
    const auto one = with_day("2026-11-25");
    const auto id = follow_ups->list(coordinator, one.id).items.at(0).id;
    for (const auto* actor : {&colleague, &stranger, &advisor}) {
        EXPECT_EQ(faults([&] { (void)follow_ups->list(*actor, one.id); }), (std::set<std::string>{"not_found"}));
    }
    for (const auto* actor : {&colleague, &stranger}) {
        EXPECT_EQ(faults([&] { (void)follow_ups->settle(*actor, id, 1, {true}); }),
                  (std::set<std::string>{"not_found"}));
        EXPECT_EQ(faults([&] { (void)follow_ups->add(*actor, one.id, text("2026-11-20", "x"), ""); }),
                  (std::set<std::string>{"not_found"}));
    }
    EXPECT_EQ(follow_ups->list(officer, one.id).items.at(0).note, "of the sheet");
    EXPECT_EQ(faults([&] { (void)follow_ups->settle(officer, id, 1, {true}); }), (std::set<std::string>{"forbidden"}));
    disclose(one.id);
    EXPECT_EQ(follow_ups->list(advisor, one.id).items.at(0).note, "");
}

TEST_P(FollowUpServiceTest, AStaleOneIsRefusedAndAnUnknownOwnerToo) {
    const auto one = with_day("2026-11-25");
    const auto id = follow_ups->list(coordinator, one.id).items.at(0).id;
    (void)follow_ups->change(coordinator, id, 1, text("2026-11-26", "moved"));
    EXPECT_EQ(faults([&] { (void)follow_ups->settle(coordinator, id, 1, {true}); }), (std::set<std::string>{"stale"}));
    auto nobody = text("2026-11-26", "x");
    nobody.owner_id = core::UserId::make();
    EXPECT_EQ(faults([&] { (void)follow_ups->add(coordinator, one.id, nobody, ""); }),
              (std::set<std::string>{"/owner_id not_found"}));
    (void)follow_ups->add(coordinator, one.id, text("2026-11-27", "once"), "key");
    (void)follow_ups->add(coordinator, one.id, text("2026-11-27", "once"), "key");
    EXPECT_EQ(follow_ups->list(coordinator, one.id).items.size(), 2U);
}

TEST_P(FollowUpServiceTest, ADraftTakesItsFollowUpsWithIt) {
    auto body = sheet();
    body.follow_up_on = day("2026-11-25");
    const auto draft =
        consultations->create(coordinator, {.desk_id = {}, .state = ConsultationState::draft, .sheet = body}, "");
    consultations->remove(coordinator, draft.id, 1);
    EXPECT_EQ(number("SELECT count(*) FROM follow_ups"), 0);
}

TEST_P(FollowUpServiceTest, TheConferenceListsWhatWaitsForAPhysician) {
    auto hard = sheet();
    hard.difficulty.emplace("physician");
    hard.physician_asked_on = day("2026-11-12");
    hard.physician_question = "Is it dementia or depression?";
    const auto second = create(coordinator, hard);
    hard.physician_asked_on = day("2026-11-09");
    const auto first = create(colleague, hard);
    hard.physician_advised_on = day("2026-11-10");
    (void)create(coordinator, hard);
    (void)create(coordinator, sheet());
    const auto list = consultations->conference(lead, {});
    ASSERT_EQ(list.total, 2);
    EXPECT_EQ(list.items[0].id, first.id);
    EXPECT_EQ(list.items[0].receiver_name, "Name of colleague");
    EXPECT_EQ(list.items[1].question, "Is it dementia or depression?");
    EXPECT_EQ(list.items[1].about.background, "Lives alone");
    EXPECT_EQ(consultations->conference(lead, {.desk = {center}}).total, 1);
    EXPECT_EQ(consultations->conference(coordinator, {}).total, 1);
    EXPECT_EQ(consultations->conference(stranger, {}).total, 0);
    EXPECT_EQ(consultations->conference(advisor, {}).total, 0);
    disclose(second.id);
    const auto shown = consultations->conference(advisor, {});
    ASSERT_EQ(shown.items.size(), 1U);
    EXPECT_EQ(shown.items[0].receiver_name, "");
}

}  // namespace
}  // namespace tsunagi::consultations
