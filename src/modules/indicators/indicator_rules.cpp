// SPDX-License-Identifier: Apache-2.0
#include "modules/indicators/indicator_rules.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace tsunagi::indicators {
namespace {

template <class Id>
void check_links(const std::vector<Id>& ids, const std::string& pointer, std::vector<core::FieldError>& errors) {
    std::set<Id> seen;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        if (!seen.insert(ids[i]).second)
            errors.push_back({pointer + "/" + std::to_string(i), "duplicate", ""});
    }
}

/// Every period of the list exists and comes once, however it is written.
template <class Item>
void check_periods(const std::vector<Item>& items, const std::string& pointer, std::vector<core::FieldError>& errors) {
    std::set<std::string> seen;
    for (std::size_t i = 0; i < items.size(); ++i) {
        const std::string place = pointer + "/" + std::to_string(i) + "/period";
        if (!last_day(items[i].period))
            errors.push_back({place, "format", ""});
        if (!seen.insert(items[i].period.str()).second)
            errors.push_back({place, "duplicate", ""});
    }
}

template <class Item>
void sort_items(std::vector<Item>& items) {
    std::ranges::stable_sort(items, [](const Item& a, const Item& b) {
        const auto day_a = last_day(a.period);
        const auto day_b = last_day(b.period);
        return day_a != day_b ? day_a < day_b : a.period.str() < b.period.str();
    });
}

}  // namespace

std::vector<core::FieldError> check(const IndicatorText& text, const packs::CodeBook& codes, const core::Date& today,
                                    const std::string& root, const IndicatorText* before) {
    static const IndicatorText nothing;
    const IndicatorText& old = before == nullptr ? nothing : *before;
    std::vector<core::FieldError> errors;
    codes.check(text.scenes, today, root + "/scenes", errors, old.scenes);
    codes.check(text.kind, today, root + "/kind", errors, text.kind == old.kind);
    codes.check(text.view, today, root + "/view", errors, text.view == old.view);
    codes.check(text.grain, today, root + "/grain", errors, text.grain == old.grain);
    codes.check(text.direction, today, root + "/direction", errors, text.direction == old.direction);
    const std::string& period = text.period;
    if (!period.empty() && period != "month" && period != "fiscal_year" && period != "point") {
        errors.push_back({root + "/period", "unknown_code", ""});
    }
    if (text.figure && period == "point")
        errors.push_back({root + "/period", "not_allowed", ""});
    check_links(text.issue_ids, root + "/issue_ids", errors);
    check_links(text.measure_ids, root + "/measure_ids", errors);
    return errors;
}

std::vector<core::FieldError> check(const IndicatorSeries& series, const packs::CodeBook& codes,
                                    const core::Date& today, const IndicatorSeries* before) {
    std::vector<core::FieldError> errors;
    check_periods(series.values, "/values", errors);
    check_periods(series.targets, "/targets", errors);
    for (std::size_t i = 0; i < series.values.size(); ++i) {
        const IndicatorValue& value = series.values[i];
        const std::string pointer = "/values/" + std::to_string(i);
        if (!value.value && !value.missing_reason)
            errors.push_back({pointer + "/value", "required", ""});
        if (value.value && value.missing_reason)
            errors.push_back({pointer + "/missing_reason", "not_allowed", ""});
        if (value.value && !std::isfinite(*value.value))
            errors.push_back({pointer + "/value", "range", ""});
        if (value.cases && *value.cases < 0)
            errors.push_back({pointer + "/cases", "range", "0"});
        const bool kept = before != nullptr && std::ranges::any_of(before->values, [&](const IndicatorValue& old) {
                              return old.period == value.period && old.missing_reason == value.missing_reason;
                          });
        codes.check(value.missing_reason, today, pointer + "/missing_reason", errors, kept);
    }
    for (std::size_t i = 0; i < series.targets.size(); ++i) {
        if (std::isfinite(series.targets[i].value))
            continue;
        errors.push_back({"/targets/" + std::to_string(i) + "/value", "range", ""});
    }
    return errors;
}

std::vector<core::FieldError> check(const EvaluationText& text, const core::Date& latest_day) {
    std::vector<core::FieldError> errors;
    if (!text.measure_id && !text.issue_id)
        errors.push_back({"/measure_id", "required", ""});
    if (text.evaluated_on > latest_day)
        errors.push_back({"/evaluated_on", "future", ""});
    std::set<core::IndicatorId> seen;
    for (std::size_t i = 0; i < text.judgements.size(); ++i) {
        if (seen.insert(text.judgements[i].indicator_id).second)
            continue;
        errors.push_back({"/judgements/" + std::to_string(i) + "/indicator_id", "duplicate", ""});
    }
    return errors;
}

std::optional<core::Date> last_day(const std::string& period) {
    switch (period.size()) {
        case 4: {
            const auto april = core::Date::parse(period + "-04-01");
            if (!april)
                return std::nullopt;
            return core::Date::parse(std::to_string(april->year() + 1) + "-03-31");
        }
        case 7: {
            const auto first = core::Date::parse(period + "-01");
            if (!first)
                return std::nullopt;
            const core::Date next = first->plus_days(31);
            return next.plus_days(-static_cast<int>(next.day()));
        }
        case 10:
            return core::Date::parse(period);
        default:
            return std::nullopt;
    }
}

std::vector<CountedValue> counted_values(Figure figure, const std::vector<PeriodFigures>& periods,
                                         const core::Date& today) {
    std::vector<CountedValue> values;
    for (const auto& one : periods) {
        const auto amount = one.amounts.find(figure);
        const auto day = last_day(one.period);
        if (amount == one.amounts.end() || !day || (values.empty() && amount->second.cases == 0))
            continue;
        const auto first = core::Date::parse(one.period + (one.period.size() == 4 ? "-04-01" : "-01"));
        values.push_back({one.period, amount->second.value, amount->second.cases, first.value(), *day, *day < today});
    }
    return values;
}

core::Date counted_from(const std::string& period, const core::Date& today) {
    if (period == "month")
        return core::Date::parse(std::to_string(today.year() - 3) + today.str().substr(4, 3) + "-01").value();
    return core::Date::parse(std::to_string(today.fiscal_year() - 9) + "-04-01").value();
}

void add_counted(std::vector<IndicatorValue>& values, const std::vector<CountedValue>& counted) {
    for (const auto& one : counted) {
        const bool written =
            std::ranges::any_of(values, [&](const IndicatorValue& value) { return value.period.str() == one.period; });
        if (written || !one.over || !one.value)
            continue;
        IndicatorValue value;
        value.period = one.period;
        value.value = one.value;
        value.cases = one.cases;
        values.push_back(std::move(value));
    }
    sort_items(values);
}

void sort_by_period(IndicatorSeries& series) {
    sort_items(series.values);
    sort_items(series.targets);
}

const IndicatorValue* last_value(const std::vector<IndicatorValue>& values, const std::optional<core::Date>& until) {
    const IndicatorValue* best = nullptr;
    for (const auto& value : values) {
        const auto day = last_day(value.period);
        if (!value.value || !day || (until && *day > *until))
            continue;
        if (best == nullptr || *day >= *last_day(best->period))
            best = &value;
    }
    return best;
}

const IndicatorTarget* target_for(const std::vector<IndicatorTarget>& targets, const std::string& period) {
    const auto from = last_day(period);
    const IndicatorTarget* next = nullptr;
    const IndicatorTarget* last = nullptr;
    for (const auto& target : targets) {
        const auto day = last_day(target.period);
        if (!day)
            continue;
        if (last == nullptr || *day > *last_day(last->period))
            last = &target;
        if (from && *day < *from)
            continue;
        if (next == nullptr || *day < *last_day(next->period))
            next = &target;
    }
    return next == nullptr ? last : next;
}

std::optional<bool> reached(const std::optional<record::Code<"direction">>& direction,
                            const std::optional<double>& value, const std::optional<double>& target) {
    if (!direction || !value || !target)
        return std::nullopt;
    if (direction->str() == "higher")
        return *value >= *target;
    if (direction->str() == "lower")
        return *value <= *target;
    return std::nullopt;
}

}  // namespace tsunagi::indicators
