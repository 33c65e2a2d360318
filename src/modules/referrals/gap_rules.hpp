// SPDX-License-Identifier: Apache-2.0
// The table of what is missing, from what was asked and searched for: pure.
#pragma once
#include <vector>

#include "modules/referrals/gap.hpp"
#include "modules/referrals/referral.hpp"

namespace tsunagi::referrals {

/// An ask that was answered or given up.
struct AskFact {
    std::optional<core::RegionId> district_id;
    resources::ServiceCode service;
    core::ConsultationId consultation_id;
    ReferralAnswer answer{};
    std::optional<RefusalReason> reason;
    std::optional<ReferralOutcome> outcome;
    std::optional<RefusalReason> outcome_reason;
    std::optional<double> distance_km;
};
BOOST_DESCRIBE_STRUCT(AskFact, (),
                      (district_id, service, consultation_id, answer, reason, outcome, outcome_reason, distance_km))

struct SearchFact {
    std::optional<core::RegionId> district_id;
    resources::ServiceCode service;
    core::ConsultationId consultation_id;
    CaseMatchState state{};
    std::int64_t fitting = 0;
    std::optional<RefusalReason> reason;
};
BOOST_DESCRIBE_STRUCT(SearchFact, (), (district_id, service, consultation_id, state, fitting, reason))

constexpr std::size_t most_cases = 100;

[[nodiscard]] GapTable gap_table(const std::vector<AskFact>& asks, const std::vector<SearchFact>& searches);

}  // namespace tsunagi::referrals
