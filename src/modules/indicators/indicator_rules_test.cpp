// SPDX-License-Identifier: Apache-2.0
#include "modules/indicators/indicator_rules.hpp"

#include <limits>

#include <gtest/gtest.h>

namespace tsunagi::indicators {
namespace {

core::Date day(const char* text) {
    return core::Date::parse(text).value();
}

const core::Date today = day("2026-11-17");

packs::CodeBook codes() {
    std::vector<packs::Scheme> schemes;
    for (const auto& [name, code] : std::vector<std::pair<const char*, const char*>>{{"scene", "daily"},
                                                                                     {"indicator_kind", "outcome"},
                                                                                     {"indicator_view", "cost"},
                                                                                     {"grain", "ward"},
                                                                                     {"direction", "lower"},
                                                                                     {"missing_reason", "pending"}}) {
        packs::Scheme scheme;
        scheme.name = record::CodeName(name);
        packs::CodeEntry entry;
        entry.code = record::CodeName(code);
        scheme.codes.push_back(entry);
        schemes.push_back(scheme);
    }
    return packs::CodeBook(schemes, packs::Sheet{});
}

IndicatorValue value(const char* period, std::optional<double> number) {
    IndicatorValue result;
    result.period = period;
    result.value = number;
    if (!number)
        result.missing_reason.emplace("pending");
    return result;
}

IndicatorTarget target(const char* period, double number) {
    IndicatorTarget result;
    result.period = period;
    result.value = number;
    return result;
}

std::vector<std::string> named(const std::vector<core::FieldError>& errors) {
    std::vector<std::string> result;
    for (const auto& error : errors)
        result.push_back(error.pointer + " " + error.reason);
    return result;
}

TEST(IndicatorRules, PeriodsEndOnTheirLastDay) {
    EXPECT_EQ(last_day("2026"), day("2027-03-31"));
    EXPECT_EQ(last_day("2026-10"), day("2026-10-31"));
    EXPECT_EQ(last_day("2024-02"), day("2024-02-29"));
    EXPECT_EQ(last_day("2026-02"), day("2026-02-28"));
    EXPECT_EQ(last_day("2026-12"), day("2026-12-31"));
    EXPECT_EQ(last_day("2026-10-31"), day("2026-10-31"));
    for (const char* wrong :
         {"", "26", "2026-13", "2026-00", "2026-1", "2026-02-30", "2026/10", "abcd", "2026-10-3x"}) {
        EXPECT_FALSE(last_day(wrong).has_value()) << wrong;
    }
}

TEST(IndicatorRules, ASeriesHasAValueOrAReasonForEachPeriodOnce) {
    IndicatorSeries series;
    series.values = {value("2026-04", 49.0), value("2026-05", {})};
    series.targets = {target("2027-03", 21.0)};
    EXPECT_TRUE(check(series, codes(), today).empty());

    series.values[0].missing_reason.emplace("pending");
    series.values[1].missing_reason.reset();
    series.values.push_back(value("2026-04", 1.0));
    series.values.push_back(value("2026-99", std::numeric_limits<double>::infinity()));
    series.values.push_back(value("2026-06", {}));
    series.values[4].missing_reason.emplace("forgotten");
    series.values[4].cases = -1;
    series.targets.push_back(target("2027-03", 20.0));
    EXPECT_EQ(named(check(series, codes(), today)),
              (std::vector<std::string>{"/values/2/period duplicate", "/values/3/period format",
                                        "/targets/1/period duplicate", "/values/0/missing_reason not_allowed",
                                        "/values/1/value required", "/values/3/value range", "/values/4/cases range",
                                        "/values/4/missing_reason unknown_code"}));
}

TEST(IndicatorRules, PeriodsOfDifferentFormsStandInTheOrderOfTheirEnd) {
    IndicatorSeries series;
    series.values = {value("2026", 3.0), value("2026-10-15", 2.0), value("2026-09", 1.0)};
    sort_by_period(series);
    EXPECT_EQ(series.values[0].period.str(), "2026-09");
    EXPECT_EQ(series.values[2].period.str(), "2026");
}

TEST(IndicatorRules, TheLastValueIsTheNewestThatIsThere) {
    const std::vector<IndicatorValue> values{value("2026-09", 31.0), value("2026-10", 26.0), value("2026-11", {})};
    EXPECT_EQ(last_value(values)->value, 26.0);
    EXPECT_EQ(last_value(values, day("2026-10-30"))->value, 31.0);
    EXPECT_EQ(last_value(values, day("2026-08-30")), nullptr);
    EXPECT_EQ(last_value({}), nullptr);
}

TEST(IndicatorRules, AValueIsOnTheWayToTheNextTarget) {
    const std::vector<IndicatorTarget> targets{target("2026-09", 30.0), target("2027-03", 21.0), target("2027", 14.0)};
    EXPECT_EQ(target_for(targets, "2026-09")->value, 30.0);
    EXPECT_EQ(target_for(targets, "2026-10")->value, 21.0);
    EXPECT_EQ(target_for(targets, "2030")->value, 14.0);
    EXPECT_EQ(target_for(targets, "")->value, 30.0);
    EXPECT_EQ(target_for({}, "2026-10"), nullptr);
}

TEST(IndicatorRules, ReachedDependsOnTheDirection) {
    const std::optional<record::Code<"direction">> higher(record::Code<"direction">("higher"));
    const std::optional<record::Code<"direction">> lower(record::Code<"direction">("lower"));
    EXPECT_EQ(reached(higher, 10.0, 10.0), true);
    EXPECT_EQ(reached(higher, 9.9, 10.0), false);
    EXPECT_EQ(reached(lower, 21.0, 21.0), true);
    EXPECT_EQ(reached(lower, 26.0, 21.0), false);
    EXPECT_FALSE(reached({}, 1.0, 1.0).has_value());
    EXPECT_FALSE(reached(lower, {}, 1.0).has_value());
    EXPECT_FALSE(reached(lower, 1.0, {}).has_value());
}

TEST(IndicatorRules, ATextNamesEveryFault) {
    IndicatorText text;
    text.scenes = {record::Code<"scene">("daily"), record::Code<"scene">("daily")};
    text.kind.emplace("nothing");
    text.period = "week";
    const auto issue = core::IssueId::make();
    text.issue_ids = {issue, issue};
    EXPECT_EQ(named(check(text, codes(), today, "/text")),
              (std::vector<std::string>{"/text/scenes/1 duplicate", "/text/kind unknown_code",
                                        "/text/period unknown_code", "/text/issue_ids/1 duplicate"}));
}

TEST(IndicatorRules, AnEvaluationIsOfSomethingOnADayThatHasCome) {
    EvaluationText text;
    text.evaluated_on = day("2026-11-18");
    Judgement judgement;
    judgement.indicator_id = core::IndicatorId::make();
    text.judgements = {judgement, judgement};
    EXPECT_EQ(named(check(text, today)), (std::vector<std::string>{"/measure_id required", "/evaluated_on future",
                                                                   "/judgements/1/indicator_id duplicate"}));
    text.issue_id = core::IssueId::make();
    text.evaluated_on = today;
    text.judgements.pop_back();
    EXPECT_TRUE(check(text, today).empty());
}

}  // namespace
}  // namespace tsunagi::indicators
