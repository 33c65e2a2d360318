// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/id.hpp"
#include "modules/uploads/upload.hpp"
#include "record/describe.hpp"
#include "record/types.hpp"

namespace tsunagi::documents {

using AttachmentId = core::Id<struct AttachmentTag>;

/// What a file is by its content. What is none of these is not taken.
enum class FileKind { pdf, jpeg, png, tiff, heic, gif, webp, word, excel, powerpoint, text, csv };
BOOST_DESCRIBE_ENUM(FileKind, pdf, jpeg, png, tiff, heic, gif, webp, word, excel, powerpoint, text, csv)

struct NewAttachment {
    uploads::UploadId upload_id;
    record::Text<200> caption;
    record::Text<400> reason;  ///< why a finalised case gets another one
    bool again = false;        ///< although the case has a file of the same content
};
BOOST_DESCRIBE_STRUCT(NewAttachment, (), (upload_id, caption, reason, again))

/// What a person writes about a file.
struct AttachmentText {
    record::Text<200> caption;
};
BOOST_DESCRIBE_STRUCT(AttachmentText, (), (caption))

struct AttachmentChange {
    AttachmentText text;
    record::Text<400> reason;
};
BOOST_DESCRIBE_STRUCT(AttachmentChange, (), (text, reason))

struct AttachmentWithdrawal {
    record::NonEmpty<record::Text<400>> reason;
};
BOOST_DESCRIBE_STRUCT(AttachmentWithdrawal, (), (reason))

struct Attachment {
    AttachmentId id;
    core::DeskId desk_id;
    core::RegionId municipality_id;
    std::optional<core::ConsultationId> consultation_id;
    std::optional<core::ActivityId> activity_id;
    std::int64_t version = 1;
    std::string name;  ///< of the file
    std::string caption;
    FileKind kind{};
    std::int64_t size = 0;
    std::string checksum;  ///< BLAKE2b-256 of the content, hex
    core::Instant created_at;
    std::string created_by_name;
    std::optional<core::Instant> withdrawn_at;
    std::string withdrawn_by_name;
    std::string withdrawn_reason;
    std::optional<core::Instant> erase_at;  ///< until then it can be put back
    bool erased = false;
};
BOOST_DESCRIBE_STRUCT(Attachment, (),
                      (id, desk_id, municipality_id, consultation_id, activity_id, version, name, caption, kind, size,
                       checksum, created_at, created_by_name, withdrawn_at, withdrawn_by_name, withdrawn_reason,
                       erase_at, erased))

/// Oldest first, at most 500; those of the case's activities among them.
struct Attachments {
    std::vector<Attachment> items;
};
BOOST_DESCRIBE_STRUCT(Attachments, (), (items))

/// The files of cases and activities whose content was not erased.
struct AttachedFiles {
    std::int64_t count = 0;
    std::int64_t bytes = 0;
    std::int64_t elsewhere = 0;  ///< so many of them in an object store
};
BOOST_DESCRIBE_STRUCT(AttachedFiles, (), (count, bytes, elsewhere))

}  // namespace tsunagi::documents
