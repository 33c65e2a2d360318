// SPDX-License-Identifier: Apache-2.0
// SQL of attachments. Of a case the reader may not read in full there are none.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "db/record_versions.hpp"
#include "db/transaction.hpp"
#include "modules/access/actor.hpp"
#include "modules/documents/document.hpp"

namespace tsunagi::documents {

struct AttachmentRecord {
    AttachmentId id;
    core::DeskId desk_id;
    core::RegionId municipality_id;
    std::optional<core::ConsultationId> consultation_id;
    std::optional<core::ActivityId> activity_id;
    std::int64_t version = 1;
    std::int64_t change = 0;  ///< of the desk, for the search
    std::optional<uploads::UploadId> upload_id;
    std::string name;
    std::string caption;
    FileKind kind{};
    std::int64_t size = 0;
    std::string checksum;
    core::Instant created_at;
    core::UserId created_by;
    core::Instant updated_at;
    core::UserId updated_by;
    std::optional<core::Instant> withdrawn_at;
    std::optional<core::UserId> withdrawn_by;
    std::string withdrawn_reason;
    std::optional<core::Instant> erase_at;
};
BOOST_DESCRIBE_STRUCT(AttachmentRecord, (),
                      (id, desk_id, municipality_id, consultation_id, activity_id, version, change, upload_id, name,
                       caption, kind, size, checksum, created_at, created_by, updated_at, updated_by, withdrawn_at,
                       withdrawn_by, withdrawn_reason, erase_at))

constexpr db::VersionTable version_table{"attachment_versions", "attachment_id"};

struct FoundAttachment : AttachmentRecord {
    std::string created_by_name;
    std::string withdrawn_by_name;
};
BOOST_DESCRIBE_STRUCT(FoundAttachment, (AttachmentRecord), (created_by_name, withdrawn_by_name))

/// Where a file is put: the case or the activity, as far as the person may write there.
struct Place {
    core::DeskId desk_id;
    core::RegionId municipality_id;
    std::optional<core::ConsultationId> consultation_id;
    std::optional<core::ActivityId> activity_id;
};

[[nodiscard]] std::optional<FoundAttachment> find(db::ReadTx& tx, const access::Actor& actor, const AttachmentId& id);
[[nodiscard]] std::vector<FoundAttachment> of_case(db::ReadTx& tx, const access::Actor& actor,
                                                   const core::ConsultationId& id);
[[nodiscard]] std::vector<FoundAttachment> of_activity(db::ReadTx& tx, const access::Actor& actor,
                                                       const core::ActivityId& id);
[[nodiscard]] std::int64_t count_at(db::ReadTx& tx, const Place& place);
/// The name of a file of that content which is not withdrawn.
[[nodiscard]] std::optional<std::string> same_at(db::ReadTx& tx, const Place& place, const std::string& checksum);
void insert(db::WriteTx& tx, const AttachmentRecord& attachment);
/// False when somebody was faster.
[[nodiscard]] bool update(db::WriteTx& tx, const AttachmentRecord& attachment);
/// All of the installation. For the program itself, not for a reader.
[[nodiscard]] AttachedFiles attached(db::ReadTx& tx);
/// Some whose content is to be erased by now, behind the first `passed_over` of them; those in the object store come
/// last. For the program itself, not for a reader.
[[nodiscard]] std::vector<AttachmentRecord> to_erase(db::ReadTx& tx, const core::Instant& now,
                                                     std::int64_t passed_over);

}  // namespace tsunagi::documents
