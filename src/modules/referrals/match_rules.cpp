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

FitPoint treatments(const MatchText& text, const PlaceFacts& place) {
    FitPoint point{"treatments", Fit::unknown, {}, {}};
    if (place.treatments.empty())
        return point;
    for (const auto& wanted : text.treatments) {
        if (!holds(place.treatments, wanted))
            point.missing.push_back(wanted.value);
    }
    point.fit = point.missing.empty() ? Fit::fits : Fit::misses;
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
    codes.check(text.contact, today, root + "/contact", errors, text.contact == before.contact);
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
        points.push_back(treatments(text, place));
    if (text.district_id)
        points.push_back(district(text, place));
    if (!text.days.empty())
        points.push_back(days(text, place));
    if (text.contact)
        points.push_back(contact(text, place));
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
