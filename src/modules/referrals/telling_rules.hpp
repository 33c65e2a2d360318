// SPDX-License-Identifier: Apache-2.0
// What an ask tells somebody outside, and what of it is no longer so. Pure.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "modules/referrals/referral.hpp"

namespace tsunagi::referrals {

/// What a case has to tell; codes where the sheet has codes.
struct CaseFacts {
    std::optional<std::string> age_band;
    std::optional<std::string> household;
    std::optional<std::string> care_level;
    std::string illness;
    std::string city;
    std::string district;
};
BOOST_DESCRIBE_STRUCT(CaseFacts, (), (age_band, household, care_level, illness, city, district))

/// The conditions, and of the case only what was chosen and is written in it.
[[nodiscard]] ToldText told_of(const ReferralText& text, const MatchText& match, const CaseFacts& facts);

/// Whether the value of a fact is a code, whose scheme has the name of the fact.
[[nodiscard]] bool is_coded(ShownFact fact);

/// What is not the same: members of ToldText, of its `match`, names of facts.
[[nodiscard]] std::vector<std::string> differing(const ToldText& told, const ToldText& now);

}  // namespace tsunagi::referrals
