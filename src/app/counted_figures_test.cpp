// SPDX-License-Identifier: Apache-2.0
#include "app/counted_figures.hpp"

#include <algorithm>

#include "modules/discharges/discharge_service.hpp"
#include "modules/holidays/holiday_service.hpp"
#include "modules/indicators/indicator_service.hpp"
#include "modules/measures/measure_service.hpp"
#include "tests/support/city_test.hpp"

namespace tsunagi::app {
namespace {

using indicators::CountedValue;
using indicators::EvaluationText;
using indicators::Figure;
using indicators::Indicator;
using indicators::IndicatorSeries;
using indicators::IndicatorService;
using indicators::NewIndicator;
using indicators::Outcome;

using test::faults;

core::Date day(const std::string& text) {
    return core::Date::parse(text).value();
}

/// The day is 2026-11-17. The centre's coordinations left in the fiscal years 2025 and 2026, the station's in 2026.
class CountedIndicatorsTest : public test::CityTest {
protected:
    void SetUp() override {
        CityTest::SetUp();
        if (IsSkipped())
            return;
        for (auto* actor : {&coordinator, &colleague, &stranger, &officer}) {
            actor->permissions.insert({"measures.read", "measures.write", "indicators.read", "indicators.write",
                                       "discharges.read", "discharges.write"});
        }
        officer.municipality_desks = {center, station};
        holidays = std::make_unique<holidays::HolidayService>(database(), *audit, packs_folder, clock);
        discharges = std::make_unique<discharges::DischargeService>(database(), *audit, *packs, *consultations,
                                                                    *holidays, packs_folder, clock);
        indicators = std::make_unique<IndicatorService>(database(), *audit, *packs, counted_figures(figures), clock);
        leave(coordinator, "2025-06-01", "2025-06-11", "2025-06-20", true);
        leave(coordinator, "2026-05-01", "2026-05-04", "2026-05-10", false);
        leave(colleague, "2026-09-01", "2026-09-06", "2026-09-10", true);
        leave(stranger, "2026-09-01", "2026-09-29", "2026-09-30", false);
    }

    void leave(const access::Actor& actor, const std::string& admitted, const std::string& decided,
               const std::string& left, bool handed_over) {
        discharges::NewDischarge wanted;
        wanted.desk_id = actor.desks.front();
        wanted.text.subject = "Hip fracture";
        wanted.text.hospital = "Hospital Kita";
        wanted.text.admitted_on = day(admitted);
        wanted.text.decided_on = day(decided);
        wanted.text.left_on = day(left);
        wanted.text.destination.emplace("home");
        auto& paper = wanted.text.papers.emplace_back();
        paper.kind.value = "discharge_record";
        if (handed_over)
            paper.received_on = day(left);
        (void)discharges->create(actor, wanted, "");
    }

    Indicator make(Figure figure, const std::string& period) {
        NewIndicator wanted;
        wanted.desk_id = center;
        wanted.text.name = "Counted";
        wanted.text.direction.emplace("lower");
        wanted.text.period = period;
        wanted.text.figure = figure;
        return indicators->create(coordinator, wanted, "");
    }

    const std::filesystem::path packs_folder = std::filesystem::path(TSUNAGI_SOURCE_DIR) / "packs" / "standard";
    discharges::DeskFiguresService figures{packs_folder};
    std::unique_ptr<holidays::HolidayService> holidays;
    std::unique_ptr<discharges::DischargeService> discharges;
    std::unique_ptr<IndicatorService> indicators;
};

TSUNAGI_BOTH_ENGINES(CountedIndicatorsTest);

TEST_P(CountedIndicatorsTest, AFiscalYearSaysMedianDaysAndHowManyStandBehindThem) {
    const auto indicator = make(Figure::days_to_decision, "fiscal_year");
    ASSERT_EQ(indicator.counted.size(), 2U);
    const auto& past = indicator.counted.front();
    EXPECT_EQ(past.period, "2025");
    EXPECT_EQ(past.value, 10.0);
    EXPECT_EQ(past.cases, 1);
    EXPECT_EQ(past.from.str(), "2025-04-01");
    EXPECT_EQ(past.to.str(), "2026-03-31");
    EXPECT_TRUE(past.over);
    const auto& running = indicator.counted.back();
    EXPECT_EQ(running.period, "2026");
    EXPECT_FALSE(running.over);
    EXPECT_TRUE(indicator.values.empty()) << "what is counted is not written down";
}

TEST_P(CountedIndicatorsTest, MissedHandoversAreCountedAndNothingIsSaidOfNothing) {
    const auto counted = make(Figure::missed_handovers, "month").counted;
    ASSERT_FALSE(counted.empty());
    EXPECT_EQ(counted.front().period, "2025-06");
    EXPECT_EQ(counted.front().value, 0.0);
    EXPECT_EQ(counted.front().cases, 1);
    const auto july = counted.at(1);
    EXPECT_EQ(july.period, "2025-07");
    EXPECT_FALSE(july.value.has_value());
    const auto may = std::ranges::find(counted, "2026-05", &CountedValue::period);
    ASSERT_NE(may, counted.end());
    EXPECT_EQ(may->value, 1.0);
    const auto shares = make(Figure::missed_handover_share, "fiscal_year").counted;
    EXPECT_EQ(shares.front().value, 0.0);
    EXPECT_EQ(shares.back().value, 50.0) << "the centre's of May; the station handed over";
    EXPECT_EQ(make(Figure::handovers_in_time_share, "fiscal_year").counted.back().value, 50.0);
}

TEST_P(CountedIndicatorsTest, EverybodyWhoSeesTheIndicatorSeesTheSameFigures) {
    database().write([&](db::WriteTx& tx) {
        tx.execute("UPDATE desks SET parent_id = :center WHERE id = :far",
                   db::Params().set("center", center).set("far", far_desk));
    });
    const auto made = make(Figure::days_of_stay, "fiscal_year");
    for (const auto* actor : {&coordinator, &colleague, &officer}) {
        const auto seen = indicators->get(*actor, made.id);
        ASSERT_EQ(seen.counted.size(), 2U);
        EXPECT_EQ(seen.counted[0].value, 19.0);
        EXPECT_EQ(seen.counted[1].cases, made.counted[1].cases);
    }
    EXPECT_EQ(faults([&] { (void)indicators->get(stranger, made.id); }), std::set<std::string>{"not_found"});
    EXPECT_EQ(made.counted[1].value, 9.0) << "no discharge of another city, even below the desk";
}

TEST_P(CountedIndicatorsTest, TheListAndAnEvaluationTakeEndedPeriodsAndWhatIsWrittenByHandGoesBefore) {
    auto indicator = make(Figure::days_to_decision, "fiscal_year");
    IndicatorSeries series;
    series.targets.emplace_back().period = "2026";
    series.targets.back().value = 7;
    indicator = indicators->change_series(coordinator, indicator.id, indicator.version, series);
    ASSERT_EQ(indicator.counted.size(), 2U) << "saving the series keeps what is counted in sight";
    auto row = indicators->list(coordinator, {}).items.at(0);
    EXPECT_EQ(row.last_period, "2025") << "the running year is not judged";
    EXPECT_EQ(row.last_value, 10.0);
    EXPECT_EQ(row.reached, false);
    EXPECT_EQ(row.figure, Figure::days_to_decision);

    const measures::MeasureService measures(database(), *audit, *packs, clock);
    measures::NewMeasure about;
    about.text.title = "Conferences earlier";
    EvaluationText text;
    text.measure_id = measures.create(coordinator, about, "").id;
    text.evaluated_on = day("2026-11-01");
    text.finding = "Still slow";
    text.outcome = Outcome::continue_;
    text.judgements.emplace_back().indicator_id = indicator.id;
    const auto judged = indicators->evaluate(coordinator, text, "");
    EXPECT_EQ(judged.text.judgements.at(0).value, 10.0);

    auto& written = series.values.emplace_back();
    written.period = "2025";
    written.value = 12.5;
    (void)indicators->change_series(coordinator, indicator.id, indicator.version, series);
    EXPECT_EQ(indicators->list(coordinator, {}).items.at(0).last_value, 12.5);
    EXPECT_EQ(indicators->evaluation(coordinator, judged.id).text.judgements.at(0).value, 10.0);
}

TEST_P(CountedIndicatorsTest, TheStatementsOfAListDoNotGrowWithTheIndicators) {
    (void)make(Figure::days_to_decision, "fiscal_year");
    (void)make(Figure::missed_handovers, "month");
    const auto statements = [&] {
        const auto before = database().statements();
        (void)indicators->list(coordinator, {});
        return database().statements() - before;
    };
    const auto few = statements();
    (void)make(Figure::readmissions, "month");
    (void)make(Figure::days_of_stay, "fiscal_year");
    EXPECT_EQ(statements(), few);
}

TEST_P(CountedIndicatorsTest, ADayIsNoPeriodToCount) {
    EXPECT_EQ(faults([&] { (void)make(Figure::readmissions, "point"); }),
              std::set<std::string>{"/text/period not_allowed"});
}

}  // namespace
}  // namespace tsunagi::app
