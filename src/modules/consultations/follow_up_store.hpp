// SPDX-License-Identifier: Apache-2.0
// SQL of follow-ups. Every reading query carries the reader's scope of the case.
#pragma once
#include <optional>
#include <vector>

#include "db/keyset_page.hpp"
#include "db/transaction.hpp"
#include "modules/access/actor.hpp"
#include "modules/consultations/consultation.hpp"
#include "modules/consultations/follow_up.hpp"

namespace tsunagi::consultations::store {

/// A row of `follow_ups`.
struct FollowUpRecord {
    core::FollowUpId id;
    core::DeskId desk_id;
    core::RegionId municipality_id;
    core::ConsultationId consultation_id;
    std::int64_t version = 1;
    core::Date due_on;
    std::string note;
    std::optional<core::UserId> owner_id;
    bool of_sheet = false;
    std::optional<core::Instant> done_at;
    std::optional<core::UserId> done_by;
    core::Instant created_at;
    core::UserId created_by;
    core::Instant updated_at;
    core::UserId updated_by;
};
BOOST_DESCRIBE_STRUCT(FollowUpRecord, (),
                      (id, desk_id, municipality_id, consultation_id, version, due_on, note, owner_id, of_sheet,
                       done_at, done_by, created_at, created_by, updated_at, updated_by))

[[nodiscard]] std::vector<FollowUp> follow_ups(db::ReadTx& tx, const access::Actor& actor,
                                               const core::ConsultationId& id);
[[nodiscard]] std::optional<FollowUpRecord> find_follow_up(db::ReadTx& tx, const access::Actor& actor,
                                                           const core::FollowUpId& id);
void insert_follow_up(db::WriteTx& tx, const FollowUpRecord& record);
/// False when the version is no longer the one the record was read with.
[[nodiscard]] bool update_follow_up(db::WriteTx& tx, const FollowUpRecord& record);

/// Makes the follow-up that the sheet sets say what the sheet says: it is moved, made, or taken away again while it is
/// open; one that was done stays as it is.
void take_follow_up_of_sheet(db::WriteTx& tx, const Consultation& consultation);
/// The same for a new record, whose sheet sets one.
void add_follow_up_of_sheet(db::WriteTx& tx, const Consultation& consultation);

/// With what decides how much of it the reader sees.
struct DueRow : DueFollowUp {
    core::DeskId desk_id;
    core::RegionId municipality_id;
    bool shared_with_municipality = false;
};
BOOST_DESCRIBE_STRUCT(DueRow, (DueFollowUp), (desk_id, municipality_id, shared_with_municipality))

struct OpenRow : OpenFollowUp {
    core::RegionId municipality_id;
    bool shared_with_municipality = false;
};
BOOST_DESCRIBE_STRUCT(OpenRow, (OpenFollowUp), (municipality_id, shared_with_municipality))

/// The open follow-ups of unclosed cases, by day.
[[nodiscard]] db::ListPage<OpenRow> open_follow_ups(db::ReadTx& tx, const access::Actor& actor,
                                                    const OpenFollowUpFilter& filter);

/// The open follow-ups of unclosed cases until that day: those of these cases, and with `mine` only those that the
/// reader does (of these cases the ones without an owner, and the own ones of any case).
[[nodiscard]] std::vector<DueRow> due_follow_ups(db::ReadTx& tx, const access::Actor& actor,
                                                 const std::vector<core::ConsultationId>& cases,
                                                 const core::Date& until, bool mine);

}  // namespace tsunagi::consultations::store
