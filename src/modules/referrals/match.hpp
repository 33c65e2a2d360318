// SPDX-License-Identifier: Apache-2.0
// 照合: what is looked for on behalf of one case, and which places could take it.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/id.hpp"
#include "modules/resources/resource.hpp"
#include "record/describe.hpp"
#include "record/types.hpp"

namespace tsunagi::referrals {

using MatchId = core::Id<struct MatchTag>;
using ReferralId = core::Id<struct ReferralTag>;
using RefusalReason = record::Code<"refusal_reason">;

/// 探している → 決まった | 見つからない | 取りやめ, and back.
enum class CaseMatchState { searching, found, not_found, dropped };
BOOST_DESCRIBE_ENUM(CaseMatchState, searching, found, not_found, dropped)

/// As `open_days` of a service.
enum class Weekday { mon, tue, wed, thu, fri, sat, sun, holiday };
BOOST_DESCRIBE_ENUM(Weekday, mon, tue, wed, thu, fri, sat, sun, holiday)

/// The conditions. None of them says who the person is.
struct MatchText {
    resources::ServiceCode service;
    std::vector<record::Code<"treatment">> treatments;
    std::optional<core::RegionId> district_id;
    record::Text<200> area;  ///< nearer: which part of town, from which station
    std::vector<Weekday> days;
    record::Text<200> hours;
    std::vector<record::Code<"open_time">> open_times;  ///< all of them, beyond office hours on weekdays
    std::optional<core::Date> starts_on;
    std::optional<record::Code<"resource_contact">> contact;  ///< how the place must be reachable
    std::vector<record::Code<"language">> languages;          ///< one of them
    std::vector<record::Code<"cost">> costs;                  ///< all of them
    record::Text<1000> wishes;                                ///< infection, who accompanies
};
BOOST_DESCRIBE_STRUCT(MatchText, (),
                      (service, treatments, district_id, area, days, hours, open_times, starts_on, contact, languages,
                       costs, wishes))

struct NewMatch {
    core::ConsultationId consultation_id;
    MatchText text;
};
BOOST_DESCRIBE_STRUCT(NewMatch, (), (consultation_id, text))

/// `not_found` needs the reason that weighed most: it is counted among what the region lacks.
struct MatchStateChange {
    CaseMatchState state{};
    std::optional<RefusalReason> reason;
    record::Text<400> words;
};
BOOST_DESCRIBE_STRUCT(MatchStateChange, (), (state, reason, words))

struct Match {
    MatchId id;
    core::DeskId desk_id;
    core::RegionId municipality_id;
    core::ConsultationId consultation_id;
    std::string number;   ///< of the case
    std::string subject;  ///< of the case
    CaseMatchState state{};
    std::int64_t version = 1;
    core::Instant created_at;
    std::string created_by_name;
    core::Instant updated_at;
    std::string updated_by_name;
    std::int64_t offered = 0;  ///< places of the area with the service when it was last saved
    std::int64_t fitting = 0;  ///< those of them that miss no condition
    std::optional<RefusalReason> reason;
    std::string words;
    MatchText text;
};
BOOST_DESCRIBE_STRUCT(Match, (),
                      (id, desk_id, municipality_id, consultation_id, number, subject, state, version, created_at,
                       created_by_name, updated_at, updated_by_name, offered, fitting, reason, words, text))

struct MatchVersion {
    std::int64_t version = 0;
    std::string kind;  ///< created, edited, searching, found, not_found, dropped
    core::Instant at;
    std::string by_name;
    std::string reason;
    MatchText text;
};
BOOST_DESCRIBE_STRUCT(MatchVersion, (), (version, kind, at, by_name, reason, text))

struct MatchHistory {
    std::vector<MatchVersion> items;  ///< oldest first
};
BOOST_DESCRIBE_STRUCT(MatchHistory, (), (items))

enum class Fit { fits, unknown, misses };
BOOST_DESCRIBE_ENUM(Fit, fits, unknown, misses)

/// Whether one condition is met, and by what: codes, days or districts that are missing, words of the directory.
struct FitPoint {
    std::string condition;  ///< treatments, district, days, open_times, contact, languages, costs
    Fit fit{};
    std::vector<std::string> missing;  ///< codes or days
    std::string words;                 ///< what the directory says
};
BOOST_DESCRIBE_STRUCT(FitPoint, (), (condition, fit, missing, words))

/// The newest answer of the place about the same service that the reader may see.
struct EarlierAnswer {
    ReferralId referral_id;
    core::Date on;
    std::string answer;  ///< yes, conditional, no, none; empty while it waits
    std::optional<RefusalReason> reason;
    bool of_this_match = false;
};
BOOST_DESCRIBE_STRUCT(EarlierAnswer, (), (referral_id, on, answer, reason, of_this_match))

struct Candidate {
    resources::PlaceId place_id;
    std::string name;
    std::string municipality_code;
    std::string address;
    std::string phone;
    std::string fax;
    std::string mail;
    std::optional<record::Code<"resource_contact">> contact;
    std::string manners;
    std::string admission;
    std::string people;
    std::string hours;     ///< the municipality's words, else those published
    std::string capacity;  ///< likewise; a figure when only that is published
    std::optional<core::Date> checked_on;
    bool has_local = false;
    std::optional<double> distance_km;  ///< from the middle of the district, as the crow flies
    std::int64_t misses = 0;
    std::vector<FitPoint> points;
    std::optional<EarlierAnswer> earlier;
};
BOOST_DESCRIBE_STRUCT(Candidate, (),
                      (place_id, name, municipality_code, address, phone, fax, mail, contact, manners, admission,
                       people, hours, capacity, checked_on, has_local, distance_km, misses, points, earlier))

/// Best first.
struct Candidates {
    std::vector<Candidate> items;  ///< at most 500
    std::int64_t fitting = 0;
    bool with_distance = false;  ///< the middle of the district is known
};
BOOST_DESCRIBE_STRUCT(Candidates, (), (items, fitting, with_distance))

struct CandidateQuery {
    bool beyond = false;  ///< the whole prefecture
};
BOOST_DESCRIBE_STRUCT(CandidateQuery, (), (beyond))

}  // namespace tsunagi::referrals
