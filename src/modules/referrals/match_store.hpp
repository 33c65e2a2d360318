// SPDX-License-Identifier: Apache-2.0
// SQL of searches. A search is seen by whoever sees its case.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/record_versions.hpp"
#include "db/transaction.hpp"
#include "modules/access/actor.hpp"
#include "modules/referrals/match.hpp"

namespace tsunagi::referrals::store {

/// A row of `matches`; lists are JSON.
struct MatchRecord {
    MatchId id;
    core::DeskId desk_id;
    core::RegionId municipality_id;
    core::ConsultationId consultation_id;
    CaseMatchState state{};
    std::int64_t version = 1;
    core::Instant created_at;
    core::UserId created_by;
    core::Instant updated_at;
    core::UserId updated_by;
    std::int64_t offered = 0;
    std::int64_t fitting = 0;
    std::optional<RefusalReason> reason;
    std::string words;
    resources::ServiceCode service;
    std::string treatments;
    std::optional<core::RegionId> district_id;
    std::string area;
    std::string days;
    std::string hours;
    std::string open_times;
    std::optional<core::Date> starts_on;
    std::optional<record::Code<"resource_contact">> contact;
    std::string languages;
    std::string costs;
    std::string wishes;
};
BOOST_DESCRIBE_STRUCT(MatchRecord, (),
                      (id, desk_id, municipality_id, consultation_id, state, version, created_at, created_by,
                       updated_at, updated_by, offered, fitting, reason, words, service, treatments, district_id, area,
                       days, hours, open_times, starts_on, contact, languages, costs, wishes))

constexpr db::VersionTable match_versions{"match_versions", "match_id"};

struct FoundMatch : MatchRecord {
    std::string number;
    std::string subject;
    std::string created_by_name;
    std::string updated_by_name;
};
BOOST_DESCRIBE_STRUCT(FoundMatch, (MatchRecord), (number, subject, created_by_name, updated_by_name))

/// Condition for searches or asks under that alias: their case `c` is within the reader's scope, and the reader works
/// for it. Whoever sees the case through an agenda alone sees nothing of them.
[[nodiscard]] std::string visible(const access::Actor& actor, std::string_view alias, record::Params& params);

[[nodiscard]] std::optional<FoundMatch> find_match(db::ReadTx& tx, const access::Actor& actor, const MatchId& id);
/// Newest first, at most 100.
[[nodiscard]] std::vector<FoundMatch> matches_of_case(db::ReadTx& tx, const access::Actor& actor,
                                                      const core::ConsultationId& id);
[[nodiscard]] bool region_exists(db::ReadTx& tx, const core::RegionId& id);

/// An ask of a place about a service, as a candidate shows it.
struct EarlierRow {
    resources::PlaceId place_id;
    ReferralId referral_id;
    MatchId match_id;
    core::Instant created_at;
    std::optional<core::Date> answered_on;
    std::optional<std::string> answer;
    std::optional<RefusalReason> reason;
};
BOOST_DESCRIBE_STRUCT(EarlierRow, (), (place_id, referral_id, match_id, created_at, answered_on, answer, reason))

/// Of that service since that moment, newest first, withdrawn ones apart; at most 2,000.
[[nodiscard]] std::vector<EarlierRow> earlier_asks(db::ReadTx& tx, const access::Actor& actor,
                                                   const resources::ServiceCode& service, const core::Instant& since);

void insert(db::WriteTx& tx, const MatchRecord& match);
/// False when the version is no longer the one it was read with.
[[nodiscard]] bool update(db::WriteTx& tx, const MatchRecord& match);

}  // namespace tsunagi::referrals::store
