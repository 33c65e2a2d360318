// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <optional>
#include <string>

#include "db/database.hpp"
#include "modules/access/actor.hpp"
#include "modules/activities/activity_service.hpp"
#include "modules/audit/audit_service.hpp"
#include "modules/consultations/consultation_service.hpp"
#include "modules/documents/document.hpp"
#include "modules/documents/virus_scanner.hpp"
#include "modules/uploads/upload_service.hpp"

namespace tsunagi::documents {

struct AttachmentRecord;
struct Place;

/// What is needed to send the bytes of a file.
struct AttachmentContent {
    std::string name;
    FileKind kind{};
    std::string checksum;
    uploads::UploadId upload_id;
    std::int64_t size = 0;
};

/// The files of cases and of activities. A case that the reader may not read in full has none for them.
class AttachmentService {
public:
    AttachmentService(db::Database& database, const audit::AuditService& audit,
                      const consultations::ConsultationService& consultations,
                      const activities::ActivityService& activities, const uploads::UploadService& uploads,
                      std::optional<VirusScanner> scanner, core::Clock clock);

    /// Reading which files there are is written into the audit.
    [[nodiscard]] Attachments of_case(const access::Actor& actor, const core::ConsultationId& id) const;
    [[nodiscard]] Attachments of_activity(const access::Actor& actor, const core::ActivityId& id) const;

    /// Makes an attachment of an upload. A repeated key answers the attachment of the first time. Throws `invalid` at
    /// `/upload_id` for a file that is not taken (see content_rules.hpp, and `virus_found` with its name) after
    /// discarding it; `conflict` with reason `same_file`, `too_many_files` or `upload_incomplete`; `unavailable` when
    /// it cannot be scanned or stored now.
    Attachment add_to_case(const access::Actor& actor, const core::ConsultationId& id, const NewAttachment& body,
                           const std::string& idempotency_key) const;
    Attachment add_to_activity(const access::Actor& actor, const core::ActivityId& id, const NewAttachment& body,
                               const std::string& idempotency_key) const;
    Attachment change(const access::Actor& actor, const AttachmentId& id, std::int64_t version,
                      const AttachmentChange& wanted) const;
    Attachment withdraw(const access::Actor& actor, const AttachmentId& id, std::int64_t version,
                        const AttachmentWithdrawal& withdrawal) const;
    /// Within 30 days.
    Attachment put_back(const access::Actor& actor, const AttachmentId& id, std::int64_t version) const;

    /// Written into the audit as `how` before it is answered.
    [[nodiscard]] AttachmentContent open(const access::Actor& actor, const AttachmentId& id,
                                         const std::string& how) const;
    [[nodiscard]] std::string part(const uploads::UploadId& id, std::int64_t number) const;

    /// Erases the content of what was withdrawn thirty days ago. Throws the last error of the object store at the
    /// end: what lies in the database is erased all the same.
    void erase() const;
    /// What a backup tells of files.
    [[nodiscard]] static AttachedFiles attached(db::ReadTx& tx);

private:
    using FindPlace = std::function<Place(db::ReadTx&)>;
    struct Step;
    Attachment add(const access::Actor& actor, const FindPlace& find_place, const NewAttachment& body,
                   const std::string& key, const std::string& fingerprint) const;
    Attachment write(const access::Actor& actor, const AttachmentId& id, std::int64_t version, const Step& step) const;
    void record(db::WriteTx& tx, const access::Actor& actor, const std::string& action,
                const AttachmentRecord& attachment, const std::string& detail) const;

    db::Database& database_;                                   // NOLINT: the application owns them
    const audit::AuditService& audit_;                         // NOLINT
    const consultations::ConsultationService& consultations_;  // NOLINT
    const activities::ActivityService& activities_;            // NOLINT
    const uploads::UploadService& uploads_;                    // NOLINT
    std::optional<VirusScanner> scanner_;
    core::Clock clock_;
};

}  // namespace tsunagi::documents
