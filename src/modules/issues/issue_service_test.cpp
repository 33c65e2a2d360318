// SPDX-License-Identifier: Apache-2.0
#include "modules/issues/issue_service.hpp"

#include <set>
#include <thread>

#include "record/json_writer.hpp"
#include "tests/support/city_test.hpp"

namespace tsunagi::issues {
namespace {

using test::faults;

class IssueServiceTest : public test::CityTest {
protected:
    void SetUp() override {
        CityTest::SetUp();
        if (IsSkipped())
            return;
        for (auto* actor : {&coordinator, &colleague, &lead, &stranger, &officer}) {
            actor->permissions.insert({"issues.read", "issues.write"});
        }
        officer.municipality_desks = {center, station};
        advisor.permissions.insert("issues.read");
        issues = std::make_unique<IssueService>(database(), *audit, *packs, clock);
    }

    static NewIssue by_hand(const std::string& title) {
        NewIssue issue;
        issue.origin = IssueOrigin::hand;
        issue.text.title = title;
        return issue;
    }

    Issue make(const access::Actor& actor, const std::string& title = "Nobody visits at night") {
        NewIssue issue = by_hand(title);
        issue.desk_id = actor.desks.empty() ? center : actor.desks.front();
        return issues->create(actor, issue, "");
    }

    Issue from_cases(const access::Actor& actor, const std::vector<core::ConsultationId>& cases) {
        NewIssue issue = by_hand("Refuses help, has no doctor");
        issue.origin = IssueOrigin::matrix;
        for (const auto& id : cases)
            issue.evidence.push_back({id, "the same combination", false});
        return issues->create(actor, issue, "");
    }

    Issue step(const Issue& issue, IssueState state, const std::string& reason = "") {
        return issues->change_state(coordinator, issue.id, issue.version, {state, reason});
    }

    /// Lets the advisor attend a meeting with the issue on its agenda, so many days before today.
    void attend(const core::IssueId& issue, int days_ago) {
        database().write([&](db::WriteTx& tx) {
            const auto at = record::Params().set("city", city).set("user", lead.user_id);
            tx.execute(
                "INSERT INTO bodies (id, municipality_id, version, name, member_categories, frequency, basis, "
                "dormant) VALUES ('board', :city, 1, 'Board', '[]', '', '', 0)",
                record::Params().set("city", city));
            tx.execute(
                "INSERT INTO meetings (id, body_id, municipality_id, version, created_at, created_by, "
                "updated_at, updated_by, title, held_on, place, state, minutes) VALUES ('council', 'board', "
                ":city, 1, '', :user, '', :user, '', :held_on, '', 'held', '')",
                record::Params(at).set("held_on", clock.today().plus_days(-days_ago)));
            tx.execute(
                "INSERT INTO agenda_items (id, meeting_id, position, title, subject, subject_id, discussion, "
                "decision) VALUES ('first', 'council', 0, '', 'issue', :id, '', '')",
                record::Params().set("id", issue));
            tx.execute(
                "INSERT INTO attendances (meeting_id, position, name, affiliation, user_id, attended) "
                "VALUES ('council', 0, '', '', :user, 1)",
                record::Params().set("user", advisor.user_id));
        });
    }

    std::unique_ptr<IssueService> issues;
};

TSUNAGI_BOTH_ENGINES(IssueServiceTest);

TEST_P(IssueServiceTest, NumbersRunPerMunicipalityAndFiscalYear) {
    EXPECT_EQ(make(coordinator).number, "8-01");
    EXPECT_EQ(make(colleague).number, "8-02");
    EXPECT_EQ(make(stranger).number, "8-01");
    clock.move_to(core::Instant::parse("2027-03-31T15:00:00.000Z").value());
    const auto next_year = make(coordinator);
    EXPECT_EQ(next_year.number, "9-01");
    EXPECT_EQ(next_year.fiscal_year, 2027);
    EXPECT_EQ(next_year.municipality_id, city);
}

TEST_P(IssueServiceTest, SimultaneousCreatesNeverShareANumber) {
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            for (int k = 0; k < 5; ++k)
                make(coordinator);
        });
    }
    for (auto& thread : threads)
        thread.join();
    EXPECT_EQ(number("SELECT count(DISTINCT number) FROM issues"), 20);
    EXPECT_EQ(number("SELECT max(sequence) FROM issues"), 20);
}

TEST_P(IssueServiceTest, TheSameKeyMakesOneIssue) {
    NewIssue issue = by_hand("Once");
    const auto first = issues->create(coordinator, issue, "key");
    EXPECT_EQ(issues->create(coordinator, issue, "key").id, first.id);
    issue.text.title = "Twice";
    EXPECT_EQ(faults([&] { issues->create(coordinator, issue, "key"); }),
              std::set<std::string>{"idempotency_key_reused"});
    EXPECT_EQ(number("SELECT count(*) FROM issues"), 1);
}

TEST_P(IssueServiceTest, EveryTextComesBackAsItWasWritten) {
    NewIssue issue = by_hand("髙﨑 濵邉 𠮷 辻󠄀 ①Ⅰ㎝ 〇々");
    issue.text.description = "d";
    issue.text.present = "p";
    issue.text.goal = "g";
    issue.text.gap = "x";
    issue.text.causes = {{"No rule to tell the desk", true, "asked the office"}, {"Family far away", false, ""}};
    issue.text.scenes = {record::Code<"scene">("daily"), record::Code<"scene">("discharge")};
    issue.text.kind.emplace("linkage");
    issue.text.professions = {record::Code<"profession">("care_manager")};
    issue.text.layer.emplace("secondary");
    issue.text.region_id = wards.front();
    issue.text.owner_id = officer.user_id;
    issue.text.due_on = core::Date::parse("2026-12-10").value();
    issue.text.waiting_for = "the welfare office";
    const auto made = issues->create(coordinator, issue, "");
    EXPECT_EQ(record::to_json(made.text), record::to_json(issue.text));
    EXPECT_EQ(record::to_json(issues->get(lead, made.id)), record::to_json(made));
    EXPECT_EQ(made.state, IssueState::sign);
    EXPECT_EQ(made.created_by_name, "Name of coordinator");

    IssueText text = made.text;
    text.layer.reset();
    text.title = "Another";
    const auto changed = issues->change(lead, made.id, 1, text);
    EXPECT_EQ(record::to_json(changed.text), record::to_json(text));
    EXPECT_EQ(changed.version, 2);
    EXPECT_EQ(changed.updated_by_name, "Name of lead");
}

TEST_P(IssueServiceTest, NamesEveryWrongField) {
    NewIssue issue = by_hand("x");
    issue.text.scenes = {record::Code<"scene">("nowhere")};
    issue.text.region_id = core::RegionId::make();
    issue.text.owner_id = core::UserId::make();
    issue.evidence = {{core::ConsultationId::make(), "seen", false}};
    EXPECT_EQ(faults([&] { issues->create(coordinator, issue, ""); }),
              (std::set<std::string>{"/text/scenes/0 unknown_code", "/text/region_id not_found",
                                     "/text/owner_id not_found", "/evidence/0/consultation_id not_found"}));
    issue = by_hand("x");
    issue.origin = IssueOrigin::meeting;
    issue.origin_id = core::new_uuid();
    EXPECT_EQ(faults([&] { issues->create(coordinator, issue, ""); }), std::set<std::string>{"/origin_id not_found"});
    EXPECT_EQ(number("SELECT count(*) FROM issues"), 0);
    EXPECT_EQ(number("SELECT count(*) FROM counters WHERE name = 'issue'"), 0);
}

TEST_P(IssueServiceTest, EvidenceKeepsTheBackgroundOfTheMomentAndShowsTodaysToWhoMaySeeTheCase) {
    auto body = sheet();
    body.elements = {{record::Code<"element">("dementia"), consultations::ElementValue::suspected, ""}};
    const auto one = create(coordinator, body);
    const auto issue = from_cases(coordinator, {one.id});
    ASSERT_EQ(issue.evidence.size(), 1U);
    EXPECT_TRUE(issue.evidence[0].readable);
    EXPECT_EQ(issue.evidence[0].background.number, one.number);
    EXPECT_EQ(issue.evidence[0].background.elements.size(), 1U);

    auto later = one.sheet;
    later.background = "Lives with a son now";
    (void)consultations->replace(coordinator, one.id, 1, later);
    EXPECT_EQ(issues->get(coordinator, issue.id).evidence.at(0).background.background.substr(0, 16),
              "Lives with a son");

    // The other station reads the issue, not the case.
    const auto seen = issues->get(colleague, issue.id).evidence.at(0);
    EXPECT_FALSE(seen.readable);
    EXPECT_EQ(seen.background.background, "Lives alone");
    EXPECT_EQ(seen.background.elements.size(), 1U);
    EXPECT_TRUE(seen.background.number.empty());
    EXPECT_TRUE(seen.background.subject.empty());
    EXPECT_EQ(seen.note, "the same combination");
}

TEST_P(IssueServiceTest, OnlyWhoSeesTheCaseCanMakeItEvidence) {
    const auto hidden = create(colleague, sheet());
    const auto issue = make(coordinator);
    EXPECT_EQ(faults([&] {
                  issues->put_evidence(coordinator, issue.id, {hidden.id, "seen", false});
              }),
              std::set<std::string>{"not_found"});
    NewIssue wanted = by_hand("x");
    wanted.origin = IssueOrigin::cases;
    wanted.evidence = {{hidden.id, "seen", false}};
    EXPECT_EQ(faults([&] { issues->create(coordinator, wanted, ""); }),
              std::set<std::string>{"/evidence/0/consultation_id not_found"});
    EXPECT_EQ(issues->put_evidence(officer, issue.id, {hidden.id, "", true}).evidence.size(), 1U);

    const auto draft = consultations->create(
        coordinator, {.desk_id = {}, .state = consultations::ConsultationState::draft, .sheet = {}}, "");
    EXPECT_EQ(faults([&] {
                  issues->put_evidence(coordinator, issue.id, {draft.id, "seen", false});
              }),
              std::set<std::string>{"not_found"});
}

TEST_P(IssueServiceTest, ACandidateBecomesEvidenceAndIsCountedThen) {
    const auto one = create(coordinator, sheet());
    auto issue = make(coordinator);
    issue = issues->put_evidence(coordinator, issue.id, {one.id, "perhaps", true});
    EXPECT_TRUE(issue.evidence.at(0).candidate);
    EXPECT_EQ(issues->list(coordinator, {}).items.at(0).evidence_count, 0);
    EXPECT_EQ(faults([&] {
                  issues->put_evidence(coordinator, issue.id, {one.id, "", false});
              }),
              std::set<std::string>{"/note required"});
    issue = issues->put_evidence(coordinator, issue.id, {one.id, "looked into it", false});
    ASSERT_EQ(issue.evidence.size(), 1U);
    EXPECT_FALSE(issue.evidence[0].candidate);
    EXPECT_EQ(issue.evidence[0].note, "looked into it");
    EXPECT_EQ(issues->list(coordinator, {}).items.at(0).evidence_count, 1);
    EXPECT_EQ(issue.version, 1) << "an open form must not become stale";

    issue = issues->remove_evidence(coordinator, issue.id, one.id);
    EXPECT_TRUE(issue.evidence.empty());
    EXPECT_EQ(faults([&] { issues->remove_evidence(coordinator, issue.id, one.id); }),
              std::set<std::string>{"not_found"});
    const auto history = issues->history(coordinator, issue.id).items;
    ASSERT_EQ(history.size(), 4U);
    EXPECT_EQ(history[0].detail, "removed");
    EXPECT_EQ(history[1].detail, "evidence");
    EXPECT_EQ(history[1].text, one.number);
    EXPECT_EQ(history[2].detail, "candidate");
    EXPECT_EQ(issues->history(colleague, issue.id).items.at(1).text, "") << "the other desk does not see the case";
}

TEST_P(IssueServiceTest, StatesGoTheirWayAndLeaveAHistory) {
    auto issue = make(coordinator);
    EXPECT_EQ(faults([&] { step(issue, IssueState::underway); }), std::set<std::string>{"not_allowed_in_state"});
    EXPECT_EQ(faults([&] { step(issue, IssueState::on_hold); }), std::set<std::string>{"/reason required"});
    EXPECT_EQ(faults([&] { step(issue, IssueState::reviewing); }), std::set<std::string>{"/text/description required"});
    IssueText text = issue.text;
    text.description = "Three doctors in the whole city";
    text.goal = "Somebody comes at night";
    issue = issues->change(coordinator, issue.id, 1, text);
    clock.move_to(core::Instant::parse("2026-11-18T03:00:00.000Z").value());
    issue = step(issue, IssueState::reviewing);
    EXPECT_EQ(issue.version, 3);
    EXPECT_EQ(issue.state_since.str(), "2026-11-18T03:00:00.000Z");
    for (const auto state : {IssueState::planned, IssueState::underway, IssueState::evaluating}) {
        issue = step(issue, state);
    }
    text.goal = {};
    EXPECT_EQ(faults([&] { issues->change(coordinator, issue.id, issue.version, text); }),
              std::set<std::string>{"/goal required"});
    issue = step(issue, IssueState::reconsidered, "the numbers stayed");
    (void)issues->add_note(coordinator, issue.id, {"Told the care managers", true});
    const auto history = issues->history(officer, issue.id).items;
    ASSERT_EQ(history.size(), 8U);
    EXPECT_EQ(history.back().kind, "created");
    EXPECT_EQ(history.back().detail, "");
    std::set<std::string> steps;
    for (const auto& event : history)
        steps.insert(event.kind + " " + event.detail + " " + event.text);
    EXPECT_TRUE(steps.contains("state evaluating>reconsidered the numbers stayed"));
    EXPECT_TRUE(steps.contains("feedback  Told the care managers"));
    EXPECT_EQ(number("SELECT count(*) FROM audit_entries WHERE subject_kind = 'issue' AND action = 'state'"), 5);
}

TEST_P(IssueServiceTest, EverySavedTextCanBeReadAgain) {
    const auto issue = make(coordinator, "First words");
    IssueText text = issue.text;
    text.title = "Second words";
    text.causes = {{"No rule to tell the desk", true, "asked the office"}};
    (void)issues->change(officer, issue.id, 1, text);
    (void)issues->add_note(coordinator, issue.id, {"asked again", false});
    std::vector<std::string> written;
    for (const auto& event : issues->history(colleague, issue.id).items) {
        written.push_back(event.kind + " " + event.by_name + " " +
                          (event.written ? record::to_json(*event.written) : "nothing"));
    }
    EXPECT_EQ(written, (std::vector<std::string>{"note Name of coordinator nothing",
                                                 "edited Name of officer " + record::to_json(text),
                                                 "created Name of coordinator " + record::to_json(issue.text)}));
    EXPECT_EQ(faults([&] { (void)issues->history(stranger, issue.id); }), std::set<std::string>{"not_found"});
}

TEST_P(IssueServiceTest, ANoteSentTwiceIsWrittenOnce) {
    const auto issue = make(coordinator);
    (void)issues->add_note(coordinator, issue.id, {"asked again", false}, "key");
    EXPECT_EQ(issues->add_note(coordinator, issue.id, {"asked again", false}, "key").items.size(), 2U);
    EXPECT_EQ(faults([&] {
                  issues->add_note(coordinator, issue.id, {"asked again", true}, "key");
              }),
              std::set<std::string>{"idempotency_key_reused"});
}

TEST_P(IssueServiceTest, ListsNarrowToAnOwnerAndToWhatIsOnAnAgenda) {
    NewIssue owned = by_hand("Owned");
    owned.text.owner_id = officer.user_id;
    (void)issues->create(coordinator, owned, "");
    const auto other = make(coordinator, "Other");
    IssueFilter filter;
    filter.owner = {officer.user_id};
    EXPECT_EQ(issues->list(lead, filter).items.at(0).title, "Owned");
    EXPECT_EQ(issues->list(lead, filter).total, 1);
    filter = {};
    filter.on_agenda = true;
    attend(other.id, 0);
    EXPECT_EQ(issues->list(lead, filter).total, 0) << "held meetings are over";
    database().write([](db::WriteTx& tx) { tx.execute("UPDATE meetings SET state = 'planned'"); });
    EXPECT_EQ(issues->list(lead, filter).items.at(0).title, "Other");
    EXPECT_EQ(issues->list(stranger, filter).total, 0);
    (void)step(other, IssueState::solved, "it went away");
    EXPECT_EQ(issues->list(lead, filter).total, 0);
}

TEST_P(IssueServiceTest, AnOlderVersionIsRefusedAndNothingIsLost) {
    const auto issue = make(coordinator);
    IssueText text = issue.text;
    text.goal = "first";
    (void)issues->change(coordinator, issue.id, 1, text);
    text.goal = "second";
    EXPECT_EQ(faults([&] { issues->change(lead, issue.id, 1, text); }), std::set<std::string>{"stale"});
    EXPECT_EQ(faults([&] {
                  issues->change_state(lead, issue.id, 1, {IssueState::reviewing, ""});
              }),
              std::set<std::string>{"stale"});
    EXPECT_EQ(issues->get(lead, issue.id).text.goal.str(), "first");
    EXPECT_EQ(number("SELECT count(*) FROM issue_events WHERE kind = 'edited' AND document LIKE '%first%'"), 1);
}

TEST_P(IssueServiceTest, TheMunicipalityReadsTheDeskAndTheOfficersChange) {
    const auto issue = make(coordinator);
    EXPECT_EQ(issues->get(colleague, issue.id).id, issue.id);
    EXPECT_EQ(faults([&] { issues->change(colleague, issue.id, 1, issue.text); }), std::set<std::string>{"forbidden"});
    EXPECT_EQ(faults([&] { issues->add_note(colleague, issue.id, {"x", false}); }), std::set<std::string>{"forbidden"});
    EXPECT_EQ(issues->change(officer, issue.id, 1, issue.text).version, 2);
    EXPECT_EQ(make(officer).desk_id, center);
}

TEST_P(IssueServiceTest, OutsideTheScopeNothingExists) {
    const auto issue = make(coordinator);
    EXPECT_EQ(faults([&] { (void)issues->get(stranger, issue.id); }), std::set<std::string>{"not_found"});
    EXPECT_EQ(faults([&] { (void)issues->history(stranger, issue.id); }), std::set<std::string>{"not_found"});
    EXPECT_EQ(faults([&] { issues->change(stranger, issue.id, 1, issue.text); }), std::set<std::string>{"not_found"});
    EXPECT_EQ(faults([&] {
                  issues->change_state(stranger, issue.id, 1, {IssueState::reviewing, ""});
              }),
              std::set<std::string>{"not_found"});
    EXPECT_EQ(issues->list(stranger, {}).total, 0);
    EXPECT_EQ(faults([&] { (void)issues->list(prefectural, {}); }), std::set<std::string>{"forbidden"});
    EXPECT_EQ(faults([&] { (void)issues->get(prefectural, issue.id); }), std::set<std::string>{"forbidden"});
    prefectural.permissions.insert("issues.read");
    EXPECT_EQ(faults([&] { (void)issues->get(prefectural, issue.id); }), std::set<std::string>{"not_found"});
    EXPECT_EQ(issues->list(prefectural, {}).total, 0);
}

TEST_P(IssueServiceTest, AnAdvisorSeesTheIssueAndItsCasesForThirtyDays) {
    const auto one = create(coordinator, sheet());
    const auto issue = from_cases(coordinator, {one.id});
    const auto other = make(coordinator, "Another");
    EXPECT_EQ(faults([&] { (void)issues->get(advisor, issue.id); }), std::set<std::string>{"not_found"});
    attend(issue.id, 30);
    const auto seen = issues->get(advisor, issue.id);
    EXPECT_TRUE(seen.evidence.at(0).readable);
    EXPECT_EQ(faults([&] { (void)issues->get(advisor, other.id); }), std::set<std::string>{"not_found"});
    EXPECT_EQ(issues->list(advisor, {}).total, 1);
    EXPECT_EQ(faults([&] { issues->change(advisor, issue.id, 1, issue.text); }), std::set<std::string>{"forbidden"});
    advisor.today = advisor.today.plus_days(1);
    EXPECT_EQ(faults([&] { (void)issues->get(advisor, issue.id); }), std::set<std::string>{"not_found"});
}

TEST_P(IssueServiceTest, TheListFiltersSortsAndTurnsPages) {
    std::vector<std::string> numbers;
    for (int i = 0; i < 5; ++i) {
        clock.move_to(clock.now().plus(std::chrono::seconds(1)));
        NewIssue issue = by_hand(i == 3 ? "Oral care 100%_sure" : "Issue " + std::to_string(i));
        issue.text.scenes = {record::Code<"scene">(i % 2 == 0 ? "daily" : "discharge")};
        if (i < 2)
            issue.text.due_on = core::Date::parse(i == 0 ? "2026-12-02" : "2026-12-01").value();
        numbers.push_back(issues->create(coordinator, issue, "").number);
    }
    for (const char* sort : {"", "number", "-number", "due_on"}) {
        std::vector<std::string> seen;
        IssueFilter filter;
        filter.sort = sort;
        filter.limit = 2;
        for (;;) {
            const auto page = issues->list(coordinator, filter);
            EXPECT_EQ(page.total, 5);
            for (const auto& row : page.items)
                seen.push_back(row.number);
            if (!page.next)
                break;
            filter.after = *page.next;
        }
        auto expected = numbers;
        if (std::string(sort).empty() || std::string(sort) == "-number")
            std::ranges::reverse(expected);
        if (std::string(sort) == "due_on")
            std::swap(expected[0], expected[1]);
        EXPECT_EQ(seen, expected) << sort;
    }
    IssueFilter filter;
    filter.scene = {record::Code<"scene">("discharge")};
    EXPECT_EQ(issues->list(coordinator, filter).total, 2);
    filter = {};
    filter.words = "ORAL\u30000%_";
    EXPECT_EQ(issues->list(coordinator, filter).total, 1);
    filter.words = "%";
    EXPECT_EQ(issues->list(coordinator, filter).total, 1);
    filter = {};
    filter.fiscal_year = 2025;
    EXPECT_EQ(issues->list(coordinator, filter).total, 0);
    filter = {};
    filter.sort = "title";
    EXPECT_EQ(faults([&] { (void)issues->list(coordinator, filter); }), std::set<std::string>{"?sort unknown_code"});
    filter = {};
    filter.after = "nonsense";
    EXPECT_EQ(faults([&] { (void)issues->list(coordinator, filter); }), std::set<std::string>{"?after format"});
}

TEST_P(IssueServiceTest, IssuesOfACaseAreFoundOnlyByWhoSeesTheCase) {
    const auto one = create(coordinator, sheet());
    (void)from_cases(coordinator, {one.id});
    (void)make(coordinator);
    IssueFilter filter;
    filter.consultation = one.id;
    EXPECT_EQ(issues->list(coordinator, filter).total, 1);
    EXPECT_EQ(issues->list(officer, filter).total, 1);
    EXPECT_EQ(issues->list(colleague, filter).total, 0);
}

TEST_P(IssueServiceTest, AListAndARecordAskTheSameFewQuestionsHoweverMuchThereIs) {
    const auto statements = [&](const auto& act) {
        const auto before = database().statements();
        act();
        return database().statements() - before;
    };
    const auto first = create(coordinator, sheet());
    const auto issue = from_cases(coordinator, {first.id});
    const auto of_list = statements([&] { (void)issues->list(coordinator, {}); });
    const auto of_record = statements([&] { (void)issues->get(coordinator, issue.id); });
    for (int i = 0; i < 5; ++i) {
        (void)make(coordinator);
        issues->put_evidence(coordinator, issue.id, {create(coordinator, sheet()).id, "seen", false});
    }
    EXPECT_EQ(statements([&] { (void)issues->list(coordinator, {}); }), of_list);
    EXPECT_EQ(statements([&] { (void)issues->get(coordinator, issue.id); }), of_record);
    EXPECT_LE(of_record, 8U);
}

}  // namespace
}  // namespace tsunagi::issues
