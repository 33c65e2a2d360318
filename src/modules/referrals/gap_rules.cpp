// SPDX-License-Identifier: Apache-2.0
#include "modules/referrals/gap_rules.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace tsunagi::referrals {
namespace {

void add_case(std::vector<core::ConsultationId>& cases, const core::ConsultationId& id) {
    if (cases.size() < most_cases && std::ranges::find(cases, id) == cases.end())
        cases.push_back(id);
}

void add_reason(std::vector<GapReason>& reasons, const RefusalReason& reason, const core::ConsultationId& id) {
    auto found = std::ranges::find(reasons, reason, &GapReason::reason);
    if (found == reasons.end()) {
        reasons.push_back({reason, 0, {}});
        found = reasons.end() - 1;
    }
    ++found->count;
    add_case(found->cases, id);
}

/// Counts alike for one row and for all of them; the mean is made of the sum at the end.
struct Sum {
    double kilometres = 0;
    std::int64_t begun = 0;
};

template <class Counts>
void count(Counts& counts, Sum& sum, const AskFact& ask) {
    ++counts.asks;
    if (ask.answer == ReferralAnswer::no)
        ++counts.refused;
    else if (ask.answer == ReferralAnswer::none)
        ++counts.unanswered;
    else
        ++counts.accepted;
    const auto& reason = ask.reason ? ask.reason : ask.outcome_reason;
    if (reason) {
        add_reason(counts.reasons, *reason, ask.consultation_id);
        add_case(counts.cases, ask.consultation_id);
    }
    if (ask.outcome == ReferralOutcome::began && ask.distance_km) {
        sum.kilometres += *ask.distance_km;
        ++sum.begun;
        counts.longest_km = std::max(counts.longest_km.value_or(0), *ask.distance_km);
    }
}

template <class Counts>
void count(Counts& counts, const SearchFact& search) {
    ++counts.searches;
    if (search.state == CaseMatchState::not_found) {
        ++counts.not_found;
        if (search.reason)
            add_reason(counts.reasons, *search.reason, search.consultation_id);
    }
    if (search.fitting == 0)
        ++counts.no_fitting;
    if (search.state == CaseMatchState::not_found || search.fitting == 0)
        add_case(counts.cases, search.consultation_id);
}

template <class Counts>
void finish(Counts& counts, const Sum& sum) {
    if (sum.begun > 0)
        counts.average_km = sum.kilometres / static_cast<double>(sum.begun);
    std::ranges::stable_sort(counts.reasons, std::greater<>(), &GapReason::count);
}

std::int64_t lacking(const GapRow& row) {
    return row.refused + row.unanswered + row.not_found + row.no_fitting;
}

}  // namespace

GapTable gap_table(const std::vector<AskFact>& asks, const std::vector<SearchFact>& searches) {
    using Key = std::pair<std::optional<core::RegionId>, std::string>;
    std::map<Key, std::pair<GapRow, Sum>> rows;
    const auto row = [&](const auto& fact) -> std::pair<GapRow, Sum>& {
        auto& entry = rows[Key(fact.district_id, fact.service.value)];
        entry.first.district_id = fact.district_id;
        entry.first.service = fact.service;
        return entry;
    };
    GapTable table;
    Sum all;
    for (const AskFact& ask : asks) {
        auto& [counts, sum] = row(ask);
        count(counts, sum, ask);
        count(table.total, all, ask);
    }
    for (const SearchFact& search : searches) {
        count(row(search).first, search);
        count(table.total, search);
    }
    for (auto& entry : rows) {
        finish(entry.second.first, entry.second.second);
        table.items.push_back(std::move(entry.second.first));
    }
    finish(table.total, all);
    std::ranges::stable_sort(table.items, std::greater<>(), lacking);
    return table;
}

}  // namespace tsunagi::referrals
