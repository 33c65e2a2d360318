// SPDX-License-Identifier: Apache-2.0
#include "modules/threads/thread_service.hpp"

#include <map>
#include <set>

#include "modules/indicators/indicator_service.hpp"
#include "modules/issues/issue_service.hpp"
#include "modules/measures/measure_service.hpp"
#include "modules/meetings/meeting_service.hpp"
#include "tests/support/city_test.hpp"

namespace tsunagi::threads {
namespace {

core::Date day(const char* text) {
    return core::Date::parse(text).value();
}

/// One whole thread: two cases → issue → meeting, measure → indicator → evaluation → next issue.
class ThreadServiceTest : public test::CityTest {
protected:
    void SetUp() override {
        CityTest::SetUp();
        if (IsSkipped())
            return;
        for (auto* actor : {&coordinator, &colleague, &lead, &stranger, &officer}) {
            actor->permissions.insert({"issues.read", "issues.write", "measures.read", "measures.write",
                                       "meetings.read", "meetings.write", "indicators.read", "indicators.write"});
        }
        officer.municipality_desks = {center, station};
        advisor.permissions.insert({"issues.read", "meetings.read", "measures.read", "indicators.read"});
        issues = std::make_unique<issues::IssueService>(database(), *audit, *packs, clock);
        measures = std::make_unique<measures::MeasureService>(database(), *audit, *packs, clock);
        meetings = std::make_unique<meetings::MeetingService>(database(), *audit, *packs, clock);
        indicators = std::make_unique<indicators::IndicatorService>(database(), *audit, *packs, nullptr, clock);
        threads = std::make_unique<ThreadService>(database());
        weave();
    }

    void weave() {
        case_here = create(coordinator, sheet()).id;
        auto body = sheet();
        body.background = "Another background";
        case_there = create(colleague, body).id;
        issues::NewIssue wanted;
        wanted.origin = issues::IssueOrigin::cases;
        wanted.text.title = "Nobody visits at night";
        wanted.evidence = {{case_here, "seen", false}, {case_there, "", true}};
        wanted.desk_id = center;
        issue = issues->create(lead, wanted, "").id;
        measures::NewMeasure measure_text;
        measure_text.text.title = "Physicians visit";
        measure_text.text.issue_ids = {issue};
        measure_text.text.starts_on = day("2026-08-03");
        measure = measures->create(coordinator, measure_text, "").id;
        indicators::NewIndicator indicator_text;
        indicator_text.text.name = "Days";
        indicator_text.text.measure_ids = {measure};
        indicator = indicators->create(coordinator, indicator_text, "").id;
        indicators::EvaluationText evaluation_text;
        evaluation_text.measure_id = measure;
        evaluation_text.evaluated_on = day("2026-11-16");
        evaluation_text.finding = "x";
        indicators::Judgement judgement;
        judgement.indicator_id = indicator;
        evaluation_text.judgements = {judgement};
        evaluation = indicators->evaluate(coordinator, evaluation_text, "").id;
        issues::NewIssue next;
        next.origin = issues::IssueOrigin::evaluation;
        next.origin_id = evaluation.str();
        next.text.title = "What is left";
        next_issue = issues->create(coordinator, next, "").id;
        meetings::NewBody council;
        council.name = "Council";
        const auto made = meetings->create_body(coordinator, council, "");
        meetings::MeetingText text;
        text.body_id = made.id;
        text.held_on = day("2026-11-10");
        text.state = meetings::MeetingState::held;
        meetings::AgendaItem item;
        item.title = "x";
        item.subject = meetings::AgendaSubject::issue;
        item.subject_id = issue.str();
        text.agenda = {item};
        // Something else on the same agenda, which does not hang together with the issue.
        item.subject_id = unrelated().str();
        text.agenda.push_back(item);
        meetings::Attendance attendance;
        attendance.name = "Advisor";
        attendance.user_id = advisor.user_id;
        text.attendance = {attendance};
        meeting = meetings->create(coordinator, text, "").id;
    }

    core::IssueId unrelated() {
        issues::NewIssue other;
        other.origin = issues::IssueOrigin::hand;
        other.text.title = "Another matter";
        return issues->create(coordinator, other, "").id;
    }

    static std::set<std::string> ids(const Thread& thread) {
        std::set<std::string> result;
        for (const auto& node : thread.nodes)
            result.insert(node.id);
        return result;
    }

    static const Node* node(const Thread& thread, const std::string& id) {
        for (const auto& one : thread.nodes) {
            if (one.id == id)
                return &one;
        }
        return nullptr;
    }

    std::string fault(const access::Actor& actor, NodeKind kind, const std::string& id) {
        try {
            (void)threads->get(actor, kind, id);
        } catch (const core::Error& error) {
            return error.reason();
        }
        return {};
    }

    core::ConsultationId case_here;
    core::ConsultationId case_there;
    core::IssueId issue;
    core::IssueId next_issue;
    core::MeasureId measure;
    core::IndicatorId indicator;
    core::EvaluationId evaluation;
    core::MeetingId meeting;
    std::unique_ptr<issues::IssueService> issues;
    std::unique_ptr<measures::MeasureService> measures;
    std::unique_ptr<meetings::MeetingService> meetings;
    std::unique_ptr<indicators::IndicatorService> indicators;
    std::unique_ptr<ThreadService> threads;
};

TSUNAGI_BOTH_ENGINES(ThreadServiceTest);

TEST_P(ThreadServiceTest, FromTheIssueItLeadsBothWays) {
    const auto thread = threads->get(lead, NodeKind::issue, issue.str());
    EXPECT_EQ(ids(thread), (std::set<std::string>{case_here.str(), case_there.str(), issue.str(), measure.str(),
                                                  indicator.str(), evaluation.str(), next_issue.str(), meeting.str()}));
    EXPECT_EQ(thread.nodes.front().id, issue.str());
    EXPECT_FALSE(thread.truncated);
    std::set<std::string> edges;
    for (const auto& edge : thread.edges)
        edges.insert(edge.from_id + edge.to_id);
    EXPECT_EQ(edges, (std::set<std::string>{case_here.str() + issue.str(), case_there.str() + issue.str(),
                                            issue.str() + measure.str(), issue.str() + meeting.str(),
                                            measure.str() + indicator.str(), measure.str() + evaluation.str(),
                                            indicator.str() + evaluation.str(), evaluation.str() + next_issue.str()}));
    EXPECT_EQ(thread.edges.size(), edges.size());
}

TEST_P(ThreadServiceTest, EveryNodeSaysWhatItIs) {
    const auto thread = threads->get(lead, NodeKind::issue, issue.str());
    const auto* one = node(thread, case_here.str());
    EXPECT_EQ(one->number, "R8-0001");
    EXPECT_EQ(one->title, "Looking for a physician");
    EXPECT_EQ(one->state, "open");
    EXPECT_EQ(one->on, day("2026-10-01"));
    EXPECT_EQ(one->background, "Lives alone");
    EXPECT_FALSE(one->candidate);
    EXPECT_TRUE(node(thread, case_there.str())->candidate);
    EXPECT_EQ(node(thread, issue.str())->number, "8-01");
    EXPECT_EQ(node(thread, issue.str())->on, clock.today());
    EXPECT_EQ(node(thread, meeting.str())->title, "Council");
    EXPECT_EQ(node(thread, meeting.str())->state, "held");
    EXPECT_EQ(node(thread, measure.str())->on, day("2026-08-03"));
    EXPECT_EQ(node(thread, indicator.str())->title, "Days");
    EXPECT_EQ(node(thread, evaluation.str())->title, "Physicians visit");
    EXPECT_EQ(node(thread, evaluation.str())->on, day("2026-11-16"));
}

TEST_P(ThreadServiceTest, FromACaseItShowsWhatBecameOfItAndNotItsNeighbours) {
    const auto found = ids(threads->get(lead, NodeKind::consultation, case_here.str()));
    EXPECT_TRUE(found.contains(next_issue.str()));
    EXPECT_TRUE(found.contains(meeting.str()));
    EXPECT_FALSE(found.contains(case_there.str()));
    EXPECT_EQ(found.size(), 7U);
}

TEST_P(ThreadServiceTest, FromTheLastIssueItLeadsBackToTheCases) {
    const auto found = ids(threads->get(lead, NodeKind::issue, next_issue.str()));
    EXPECT_EQ(found.size(), 8U);
    EXPECT_TRUE(found.contains(case_here.str()));
    EXPECT_EQ(ids(threads->get(lead, NodeKind::indicator, indicator.str())).size(), 8U);
    EXPECT_EQ(ids(threads->get(lead, NodeKind::evaluation, evaluation.str())).size(), 8U);
}

TEST_P(ThreadServiceTest, FromAMeetingItLeadsBackToEverythingOnItsAgenda) {
    const auto found = ids(threads->get(lead, NodeKind::meeting, meeting.str()));
    EXPECT_EQ(found.size(), 5U) << "the meeting, two issues, two cases";
    EXPECT_TRUE(found.contains(case_here.str()));
}

TEST_P(ThreadServiceTest, AStepMayHoldKindsThatLeadNowhereFurther) {
    auto text = meetings->get(coordinator, meeting).text;
    meetings::AgendaItem item;
    item.title = "x";
    item.subject = meetings::AgendaSubject::consultation;
    item.subject_id = case_here.str();
    text.agenda.push_back(item);
    (void)meetings->change(coordinator, meeting, 1, text);
    EXPECT_EQ(ids(threads->get(lead, NodeKind::meeting, meeting.str())).size(), 5U);
}

TEST_P(ThreadServiceTest, ACaseOutsideTheScopeLeavesItsBackgroundAndNothingElse) {
    const auto thread = threads->get(coordinator, NodeKind::issue, issue.str());
    const auto* hidden = node(thread, case_there.str());
    ASSERT_NE(hidden, nullptr);
    EXPECT_FALSE(hidden->readable);
    EXPECT_EQ(hidden->background, "Another background");
    EXPECT_TRUE(hidden->number.empty());
    EXPECT_TRUE(hidden->title.empty());
    EXPECT_TRUE(hidden->state.empty());
    EXPECT_FALSE(hidden->on.has_value());
    EXPECT_EQ(fault(coordinator, NodeKind::consultation, case_there.str()), "not_found");
}

TEST_P(ThreadServiceTest, OutsideTheScopeThereIsNoThread) {
    for (const auto& [kind, id] :
         std::vector<std::pair<NodeKind, std::string>>{{NodeKind::consultation, case_here.str()},
                                                       {NodeKind::issue, issue.str()},
                                                       {NodeKind::meeting, meeting.str()},
                                                       {NodeKind::measure, measure.str()},
                                                       {NodeKind::indicator, indicator.str()},
                                                       {NodeKind::evaluation, evaluation.str()}}) {
        EXPECT_EQ(fault(stranger, kind, id), "not_found");
        EXPECT_EQ(fault(prefectural, kind, id), "forbidden");
        EXPECT_EQ(fault(officer, kind, id), "");
    }
    EXPECT_EQ(fault(lead, NodeKind::measure, issue.str()), "not_found");
}

TEST_P(ThreadServiceTest, AnAdvisorFollowsItAsFarAsTheAgendaReaches) {
    const auto found = ids(threads->get(advisor, NodeKind::issue, issue.str()));
    EXPECT_TRUE(found.contains(case_here.str()));
    EXPECT_TRUE(found.contains(meeting.str()));
    EXPECT_FALSE(found.contains(measure.str()));
    EXPECT_FALSE(found.contains(next_issue.str()));
    EXPECT_EQ(fault(advisor, NodeKind::measure, measure.str()), "not_found");
}

TEST_P(ThreadServiceTest, ItAsksPerStepAndShowsTheNearestTwoHundred) {
    const auto statements = [&] {
        const auto before = database().statements();
        (void)threads->get(lead, NodeKind::issue, issue.str());
        return database().statements() - before;
    };
    const auto few = statements();
    database().write([&](db::WriteTx& tx) {
        for (int i = 0; i < 250; ++i) {
            const auto id = core::IndicatorId::make();
            tx.execute(
                "INSERT INTO indicators (id, desk_id, municipality_id, version, created_at, created_by, "
                "updated_at, updated_by, name, code, scenes, numerator, denominator, unit, period, source, "
                "obtained_by, frequency, comparison, judgement_rule) VALUES (:id, :desk, :city, 1, '', :user, "
                "'', :user, 'x', '', '[]', '', '', '', '', '', '', '', '', '')",
                record::Params().set("id", id).set("desk", center).set("city", city).set("user", lead.user_id));
            tx.execute("INSERT INTO indicator_issues (indicator_id, issue_id) VALUES (:id, :issue)",
                       record::Params().set("id", id).set("issue", issue));
        }
    });
    EXPECT_LE(statements(), few);
    const auto thread = threads->get(lead, NodeKind::issue, issue.str());
    EXPECT_EQ(thread.nodes.size(), 200U);
    EXPECT_TRUE(thread.truncated);
    EXPECT_LE(few, 30U);
}

}  // namespace
}  // namespace tsunagi::threads
