// SPDX-License-Identifier: Apache-2.0
#include "modules/home/board_service.hpp"

#include <map>
#include <set>

#include "modules/issues/issue_service.hpp"
#include "modules/measures/measure_service.hpp"
#include "modules/meetings/meeting_service.hpp"
#include "tests/support/city_test.hpp"

namespace tsunagi::home {
namespace {

core::Date day(const char* text) {
    return core::Date::parse(text).value();
}

class BoardServiceTest : public test::CityTest {
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
        issues = std::make_unique<issues::IssueService>(database(), *audit, *packs, clock);
        measures = std::make_unique<measures::MeasureService>(database(), *audit, *packs, clock);
        meetings = std::make_unique<meetings::MeetingService>(database(), *audit, *packs, clock);
        home = std::make_unique<BoardService>(database(), *consultations, clock);
    }

    void move_to(const char* instant) {
        clock.move_to(core::Instant::parse(instant).value());
        for (auto* actor : {&coordinator, &colleague, &lead, &stranger, &officer, &advisor}) {
            actor->today = clock.today();
            actor->latest_day = clock.latest_day();
        }
    }

    issues::Issue issue(const access::Actor& actor, const std::string& title,
                        const std::vector<issues::IssueState>& steps = {}) {
        issues::NewIssue wanted;
        wanted.origin = issues::IssueOrigin::hand;
        wanted.desk_id = actor.desks.front();
        wanted.text.title = title;
        wanted.text.description = "what it is about";
        wanted.text.goal = "what is aimed at";
        wanted.text.owner_id = actor.user_id;
        auto made = issues->create(actor, wanted, "");
        for (const auto state : steps) {
            made = issues->change_state(actor, made.id, made.version, {state, "because"});
        }
        return made;
    }

    core::MeetingId meeting(const char* held_on) {
        meetings::NewBody body;
        body.name = "Council";
        meetings::MeetingText text;
        text.body_id = meetings->create_body(coordinator, body, "").id;
        text.held_on = day(held_on);
        return meetings->create(coordinator, text, "").id;
    }

    static std::map<std::string, std::int64_t> counts(const Stage& stage) {
        std::map<std::string, std::int64_t> result;
        for (const auto& count : stage.states)
            result[count.state] = count.count;
        return result;
    }

    static std::vector<std::string> titles(const std::vector<Card>& cards) {
        std::vector<std::string> result;
        for (const auto& card : cards)
            result.push_back(card.title);
        return result;
    }

    using Counts = std::map<std::string, std::int64_t>;
    std::unique_ptr<issues::IssueService> issues;
    std::unique_ptr<measures::MeasureService> measures;
    std::unique_ptr<meetings::MeetingService> meetings;
    std::unique_ptr<BoardService> home;
};

TSUNAGI_BOTH_ENGINES(BoardServiceTest);

TEST_P(BoardServiceTest, AnUndoWaitsForTheSecondPersonAlone) {
    using consultations::ConsultationState;
    using consultations::UndoOutcome;
    const auto closed = [&](const char* subject) {
        auto body = sheet("2026-11-01");
        body.subject = subject;
        body.result.emplace("solved");
        body.result_on = day("2026-11-10");
        const auto one = create(coordinator, body);
        return consultations->change_state(coordinator, one.id, one.version, {ConsultationState::closed, ""});
    };
    const auto first = closed("The wrong one");
    const auto second = closed("Another");
    EXPECT_TRUE(home->get(lead, {}).undos.empty());
    (void)consultations->ask_to_undo(coordinator, first.id, first.version, {{"Closed by mistake"}});
    (void)consultations->ask_to_undo(lead, second.id, second.version, {{"Too early"}});

    const auto waiting = home->get(lead, {}).undos;
    ASSERT_EQ(waiting.size(), 1U);
    EXPECT_EQ(waiting[0].kind, "consultation");
    EXPECT_EQ(waiting[0].id, first.id.str());
    EXPECT_EQ(waiting[0].number, first.number);
    EXPECT_EQ(waiting[0].title, "The wrong one \u2014 Closed by mistake");
    EXPECT_EQ(waiting[0].who, "Name of coordinator");
    EXPECT_EQ(waiting[0].on, clock.today());
    EXPECT_EQ(titles(home->get(coordinator, {}).undos), (std::vector<std::string>{"Another \u2014 Too early"}));
    // It waits for the reader, whoever answers for the case; another desk is another desk.
    EXPECT_EQ(home->get(lead, {.desk = {}, .mine = true}).undos.size(), 1U);
    EXPECT_EQ(home->get(lead, {.desk = {center}, .mine = false}).undos.size(), 1U);
    EXPECT_TRUE(home->get(lead, {.desk = {station}, .mine = false}).undos.empty());
    for (const auto* other : {&stranger, &officer})
        EXPECT_TRUE(home->get(*other, {}).undos.empty());
    auto reader = lead;
    reader.permissions.erase("consultations.write");
    EXPECT_TRUE(home->get(reader, {}).undos.empty());

    (void)consultations->answer_undo(lead, first.id, first.version, {UndoOutcome::declined});
    EXPECT_TRUE(home->get(lead, {}).undos.empty());
    // Any change of the record ends the waiting.
    (void)consultations->change_state(coordinator, second.id, second.version,
                                      {ConsultationState::reopened, "called again"});
    EXPECT_TRUE(home->get(coordinator, {}).undos.empty());
}

TEST_P(BoardServiceTest, StageOneHoldsWhatIsNotClosed) {
    for (const char* on : {"2026-10-01", "2026-10-03", "2026-10-02"}) {
        auto body = sheet(on);
        body.subject = on;
        (void)create(coordinator, body);
    }
    auto body = sheet("2026-11-01");
    body.support_text = "Asked two clinics";
    const auto held = create(coordinator, body);
    (void)create(coordinator, body);
    (void)consultations->change_state(coordinator, held.id, 1, {consultations::ConsultationState::on_hold, "waits"});
    body.result.emplace("solved");
    body.result_on = day("2026-11-10");
    const auto closed = create(coordinator, body);
    (void)consultations->change_state(coordinator, closed.id, 1, {consultations::ConsultationState::closed, ""});
    const auto again = create(coordinator, body);
    (void)consultations->change_state(coordinator, again.id, 1, {consultations::ConsultationState::closed, ""});
    (void)consultations->change_state(coordinator, again.id, 2, {consultations::ConsultationState::reopened, "called"});
    (void)consultations->create(
        coordinator, {.desk_id = {}, .state = consultations::ConsultationState::draft, .sheet = sheet()}, "");

    const auto stage = home->get(coordinator, {}).stages.at(0);
    EXPECT_EQ(stage.total, 6);
    EXPECT_EQ(counts(stage), (Counts{{"received", 3}, {"open", 1}, {"on_hold", 1}, {"reopened", 1}}));
    EXPECT_EQ(stage.oldest->title, "2026-10-01");
    EXPECT_EQ(stage.oldest->on, day("2026-10-01"));
    EXPECT_EQ(stage.oldest->who, "Name of coordinator");
    ASSERT_EQ(stage.newest.size(), 2U);
    EXPECT_EQ(stage.newest[0].on, day("2026-11-01"));
}

TEST_P(BoardServiceTest, StageTwoHoldsWhatIsDiscussedAndWhatAwaitsAdvice) {
    auto hard = sheet();
    hard.difficulty.emplace("physician");
    hard.physician_asked_on = day("2026-11-02");
    const auto asked = create(coordinator, hard);
    hard.physician_advised_on = day("2026-11-05");
    (void)create(coordinator, hard);
    hard.physician_advised_on.reset();
    hard.difficulty.emplace("ordinary");
    (void)create(coordinator, hard);
    const auto open = create(coordinator, sheet());
    const auto about = issue(coordinator, "Nobody visits at night");
    const auto planned = meeting("2026-11-19");
    using meetings::AgendaSubject;
    (void)meetings->add_agenda_item(coordinator, planned, {{"x"}, AgendaSubject::consultation, open.id.str()});
    (void)meetings->add_agenda_item(coordinator, planned, {{"x"}, AgendaSubject::issue, about.id.str()});
    (void)meetings->add_agenda_item(coordinator, planned, {{"x"}, AgendaSubject::consultation, asked.id.str()});

    auto stage = home->get(coordinator, {}).stages.at(1);
    EXPECT_EQ(stage.stage, 2);
    EXPECT_EQ(stage.total, 3);
    EXPECT_EQ(counts(stage), (Counts{{"discussed_cases", 2}, {"discussed_issues", 1}, {"awaiting_advice", 1}}));
    EXPECT_EQ(stage.oldest->id, asked.id.str());
    EXPECT_EQ(stage.oldest->on, day("2026-11-02"));

    auto text = meetings->get(coordinator, planned);
    text.text.state = meetings::MeetingState::cancelled;
    (void)meetings->change(coordinator, planned, text.version, text.text);
    stage = home->get(coordinator, {}).stages.at(1);
    EXPECT_EQ(counts(stage), (Counts{{"discussed_cases", 0}, {"discussed_issues", 0}, {"awaiting_advice", 1}}));
}

/// The list behind a count of the board, as the home page links to it.
std::int64_t behind(const consultations::ConsultationService& consultations, const issues::IssueService& issues,
                    const access::Actor& actor, const HomeFilter& filter, std::int64_t stage,
                    const std::string& state) {
    consultations::ConsultationFilter cases;
    issues::IssueFilter about;
    cases.desk = about.desk = filter.desk;
    if (filter.mine)
        cases.receiver = about.owner = {actor.user_id};
    using consultations::CaseStanding;
    const std::map<std::string, CaseStanding> standing{{"received", CaseStanding::received},
                                                       {"open", CaseStanding::worked_on},
                                                       {"discussed_cases", CaseStanding::on_agenda},
                                                       {"awaiting_advice", CaseStanding::awaiting_advice}};
    if (stage == 1 || state == "discussed_cases" || state == "awaiting_advice") {
        if (const auto found = standing.find(state); found != standing.end()) {
            cases.standing = {found->second};
        } else {
            cases.state = {state == "on_hold" ? consultations::ConsultationState::on_hold
                                              : consultations::ConsultationState::reopened};
        }
        return consultations.list(actor, cases).total;
    }
    if (state == "discussed_issues") {
        about.on_agenda = true;
    } else {
        issues::IssueState wanted{};
        EXPECT_TRUE(record::StringScalar<issues::IssueState>::from(state, wanted).reason.empty()) << state;
        about.state = {wanted};
    }
    return issues.list(actor, about).total;
}

TEST_P(BoardServiceTest, EveryCountIsTheTotalOfTheListItLeadsTo) {
    using enum issues::IssueState;
    using consultations::ConsultationState;
    using meetings::AgendaSubject;
    const auto council = meeting("2026-11-19");
    for (auto* actor : {&coordinator, &colleague, &lead, &stranger}) {
        auto untouched = sheet();
        untouched.district_id.reset();
        auto touched = untouched;
        touched.support_text = "Asked two clinics";
        touched.result.emplace("continued");
        auto asked = untouched;
        asked.difficulty.emplace("physician");
        asked.physician_asked_on = day("2026-11-02");
        (void)create(*actor, untouched);
        (void)create(*actor, touched);
        const auto waiting = create(*actor, asked);
        const auto held = create(*actor, asked);
        (void)consultations->change_state(*actor, held.id, 1, {ConsultationState::on_hold, "waits"});
        const auto again = create(*actor, touched);
        (void)consultations->change_state(*actor, again.id, 1, {ConsultationState::closed, ""});
        (void)consultations->change_state(*actor, again.id, 2, {ConsultationState::reopened, "called"});
        const auto done = create(*actor, touched);
        (void)consultations->change_state(*actor, done.id, 1, {ConsultationState::closed, ""});
        const auto about = issue(*actor, "reviewing", {reviewing});
        (void)issue(*actor, "sign");
        (void)issue(*actor, "underway", {reviewing, planned, underway});
        if (actor == &stranger)
            continue;
        for (const auto& id : {waiting.id.str(), done.id.str()})
            (void)meetings->add_agenda_item(*actor, council, {{"x"}, AgendaSubject::consultation, id});
        (void)meetings->add_agenda_item(*actor, council, {{"x"}, AgendaSubject::issue, about.id.str()});
    }
    std::int64_t compared = 0;
    for (const auto* actor : {&coordinator, &lead, &stranger, &officer}) {
        for (const HomeFilter& filter : {HomeFilter{}, HomeFilter{{station}, false}, HomeFilter{{}, true}}) {
            for (const auto& stage : home->get(*actor, filter).stages) {
                for (const auto& count : stage.states) {
                    EXPECT_EQ(count.count, behind(*consultations, *issues, *actor, filter, stage.stage, count.state))
                        << actor->login << " stage " << stage.stage << " " << count.state;
                    compared += count.count;
                }
            }
        }
    }
    EXPECT_GT(compared, 80);
}

TEST_P(BoardServiceTest, StagesThreeToFiveHoldTheIssuesByState) {
    using enum issues::IssueState;
    (void)issue(coordinator, "sign");
    move_to("2026-11-18T03:00:00.000Z");
    (void)issue(coordinator, "reviewing", {reviewing});
    (void)issue(coordinator, "held", {on_hold});
    (void)issue(coordinator, "planned", {reviewing, planned});
    (void)issue(coordinator, "underway", {reviewing, planned, underway});
    (void)issue(coordinator, "evaluating", {reviewing, planned, underway, evaluating});
    (void)issue(coordinator, "continued", {reviewing, planned, underway, evaluating, continued});
    (void)issue(coordinator, "solved", {solved});
    const auto board = home->get(coordinator, {});
    ASSERT_EQ(board.stages.size(), 5U);
    EXPECT_EQ(counts(board.stages[2]), (Counts{{"sign", 1}, {"reviewing", 1}, {"on_hold", 1}}));
    EXPECT_EQ(counts(board.stages[3]), (Counts{{"planned", 1}, {"underway", 1}}));
    EXPECT_EQ(counts(board.stages[4]), (Counts{{"evaluating", 1}}));
    EXPECT_EQ(board.stages[2].total, 3);
    EXPECT_EQ(board.stages[2].oldest->title, "sign");
    EXPECT_EQ(board.stages[2].oldest->on, day("2026-11-17"));
    EXPECT_EQ(board.stages[2].oldest->number, "8-01");
    EXPECT_EQ(board.stages[2].newest.size(), 2U);
    EXPECT_TRUE(board.stages[4].newest.empty());
}

TEST_P(BoardServiceTest, DueIsWhatIsLateTodayAndUntilSunday) {
    auto body = sheet();
    body.follow_up_on = day("2026-11-10");
    body.follow_up_note = "call back";
    (void)create(coordinator, body);
    body.follow_up_on = day("2026-11-23");
    (void)create(coordinator, body);
    const auto council = meeting("2026-11-19");
    auto text = meetings->get(coordinator, council);
    meetings::Task task;
    task.title = "Ask the hospital";
    task.owner_name = "Clinic";
    task.due_on = day("2026-11-17");
    text.text.tasks = {task, task};
    text.text.tasks[1].title = "Done already";
    text.text.tasks[1].state = meetings::TaskState::done;
    (void)meetings->change(coordinator, council, text.version, text.text);
    auto about = issue(coordinator, "Due issue");
    about.text.due_on = day("2026-11-22");
    about.text.waiting_for = "the welfare office";
    (void)issues->change(coordinator, about.id, 1, about.text);
    measures::NewMeasure measure;
    measure.text.title = "To be evaluated";
    measure.text.evaluate_on = day("2026-11-18");
    (void)measures->create(coordinator, measure, "");

    const auto board = home->get(coordinator, {});
    EXPECT_EQ(titles(board.due_today),
              (std::vector<std::string>{"Looking for a physician — call back", "Ask the hospital"}));
    EXPECT_EQ(board.due_today[0].days, 7);
    EXPECT_EQ(board.due_today[1].who, "Clinic");
    EXPECT_EQ(board.due_today[1].id, council.str());
    EXPECT_EQ(titles(board.due_week), (std::vector<std::string>{"To be evaluated", "Council", "Due issue"}));
    EXPECT_EQ(board.due_week[2].who, "the welfare office");
}

TEST_P(BoardServiceTest, StuckIsWhatHasNoEntryForFourteenDaysLongestFirst) {
    (void)create(coordinator, sheet());
    move_to("2026-11-20T03:00:00.000Z");
    for (int i = 0; i < 12; ++i)
        (void)issue(coordinator, "Issue " + std::to_string(i));
    const auto moved = issue(coordinator, "moved");
    measures::NewMeasure measure;
    measure.text.title = "A measure";
    measure.text.departments = "care insurance";
    (void)measures->create(coordinator, measure, "");
    (void)meeting("2026-11-25");
    move_to("2026-12-04T03:00:00.000Z");
    EXPECT_EQ(home->get(coordinator, {}).stuck_total, 1) << "exactly fourteen days are not more than fourteen";
    (void)issues->add_note(coordinator, moved.id, {"asked again", false});
    move_to("2026-12-04T14:59:00.000Z");
    EXPECT_EQ(home->get(coordinator, {}).stuck_total, 1) << "nothing becomes stuck while the day goes on";
    move_to("2026-12-04T15:00:00.000Z");
    const auto board = home->get(coordinator, {});
    EXPECT_EQ(board.stuck_total, 15);
    ASSERT_EQ(board.stuck.size(), 10U);
    EXPECT_EQ(board.stuck[0].kind, "consultation");
    EXPECT_EQ(board.stuck[0].days, 18);
    EXPECT_EQ(board.stuck[1].days, 15);
}

TEST_P(BoardServiceTest, ADeskOrTheOwnWorkNarrowsEverything) {
    (void)create(coordinator, sheet());
    (void)create(colleague, sheet());
    (void)issue(coordinator, "of the center");
    (void)issue(colleague, "of the station");
    EXPECT_EQ(home->get(lead, {}).stages.at(0).total, 2);
    EXPECT_EQ(home->get(lead, {{station}, false}).stages.at(0).total, 1);
    EXPECT_EQ(home->get(lead, {{station}, false}).stages.at(2).oldest->title, "of the station");
    EXPECT_EQ(home->get(lead, {{}, true}).stages.at(0).total, 0);
    EXPECT_EQ(home->get(coordinator, {{}, true}).stages.at(0).total, 1);
    EXPECT_EQ(home->get(coordinator, {{}, true}).stages.at(2).total, 1);
    EXPECT_EQ(home->get(coordinator, {{station}, true}).stages.at(2).total, 0);
}

TEST_P(BoardServiceTest, TheScopeHoldsInEveryPart) {
    auto body = sheet();
    body.follow_up_on = day("2026-11-10");
    (void)create(colleague, body);
    (void)issue(colleague, "of the station");
    EXPECT_EQ(home->get(coordinator, {}).stages.at(0).total, 0);
    EXPECT_EQ(home->get(coordinator, {}).stages.at(2).total, 1) << "issues are the municipality's";
    EXPECT_EQ(home->get(officer, {}).stages.at(0).total, 1);
    EXPECT_EQ(home->get(officer, {}).due_today.size(), 1U);
    move_to("2027-01-05T03:00:00.000Z");
    const auto seen = home->get(stranger, {});
    for (const auto& stage : seen.stages)
        EXPECT_EQ(stage.total, 0);
    EXPECT_TRUE(seen.due_today.empty());
    EXPECT_EQ(seen.stuck_total, 0);
    EXPECT_EQ(home->get(advisor, {}).stuck_total, 0);
    EXPECT_EQ(home->get(stranger, {{station}, false}).stages.at(0).total, 0);
    try {
        (void)home->get(prefectural, {});
        FAIL();
    } catch (const core::Error& error) {
        EXPECT_EQ(error.reason(), "forbidden");
    }
}

TEST_P(BoardServiceTest, ACardMovesOnWithItsCase) {
    using consultations::ConsultationState;
    auto body = sheet();
    body.follow_up_on = day("2026-11-20");
    const auto made = create(coordinator, body);
    const auto board = [&] { return home->get(coordinator, {}); };
    EXPECT_EQ(counts(board().stages.at(0)).at("received"), 1);
    EXPECT_EQ(board().due_week.size(), 1U);
    body.receiver_id = coordinator.user_id;
    body.physician_asked_on = day("2026-11-12");
    body.follow_up_on.reset();
    (void)consultations->replace(coordinator, made.id, 1, body);
    EXPECT_EQ(counts(board().stages.at(0)).at("open"), 1);
    EXPECT_EQ(board().stages.at(1).oldest->on, day("2026-11-12"));
    EXPECT_TRUE(board().due_week.empty());
    body.physician_advised_on = day("2026-11-13");
    body.result.emplace("solved");
    body.result_on = day("2026-11-13");
    (void)consultations->replace(coordinator, made.id, 2, body);
    EXPECT_EQ(board().stages.at(1).total, 0);
    (void)consultations->change_state(coordinator, made.id, 3, {ConsultationState::closed, ""});
    EXPECT_EQ(board().stages.at(0).total, 0);
}

TEST_P(BoardServiceTest, AnAdvisorIsNotToldWhoTookTheCallNorWhatIsToBeFollowedUp) {
    auto body = sheet();
    body.follow_up_on = day("2026-11-10");
    body.follow_up_note = "call the daughter back";
    const auto made = create(coordinator, body);
    disclose(made.id);
    move_to("2026-12-05T03:00:00.000Z");
    const auto board = home->get(advisor, {});
    EXPECT_EQ(board.stages.at(0).oldest->title, "Looking for a physician");
    EXPECT_EQ(board.stages.at(0).oldest->who, "");
    EXPECT_EQ(titles(board.due_today), std::vector<std::string>{"Looking for a physician"});
    ASSERT_EQ(board.stuck.size(), 1U);
    EXPECT_EQ(board.stuck[0].who, "");
    EXPECT_EQ(home->get(officer, {}).stuck.at(0).who, "call the daughter back");
}

TEST_P(BoardServiceTest, AsManyQueriesHoweverMuchThereIs) {
    coordinator.permissions.insert("referrals.read");
    const auto statements = [&] {
        (void)home->get(coordinator, {});  // reads what is new into memory
        const auto before = database().statements();
        (void)home->get(coordinator, {});
        return database().statements() - before;
    };
    auto body = sheet();
    body.follow_up_on = clock.today();
    body.follow_up_note = "call back";
    (void)create(coordinator, body);
    const auto with_one = statements();
    for (int i = 0; i < 10; ++i) {
        (void)create(coordinator, body);
        (void)issue(coordinator, "x");
    }
    EXPECT_EQ(statements(), with_one);
    EXPECT_LE(with_one, 11U) << "begin and commit included";
}

}  // namespace
}  // namespace tsunagi::home
