// SPDX-License-Identifier: Apache-2.0
#include "modules/exchange/fhir_request_service.hpp"

#include "modules/exchange/fhir_bundle_rules.hpp"
#include "modules/exchange/fhir_rules.hpp"

namespace tsunagi::exchange {
namespace {

constexpr std::int64_t most_asks = 200;
constexpr std::int64_t usual_asks = 50;

const char* name_of(FhirRequestService::Type type) {
    return type == FhirRequestService::Type::Task ? "Task" : "ServiceRequest";
}

}  // namespace

std::string FhirRequestService::search(const access::Actor& actor, const FhirCall& call, Type type,
                                       const RequestQuery& query) const {
    check_format(query);
    if (query._count && (*query._count < 1 || *query._count > most_asks))
        throw core::invalid({{"?_count", "range", "1-" + std::to_string(most_asks)}});
    referrals::ReferralFilter filter;
    filter.limit = query._count.value_or(usual_asks);
    filter.after = query.after;
    const std::string& place = query.owner.value;
    if (!place.empty()) {
        filter.place = resources::PlaceId::parse(id_of_reference(place, "Organization"));
        if (!filter.place)
            return searchset(call, name_of(type), 0, {}, std::nullopt);
    }
    const auto page = referrals_.list(actor, filter);
    const auto codes = packs_.codes();
    const FhirWriter writer(words_, *codes, call.base);
    boost::json::array entries;
    for (const auto& row : page.items) {
        const AskedPlace ask = asked_place(row);
        entries.push_back(
            writer.entry(type == Type::Task ? task(ask, words_, *codes) : service_request(ask, words_, *codes), true));
    }
    return searchset(call, name_of(type), page.total, std::move(entries), page.next);
}

std::string FhirRequestService::read(const access::Actor& actor, Type type, const FhirForm& form,
                                     const std::string& id) const {
    check_format(form);
    const auto parsed = referrals::ReferralId::parse(id);
    if (!parsed)
        throw core::not_found();
    const AskedPlace ask = asked_place(referrals_.get(actor, *parsed));
    const auto codes = packs_.codes();
    return boost::json::serialize(type == Type::Task ? task(ask, words_, *codes)
                                                     : service_request(ask, words_, *codes));
}

}  // namespace tsunagi::exchange
