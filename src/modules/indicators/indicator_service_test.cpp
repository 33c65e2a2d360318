// SPDX-License-Identifier: Apache-2.0
#include "modules/indicators/indicator_service.hpp"

#include <set>

#include "modules/issues/issue_service.hpp"
#include "modules/measures/measure_service.hpp"
#include "record/json_writer.hpp"
#include "tests/support/city_test.hpp"

namespace tsunagi::indicators {
namespace {

using test::faults;

core::Date day(const char* text) {
    return core::Date::parse(text).value();
}

class IndicatorServiceTest : public test::CityTest {
protected:
    void SetUp() override {
        CityTest::SetUp();
        if (IsSkipped())
            return;
        for (auto* actor : {&coordinator, &colleague, &lead, &stranger, &officer}) {
            actor->permissions.insert({"issues.read", "issues.write", "measures.read", "measures.write",
                                       "indicators.read", "indicators.write"});
        }
        officer.municipality_desks = {center, station};
        advisor.permissions.insert("indicators.read");
        issues = std::make_unique<issues::IssueService>(database(), *audit, *packs, clock);
        measures = std::make_unique<measures::MeasureService>(database(), *audit, *packs, clock);
        indicators = std::make_unique<IndicatorService>(database(), *audit, *packs, nullptr, clock);
    }

    core::IssueId issue(const access::Actor& actor) {
        issues::NewIssue wanted;
        wanted.origin = issues::IssueOrigin::hand;
        wanted.text.title = "Nobody visits at night";
        return issues->create(actor, wanted, "").id;
    }

    core::MeasureId measure(const access::Actor& actor) {
        measures::NewMeasure wanted;
        wanted.text.title = "Physicians visit";
        return measures->create(actor, wanted, "").id;
    }

    Indicator make(const access::Actor& actor, const std::string& name) {
        NewIndicator wanted;
        wanted.desk_id = actor.desks.empty() ? center : actor.desks.front();
        wanted.text.name = name;
        wanted.text.direction.emplace("lower");
        return indicators->create(actor, wanted, "");
    }

    /// Days until the first visit: 31 in September, 26 in October, November not counted yet; 21 wanted by March.
    Indicator with_series(const Indicator& indicator) {
        IndicatorSeries series;
        series.values = {{"2026-10", 26.0, {}, "", 6}, {"2026-09", 31.0, {}, "", 4}, {"2026-11", {}, {}, "", {}}};
        series.values[2].missing_reason.emplace("pending");
        series.targets = {{"2027-03", 21.0, "council"}};
        return indicators->change_series(coordinator, indicator.id, indicator.version, series);
    }

    EvaluationText evaluation(const core::MeasureId& of, const core::IndicatorId& judged, const char* on) {
        EvaluationText text;
        text.measure_id = of;
        text.evaluated_on = day(on);
        text.finding = "shorter, not yet short";
        text.outcome = Outcome::continue_;
        Judgement judgement;
        judgement.indicator_id = judged;
        text.judgements = {judgement};
        return text;
    }

    std::unique_ptr<issues::IssueService> issues;
    std::unique_ptr<measures::MeasureService> measures;
    std::unique_ptr<IndicatorService> indicators;
};

TSUNAGI_BOTH_ENGINES(IndicatorServiceTest);

TEST_P(IndicatorServiceTest, EveryFieldComesBackAsItWasWritten) {
    NewIndicator wanted;
    IndicatorText& text = wanted.text;
    text.name = "初回診察までの日数 髙﨑";
    text.code = "first_visit";
    text.scenes = {record::Code<"scene">("daily")};
    text.kind.emplace("outcome");
    text.view.emplace("resident");
    text.numerator = "days";
    text.denominator = "people";
    text.unit = "d";
    text.period = "month";
    text.grain.emplace("municipality");
    text.source = "sheets";
    text.obtained_by = "center";
    text.frequency = "monthly";
    text.comparison = "last year";
    text.direction.emplace("lower");
    text.judgement_rule = "median";
    text.issue_ids = {issue(coordinator)};
    text.measure_ids = {measure(coordinator)};
    const auto made = indicators->create(coordinator, wanted, "key");
    EXPECT_EQ(indicators->create(coordinator, wanted, "key").id, made.id);
    EXPECT_EQ(record::to_json(made.text), record::to_json(text));
    EXPECT_EQ(record::to_json(indicators->get(colleague, made.id)), record::to_json(made));
    IndicatorText other = text;
    other.view.reset();
    other.issue_ids.clear();
    const auto changed = indicators->change(officer, made.id, 1, other);
    EXPECT_EQ(record::to_json(changed.text), record::to_json(other));
    EXPECT_EQ(number("SELECT count(*) FROM indicator_versions WHERE document LIKE '%\"view\":\"resident\"%'"), 1);
    EXPECT_EQ(faults([&] { indicators->change(officer, made.id, 1, other); }), std::set<std::string>{"stale"});
}

TEST_P(IndicatorServiceTest, TheSeriesIsReplacedAsAWholeAndKeptAsAVersion) {
    auto indicator = with_series(make(coordinator, "Days"));
    ASSERT_EQ(indicator.values.size(), 3U);
    EXPECT_EQ(indicator.values[0].period.str(), "2026-09");
    EXPECT_EQ(indicator.values[1].value, 26.0);
    EXPECT_EQ(indicator.values[1].cases, 6);
    EXPECT_FALSE(indicator.values[2].value.has_value());
    EXPECT_EQ(indicator.targets.at(0).value, 21.0);
    EXPECT_EQ(indicator.version, 2);
    IndicatorSeries series{indicator.values, {}};
    series.values[0].value = 0.1;
    series.values.push_back(series.values[0]);
    EXPECT_EQ(faults([&] { indicators->change_series(coordinator, indicator.id, 2, series); }),
              std::set<std::string>{"/values/3/period duplicate"});
    series.values.pop_back();
    indicator = indicators->change_series(coordinator, indicator.id, 2, series);
    EXPECT_EQ(indicator.values[0].value, 0.1);
    EXPECT_TRUE(indicator.targets.empty());
    EXPECT_EQ(number("SELECT count(*) FROM indicator_versions WHERE document LIKE '%\"value\":31%'"), 1);
    EXPECT_EQ(faults([&] { indicators->change_series(coordinator, indicator.id, 2, series); }),
              std::set<std::string>{"stale"});
    EXPECT_EQ(indicators->change(coordinator, indicator.id, 3, indicator.text).values.size(), 3U);
}

TEST_P(IndicatorServiceTest, TheListSaysWhetherTheTargetIsReached) {
    (void)with_series(make(coordinator, "B Days"));
    (void)make(coordinator, "A Nothing yet");
    auto page = indicators->list(coordinator, {});
    ASSERT_EQ(page.items.size(), 2U);
    EXPECT_EQ(page.items[0].name, "A Nothing yet");
    EXPECT_FALSE(page.items[0].reached.has_value());
    EXPECT_EQ(page.items[1].last_period, "2026-10");
    EXPECT_EQ(page.items[1].last_value, 26.0);
    EXPECT_EQ(page.items[1].target_value, 21.0);
    EXPECT_EQ(page.items[1].reached, false);
    IndicatorFilter filter;
    filter.limit = 1;
    page = indicators->list(coordinator, filter);
    filter.after = page.next.value();
    page = indicators->list(coordinator, filter);
    EXPECT_EQ(page.items.at(0).name, "B Days");
    EXPECT_FALSE(page.next.has_value());
    EXPECT_EQ(page.total, 2);
    const auto before = database().statements();
    (void)indicators->list(coordinator, {});
    EXPECT_LE(database().statements() - before, 6U) << "begin and commit included";
}

TEST_P(IndicatorServiceTest, LinksAndSubjectsLieWithinTheScope) {
    NewIndicator wanted;
    wanted.text.name = "x";
    wanted.text.issue_ids = {issue(stranger)};
    wanted.text.measure_ids = {core::MeasureId::make()};
    EXPECT_EQ(faults([&] { indicators->create(coordinator, wanted, ""); }),
              (std::set<std::string>{"/text/issue_ids/0 not_found", "/text/measure_ids/0 not_found"}));
    const auto foreign = make(stranger, "Theirs");
    EXPECT_EQ(
        faults([&] { indicators->evaluate(coordinator, evaluation(measure(stranger), foreign.id, "2026-11-17"), ""); }),
        (std::set<std::string>{"/measure_id not_found", "/judgements/0/indicator_id not_found"}));
}

TEST_P(IndicatorServiceTest, JudgementsTakeWhatTheSeriesSaidThatDayAndKeepIt) {
    const auto of = measure(coordinator);
    auto indicator = with_series(make(coordinator, "Days"));
    const auto early = indicators->evaluate(coordinator, evaluation(of, indicator.id, "2026-10-15"), "");
    EXPECT_EQ(early.text.judgements.at(0).value, 31.0);
    EXPECT_EQ(early.text.judgements.at(0).target, 21.0);
    EXPECT_EQ(early.text.judgements.at(0).indicator_name.str(), "Days");
    EXPECT_EQ(early.subject_title, "Physicians visit");
    EXPECT_EQ(early.desk_id, center);
    auto own = evaluation(of, indicator.id, "2026-11-17");
    own.judgements[0].value = 25.5;
    const auto late = indicators->evaluate(officer, own, "key");
    EXPECT_EQ(indicators->evaluate(officer, own, "key").id, late.id);
    EXPECT_EQ(late.text.judgements.at(0).value, 25.5);

    IndicatorSeries series{indicator.values, {}};
    series.values[0].value = 99.0;
    (void)indicators->change_series(coordinator, indicator.id, 2, series);
    EXPECT_EQ(indicators->evaluation(coordinator, early.id).text.judgements.at(0).value, 31.0);
    EXPECT_EQ(measures->get(coordinator, of).state, measures::MeasureState::draft) << "an evaluation moves nothing";
}

TEST_P(IndicatorServiceTest, AnEvaluationIsChangedByVersionsAndKeepsItsSubject) {
    const auto of = measure(coordinator);
    const auto indicator = with_series(make(coordinator, "Days"));
    const auto made = indicators->evaluate(coordinator, evaluation(of, indicator.id, "2026-11-17"), "");
    EvaluationText text = made.text;
    text.outcome = Outcome::finish;
    text.finding = "done";
    text.judgements.clear();
    const auto changed = indicators->change_evaluation(coordinator, made.id, 1, text);
    EXPECT_EQ(changed.version, 2);
    EXPECT_EQ(changed.text.outcome, Outcome::finish);
    EXPECT_TRUE(changed.text.judgements.empty());
    EXPECT_EQ(faults([&] { indicators->change_evaluation(coordinator, made.id, 1, text); }),
              std::set<std::string>{"stale"});
    text.measure_id.reset();
    text.issue_id = issue(coordinator);
    EXPECT_EQ(faults([&] { indicators->change_evaluation(coordinator, made.id, 2, text); }),
              (std::set<std::string>{"/measure_id not_allowed", "/issue_id not_allowed"}));
    EXPECT_EQ(number("SELECT count(*) FROM evaluation_versions WHERE document LIKE '%\"outcome\":\"continue\"%'"), 1);
    EXPECT_EQ(number("SELECT count(*) FROM evaluation_versions"), 2);
}

TEST_P(IndicatorServiceTest, IndicatorsAndEvaluationsKeepEverySavedState) {
    const auto of = measure(coordinator);
    auto indicator = with_series(make(coordinator, "Days"));
    IndicatorText text = indicator.text;
    text.name = "Days until the first visit";
    indicator = indicators->change(officer, indicator.id, indicator.version, text);
    std::vector<std::string> states;
    for (const auto& version : indicators->history(colleague, indicator.id).items) {
        states.push_back(version.kind + " " + version.by_name + " " + version.text.text.name.str() + " " +
                         std::to_string(version.text.series.values.empty()));
    }
    EXPECT_EQ(states,
              (std::vector<std::string>{"created Name of coordinator Days 1", "series Name of coordinator Days 0",
                                        "edited Name of officer Days until the first visit 0"}));
    EXPECT_EQ(faults([&] { (void)indicators->history(stranger, indicator.id); }), std::set<std::string>{"not_found"});

    const auto made = indicators->evaluate(coordinator, evaluation(of, indicator.id, "2026-11-17"), "");
    EvaluationText changed = made.text;
    changed.finding = "done";
    (void)indicators->change_evaluation(officer, made.id, 1, changed);
    const auto history = indicators->evaluation_history(colleague, made.id).items;
    ASSERT_EQ(history.size(), 2U);
    EXPECT_EQ(history[0].kind, "created");
    EXPECT_EQ(history[0].text.finding.str(), "shorter, not yet short");
    EXPECT_EQ(history[0].text.judgements.at(0).indicator_name.str(), text.name.str());
    EXPECT_EQ(history[1].kind, "edited");
    EXPECT_EQ(history[1].text.finding.str(), "done");
    EXPECT_EQ(faults([&] { (void)indicators->evaluation_history(stranger, made.id); }),
              std::set<std::string>{"not_found"});
}

TEST_P(IndicatorServiceTest, IssuesThatCameOfAnEvaluationAreNamed) {
    const auto of = measure(coordinator);
    EvaluationText text;
    text.measure_id = of;
    text.evaluated_on = day("2026-11-17");
    text.finding = "x";
    const auto made = indicators->evaluate(coordinator, text, "");
    issues::NewIssue next;
    next.origin = issues::IssueOrigin::evaluation;
    next.origin_id = made.id.str();
    next.text.title = "What is left";
    const auto fed = issues->create(coordinator, next, "");
    EXPECT_EQ(indicators->evaluation(coordinator, made.id).next_issue_ids, std::vector<core::IssueId>{fed.id});
    EvaluationFilter filter;
    filter.measure = of;
    const auto page = indicators->evaluations(coordinator, filter);
    EXPECT_EQ(page.items.at(0).next_issue_ids.size(), 1U);
    EXPECT_EQ(page.total, 1);
    const auto before = database().statements();
    (void)indicators->evaluations(coordinator, {});
    EXPECT_LE(database().statements() - before, 6U) << "begin and commit included";
}

TEST_P(IndicatorServiceTest, TheScopeHoldsForEveryWay) {
    const auto of = measure(coordinator);
    const auto indicator = with_series(make(coordinator, "Days"));
    const auto made = indicators->evaluate(coordinator, evaluation(of, indicator.id, "2026-11-17"), "");
    EXPECT_EQ(indicators->get(colleague, indicator.id).id, indicator.id);
    EXPECT_EQ(faults([&] { indicators->change(colleague, indicator.id, 2, indicator.text); }),
              std::set<std::string>{"forbidden"});
    EXPECT_EQ(faults([&] { indicators->change_series(colleague, indicator.id, 2, {}); }),
              std::set<std::string>{"forbidden"});
    EXPECT_EQ(faults([&] { indicators->change_evaluation(colleague, made.id, 1, made.text); }),
              std::set<std::string>{"forbidden"});
    EXPECT_EQ(faults([&] { indicators->evaluate(colleague, made.text, ""); }), std::set<std::string>{"forbidden"});
    EXPECT_EQ(faults([&] { (void)indicators->get(stranger, indicator.id); }), std::set<std::string>{"not_found"});
    EXPECT_EQ(faults([&] { (void)indicators->evaluation(stranger, made.id); }), std::set<std::string>{"not_found"});
    EXPECT_EQ(faults([&] { indicators->change_series(stranger, indicator.id, 2, {}); }),
              std::set<std::string>{"not_found"});
    EXPECT_EQ(indicators->list(stranger, {}).total, 0);
    EXPECT_EQ(indicators->evaluations(stranger, {}).total, 0);
    EXPECT_EQ(faults([&] { (void)indicators->list(prefectural, {}); }), std::set<std::string>{"forbidden"});
    EXPECT_EQ(faults([&] { (void)indicators->get(advisor, indicator.id); }), std::set<std::string>{"not_found"});
}

TEST_P(IndicatorServiceTest, AnAdvisorSeesTheIndicatorsOfWhatIsOnTheirAgenda) {
    const auto of = measure(coordinator);
    NewIndicator wanted;
    wanted.text.name = "x";
    wanted.text.measure_ids = {of};
    const auto linked = indicators->create(coordinator, wanted, "");
    const auto other = make(coordinator, "Other");
    const auto made = indicators->evaluate(coordinator, evaluation(of, linked.id, "2026-11-17"), "");
    disclose(core::ConsultationId(of.str()));
    database().write([](db::WriteTx& tx) { tx.execute("UPDATE agenda_items SET subject = 'measure'"); });
    EXPECT_EQ(indicators->get(advisor, linked.id).id, linked.id);
    EXPECT_EQ(indicators->evaluation(advisor, made.id).id, made.id);
    EXPECT_EQ(faults([&] { (void)indicators->get(advisor, other.id); }), std::set<std::string>{"not_found"});
    EXPECT_EQ(indicators->list(advisor, {}).total, 1);
}

}  // namespace
}  // namespace tsunagi::indicators
