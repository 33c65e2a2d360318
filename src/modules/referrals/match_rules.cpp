// SPDX-License-Identifier: Apache-2.0
#include "modules/referrals/match_rules.hpp"

#include <algorithm>
#include <limits>
#include <tuple>

#include "record/scalar.hpp"

namespace tsunagi::referrals {
namespace {

template <class T>
bool holds(const std::vector<T>& list, const T& value) {
    return std::ranges::find(list, value) != list.end();
}

std::string text_of(Weekday day) {
    return record::StringScalar<Weekday>::to(day);
}

/// All that is wanted; a place of which nothing is written may have it.
template <class Code>
FitPoint all_of(const char* condition, const std::vector<Code>& wanted, const std::vector<Code>& there) {
    FitPoint point{condition, Fit::unknown, {}, {}};
    if (there.empty())
        return point;
    for (const auto& one : wanted) {
        if (!holds(there, one))
            point.missing.push_back(one.value);
    }
    point.fit = point.missing.empty() ? Fit::fits : Fit::misses;
    return point;
}

/// Who answers at any hour answers at each of them; Saturdays and holidays are known of published days as well.
FitPoint open_times(const MatchText& text, const PlaceFacts& place) {
    constexpr const char* any_hour = "always";
    auto there = place.open_times;
    const bool published = !place.open_days.empty();
    if (std::ranges::any_of(there, [&](const auto& one) { return one.value == any_hour; })) {
        there = text.open_times;
    } else if (published) {
        if (holds<std::string>(place.open_days, "sat"))
            there.emplace_back("saturday");
        if (holds<std::string>(place.open_days, "sun") || holds<std::string>(place.open_days, "holiday"))
            there.emplace_back("sunday");
    }
    return all_of("open_times", text.open_times, there);
}

/// One of them is enough.
FitPoint languages(const MatchText& text, const PlaceFacts& place) {
    FitPoint point{"languages", Fit::unknown, {}, {}};
    if (place.languages.empty())
        return point;
    const bool any = std::ranges::any_of(text.languages, [&](const auto& one) { return holds(place.languages, one); });
    point.fit = any ? Fit::fits : Fit::misses;
    for (const auto& one : text.languages) {
        if (!any)
            point.missing.push_back(one.value);
    }
    return point;
}

/// What the municipality wrote of the districts decides, then how far the place goes, then where it stands.
FitPoint district(const MatchText& text, const PlaceFacts& place) {
    FitPoint point{"district", Fit::unknown, {}, place.area};
    if (!place.district_ids.empty())
        point.fit = holds(place.district_ids, *text.district_id) ? Fit::fits : Fit::misses;
    else if (place.reach_km && place.distance_km)
        point.fit = *place.distance_km <= static_cast<double>(*place.reach_km) ? Fit::fits : Fit::misses;
    else if (place.in_district)
        point.fit = Fit::fits;
    return point;
}

FitPoint days(const MatchText& text, const PlaceFacts& place) {
    FitPoint point{"days", Fit::unknown, {}, {}};
    if (place.open_days.empty())
        return point;
    for (const Weekday wanted : text.days) {
        if (!holds(place.open_days, text_of(wanted)))
            point.missing.push_back(text_of(wanted));
    }
    point.fit = point.missing.empty() ? Fit::fits : Fit::misses;
    return point;
}

FitPoint contact(const MatchText& text, const PlaceFacts& place) {
    FitPoint point{"contact", Fit::unknown, {}, {}};
    if (place.contact)
        point.fit = *place.contact == *text.contact ? Fit::fits : Fit::misses;
    return point;
}

template <class T>
void check_once(const std::vector<T>& list, const std::string& pointer, std::vector<core::FieldError>& errors) {
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (std::find(list.begin(), list.begin() + static_cast<std::ptrdiff_t>(i), list[i]) !=
            list.begin() + static_cast<std::ptrdiff_t>(i))
            errors.push_back({pointer + "/" + std::to_string(i), "duplicate", ""});
    }
}

}  // namespace

std::vector<core::FieldError> check(const MatchText& text, const packs::CodeBook& codes, const core::Date& today,
                                    const MatchText& before, const std::string& root) {
    std::vector<core::FieldError> errors;
    codes.check(text.service, today, root + "/service", errors, text.service == before.service);
    codes.check(text.treatments, today, root + "/treatments", errors, before.treatments);
    codes.check(text.open_times, today, root + "/open_times", errors, before.open_times);
    codes.check(text.contact, today, root + "/contact", errors, text.contact == before.contact);
    codes.check(text.languages, today, root + "/languages", errors, before.languages);
    codes.check(text.costs, today, root + "/costs", errors, before.costs);
    check_once(text.days, root + "/days", errors);
    return errors;
}

std::vector<core::FieldError> check(const MatchStateChange& change, const packs::CodeBook& codes,
                                    const core::Date& today) {
    std::vector<core::FieldError> errors;
    codes.check(change.reason, today, "/reason", errors);
    if (change.state == CaseMatchState::not_found && !change.reason)
        errors.push_back({"/reason", "required", ""});
    if (change.state != CaseMatchState::not_found && change.reason)
        errors.push_back({"/reason", "not_allowed", ""});
    return errors;
}

std::vector<FitPoint> fit(const MatchText& text, const PlaceFacts& place) {
    std::vector<FitPoint> points;
    if (!text.treatments.empty())
        points.push_back(all_of("treatments", text.treatments, place.treatments));
    if (text.district_id)
        points.push_back(district(text, place));
    if (!text.days.empty())
        points.push_back(days(text, place));
    if (!text.open_times.empty())
        points.push_back(open_times(text, place));
    if (text.contact)
        points.push_back(contact(text, place));
    if (!text.languages.empty())
        points.push_back(languages(text, place));
    if (!text.costs.empty())
        points.push_back(all_of("costs", text.costs, place.costs));
    return points;
}

void rank(std::vector<Candidate>& candidates) {
    const auto key = [](const Candidate& one) {
        const auto known =
            std::ranges::count_if(one.points, [](const FitPoint& point) { return point.fit == Fit::fits; });
        return std::tuple(one.misses, -known, one.distance_km.value_or(std::numeric_limits<double>::max()));
    };
    std::ranges::stable_sort(candidates, [&](const Candidate& a, const Candidate& b) { return key(a) < key(b); });
}

}  // namespace tsunagi::referrals
