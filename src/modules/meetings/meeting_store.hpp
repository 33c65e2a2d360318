// SPDX-License-Identifier: Apache-2.0
// SQL of meetings. What the reader may not see is in no result.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "db/record_versions.hpp"
#include "db/transaction.hpp"
#include "modules/access/actor.hpp"
#include "modules/meetings/meeting.hpp"

namespace tsunagi::meetings {

/// A row of `meetings`.
struct MeetingRecord {
    core::MeetingId id;
    core::BodyId body_id;
    core::RegionId municipality_id;
    std::optional<core::DeskId> desk_id;
    std::int64_t version = 1;
    core::Instant created_at;
    core::UserId created_by;
    core::Instant updated_at;
    core::UserId updated_by;
    std::string title;
    core::Date held_on;
    std::optional<core::TimeOfDay> started_at;
    std::optional<core::TimeOfDay> ended_at;
    std::string place;
    std::optional<record::Code<"meeting_form">> form;
    MeetingState state{};
    std::string minutes;
};
BOOST_DESCRIBE_STRUCT(MeetingRecord, (),
                      (id, body_id, municipality_id, desk_id, version, created_at, created_by, updated_at, updated_by,
                       title, held_on, started_at, ended_at, place, form, state, minutes))

/// Kinds: created, edited, agenda, task.
constexpr db::VersionTable version_table{"meeting_versions", "meeting_id"};

[[nodiscard]] MeetingPage list(db::ReadTx& tx, const access::Actor& actor, const MeetingFilter& filter);
/// The row alone, within the scope.
[[nodiscard]] std::optional<MeetingRecord> find(db::ReadTx& tx, const access::Actor& actor, const core::MeetingId& id);
[[nodiscard]] std::optional<Meeting> load(db::ReadTx& tx, const access::Actor& actor, const core::MeetingId& id);
/// As it is stored, the numbers of the subjects left empty.
[[nodiscard]] MeetingText text_of(db::ReadTx& tx, const MeetingRecord& record);
/// Ids among those of the agenda that the person may see; drafts of consultations never.
[[nodiscard]] std::vector<std::string> visible_subjects(db::ReadTx& tx, const access::Actor& actor,
                                                        const std::vector<AgendaItem>& agenda);
/// Holds other writers of this meeting off until the end of the work.
void lock(db::WriteTx& tx, const core::MeetingId& id);
/// Which of these people exist.
[[nodiscard]] std::vector<core::UserId> known_users(db::ReadTx& tx, const std::vector<core::UserId>& ids);

void insert(db::WriteTx& tx, MeetingRecord record, const MeetingText& text);
/// Replaces the whole meeting where the version is still the one before; false when it is not. Items and tasks without
/// an id get one in `text`.
[[nodiscard]] bool update(db::WriteTx& tx, MeetingRecord record, MeetingText& text);
}  // namespace tsunagi::meetings
