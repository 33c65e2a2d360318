// SPDX-License-Identifier: Apache-2.0
#include "modules/meetings/meeting_service.hpp"

#include <set>

#include "modules/issues/issue_service.hpp"
#include "modules/measures/measure_service.hpp"
#include "record/json_writer.hpp"
#include "tests/support/city_test.hpp"

namespace tsunagi::meetings {
namespace {

using test::faults;

core::Date day(const char* text) {
    return core::Date::parse(text).value();
}

class MeetingServiceTest : public test::CityTest {
protected:
    void SetUp() override {
        CityTest::SetUp();
        if (IsSkipped())
            return;
        for (auto* actor : {&coordinator, &colleague, &lead, &stranger, &officer}) {
            actor->permissions.insert(
                {"issues.read", "issues.write", "measures.read", "measures.write", "meetings.read", "meetings.write"});
        }
        officer.municipality_desks = {center, station};
        advisor.permissions.insert({"meetings.read", "issues.read"});
        issues = std::make_unique<issues::IssueService>(database(), *audit, *packs, clock);
        measures = std::make_unique<measures::MeasureService>(database(), *audit, *packs, clock);
        meetings = std::make_unique<MeetingService>(database(), *audit, *packs, clock);
    }

    Body body(const access::Actor& actor, const std::string& name, const std::optional<core::BodyId>& parent = {}) {
        NewBody wanted;
        wanted.name = name;
        wanted.parent_id = parent;
        return meetings->create_body(actor, wanted, "");
    }

    issues::Issue issue(const access::Actor& actor) {
        issues::NewIssue wanted;
        wanted.origin = issues::IssueOrigin::hand;
        wanted.text.title = "Nobody visits at night";
        return issues->create(actor, wanted, "");
    }

    static AgendaItem item(AgendaSubject subject, const std::string& id) {
        AgendaItem result;
        result.title = "To be discussed";
        result.subject = subject;
        result.subject_id = id;
        return result;
    }

    MeetingText text(const core::BodyId& of, const char* held_on = "2026-11-20") {
        MeetingText result;
        result.body_id = of;
        result.held_on = day(held_on);
        return result;
    }

    Attendance attendee(const access::Actor& actor) {
        Attendance result;
        result.name = actor.name;
        result.user_id = actor.user_id;
        return result;
    }

    std::unique_ptr<issues::IssueService> issues;
    std::unique_ptr<measures::MeasureService> measures;
    std::unique_ptr<MeetingService> meetings;
};

TSUNAGI_BOTH_ENGINES(MeetingServiceTest);

TEST_P(MeetingServiceTest, BodiesFormATreeWithoutCircles) {
    const auto council = body(coordinator, "Council");
    const auto section = body(coordinator, "Section", council.id);
    EXPECT_EQ(council.text.desk_id, center);
    NewBody wanted = council.text;
    wanted.parent_id = section.id;
    EXPECT_EQ(faults([&] { meetings->change_body(coordinator, council.id, 1, wanted); }),
              std::set<std::string>{"/parent_id not_allowed"});
    wanted = section.text;
    wanted.dormant = true;
    wanted.kind.emplace("section");
    wanted.layer.emplace("secondary");
    wanted.member_categories = {record::Code<"member_category">("hospital")};
    wanted.frequency = "3 a year";
    wanted.basis = "by-law";
    const auto changed = meetings->change_body(officer, section.id, 1, wanted);
    EXPECT_EQ(changed.version, 2);
    EXPECT_EQ(record::to_json(meetings->body(colleague, section.id).text), record::to_json(wanted));
    EXPECT_EQ(faults([&] { meetings->change_body(officer, section.id, 1, wanted); }), std::set<std::string>{"stale"});
    EXPECT_EQ(meetings->bodies(coordinator).items.size(), 2U);
}

TEST_P(MeetingServiceTest, BodiesAndMeetingsKeepEverySavedState) {
    auto council = body(coordinator, "Council");
    NewBody wanted = council.text;
    wanted.name = "Great council";
    (void)meetings->change_body(officer, council.id, 1, wanted);
    const auto bodies = meetings->body_history(colleague, council.id).items;
    ASSERT_EQ(bodies.size(), 2U);
    EXPECT_EQ(bodies[0].kind, "created");
    EXPECT_EQ(bodies[0].text.name.str(), "Council");
    EXPECT_EQ(bodies[1].kind, "edited");
    EXPECT_EQ(bodies[1].by_name, "Name of officer");
    EXPECT_EQ(record::to_json(bodies[1].text), record::to_json(wanted));
    EXPECT_EQ(faults([&] { (void)meetings->body_history(stranger, council.id); }), std::set<std::string>{"not_found"});

    auto made = meetings->create(coordinator, text(council.id), "");
    const NewAgendaItem item{{"x"}, AgendaSubject::other, {}};
    made = meetings->add_agenda_item(officer, made.id, item, "key");
    made = meetings->add_agenda_item(officer, made.id, item, "key");
    ASSERT_EQ(made.text.agenda.size(), 1U) << "sent twice, added once";
    MeetingText changed = made.text;
    changed.minutes = "what was said";
    changed.tasks = {{{}, {"ask the ward"}, "", coordinator.user_id, day("2026-12-01"), TaskState::todo}};
    made = meetings->change(coordinator, made.id, made.version, changed);
    made =
        meetings->change_task(coordinator, made.id, made.text.tasks.at(0).id.value(), made.version, {TaskState::doing});
    std::vector<std::string> kinds;
    for (const auto& version : meetings->history(colleague, made.id).items)
        kinds.push_back(version.kind + " " + version.text.minutes.str());
    EXPECT_EQ(kinds, (std::vector<std::string>{"created ", "agenda ", "edited what was said", "task what was said"}));
    EXPECT_EQ(faults([&] { (void)meetings->history(stranger, made.id); }), std::set<std::string>{"not_found"});
}

TEST_P(MeetingServiceTest, BodiesOfAnotherCityAreNeitherSeenNorJoined) {
    const auto council = body(coordinator, "Council");
    EXPECT_TRUE(meetings->bodies(stranger).items.empty());
    EXPECT_EQ(faults([&] { (void)meetings->body(stranger, council.id); }), std::set<std::string>{"not_found"});
    EXPECT_EQ(faults([&] { body(stranger, "Section", council.id); }), std::set<std::string>{"/parent_id not_found"});
    EXPECT_EQ(faults([&] { meetings->change_body(colleague, council.id, 1, council.text); }),
              std::set<std::string>{"forbidden"});
    EXPECT_EQ(faults([&] { meetings->create(stranger, text(council.id), ""); }),
              std::set<std::string>{"/body_id not_found"});
    EXPECT_EQ(faults([&] { (void)meetings->bodies(prefectural); }), std::set<std::string>{"forbidden"});
    EXPECT_FALSE(body(officer, "Of the city itself").text.desk_id.has_value());
}

TEST_P(MeetingServiceTest, AMeetingIsWrittenAsAWholeAndItsPartsStayTheSameOnes) {
    const auto council = body(coordinator, "Council");
    const auto about = issue(coordinator);
    MeetingText wanted = text(council.id);
    wanted.title = "First";
    wanted.started_at = core::TimeOfDay(15, 30);
    wanted.ended_at = core::TimeOfDay(17, 0);
    wanted.place = "Hall";
    wanted.form.emplace("hybrid");
    wanted.agenda = {item(AgendaSubject::issue, about.id.str()), item(AgendaSubject::issue, about.id.str())};
    wanted.agenda[1].subject = AgendaSubject::other;
    wanted.agenda[1].subject_id.reset();
    wanted.agenda[0].subject_number = "forged";
    wanted.attendance = {attendee(advisor), attendee(officer)};
    wanted.attendance[1].attended = false;
    Task task;
    task.title = "Ask the hospital";
    task.owner_id = colleague.user_id;
    task.due_on = day("2026-12-01");
    wanted.tasks = {task};
    auto meeting = meetings->create(coordinator, wanted, "key");
    EXPECT_EQ(meetings->create(coordinator, wanted, "key").id, meeting.id);
    ASSERT_EQ(meeting.text.agenda.size(), 2U);
    EXPECT_EQ(meeting.text.agenda[0].subject_number.str(), about.number);
    EXPECT_EQ(meeting.body_name, "Council");
    EXPECT_FALSE(meeting.text.attendance[1].attended);

    MeetingText changed = meeting.text;
    std::swap(changed.agenda[0], changed.agenda[1]);
    changed.agenda[1].decision = "agreed";
    changed.agenda[1].outcome.emplace("agreed");
    changed.attendance.pop_back();
    changed.tasks.push_back(task);
    const auto kept_item = changed.agenda[1].id;
    const auto kept_task = changed.tasks[0].id;
    meeting = meetings->change(coordinator, meeting.id, 1, changed);
    EXPECT_EQ(meeting.version, 2);
    EXPECT_EQ(meeting.text.agenda[1].id, kept_item);
    EXPECT_EQ(meeting.text.agenda[1].decision.str(), "agreed");
    EXPECT_EQ(meeting.text.tasks[0].id, kept_task);
    EXPECT_NE(meeting.text.tasks[1].id, kept_task);
    EXPECT_EQ(meeting.text.attendance.size(), 1U);
    EXPECT_EQ(number("SELECT count(*) FROM meeting_versions"), 2);
    EXPECT_EQ(number("SELECT count(*) FROM meeting_versions WHERE document LIKE '%forged%'"), 0);

    changed = meeting.text;
    changed.agenda.clear();
    changed.tasks.clear();
    meeting = meetings->change(coordinator, meeting.id, 2, changed);
    EXPECT_TRUE(meeting.text.agenda.empty());
    EXPECT_EQ(number("SELECT count(*) FROM agenda_items"), 0);
    EXPECT_EQ(faults([&] { meetings->change(coordinator, meeting.id, 2, changed); }), std::set<std::string>{"stale"});
}

TEST_P(MeetingServiceTest, NamesEveryWrongReference) {
    const auto council = body(coordinator, "Council");
    const auto hidden = create(colleague, sheet());
    const auto foreign = issue(stranger);
    MeetingText wanted = text(council.id, "2026-11-18");
    wanted.state = MeetingState::held;
    wanted.agenda = {item(AgendaSubject::consultation, hidden.id.str()), item(AgendaSubject::issue, foreign.id.str()),
                     item(AgendaSubject::measure, core::new_uuid())};
    wanted.attendance = {attendee(advisor)};
    wanted.attendance[0].user_id = core::UserId::make();
    EXPECT_EQ(
        faults([&] { meetings->create(coordinator, wanted, ""); }),
        (std::set<std::string>{"/held_on future", "/agenda/0/subject_id not_found", "/agenda/1/subject_id not_found",
                               "/agenda/2/subject_id not_found", "/attendance/0/user_id not_found"}));
}

TEST_P(MeetingServiceTest, ACaseOfAnotherDeskStaysOnTheAgendaWithoutItsNumber) {
    const auto council = body(coordinator, "Council");
    const auto one = create(colleague, sheet());
    const auto meeting = meetings->create(coordinator, text(council.id), "");
    // The station may put its case on the agenda of the center's meeting, but not rewrite the meeting.
    const auto with =
        meetings->add_agenda_item(colleague, meeting.id, {{"Our case"}, AgendaSubject::consultation, one.id.str()});
    EXPECT_EQ(with.text.agenda.at(0).subject_number.str(), one.number);
    EXPECT_EQ(faults([&] { meetings->change(colleague, meeting.id, 2, with.text); }),
              std::set<std::string>{"forbidden"});
    const auto seen = meetings->get(coordinator, meeting.id);
    EXPECT_EQ(seen.text.agenda.at(0).subject_number.str(), "");
    MeetingText changed = seen.text;
    changed.agenda[0].decision = "direction given";
    EXPECT_EQ(meetings->change(coordinator, meeting.id, 2, changed).version, 3);
    changed.agenda[0].id.reset();
    EXPECT_EQ(faults([&] { meetings->change(coordinator, meeting.id, 3, changed); }),
              std::set<std::string>{"/agenda/0/subject_id not_found"});
}

TEST_P(MeetingServiceTest, ARecordComesOnAnAgendaOnceAndWhileItIsPlanned) {
    const auto council = body(coordinator, "Council");
    const auto about = issue(coordinator);
    auto meeting = meetings->create(coordinator, text(council.id, "2026-11-17"), "");
    meeting = meetings->add_agenda_item(officer, meeting.id, {{"x"}, AgendaSubject::issue, about.id.str()});
    EXPECT_EQ(meeting.version, 2);
    EXPECT_EQ(faults([&] {
                  meetings->add_agenda_item(officer, meeting.id, {{"x"}, AgendaSubject::issue, about.id.str()});
              }),
              std::set<std::string>{"/subject_id duplicate"});
    EXPECT_EQ(faults([&] {
                  meetings->add_agenda_item(officer, meeting.id, {{"x"}, AgendaSubject::issue, core::new_uuid()});
              }),
              std::set<std::string>{"/subject_id not_found"});
    EXPECT_EQ(faults([&] {
                  meetings->add_agenda_item(stranger, meeting.id, {{"x"}, AgendaSubject::other, {}});
              }),
              std::set<std::string>{"not_found"});
    MeetingText held = meeting.text;
    held.state = MeetingState::held;
    (void)meetings->change(coordinator, meeting.id, 2, held);
    EXPECT_EQ(faults([&] {
                  meetings->add_agenda_item(officer, meeting.id, {{"y"}, AgendaSubject::other, {}});
              }),
              std::set<std::string>{"not_allowed_in_state"});
}

TEST_P(MeetingServiceTest, TasksAreMovedByTheirOwnersAndTheSecretariat) {
    const auto council = body(coordinator, "Council");
    MeetingText wanted = text(council.id);
    Task task;
    task.title = "Ask the hospital";
    task.owner_id = colleague.user_id;
    task.due_on = day("2026-12-01");
    wanted.tasks = {task};
    auto meeting = meetings->create(coordinator, wanted, "");
    const auto id = *meeting.text.tasks[0].id;
    meeting = meetings->change_task(colleague, meeting.id, id, 1, {TaskState::done});
    EXPECT_EQ(meeting.text.tasks[0].state, TaskState::done);
    EXPECT_EQ(meeting.version, 2);
    EXPECT_EQ(faults([&] { meetings->change_task(coordinator, meeting.id, id, 1, {TaskState::returned}); }),
              std::set<std::string>{"stale"});
    meeting = meetings->change_task(coordinator, meeting.id, id, 2, {TaskState::returned});
    EXPECT_EQ(faults([&] { meetings->change_task(coordinator, meeting.id, id, 3, {TaskState::todo}); }),
              std::set<std::string>{"not_allowed_in_state"});
    EXPECT_EQ(
        faults([&] { meetings->change_task(coordinator, meeting.id, core::TaskId::make(), 3, {TaskState::doing}); }),
        std::set<std::string>{"not_found"});
    meeting.text.tasks[0].owner_id.reset();
    meeting.text.tasks[0].owner_name = "The ward";
    meeting = meetings->change(coordinator, meeting.id, 3, meeting.text);
    EXPECT_EQ(faults([&] { meetings->change_task(colleague, meeting.id, id, 4, {TaskState::doing}); }),
              std::set<std::string>{"forbidden"});
}

TEST_P(MeetingServiceTest, AnAdvisorWhoAttendsSeesTheMeetingAndWhatIsOnIt) {
    const auto council = body(coordinator, "Council");
    const auto about = issue(coordinator);
    const auto one = create(coordinator, sheet());
    MeetingText wanted = text(council.id, "2026-11-10");
    wanted.state = MeetingState::held;
    wanted.agenda = {item(AgendaSubject::issue, about.id.str()), item(AgendaSubject::consultation, one.id.str())};
    const auto closed = meetings->create(coordinator, wanted, "");
    EXPECT_EQ(faults([&] { (void)meetings->get(advisor, closed.id); }), std::set<std::string>{"not_found"});
    EXPECT_EQ(meetings->list(advisor, {}).total, 0);
    EXPECT_TRUE(meetings->bodies(advisor).items.empty());

    wanted = closed.text;
    wanted.attendance = {attendee(advisor)};
    (void)meetings->change(coordinator, closed.id, 1, wanted);
    const auto seen = meetings->get(advisor, closed.id);
    EXPECT_EQ(seen.text.agenda.at(0).subject_number.str(), about.number);
    EXPECT_EQ(seen.text.agenda.at(1).subject_number.str(), one.number);
    EXPECT_EQ(issues->get(advisor, about.id).id, about.id);
    EXPECT_EQ(meetings->bodies(advisor).items.size(), 1U);
    EXPECT_EQ(faults([&] { meetings->change(advisor, closed.id, 2, wanted); }), std::set<std::string>{"forbidden"});
    EXPECT_EQ(faults([&] { (void)meetings->get(stranger, closed.id); }), std::set<std::string>{"not_found"});
    EXPECT_EQ(meetings->list(stranger, {}).total, 0);
}

TEST_P(MeetingServiceTest, TheListCountsFiltersAndTurnsPagesWithTheSameFewQueries) {
    const auto council = body(coordinator, "Council");
    const auto section = body(coordinator, "Section", council.id);
    const auto about = issue(coordinator);
    for (const char* held_on : {"2026-05-01", "2026-07-01", "2026-12-01"}) {
        MeetingText wanted = text(council.id, held_on);
        wanted.agenda = {item(AgendaSubject::issue, about.id.str())};
        wanted.agenda[0].decision = "agreed";
        Task task;
        task.title = "x";
        task.owner_name = "y";
        task.due_on = day("2026-12-01");
        wanted.tasks = {task};
        (void)meetings->create(coordinator, wanted, "");
    }
    (void)meetings->create(coordinator, text(section.id, "2026-11-19"), "");
    const auto bodies = meetings->bodies(coordinator).items;
    EXPECT_EQ(bodies.at(0).meetings_this_year, 3);
    EXPECT_EQ(bodies.at(0).next_on, day("2026-12-01"));

    MeetingFilter filter;
    filter.limit = 3;
    auto page = meetings->list(coordinator, filter);
    EXPECT_EQ(page.total, 4);
    ASSERT_EQ(page.items.size(), 3U);
    EXPECT_EQ(page.items[0].held_on, day("2026-12-01"));
    EXPECT_EQ(page.items[0].agenda_count, 1);
    EXPECT_EQ(page.items[0].decided_count, 1);
    EXPECT_EQ(page.items[0].open_tasks, 1);
    filter.after = page.next.value();
    page = meetings->list(coordinator, filter);
    ASSERT_EQ(page.items.size(), 1U);
    EXPECT_EQ(page.items[0].held_on, day("2026-05-01"));
    EXPECT_FALSE(page.next.has_value());

    filter = {};
    filter.subject = record::Text<36>(about.id.str());
    EXPECT_EQ(meetings->list(coordinator, filter).total, 3);
    filter.from = day("2026-06-01");
    filter.to = day("2026-11-30");
    EXPECT_EQ(meetings->list(coordinator, filter).total, 1);
    filter = {};
    filter.words = "section";
    EXPECT_EQ(meetings->list(coordinator, filter).total, 1);
    filter = {};
    filter.body = {section.id};
    filter.state = {MeetingState::planned};
    EXPECT_EQ(meetings->list(coordinator, filter).total, 1);
    const auto before = database().statements();
    (void)meetings->list(coordinator, {});
    EXPECT_LE(database().statements() - before, 4U) << "begin, page, total, commit";
}

}  // namespace
}  // namespace tsunagi::meetings
