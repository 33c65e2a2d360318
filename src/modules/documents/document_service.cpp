// SPDX-License-Identifier: Apache-2.0
#include "modules/documents/document_service.hpp"

#include <algorithm>
#include <exception>
#include <memory>
#include <utility>

#include "core/sealing.hpp"
#include "db/idempotency.hpp"
#include "modules/consultations/shelf_service.hpp"
#include "modules/documents/attachment_store.hpp"
#include "modules/documents/content_rules.hpp"
#include "record/json_writer.hpp"

namespace tsunagi::documents {
namespace {

using consultations::Disclosure;

constexpr std::int64_t most_files = 300;
/// An object store that is away is asked no more often than this in one round.
constexpr std::int64_t most_failures = 20;
constexpr std::chrono::hours time_to_put_back{30 * 24};

FoundAttachment found(db::ReadTx& tx, const access::Actor& actor, const AttachmentId& id) {
    auto row = find(tx, actor, id);
    if (!row)
        throw core::not_found();
    return std::move(*row);
}

Attachment shown(const FoundAttachment& row) {
    return {.id = row.id,
            .desk_id = row.desk_id,
            .municipality_id = row.municipality_id,
            .consultation_id = row.consultation_id,
            .activity_id = row.activity_id,
            .version = row.version,
            .name = row.name,
            .caption = row.caption,
            .kind = row.kind,
            .size = row.size,
            .checksum = row.checksum,
            .created_at = row.created_at,
            .created_by_name = row.created_by_name,
            .withdrawn_at = row.withdrawn_at,
            .withdrawn_by_name = row.withdrawn_by_name,
            .withdrawn_reason = row.withdrawn_reason,
            .erase_at = row.erase_at,
            .erased = !row.upload_id.has_value()};
}

Attachments shown(const std::vector<FoundAttachment>& rows) {
    Attachments result;
    for (const auto& row : rows)
        result.items.push_back(shown(row));
    return result;
}

void require_reason(bool finalised, const std::string& reason) {
    if (finalised && reason.find_first_not_of(" \t\r\n") == std::string::npos)
        throw core::invalid({{"/reason", "required", ""}});
}

db::VersionRow version_of(const AttachmentRecord& attachment, std::string kind, std::string reason) {
    return {attachment.version, attachment.updated_at, attachment.updated_by,
            std::move(kind),    std::move(reason),     record::to_json(AttachmentText{attachment.caption})};
}

/// Reads a file in pieces of any place and size, the part read last at hand.
FileBytes bytes_of(const uploads::UploadService& uploads, const uploads::ReceivedFile& file) {
    struct Last {
        std::int64_t number = -1;
        std::string bytes;
    };

    return {.size = file.size,
            .read = [&uploads, &file, last = std::make_shared<Last>()](std::int64_t offset, std::int64_t size) {
                std::string result;
                const std::int64_t end = std::min(file.size, offset + size);
                for (std::int64_t at = std::max<std::int64_t>(0, offset); at < end;) {
                    const std::int64_t number = at / uploads::part_bytes;
                    if (last->number != number)
                        *last = {number, uploads.part(file.id, number)};
                    const std::int64_t from = at % uploads::part_bytes;
                    const auto piece = static_cast<std::size_t>(std::min(end - at, uploads::part_bytes - from));
                    result.append(last->bytes, static_cast<std::size_t>(from), piece);
                    at += static_cast<std::int64_t>(piece);
                }
                return result;
            }};
}

struct Inspected {
    FileKind kind{};
    std::string checksum;
};

Inspected inspect(const uploads::UploadService& uploads, const uploads::ReceivedFile& file,
                  const std::optional<VirusScanner>& scanner) {
    Inspected result;
    result.kind = kind_of(file.name, bytes_of(uploads, file));
    core::RunningHash hash;
    for (std::int64_t number = 0; number < file.parts; ++number)
        hash.add(uploads.part(file.id, number));
    result.checksum = hash.hex();
    if (scanner) {
        const auto virus =
            scanner->scan(file.parts, [&](std::int64_t number) { return uploads.part(file.id, number); });
        if (virus)
            throw core::invalid({{"/upload_id", "virus_found", *virus}});
    }
    return result;
}

}  // namespace

/// One change of an attachment: what it does, and what its version row says.
struct AttachmentService::Step {
    std::string kind;
    std::string reason;
    bool asks_for_reason = true;  ///< while the case is finalised
    std::function<void(AttachmentRecord&)> apply;
};

AttachmentService::AttachmentService(db::Database& database, const audit::AuditService& audit,
                                     const consultations::ConsultationService& consultations,
                                     const activities::ActivityService& activities,
                                     const uploads::UploadService& uploads, std::optional<VirusScanner> scanner,
                                     core::Clock clock)
    : database_(database),
      audit_(audit),
      consultations_(consultations),
      activities_(activities),
      uploads_(uploads),
      scanner_(std::move(scanner)),
      clock_(std::move(clock)) {}

void AttachmentService::record(db::WriteTx& tx, const access::Actor& actor, const std::string& action,
                               const AttachmentRecord& attachment, const std::string& detail) const {
    audit_.record(tx, {.actor_id = actor.user_id,
                       .actor_name = actor.name,
                       .action = action,
                       .subject_kind = "attachment",
                       .subject_id = attachment.id.str(),
                       .detail = detail});
}

Attachments AttachmentService::of_case(const access::Actor& actor, const core::ConsultationId& id) const {
    access::require(actor, "persons.read");
    return database_.write([&](db::WriteTx& tx) {
        if (consultations_.disclosed(tx, actor, id) != Disclosure::full)
            return Attachments{};
        audit_.record(tx, {.actor_id = actor.user_id,
                           .actor_name = actor.name,
                           .action = "read",
                           .subject_kind = "consultation",
                           .subject_id = id.str(),
                           .detail = "attachments"});
        return shown(documents::of_case(tx, actor, id));
    });
}

Attachments AttachmentService::of_activity(const access::Actor& actor, const core::ActivityId& id) const {
    access::require(actor, "persons.read");
    (void)activities_.get(actor, id);
    return database_.read([&](db::ReadTx& tx) { return shown(documents::of_activity(tx, actor, id)); });
}

Attachment AttachmentService::add_to_case(const access::Actor& actor, const core::ConsultationId& id,
                                          const NewAttachment& body, const std::string& key) const {
    access::require(actor, "consultations.write");
    const auto find_place = [&](db::ReadTx& tx) {
        const auto about = consultations_.open_for_entry(tx, actor, id);
        require_reason(about.finalised, body.reason);
        return Place{about.desk_id, about.municipality_id, id, std::nullopt};
    };
    return add(actor, find_place, body, key,
               db::request_fingerprint("addAttachment " + id.str(), record::to_json(body)));
}

Attachment AttachmentService::add_to_activity(const access::Actor& actor, const core::ActivityId& id,
                                              const NewAttachment& body, const std::string& key) const {
    access::require(actor, "consultations.write");
    const auto activity = activities_.get(actor, id);
    if (!actor.works_at(activity.desk_id))
        throw core::Error(core::ErrorKind::forbidden, "forbidden");
    if (activity.withdrawn)
        throw core::not_allowed_in_state("withdrawn");
    const auto find_place = [&](db::ReadTx& tx) {
        if (activity.consultation_id)
            require_reason(consultations_.open_for_entry(tx, actor, *activity.consultation_id).finalised, body.reason);
        return Place{activity.desk_id, activity.municipality_id, activity.consultation_id, id};
    };
    return add(actor, find_place, body, key,
               db::request_fingerprint("addAttachment " + id.str(), record::to_json(body)));
}

Attachment AttachmentService::add(const access::Actor& actor, const FindPlace& find_place, const NewAttachment& body,
                                  const std::string& key, const std::string& fingerprint) const {
    const auto earlier = [&](db::WriteTx& tx) -> std::optional<Attachment> {
        if (const auto id = db::remembered(tx, actor.user_id, key, fingerprint))
            return shown(found(tx, actor, AttachmentId(*id)));
        return std::nullopt;
    };
    if (auto made = database_.write(earlier))
        return std::move(*made);
    database_.read([&](db::ReadTx& tx) {
        if (count_at(tx, find_place(tx)) >= most_files)
            throw core::Error(core::ErrorKind::conflict, "too_many_files");
    });
    const auto file = uploads_.received(actor, body.upload_id);
    Inspected content;
    try {
        content = inspect(uploads_, file, scanner_);
    } catch (const core::Error& error) {
        if (error.kind() == core::ErrorKind::invalid)
            database_.write([&](db::WriteTx& tx) { uploads::UploadService::discard(tx, file.id); });
        throw;
    }
    if (!body.again) {
        database_.read([&](db::ReadTx& tx) {
            if (const auto same = same_at(tx, find_place(tx), content.checksum))
                throw core::Error(core::ErrorKind::conflict, "same_file", {{"", "same_file", *same}});
        });
    }
    const bool moved = uploads_.move_out(file);
    const auto now = clock_.now();
    return database_.write([&](db::WriteTx& tx) {
        if (auto made = earlier(tx))
            return std::move(*made);
        const Place place = find_place(tx);
        uploads_.take(tx, actor, file.id, moved);
        AttachmentRecord made;
        made.id = AttachmentId::make();
        made.desk_id = place.desk_id;
        made.municipality_id = place.municipality_id;
        made.consultation_id = place.consultation_id;
        made.activity_id = place.activity_id;
        made.upload_id = file.id;
        made.name = file.name;
        made.caption = body.caption;
        made.kind = content.kind;
        made.size = file.size;
        made.checksum = content.checksum;
        made.created_at = made.updated_at = now;
        made.created_by = made.updated_by = actor.user_id;
        made.change = consultations::next_change(tx, made.desk_id, made.municipality_id);
        insert(tx, made);
        db::add_version(tx, version_table, made.id.str(), version_of(made, "created", body.reason));
        if (place.consultation_id)
            consultations_.enter(tx, actor, consultations_.open_for_entry(tx, actor, *place.consultation_id), 0);
        record(tx, actor, "create", made,
               place.consultation_id ? "consultation=" + place.consultation_id->str()
                                     : "activity=" + place.activity_id->str());
        db::remember(tx, actor.user_id, key, fingerprint, made.id.str(), now);
        return shown(found(tx, actor, made.id));
    });
}

Attachment AttachmentService::write(const access::Actor& actor, const AttachmentId& id, std::int64_t version,
                                    const Step& step) const {
    access::require(actor, "consultations.write");
    const auto now = clock_.now();
    return database_.write([&](db::WriteTx& tx) {
        const auto row = found(tx, actor, id);
        if (!actor.works_at(row.desk_id))
            throw core::Error(core::ErrorKind::forbidden, "forbidden");
        if (row.version != version)
            throw core::stale(row.version);
        AttachmentRecord next = row;
        step.apply(next);
        next.updated_at = now;
        next.updated_by = actor.user_id;
        next.change = consultations::next_change(tx, row.desk_id, row.municipality_id);
        if (row.consultation_id) {
            const auto about = consultations_.open_for_entry(tx, actor, *row.consultation_id);
            if (step.asks_for_reason)
                require_reason(about.finalised, step.reason);
            consultations_.enter(tx, actor, about, 0);
        }
        if (!update(tx, next))
            throw core::stale(version + 1);
        ++next.version;
        db::add_version(tx, version_table, id.str(), version_of(next, step.kind, step.reason));
        record(tx, actor,
               step.kind == "edited"      ? "change"
               : step.kind == "withdrawn" ? "withdraw"
                                          : "put_back",
               next, "version=" + std::to_string(next.version));
        return shown(found(tx, actor, id));
    });
}

Attachment AttachmentService::change(const access::Actor& actor, const AttachmentId& id, std::int64_t version,
                                     const AttachmentChange& wanted) const {
    return write(actor, id, version,
                 {.kind = "edited", .reason = wanted.reason, .apply = [&](AttachmentRecord& attachment) {
                      if (attachment.withdrawn_at)
                          throw core::not_allowed_in_state("withdrawn");
                      attachment.caption = wanted.text.caption;
                  }});
}

Attachment AttachmentService::withdraw(const access::Actor& actor, const AttachmentId& id, std::int64_t version,
                                       const AttachmentWithdrawal& withdrawal) const {
    const auto now = clock_.now();
    return write(actor, id, version,
                 {.kind = "withdrawn", .reason = withdrawal.reason, .apply = [&](AttachmentRecord& attachment) {
                      if (attachment.withdrawn_at)
                          throw core::not_allowed_in_state("withdrawn");
                      attachment.withdrawn_at = now;
                      attachment.withdrawn_by = actor.user_id;
                      attachment.withdrawn_reason = withdrawal.reason;
                      attachment.erase_at = now.plus(time_to_put_back);
                  }});
}

Attachment AttachmentService::put_back(const access::Actor& actor, const AttachmentId& id, std::int64_t version) const {
    const auto now = clock_.now();
    return write(
        actor, id, version,
        {.kind = "put_back", .reason = {}, .asks_for_reason = false, .apply = [&](AttachmentRecord& attachment) {
             if (!attachment.withdrawn_at)
                 throw core::not_allowed_in_state("attached");
             if (!attachment.upload_id || *attachment.erase_at <= now)  // it may be on its way out
                 throw core::not_allowed_in_state("erased");
             attachment.withdrawn_at.reset();
             attachment.withdrawn_by.reset();
             attachment.withdrawn_reason.clear();
             attachment.erase_at.reset();
         }});
}

AttachmentContent AttachmentService::open(const access::Actor& actor, const AttachmentId& id,
                                          const std::string& how) const {
    access::require(actor, "persons.read");
    return database_.write([&](db::WriteTx& tx) {
        const auto row = found(tx, actor, id);
        if (row.withdrawn_at || !row.upload_id)
            throw core::not_allowed_in_state(row.upload_id ? "withdrawn" : "erased");
        if (how == "preview" && !has_preview(row.kind))
            throw core::not_allowed_in_state("no_preview");
        record(tx, actor, "read", row, how);
        return AttachmentContent{row.name, row.kind, row.checksum, *row.upload_id, row.size};
    });
}

std::string AttachmentService::part(const uploads::UploadId& id, std::int64_t number) const {
    return uploads_.part(id, number);
}

AttachedFiles AttachmentService::attached(db::ReadTx& tx) {
    return documents::attached(tx);
}

void AttachmentService::erase() const {
    const auto now = clock_.now();
    std::int64_t failed = 0;
    std::exception_ptr error;
    for (;;) {
        const auto old = database_.read([&](db::ReadTx& tx) { return to_erase(tx, now, failed); });
        if (old.empty() || failed >= most_failures)
            break;
        for (const AttachmentRecord& attachment : old) {
            const auto content = *attachment.upload_id;
            try {
                uploads_.remove_objects(content);
            } catch (const core::Error&) {  // the others are erased all the same
                error = std::current_exception();
                ++failed;
                continue;
            }
            database_.write([&](db::WriteTx& tx) {
                AttachmentRecord next = attachment;
                next.upload_id.reset();
                next.updated_at = now;
                if (!update(tx, next))
                    return;  // put back in the meantime
                uploads::UploadService::discard(tx, content);
                ++next.version;
                db::add_version(tx, version_table, next.id.str(), version_of(next, "erased", ""));
                audit_.record(tx, {.actor_id = {},
                                   .actor_name = "tsunagi",
                                   .action = "erase",
                                   .subject_kind = "attachment",
                                   .subject_id = next.id.str(),
                                   .detail = ""});
            });
        }
    }
    if (error)
        std::rethrow_exception(error);
}

}  // namespace tsunagi::documents
