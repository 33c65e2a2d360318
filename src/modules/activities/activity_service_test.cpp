// SPDX-License-Identifier: Apache-2.0
#include "modules/activities/activity_service.hpp"

#include <set>

#include "record/json_writer.hpp"
#include "tests/support/city_test.hpp"

namespace tsunagi::activities {
namespace {

using consultations::ConsultationState;
using test::faults;

core::Date day(const char* text) {
    return core::Date::parse(text).value();
}

class ActivityServiceTest : public test::CityTest {
protected:
    void SetUp() override {
        CityTest::SetUp();
        if (IsSkipped())
            return;
        follow_ups = std::make_unique<consultations::FollowUpService>(database(), *audit, clock);
        activities = std::make_unique<ActivityService>(
            database(), *audit, *packs, *consultations, *follow_ups,
            std::filesystem::path(TSUNAGI_SOURCE_DIR) / "packs" / "standard" / "report_words.yaml", clock);
    }

    static ActivityText call(const std::string& said, const char* on = "2026-11-10") {
        ActivityText text;
        text.kind = record::Code<"activity_kind">("call");
        text.done_on = day(on);
        text.minutes = record::Whole<0, 1440>{15};
        text.with_name = "Nurse Sato";
        text.with_affiliation = "Home Nursing Umi";
        text.said = said;
        text.outcome = "They will call back";
        return text;
    }

    static ActivityText request(const char* kind, ActivityState state) {
        ActivityText text;
        text.kind = record::Code<"activity_kind">(kind);
        text.done_on = day("2026-11-05");
        text.state = state;
        text.with_name = "Doctor Ono";
        text.with_affiliation = "Clinic Ono";
        return text;
    }

    Activity write(const access::Actor& actor, const consultations::Consultation& about, const ActivityText& text,
                   const std::string& reason = {}) {
        return activities->create(
            actor, {.consultation_id = about.id, .desk_id = {}, .text = text, .reason = reason, .next_step = {}}, "");
    }

    consultations::Consultation closed() {
        auto body = sheet();
        body.result.emplace("solved");
        const auto one = create(coordinator, body);
        return consultations->change_state(coordinator, one.id, 1, {ConsultationState::closed, ""});
    }

    void move_to(const char* instant) {
        clock.move_to(core::Instant::parse(instant).value());
        for (auto* actor : {&coordinator, &colleague, &lead, &officer, &advisor}) {
            actor->today = clock.today();
            actor->latest_day = clock.latest_day();
        }
    }

    std::unique_ptr<consultations::FollowUpService> follow_ups;
    std::unique_ptr<ActivityService> activities;
};

TSUNAGI_BOTH_ENGINES(ActivityServiceTest);

TEST_P(ActivityServiceTest, TheTimelineShowsTheNewestFirstAndSumsTheTime) {
    const auto about = create(coordinator, sheet());
    write(coordinator, about, call("First", "2026-11-02"));
    auto second = call("Second", "2026-11-12");
    second.kind = record::Code<"activity_kind">("visit");
    second.minutes = record::Whole<0, 1440>{90};
    write(coordinator, about, second);
    auto third = call("Third", "2026-11-03");
    third.minutes.reset();
    write(coordinator, about, third);
    const auto timeline = activities->timeline(coordinator, about.id);
    ASSERT_EQ(timeline.items.size(), 3U);
    EXPECT_EQ(timeline.items[0].text.said.str(), "Second");
    EXPECT_EQ(timeline.items[1].text.said.str(), "Third");
    EXPECT_EQ(timeline.items[2].text.said.str(), "First");
    EXPECT_EQ(timeline.items[0].created_by_name, "Name of coordinator");
    EXPECT_EQ(timeline.total, 3);
    EXPECT_EQ(timeline.minutes, 105);
    EXPECT_EQ(consultations->get(coordinator, about.id).activities, 3);
    EXPECT_EQ(number("SELECT count(*) FROM audit_entries WHERE action = 'read' AND detail = 'activities'"), 1);
    EXPECT_EQ(number("SELECT count(*) FROM audit_entries WHERE action = 'create' AND subject_kind = 'activity'"), 3);
}

TEST_P(ActivityServiceTest, AnEntryIsTheNewestThingThatHappenedToItsCase) {
    const auto about = create(coordinator, sheet());
    move_to("2026-12-20T03:00:00.000Z");
    write(coordinator, about, call("Asked again", "2026-12-18"));
    const auto after = consultations->get(coordinator, about.id);
    EXPECT_EQ(after.updated_at.str(), "2026-12-20T03:00:00.000Z");
    EXPECT_EQ(after.version, about.version);  // nobody who writes in the sheet is in the way
    consultations::ConsultationFilter filter;
    filter.sort = "-updated_at";
    EXPECT_EQ(consultations->list(coordinator, filter).items.at(0).updated_at, after.updated_at);
    filter.standing = {consultations::CaseStanding::worked_on};
    EXPECT_EQ(consultations->list(coordinator, filter).total, 1);
    // A later save of the sheet, which says nothing about support, leaves it worked on.
    (void)consultations->replace(coordinator, about.id, 1, after.sheet);
    EXPECT_EQ(consultations->list(coordinator, filter).total, 1);
}

TEST_P(ActivityServiceTest, AFinalisedCaseAsksForTheReason) {
    const auto about = closed();
    EXPECT_EQ(faults([&] { write(coordinator, about, call("Late")); }), (std::set<std::string>{"/reason required"}));
    EXPECT_EQ(faults([&] { write(coordinator, about, call("Late"), "  "); }),
              (std::set<std::string>{"/reason required"}));
    const auto late = write(coordinator, about, call("Late"), "found on a slip of paper");
    EXPECT_EQ(late.reason, "found on a slip of paper");
    EXPECT_EQ(faults([&] {
                  (void)activities->change(coordinator, late.id, 1, {call("Other words"), ""});
              }),
              (std::set<std::string>{"/reason required"}));
    const auto changed = activities->change(coordinator, late.id, 1, {call("Other words"), "misread"});
    EXPECT_EQ(changed.version, 2);
    const auto history = activities->history(coordinator, late.id);
    ASSERT_EQ(history.items.size(), 2U);
    EXPECT_EQ(history.items[0].text.said.str(), "Late");
    EXPECT_EQ(history.items[1].reason, "misread");
    EXPECT_EQ(history.items[1].by_name, "Name of coordinator");
}

TEST_P(ActivityServiceTest, AWithdrawnOneStaysAndIsInNoSum) {
    const auto about = create(coordinator, sheet());
    const auto wrong = write(coordinator, about, call("Wrong case"));
    const auto gone = activities->withdraw(coordinator, wrong.id, 1, {{"belongs to another case"}});
    EXPECT_TRUE(gone.withdrawn);
    const auto timeline = activities->timeline(coordinator, about.id);
    ASSERT_EQ(timeline.items.size(), 1U);
    EXPECT_EQ(timeline.items[0].reason, "belongs to another case");
    EXPECT_EQ(timeline.total, 0);
    EXPECT_EQ(timeline.minutes, 0);
    EXPECT_EQ(activities->list(coordinator, {}).total, 0);
    EXPECT_EQ(consultations->get(coordinator, about.id).activities, 0);
    consultations::ConsultationFilter filter;
    filter.standing = {consultations::CaseStanding::received};
    EXPECT_EQ(consultations->list(coordinator, filter).total, 1);
    EXPECT_EQ(faults([&] {
                  (void)activities->change(coordinator, wrong.id, 2, {call("x"), "y"});
              }),
              (std::set<std::string>{"not_allowed_in_state"}));
}

TEST_P(ActivityServiceTest, ADraftHasNoActivities) {
    const auto draft =
        consultations->create(coordinator, {.desk_id = {}, .state = ConsultationState::draft, .sheet = {}}, "");
    EXPECT_EQ(faults([&] { write(coordinator, draft, call("x")); }), (std::set<std::string>{"not_allowed_in_state"}));
}

TEST_P(ActivityServiceTest, WhoMayNotSeeTheCaseMayNotSeeItsActivities) {
    const auto about = create(coordinator, sheet());
    const auto one = write(coordinator, about, call("Secret"));
    for (const auto* actor : {&colleague, &stranger, &advisor, &prefectural}) {
        EXPECT_EQ(faults([&] { (void)activities->get(*actor, one.id); }).size(), 1U);
        EXPECT_EQ(faults([&] { (void)activities->timeline(*actor, about.id); }).size(), 1U);
        EXPECT_EQ(faults([&] { (void)activities->history(*actor, one.id); }).size(), 1U);
    }
    for (const auto* actor : {&colleague, &stranger, &advisor}) {
        EXPECT_EQ(faults([&] { (void)activities->get(*actor, one.id); }), (std::set<std::string>{"not_found"}));
        EXPECT_EQ(activities->list(*actor, {}).total, 0);
    }
    EXPECT_EQ(faults([&] { write(colleague, about, call("x")); }), (std::set<std::string>{"not_found"}));
    EXPECT_EQ(faults([&] { write(officer, about, call("x")); }), (std::set<std::string>{"forbidden"}));
    EXPECT_EQ(activities->list(lead, {}).total, 1);
}

TEST_P(ActivityServiceTest, TheMunicipalityReadsNoNamesUnlessTheCaseIsShared) {
    const auto about = create(coordinator, sheet());
    const auto one = write(coordinator, about, call("Asked for a visit"));
    auto read = activities->get(officer, one.id);
    EXPECT_TRUE(read.masked);
    EXPECT_EQ(read.text.with_name.str(), "");
    EXPECT_EQ(read.text.said.str(), "Asked for a visit");
    ActivityFilter by_name;
    by_name.words = "Sato";
    EXPECT_EQ(activities->list(coordinator, by_name).total, 1);
    EXPECT_EQ(activities->list(officer, by_name).total, 0);  // what is not told is not found by it either
    (void)consultations->share(coordinator, about.id, 1, {true});
    EXPECT_EQ(activities->get(officer, one.id).text.with_name.str(), "Nurse Sato");
}

TEST_P(ActivityServiceTest, AnAdvisorReadsWhatWasDoneAndNotTheWords) {
    const auto about = create(coordinator, sheet());
    const auto one = write(coordinator, about, call("Called the daughter"));
    disclose(about.id);
    const auto timeline = activities->timeline(advisor, about.id);
    ASSERT_EQ(timeline.items.size(), 1U);
    EXPECT_TRUE(timeline.items[0].masked);
    EXPECT_EQ(timeline.items[0].text.said.str() + timeline.items[0].text.outcome.str() +
                  timeline.items[0].text.with_affiliation.str() + timeline.items[0].created_by_name,
              "");
    EXPECT_EQ(timeline.items[0].text.kind.value, "call");
    EXPECT_EQ(timeline.minutes, 15);
    const auto history = activities->history(advisor, one.id);
    EXPECT_EQ(history.items.at(0).text.said.str() + history.items.at(0).by_name, "");
    EXPECT_EQ(activities->list(advisor, {}).items.at(0).outcome, "");
    EXPECT_EQ(faults([&] { write(advisor, about, call("x")); }), (std::set<std::string>{"forbidden"}));
}

TEST_P(ActivityServiceTest, ARegisterListsItsKindsWithTotals) {
    const auto about = create(coordinator, sheet());
    write(coordinator, about, call("A contact is in no register"));
    auto advice = request("oral_nutrition", ActivityState::asked);
    advice.advice_field.emplace("oral");
    write(coordinator, about, advice);
    auto second = request("startup", ActivityState::done);
    second.startup_supports.emplace_back("social_work");
    second.minutes = record::Whole<0, 1440>{120};
    second.settled_on = day("2026-11-15");
    (void)activities->create(colleague,
                             {.consultation_id = {}, .desk_id = {}, .text = second, .reason = {}, .next_step = {}}, "");
    ActivityFilter filter;
    filter.form.emplace_back("oral_nutrition");
    filter.form.emplace_back("startup");
    auto page = activities->list(lead, filter);
    EXPECT_EQ(page.total, 2);
    EXPECT_EQ(page.minutes, 120);
    ASSERT_EQ(page.states.size(), 2U);
    EXPECT_EQ(page.items[0].number.empty(), page.items[0].consultation_id == std::nullopt);
    filter.state = {ActivityState::done};
    page = activities->list(lead, filter);
    ASSERT_EQ(page.items.size(), 1U);
    EXPECT_EQ(page.items[0].startup_supports.at(0).value, "social_work");
    filter.state = {};
    filter.desk = {center};
    EXPECT_EQ(activities->list(lead, filter).total, 1);
    filter.desk = {};
    filter.from = day("2026-11-06");
    EXPECT_EQ(activities->list(lead, filter).total, 0);
    filter.from.reset();
    EXPECT_EQ(activities->list(coordinator, filter).total, 1);  // the station's own is not the center's coordinator's
    EXPECT_EQ(activities->list(officer, filter).total, 2);
    EXPECT_EQ(activities->list(stranger, filter).total, 0);
    filter.form = {record::Code<"activity_form">("no_such_form")};
    EXPECT_EQ(activities->list(lead, filter).total, 0);
}

TEST_P(ActivityServiceTest, ARegisterIsHandedOutAsAFileWithItsSums) {
    auto begin = request("startup", ActivityState::asked);
    begin.startup_supports.emplace_back("social_work");
    begin.minutes = record::Whole<0, 1440>{75};
    begin.with_affiliation = "=Clinic, \"Ono\"";
    (void)activities->create(coordinator,
                             {.consultation_id = {}, .desk_id = {}, .text = begin, .reason = {}, .next_step = {}}, "");
    coordinator.permissions.insert("export");
    ActivityExportQuery query;
    query.format = analysis::FileFormat::csv;
    query.lang = analysis::Language::en;
    const auto file = activities->export_register(coordinator, query);
    EXPECT_EQ(file.name, "register_2026-11-17.csv");
    EXPECT_NE(file.bytes.find("2026-11-05,Asked,Start-up support of home medical care,,,Doctor Ono,"
                              "\"'=Clinic, \"\"Ono\"\"\""),
              std::string::npos)
        << file.bytes;
    EXPECT_NE(file.bytes.find("Total,1,"), std::string::npos);
    EXPECT_EQ(number("SELECT count(*) FROM audit_entries WHERE action = 'export' AND subject_kind = 'register'"), 1);
    EXPECT_EQ(faults([&] { (void)activities->export_register(advisor, query); }), (std::set<std::string>{"forbidden"}));
}

TEST_P(ActivityServiceTest, AListCostsTheSameNumberOfQueriesWhateverItsLength) {
    const auto about = create(coordinator, sheet());
    const auto queries = [&] {
        return database().read([&](db::ReadTx& tx) {
            const auto before = tx.statements();
            (void)activities->list(coordinator, {});
            return tx.statements() - before;
        });
    };
    write(coordinator, about, call("1"));
    const auto few = queries();
    for (int i = 0; i < 8; ++i)
        write(coordinator, about, call("more"));
    EXPECT_EQ(queries(), few);
}

TEST_P(ActivityServiceTest, TheSameKeyMakesOneActivity) {
    const auto about = create(coordinator, sheet());
    const NewActivity body{
        .consultation_id = about.id, .desk_id = {}, .text = call("Once"), .reason = {}, .next_step = {}};
    const auto first = activities->create(coordinator, body, "key-1");
    EXPECT_EQ(activities->create(coordinator, body, "key-1").id, first.id);
    EXPECT_EQ(activities->list(coordinator, {}).total, 1);
    EXPECT_EQ(consultations->get(coordinator, about.id).activities, 1);
}

TEST_P(ActivityServiceTest, TwoPeopleAtOneActivityBothKeepTheirText) {
    const auto about = create(coordinator, sheet());
    const auto one = write(coordinator, about, call("First words"));
    (void)activities->change(coordinator, one.id, 1, {call("Second words"), ""});
    EXPECT_EQ(faults([&] {
                  (void)activities->change(lead, one.id, 1, {call("Third words"), ""});
              }),
              (std::set<std::string>{"stale"}));
    EXPECT_EQ(activities->get(coordinator, one.id).text.said.str(), "Second words");
}

TEST_P(ActivityServiceTest, TheNextStepBecomesAFollowUpOfTheCase) {
    auto body = sheet();
    body.follow_up_on = day("2026-11-30");
    body.follow_up_note = "Ask the family";
    const auto about = create(coordinator, body);
    NewActivity entry{.consultation_id = about.id,
                      .desk_id = {},
                      .text = call("Will send papers"),
                      .reason = {},
                      .next_step = NextStep{day("2026-11-20"), {"Have the papers come?"}, colleague.user_id}};
    (void)activities->create(coordinator, entry, "");
    const auto all = follow_ups->list(coordinator, about.id).items;
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].note, "Have the papers come?");
    EXPECT_EQ(all[0].owner_name, "Name of colleague");
    EXPECT_TRUE(all[1].of_sheet);
    consultations::ConsultationFilter filter;
    EXPECT_EQ(consultations->list(coordinator, filter).items.at(0).follow_up_on, day("2026-11-20"));
    entry.consultation_id.reset();
    entry.text = request("outreach", ActivityState::asked);
    EXPECT_EQ(faults([&] { (void)activities->create(coordinator, entry, ""); }),
              (std::set<std::string>{"/next_step needs_case"}));
}

}  // namespace
}  // namespace tsunagi::activities
