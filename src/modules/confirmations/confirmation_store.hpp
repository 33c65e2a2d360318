// SPDX-License-Identifier: Apache-2.0
// SQL of requests for confirmation, of rounds, and of the places that are due. `home` is the municipality whose
// knowledge is meant; the service takes it from the person.
#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "db/keyset_page.hpp"
#include "db/record_versions.hpp"
#include "db/transaction.hpp"
#include "modules/confirmations/confirmation.hpp"

namespace tsunagi::confirmations::store {

/// A row of `confirmations`; cards and lists as JSON.
struct ConfirmationRecord {
    ConfirmationId id;
    core::RegionId municipality_id;
    std::optional<core::DeskId> desk_id;
    std::optional<RoundId> round_id;
    resources::PlaceId place_id;
    std::string place_name;
    std::string reply_code;
    std::int64_t version = 1;
    ConfirmationState state{};  ///< never `expired`: that follows from the day
    core::Instant created_at;
    core::UserId created_by;
    core::Instant updated_at;
    core::UserId updated_by;
    ConfirmationMethod method{};
    std::string message;
    core::Date sent_on;
    core::Date due_on;
    core::Date expires_on;
    std::optional<core::Date> reminded_on;
    std::optional<core::Date> answered_on;
    std::string answered_by;
    bool by_page = false;
    bool nothing_changed = false;
    std::string words;
    std::string approved;
    std::string refused;
    std::optional<core::Date> decided_on;
    std::string reason;
    std::string shown_card;
    std::optional<std::string> answer_card;
};
BOOST_DESCRIBE_STRUCT(ConfirmationRecord, (),
                      (id, municipality_id, desk_id, round_id, place_id, place_name, reply_code, version, state,
                       created_at, created_by, updated_at, updated_by, method, message, sent_on, due_on, expires_on,
                       reminded_on, answered_on, answered_by, by_page, nothing_changed, words, approved, refused,
                       decided_on, reason, shown_card, answer_card))

struct FoundConfirmation : ConfirmationRecord {
    std::string created_by_name;
    std::string updated_by_name;
};
BOOST_DESCRIBE_STRUCT(FoundConfirmation, (ConfirmationRecord), (created_by_name, updated_by_name))

/// A row of `survey_rounds`.
struct RoundRecord {
    RoundId id;
    core::RegionId municipality_id;
    std::optional<core::DeskId> desk_id;
    std::int64_t version = 1;
    std::string title;
    core::Date begun_on;
    core::Date due_on;
    std::string note;
    bool closed = false;
    std::string chosen_by;  ///< DueChoice as JSON
    core::Instant created_at;
    core::UserId created_by;
    core::Instant updated_at;
    core::UserId updated_by;
};
BOOST_DESCRIBE_STRUCT(RoundRecord, (),
                      (id, municipality_id, desk_id, version, title, begun_on, due_on, note, closed, chosen_by,
                       created_at, created_by, updated_at, updated_by))

struct FoundRound : RoundRecord {
    std::string created_by_name;
    std::string updated_by_name;
};
BOOST_DESCRIBE_STRUCT(FoundRound, (RoundRecord), (created_by_name, updated_by_name))

/// Who asks, for the page of somebody without an account.
struct Sender {
    std::string municipality_name;
    std::string desk_name;
    std::string desk_header;
    std::string desk_phone;
    std::string asked_by;
};
BOOST_DESCRIBE_STRUCT(Sender, (), (municipality_name, desk_name, desk_header, desk_phone, asked_by))

constexpr db::VersionTable confirmation_versions{"confirmation_versions", "confirmation_id"};

/// What a list of due places is looked for by, besides the filter.
struct DueSearch {
    core::RegionId home;
    std::vector<std::string> words;  ///< folded
    std::vector<std::pair<std::string, std::string>> areas;
    core::Date old_before;
    core::Date today;
};

[[nodiscard]] DuePage due(db::ReadTx& tx, const DueSearch& search, const DueFilter& filter);
/// All that fit, at most `most`, without those that have an open request.
[[nodiscard]] std::vector<resources::PlaceId> due_places(db::ReadTx& tx, const DueSearch& search,
                                                         const DueChoice& choice, std::int64_t most);

[[nodiscard]] std::optional<FoundConfirmation> find(db::ReadTx& tx, const std::vector<core::RegionId>& homes,
                                                    const ConfirmationId& id);
/// For its answer page alone, which knows the id.
[[nodiscard]] std::optional<ConfirmationRecord> of_page(db::ReadTx& tx, const ConfirmationId& id);
[[nodiscard]] std::optional<Sender> sender_of(db::ReadTx& tx, const ConfirmationId& id);
[[nodiscard]] ConfirmationPage list(db::ReadTx& tx, const core::RegionId& home, const ConfirmationFilter& filter,
                                    const std::optional<std::string>& code, const core::Date& today);
[[nodiscard]] std::vector<ConfirmationRow> rows(db::ReadTx& tx, const core::RegionId& home,
                                                const std::vector<ConfirmationId>& ids, const core::Date& today);
/// Places of these that have a request without an answer.
[[nodiscard]] std::vector<resources::PlaceId> open_places(db::ReadTx& tx, const core::RegionId& home,
                                                          const std::vector<resources::PlaceId>& places,
                                                          const core::Date& today);
[[nodiscard]] bool code_is_taken(db::ReadTx& tx, const core::RegionId& home, const std::string& code);
void insert(db::WriteTx& tx, const ConfirmationRecord& record);
[[nodiscard]] bool update(db::WriteTx& tx, const ConfirmationRecord& record);

[[nodiscard]] std::vector<FoundRound> rounds(db::ReadTx& tx, const std::vector<core::RegionId>& homes,
                                             const std::optional<RoundId>& id);
[[nodiscard]] std::vector<std::pair<RoundId, RoundProgress>> progress(db::ReadTx& tx,
                                                                      const std::vector<core::RegionId>& homes,
                                                                      const core::Date& today);
void insert(db::WriteTx& tx, const RoundRecord& record);
[[nodiscard]] bool update(db::WriteTx& tx, const RoundRecord& record);

}  // namespace tsunagi::confirmations::store
