// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "modules/access/actor.hpp"
#include "modules/exchange/fhir_request_rules.hpp"
#include "modules/exchange/fhir_service.hpp"
#include "modules/referrals/referral_service.hpp"

namespace tsunagi::exchange {

/// Asks of places that the person sees, as FHIR R4 and without the person they are for.
class FhirRequestService {
public:
    FhirRequestService(const referrals::ReferralService& referrals, const packs::PacksService& packs,
                       const ExchangeWords& words)
        : referrals_(referrals), packs_(packs), words_(words) {}

    enum class Type { ServiceRequest, Task };
    /// A Bundle of the type searchset. Throws `invalid` at `?_count`, `?_format`, `?after`.
    [[nodiscard]] std::string search(const access::Actor& actor, const FhirCall& call, Type type,
                                     const RequestQuery& query) const;
    /// Throws `not_found`. Reading one is a row of the audit.
    [[nodiscard]] std::string read(const access::Actor& actor, Type type, const FhirForm& form,
                                   const std::string& id) const;

private:
    const referrals::ReferralService& referrals_;  // NOLINT: the application owns them
    const packs::PacksService& packs_;             // NOLINT
    const ExchangeWords& words_;                   // NOLINT
};

}  // namespace tsunagi::exchange
