// SPDX-License-Identifier: Apache-2.0
#include "modules/measures/measure_service.hpp"

#include <set>

#include "modules/issues/issue_service.hpp"
#include "record/json_writer.hpp"
#include "tests/support/city_test.hpp"

namespace tsunagi::measures {
namespace {

using test::faults;

core::Date day(const char* text) {
    return core::Date::parse(text).value();
}

class MeasureServiceTest : public test::CityTest {
protected:
    void SetUp() override {
        CityTest::SetUp();
        if (IsSkipped())
            return;
        for (auto* actor : {&coordinator, &colleague, &lead, &stranger, &officer}) {
            actor->permissions.insert({"issues.read", "issues.write", "measures.read", "measures.write"});
        }
        officer.municipality_desks = {center, station};
        advisor.permissions.insert("measures.read");
        issues = std::make_unique<issues::IssueService>(database(), *audit, *packs, clock);
        measures = std::make_unique<MeasureService>(database(), *audit, *packs, clock);
    }

    core::IssueId issue(const access::Actor& actor) {
        issues::NewIssue wanted;
        wanted.origin = issues::IssueOrigin::hand;
        wanted.text.title = "Nobody visits at night";
        wanted.text.description = "Three doctors in the whole city";
        return issues->create(actor, wanted, "").id;
    }

    Measure make(const access::Actor& actor, const std::string& title, std::vector<core::IssueId> links = {}) {
        NewMeasure measure;
        measure.desk_id = actor.desks.empty() ? center : actor.desks.front();
        measure.text.title = title;
        measure.text.issue_ids = std::move(links);
        return measures->create(actor, measure, "");
    }

    std::unique_ptr<issues::IssueService> issues;
    std::unique_ptr<MeasureService> measures;
};

TSUNAGI_BOTH_ENGINES(MeasureServiceTest);

TEST_P(MeasureServiceTest, EveryFieldComesBackAsItWasWritten) {
    NewMeasure wanted;
    MeasureText& text = wanted.text;
    text.title = "Physicians visit who refuses help";
    text.kind.emplace("project");
    text.description = "髙﨑 濵邉 辻󠄀";
    text.issue_ids = {issue(coordinator)};
    text.feasibility.emplace("conditional");
    text.feasibility_note = "two physicians agreed";
    text.starts_on = day("2026-08-03");
    text.ends_on = day("2027-03-31");
    text.actors = {record::Code<"actor">("medical_association"), record::Code<"actor">("city")};
    text.parties = "care managers";
    text.budget_asked = 1'200'000;
    text.budget_granted = 800'000;
    text.budget_spent = 0;
    text.evaluate_on = day("2027-03-01");
    text.wide_area = true;
    text.departments = "care insurance";
    text.proposal_target.emplace("own_department");
    text.outputs = "a leaflet";
    text.owner_id = officer.user_id;
    const auto made = measures->create(coordinator, wanted, "key");
    EXPECT_EQ(record::to_json(made.text), record::to_json(text));
    EXPECT_EQ(made.state, MeasureState::draft);
    EXPECT_EQ(measures->create(coordinator, wanted, "key").id, made.id);
    EXPECT_EQ(record::to_json(measures->get(officer, made.id)), record::to_json(made));

    MeasureText other = text;
    other.kind.reset();
    other.budget_asked.reset();
    other.issue_ids.clear();
    other.wide_area = false;
    const auto changed = measures->change(officer, made.id, 1, other);
    EXPECT_EQ(record::to_json(changed.text), record::to_json(other));
    EXPECT_EQ(changed.version, 2);
    EXPECT_EQ(number("SELECT count(*) FROM measure_versions WHERE document LIKE '%1200000%'"), 1);
    EXPECT_EQ(number("SELECT count(*) FROM measure_versions"), 2);
}

TEST_P(MeasureServiceTest, LinksLeadToIssuesWithinTheScope) {
    const auto foreign = issue(stranger);
    EXPECT_EQ(faults([&] { make(coordinator, "x", {foreign}); }), std::set<std::string>{"/text/issue_ids/0 not_found"});
    NewMeasure wanted;
    wanted.text.title = "x";
    wanted.text.owner_id = core::UserId::make();
    EXPECT_EQ(faults([&] { measures->create(coordinator, wanted, ""); }),
              std::set<std::string>{"/text/owner_id not_found"});

    // A coordinator of both cities links both; who sees one city neither sees the other link nor removes it.
    access::Actor both = coordinator;
    both.desks.push_back(far_desk);
    both.desk_municipalities.push_back(far_city);
    const auto own = issue(coordinator);
    const auto made = make(both, "Wide area", {own, foreign});
    EXPECT_EQ(made.text.issue_ids.size(), 2U);
    const auto seen = measures->get(coordinator, made.id);
    EXPECT_EQ(seen.text.issue_ids, std::vector<core::IssueId>{own});
    (void)measures->change(coordinator, made.id, 1, seen.text);
    EXPECT_EQ(measures->get(both, made.id).text.issue_ids.size(), 2U);
}

TEST_P(MeasureServiceTest, StatesGoTheirWayAndLeaveTheIssueAlone) {
    const auto about = issue(coordinator);
    (void)issues->change_state(coordinator, about, 1, {issues::IssueState::reviewing, ""});
    auto measure = make(coordinator, "x", {about});
    const auto step = [&](MeasureState state, const std::string& reason = "") {
        measure = measures->change_state(coordinator, measure.id, measure.version, {state, reason});
    };
    EXPECT_EQ(faults([&] { step(MeasureState::underway); }), std::set<std::string>{"not_allowed_in_state"});
    EXPECT_EQ(faults([&] { step(MeasureState::cancelled); }), std::set<std::string>{"/reason required"});
    step(MeasureState::coordination);
    EXPECT_EQ(
        faults([&] { step(MeasureState::approved); }),
        (std::set<std::string>{"/text/starts_on required", "/text/ends_on required", "/text/evaluate_on required"}));
    auto text = measure.text;
    text.starts_on = day("2026-12-01");
    text.ends_on = text.evaluate_on = day("2027-03-31");
    measure = measures->change(coordinator, measure.id, measure.version, text);
    for (const auto state :
         {MeasureState::approved, MeasureState::underway, MeasureState::evaluating, MeasureState::finished}) {
        step(state);
    }
    EXPECT_EQ(measure.version, 7);
    text.evaluate_on.reset();
    EXPECT_EQ(faults([&] { measures->change(coordinator, measure.id, measure.version, text); }),
              std::set<std::string>{"/evaluate_on required"});
    EXPECT_EQ(issues->get(coordinator, about).state, issues::IssueState::reviewing);
    EXPECT_EQ(measure.text.issue_ids, std::vector<core::IssueId>{about});
    EXPECT_EQ(number("SELECT count(*) FROM measure_versions WHERE kind = 'evaluating>finished'"), 1);
    EXPECT_EQ(faults([&] {
                  measures->add_progress(coordinator, measure.id, {{}, {100}, {"late"}});
              }),
              std::set<std::string>{"not_allowed_in_state"});
}

TEST_P(MeasureServiceTest, EverySavedStateCanBeReadAgain) {
    access::Actor both = coordinator;
    both.desks.push_back(far_desk);
    both.desk_municipalities.push_back(far_city);
    const auto own = issue(coordinator);
    auto measure = make(both, "First words", {own, issue(stranger)});
    const auto statements = [&] {
        const auto before = database().statements();
        (void)measures->history(colleague, measure.id);
        return database().statements() - before;
    };
    const auto for_one_version = statements();
    MeasureText text = measures->get(coordinator, measure.id).text;
    text.title = "Second words";
    measure = measures->change(coordinator, measure.id, 1, text);
    measure = measures->change_state(coordinator, measure.id, 2, {MeasureState::coordination, ""});
    measure = measures->change_state(coordinator, measure.id, 3, {MeasureState::draft, "no partner yet"});
    std::vector<std::string> steps;
    EXPECT_EQ(statements(), for_one_version) << "no query per version";
    for (const auto& version : measures->history(colleague, measure.id).items) {
        steps.push_back(std::to_string(version.version) + " " + version.kind + " " + version.reason + " " +
                        version.text.title.str());
        EXPECT_EQ(version.text.issue_ids, std::vector<core::IssueId>{own}) << "the other city's issue stays hidden";
        EXPECT_EQ(version.by_name, "Name of coordinator");
    }
    EXPECT_EQ(steps, (std::vector<std::string>{"1 created  First words", "2 edited  Second words",
                                               "3 draft>coordination  Second words",
                                               "4 coordination>draft no partner yet Second words"}));
    const auto of_this_city = make(coordinator, "Own");
    EXPECT_EQ(faults([&] { (void)measures->history(stranger, of_this_city.id); }), std::set<std::string>{"not_found"});
}

TEST_P(MeasureServiceTest, ProgressSentTwiceIsKeptOnce) {
    const auto measure = make(coordinator, "x");
    const NewProgress progress{{}, {40}, {"half way"}};
    (void)measures->add_progress(coordinator, measure.id, progress, "key");
    EXPECT_EQ(measures->add_progress(coordinator, measure.id, progress, "key").progress.size(), 1U);
    EXPECT_EQ(faults([&] {
                  measures->add_progress(coordinator, measure.id, {{}, {50}, {"half way"}}, "key");
              }),
              std::set<std::string>{"idempotency_key_reused"});
    EXPECT_EQ(measures->add_progress(coordinator, measure.id, progress, "").progress.size(), 2U);
}

TEST_P(MeasureServiceTest, ProgressStandsNewestFirstAndInTheList) {
    const auto measure = make(coordinator, "x");
    (void)measures->add_progress(coordinator, measure.id, {day("2026-11-01"), {40}, {"second"}});
    (void)measures->add_progress(coordinator, measure.id, {day("2026-10-01"), {10}, {"first"}});
    EXPECT_EQ(faults([&] {
                  measures->add_progress(coordinator, measure.id, {day("2026-11-18"), {50}, {"x"}});
              }),
              std::set<std::string>{"/on future"});
    const auto now = measures->add_progress(coordinator, measure.id, {{}, {60}, {"today"}});
    ASSERT_EQ(now.progress.size(), 3U);
    EXPECT_EQ(now.progress[0].on, clock.today());
    EXPECT_EQ(now.progress[1].note, "second");
    EXPECT_EQ(now.progress[1].by_name, "Name of coordinator");
    EXPECT_EQ(now.version, 1);
    EXPECT_EQ(measures->list(coordinator, {}).items.at(0).percent, 60);
}

TEST_P(MeasureServiceTest, AnOlderVersionIsRefused) {
    const auto measure = make(coordinator, "x");
    (void)measures->change(coordinator, measure.id, 1, measure.text);
    EXPECT_EQ(faults([&] { measures->change(lead, measure.id, 1, measure.text); }), std::set<std::string>{"stale"});
    EXPECT_EQ(faults([&] {
                  measures->change_state(lead, measure.id, 1, {MeasureState::coordination, ""});
              }),
              std::set<std::string>{"stale"});
}

TEST_P(MeasureServiceTest, TheScopeHoldsForEveryWay) {
    const auto measure = make(coordinator, "x");
    EXPECT_EQ(measures->get(colleague, measure.id).id, measure.id);
    EXPECT_EQ(faults([&] { measures->change(colleague, measure.id, 1, measure.text); }),
              std::set<std::string>{"forbidden"});
    EXPECT_EQ(faults([&] {
                  measures->add_progress(colleague, measure.id, {{}, {1}, {"x"}});
              }),
              std::set<std::string>{"forbidden"});
    EXPECT_EQ(faults([&] { (void)measures->get(stranger, measure.id); }), std::set<std::string>{"not_found"});
    EXPECT_EQ(faults([&] { measures->change(stranger, measure.id, 1, measure.text); }),
              std::set<std::string>{"not_found"});
    EXPECT_EQ(measures->list(stranger, {}).total, 0);
    EXPECT_EQ(faults([&] { (void)measures->get(advisor, measure.id); }), std::set<std::string>{"not_found"});
    EXPECT_EQ(faults([&] { (void)measures->list(prefectural, {}); }), std::set<std::string>{"forbidden"});
    EXPECT_EQ(faults([&] { (void)make(advisor, "x"); }), std::set<std::string>{"forbidden"});
}

TEST_P(MeasureServiceTest, AnAdvisorSeesTheMeasureOnTheirAgenda) {
    const auto hidden = issue(coordinator);
    const auto measure = make(coordinator, "x", {hidden});
    disclose(core::ConsultationId(measure.id.str()));
    database().write([](db::WriteTx& tx) { tx.execute("UPDATE agenda_items SET subject = 'measure'"); });
    const auto seen = measures->get(advisor, measure.id);
    EXPECT_EQ(seen.id, measure.id);
    EXPECT_TRUE(seen.text.issue_ids.empty()) << "the issue itself is not on the agenda";
    EXPECT_EQ(measures->list(advisor, {}).total, 1);
}

TEST_P(MeasureServiceTest, TheListFiltersSortsAndTurnsPagesWithTheSameFewQueries) {
    const auto about = issue(coordinator);
    std::vector<core::MeasureId> made;
    for (int i = 0; i < 5; ++i) {
        clock.move_to(clock.now().plus(std::chrono::seconds(1)));
        NewMeasure wanted;
        wanted.text.title = "Measure " + std::to_string(i);
        if (i == 2)
            wanted.text.issue_ids = {about};
        if (i == 4)
            wanted.text.starts_on = day("2026-04-01");
        made.push_back(measures->create(coordinator, wanted, "").id);
    }
    const auto walk = [&](const char* sort) {
        std::vector<core::MeasureId> seen;
        MeasureFilter filter;
        filter.sort = sort;
        filter.limit = 2;
        for (;;) {
            const auto page = measures->list(coordinator, filter);
            EXPECT_EQ(page.total, 5);
            for (const auto& row : page.items)
                seen.push_back(row.id);
            if (!page.next)
                return seen;
            filter.after = *page.next;
        }
    };
    EXPECT_EQ(walk(""), (std::vector<core::MeasureId>{made[4], made[3], made[2], made[1], made[0]}));
    EXPECT_EQ(walk("starts_on").front(), made[4]);
    EXPECT_EQ(walk("evaluate_on").size(), 5U);
    MeasureFilter filter;
    filter.issue = about;
    EXPECT_EQ(measures->list(coordinator, filter).items.at(0).issue_count, 1);
    filter = {};
    filter.words = "measure 3";
    EXPECT_EQ(measures->list(coordinator, filter).total, 1);
    filter = {};
    filter.state = {MeasureState::finished};
    EXPECT_EQ(measures->list(coordinator, filter).total, 0);
    const auto before = database().statements();
    (void)measures->list(coordinator, {});
    EXPECT_LE(database().statements() - before, 4U) << "begin, page, total, commit";
}

}  // namespace
}  // namespace tsunagi::measures
