// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "http/operation.hpp"
#include "modules/referrals/gap_service.hpp"
#include "modules/referrals/match_service.hpp"
#include "modules/referrals/referral_answer_service.hpp"
#include "modules/referrals/referral_service.hpp"

namespace tsunagi::referrals {

[[nodiscard]] std::vector<http::Operation> routes(const MatchService& matches, const ReferralService& referrals,
                                                  const ReferralAnswerService& answers, const GapService& gaps);

}  // namespace tsunagi::referrals
