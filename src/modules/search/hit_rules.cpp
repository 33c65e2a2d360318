// SPDX-License-Identifier: Apache-2.0
#include "modules/search/hit_rules.hpp"

#include <algorithm>
#include <charconv>

#include "modules/activities/activity.hpp"
#include "modules/indicators/indicator.hpp"
#include "modules/issues/issue.hpp"
#include "modules/measures/measure.hpp"
#include "modules/meetings/meeting.hpp"

namespace tsunagi::search {
namespace {

using consultations::IdNumber;

/// What lets somebody read records of this kind; nothing for everybody who is signed in.
const char* permission_for(HitKind kind) {
    switch (kind) {
        case HitKind::consultation:
        case HitKind::activity:
            return "consultations.read";
        case HitKind::attachment:
            return "persons.read";
        case HitKind::referral:
            return "referrals.read";
        case HitKind::discharge:
            return "discharges.read";
        case HitKind::issue:
            return "issues.read";
        case HitKind::meeting:
            return "meetings.read";
        case HitKind::measure:
            return "measures.read";
        case HitKind::indicator:
        case HitKind::evaluation:
            return "indicators.read";
        case HitKind::user:
            return "";
    }
    return "";
}

}  // namespace

std::size_t limit_of(const SearchFilter& filter) {
    const std::int64_t limit = filter.limit.value_or(5);
    if (limit < 1 || limit > 50)
        throw core::invalid({{"?limit", "range", "1-50"}});
    return static_cast<std::size_t>(limit);
}

std::string text_of(const Rank& rank) {
    return std::to_string(rank.day) + "~" + rank.id.id().str();
}

std::optional<Rank> after_of(const SearchFilter& filter) {
    if (filter.after.empty())
        return std::nullopt;
    const std::string_view text = filter.after.value;
    const std::size_t mark = std::min(text.find('~'), text.size());
    Rank rank;
    const auto [end, error] = std::from_chars(text.data(), text.data() + mark, rank.day);
    if (filter.kind.size() != 1 || error != std::errc{} || end != text.data() + mark || mark == text.size() ||
        !core::is_uuid(text.substr(mark + 1)))
        throw core::invalid({{"?after", "format", ""}});
    rank.id = IdNumber::of(text.substr(mark + 1));
    return rank;
}

bool has_any_state(HitKind kind, const SearchFilter& filter) {
    if (filter.state.empty())
        return true;
    switch (kind) {
        case HitKind::consultation:
            return !states_of<consultations::ConsultationState>(filter).empty();
        case HitKind::activity:
            return !states_of<activities::ActivityState>(filter).empty();
        case HitKind::referral:
        case HitKind::discharge:
            return true;  // both modules call this one, so their states are compared hit by hit
        case HitKind::issue:
            return !states_of<issues::IssueState>(filter).empty();
        case HitKind::meeting:
            return !states_of<meetings::MeetingState>(filter).empty();
        case HitKind::measure:
            return !states_of<measures::MeasureState>(filter).empty();
        case HitKind::evaluation:
            return !states_of<indicators::Outcome>(filter).empty();
        case HitKind::attachment:
        case HitKind::indicator:
        case HitKind::user:
            return false;
    }
    return false;
}

bool fits(const Hit& hit, const SearchFilter& filter) {
    if (!filter.desk.empty() && (!hit.desk_id || std::ranges::find(filter.desk, *hit.desk_id) == filter.desk.end()))
        return false;
    if (!filter.state.empty() &&
        std::ranges::find(filter.state, hit.state, &record::CodeName::value) == filter.state.end())
        return false;
    if (!filter.from && !filter.to && !filter.fiscal_year)
        return true;
    return hit.on && (!filter.from || *hit.on >= *filter.from) && (!filter.to || *hit.on <= *filter.to) &&
           (!filter.fiscal_year || hit.on->fiscal_year() == *filter.fiscal_year);
}

std::vector<HitKind> kinds_of(const access::Actor& actor, const SearchFilter& filter) {
    std::vector<HitKind> result;
    for (const HitKind kind :
         {HitKind::consultation, HitKind::activity, HitKind::attachment, HitKind::referral, HitKind::discharge,
          HitKind::issue, HitKind::meeting, HitKind::measure, HitKind::indicator, HitKind::evaluation, HitKind::user}) {
        const bool asked = filter.kind.empty() || std::ranges::find(filter.kind, kind) != filter.kind.end();
        if (asked && (kind == HitKind::user || actor.may(permission_for(kind))))
            result.push_back(kind);
    }
    return result;
}

}  // namespace tsunagi::search
