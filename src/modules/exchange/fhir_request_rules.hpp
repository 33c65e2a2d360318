// SPDX-License-Identifier: Apache-2.0
// Asks of places as FHIR R4: the ServiceRequest is what was asked, the Task follows it. Nothing of the case goes in,
// and none of the words that were written about it. Pure.
#pragma once
#include <string>

#include <boost/json.hpp>

#include "modules/exchange/exchange_words.hpp"
#include "modules/packs/packs_service.hpp"
#include "modules/referrals/referral.hpp"

namespace tsunagi::exchange {

/// Of an ask what may leave the desk.
struct AskedPlace {
    referrals::ReferralId id;
    resources::PlaceId place_id;
    std::string place_name;
    std::string service;
    referrals::ReferralState state{};
    core::Instant created_at;
    std::optional<core::Date> reply_by;
    std::optional<referrals::ReferralAnswer> answer;
    std::optional<referrals::RefusalReason> reason;
    std::optional<referrals::ReferralOutcome> outcome;
};

[[nodiscard]] AskedPlace asked_place(const referrals::ReferralRow& row);
[[nodiscard]] AskedPlace asked_place(const referrals::Referral& referral);

[[nodiscard]] boost::json::object service_request(const AskedPlace& ask, const ExchangeWords& words,
                                                  const packs::CodeBook& codes);
[[nodiscard]] boost::json::object task(const AskedPlace& ask, const ExchangeWords& words, const packs::CodeBook& codes);

}  // namespace tsunagi::exchange
