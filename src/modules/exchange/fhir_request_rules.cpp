// SPDX-License-Identifier: Apache-2.0
#include "modules/exchange/fhir_request_rules.hpp"

#include "record/json_writer.hpp"

namespace tsunagi::exchange {
namespace {

using boost::json::array;
using boost::json::object;
using referrals::ReferralAnswer;
using referrals::ReferralOutcome;
using referrals::ReferralState;

bool refused(const AskedPlace& ask) {
    return ask.answer == ReferralAnswer::no || ask.answer == ReferralAnswer::none;
}

const char* request_status(const AskedPlace& ask) {
    switch (ask.state) {
        case ReferralState::prepared:
            return "draft";
        case ReferralState::sent:
        case ReferralState::received:
            return "active";
        case ReferralState::answered:
            return refused(ask) ? "completed" : "active";
        case ReferralState::settled:
        case ReferralState::followed:
            return "completed";
        case ReferralState::withdrawn:
            return "revoked";
    }
    return "unknown";
}

const char* task_status(const AskedPlace& ask) {
    switch (ask.state) {
        case ReferralState::prepared:
            return "draft";
        case ReferralState::sent:
            return "requested";
        case ReferralState::received:
            return "received";
        case ReferralState::answered:
            return ask.answer == ReferralAnswer::no ? "rejected" : refused(ask) ? "failed" : "accepted";
        case ReferralState::settled:
        case ReferralState::followed:
            if (ask.outcome == ReferralOutcome::failed)
                return "failed";
            return ask.outcome == ReferralOutcome::declined ? "cancelled" : "completed";
        case ReferralState::withdrawn:
            return "cancelled";
    }
    return "draft";
}

object concept_of(const std::string& system, const char* scheme, const std::string& code,
                  const packs::CodeBook& codes) {
    const packs::CodeEntry* entry = codes.code(scheme, code);
    const std::string label = entry == nullptr ? code : entry->label.ja.value;
    return {{"coding", array{object{{"system", system}, {"code", code}, {"display", label}}}}, {"text", label}};
}

object place_of(const char* type, const AskedPlace& ask) {
    return {{"reference", std::string(type) + "/" + ask.place_id.str()}, {"display", ask.place_name}};
}

/// The person is not told, which FHIR allows to be said in words.
object nobody(const ExchangeWords& words) {
    return {{"display", words.text("subject_withheld")}};
}

}  // namespace

AskedPlace asked_place(const referrals::ReferralRow& row) {
    return {row.id,         row.place_id, row.place_name, row.service.value, row.state,
            row.created_at, row.reply_by, row.answer,     row.reason,        row.outcome};
}

AskedPlace asked_place(const referrals::Referral& referral) {
    return {referral.id,          referral.place_id,    referral.place_name,    referral.match.service.value,
            referral.state,       referral.created_at,  referral.text.reply_by, referral.text.answer,
            referral.text.reason, referral.text.outcome};
}

object service_request(const AskedPlace& ask, const ExchangeWords& words, const packs::CodeBook& codes) {
    return {{"resourceType", "ServiceRequest"},
            {"id", ask.id.str()},
            {"status", request_status(ask)},
            {"intent", "proposal"},
            {"code", concept_of(words.system("service"), "resource_service", ask.service, codes)},
            {"subject", nobody(words)},
            {"authoredOn", ask.created_at.str()},
            {"performer", array{place_of("Organization", ask)}},
            {"locationReference", array{place_of("Location", ask)}}};
}

object task(const AskedPlace& ask, const ExchangeWords& words, const packs::CodeBook& codes) {
    object result{{"resourceType", "Task"},
                  {"id", ask.id.str()},
                  {"status", task_status(ask)},
                  {"businessStatus", object{{"coding", array{object{{"system", words.system("referral_state")},
                                                                    {"code", record::to_text(ask.state)}}}}}},
                  {"intent", "proposal"},
                  {"code", concept_of(words.system("service"), "resource_service", ask.service, codes)},
                  {"focus", object{{"reference", "ServiceRequest/" + ask.id.str()}}},
                  {"authoredOn", ask.created_at.str()},
                  {"owner", place_of("Organization", ask)}};
    if (ask.reason)
        result["statusReason"] = concept_of(words.system("refusal_reason"), "refusal_reason", ask.reason->value, codes);
    if (ask.reply_by)
        result["restriction"] = object{{"period", object{{"end", ask.reply_by->str()}}}};
    return result;
}

}  // namespace tsunagi::exchange
