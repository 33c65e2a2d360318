// SPDX-License-Identifier: Apache-2.0
// SQL of asks. An ask is seen by whoever sees its case and works for it.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "db/keyset_page.hpp"
#include "db/record_versions.hpp"
#include "db/transaction.hpp"
#include "modules/access/actor.hpp"
#include "modules/referrals/referral.hpp"

namespace tsunagi::referrals::store {

/// A row of `referrals`; `shown` is JSON.
struct ReferralRecord {
    ReferralId id;
    core::DeskId desk_id;
    core::RegionId municipality_id;
    MatchId match_id;
    core::ConsultationId consultation_id;
    resources::PlaceId place_id;
    std::string place_name;
    std::optional<double> distance_km;
    ReferralState state{};
    std::int64_t version = 1;
    bool by_page = false;
    core::Instant created_at;
    core::UserId created_by;
    core::Instant updated_at;
    core::UserId updated_by;
    ReferralMethod method{};
    std::string to_name;
    std::string reached_at;
    std::string message;
    std::string shown;
    std::string person_label;
    std::optional<core::Date> sent_on;
    std::optional<core::Date> reply_by;
    std::optional<core::Date> received_on;
    std::optional<ReferralAnswer> answer;
    std::optional<RefusalReason> reason;
    std::string answer_words;
    std::optional<core::Date> answered_on;
    std::string answered_by;
    std::optional<ReferralOutcome> outcome;
    std::optional<RefusalReason> outcome_reason;
    std::string outcome_words;
    std::optional<core::Date> outcome_on;
    std::optional<core::Date> follow_up_on;
    std::optional<core::Date> followed_on;
    std::string follow_up_words;
};
BOOST_DESCRIBE_STRUCT(ReferralRecord, (),
                      (id, desk_id, municipality_id, match_id, consultation_id, place_id, place_name, distance_km,
                       state, version, by_page, created_at, created_by, updated_at, updated_by, method, to_name,
                       reached_at, message, shown, person_label, sent_on, reply_by, received_on, answer, reason,
                       answer_words, answered_on, answered_by, outcome, outcome_reason, outcome_words, outcome_on,
                       follow_up_on, followed_on, follow_up_words))

constexpr db::VersionTable referral_versions{"referral_versions", "referral_id"};

struct FoundReferral : ReferralRecord {
    std::string number;
    std::string subject;
    std::string created_by_name;
    std::string updated_by_name;
    bool shared_with_municipality = false;
    std::string match_document;  ///< the conditions as they stand, see `match_text`
};
BOOST_DESCRIBE_STRUCT(FoundReferral, (ReferralRecord),
                      (number, subject, created_by_name, updated_by_name, shared_with_municipality, match_document))

[[nodiscard]] std::optional<FoundReferral> find_referral(db::ReadTx& tx, const access::Actor& actor,
                                                         const ReferralId& id);
[[nodiscard]] db::ListPage<ReferralRow> list(db::ReadTx& tx, const access::Actor& actor, const ReferralFilter& filter);
[[nodiscard]] std::vector<TaskCount> tasks(db::ReadTx& tx, const access::Actor& actor, const ReferralFilter& filter);
/// All asks of these searches, oldest first.
[[nodiscard]] std::vector<ReferralRow> of_matches(db::ReadTx& tx, const access::Actor& actor,
                                                  const std::vector<MatchId>& matches);
/// Of the same search and place, not withdrawn, without an answer.
[[nodiscard]] std::vector<resources::PlaceId> waiting_places(db::ReadTx& tx, const MatchId& match);

void insert(db::WriteTx& tx, const ReferralRecord& referral);
/// False when the version is no longer the one it was read with.
[[nodiscard]] bool update(db::WriteTx& tx, const ReferralRecord& referral);

/// Who asks, and what is looked for: read without a person, by the id that an opened page names.
struct AskedRow {
    std::string desk_name;
    std::string desk_header;
    std::string desk_phone;
    std::string asked_by;
    std::string match_document;
};
BOOST_DESCRIBE_STRUCT(AskedRow, (), (desk_name, desk_header, desk_phone, asked_by, match_document))

[[nodiscard]] std::optional<ReferralRecord> of_page(db::ReadTx& tx, const ReferralId& id);
[[nodiscard]] std::optional<AskedRow> asked(db::ReadTx& tx, const ReferralId& id);

}  // namespace tsunagi::referrals::store
