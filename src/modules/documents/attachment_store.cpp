// SPDX-License-Identifier: Apache-2.0
#include "modules/documents/attachment_store.hpp"

#include "modules/access/attachment_scope.hpp"

namespace tsunagi::documents {
namespace {

using record::Params;

const std::string& select_found() {
    static const std::string sql =
        "SELECT " + record::columns<AttachmentRecord>("f") +
        ", made.name, COALESCE(gone.name, '') FROM attachments f LEFT JOIN consultations c ON c.id = f.consultation_id "
        "JOIN users made ON made.id = f.created_by LEFT JOIN users gone ON gone.id = f.withdrawn_by WHERE ";
    return sql;
}

std::vector<FoundAttachment> list(db::ReadTx& tx, const access::Actor& actor, const std::string& column,
                                  const std::string& id) {
    Params params;
    params.set("id", id);
    const std::string scope = access::attachments_visible(actor, "f", "c", params);
    return tx.rows<FoundAttachment>(
        select_found() + "f." + column + " = :id AND " + scope + " ORDER BY f.created_at, f.id LIMIT 500", params);
}

std::string at(const Place& place, Params& params) {
    if (place.consultation_id) {
        params.set("place", *place.consultation_id);
        return "consultation_id = :place";
    }
    params.set("place", place.activity_id.value());
    return "activity_id = :place";
}

}  // namespace

std::optional<FoundAttachment> find(db::ReadTx& tx, const access::Actor& actor, const AttachmentId& id) {
    Params params;
    params.set("id", id);
    const std::string scope = access::attachments_visible(actor, "f", "c", params);
    return tx.row<FoundAttachment>(select_found() + "f.id = :id AND " + scope, params);
}

std::vector<FoundAttachment> of_case(db::ReadTx& tx, const access::Actor& actor, const core::ConsultationId& id) {
    return list(tx, actor, "consultation_id", id.str());
}

std::vector<FoundAttachment> of_activity(db::ReadTx& tx, const access::Actor& actor, const core::ActivityId& id) {
    return list(tx, actor, "activity_id", id.str());
}

std::int64_t count_at(db::ReadTx& tx, const Place& place) {
    Params params;
    const std::string condition = at(place, params);
    return tx.number("SELECT count(*) FROM attachments WHERE " + condition, params);
}

std::optional<std::string> same_at(db::ReadTx& tx, const Place& place, const std::string& checksum) {
    Params params;
    params.set("checksum", checksum);
    const std::string condition = at(place, params);
    return tx.row<std::string>("SELECT name FROM attachments WHERE " + condition +
                                   " AND checksum = :checksum AND withdrawn_at IS NULL ORDER BY id LIMIT 1",
                               params);
}

void insert(db::WriteTx& tx, const AttachmentRecord& attachment) {
    tx.insert("attachments", attachment);
}

bool update(db::WriteTx& tx, const AttachmentRecord& attachment) {
    return db::update_versioned(tx, "attachments", attachment);
}

std::vector<AttachmentRecord> to_erase(db::ReadTx& tx, const core::Instant& now, std::int64_t passed_over) {
    return tx.rows<AttachmentRecord>("SELECT " + record::columns<AttachmentRecord>("f") +
                                         " FROM attachments f JOIN uploads u ON u.id = f.upload_id WHERE f.erase_at IS "
                                         "NOT NULL AND f.erase_at <= :now ORDER BY CASE WHEN u.store = 'objects' THEN "
                                         "1 ELSE 0 END, f.erase_at, f.id LIMIT 20 OFFSET :passed_over",
                                     Params().set("now", now).set("passed_over", passed_over));
}

AttachedFiles attached(db::ReadTx& tx) {
    return tx
        .row<AttachedFiles>(
            "SELECT count(*), CAST(COALESCE(sum(f.size), 0) AS BIGINT), CAST(COALESCE(sum(CASE WHEN u.store = "
            "'objects' THEN 1 ELSE 0 END), 0) AS BIGINT) FROM attachments f JOIN uploads u ON u.id = f.upload_id")
        .value_or(AttachedFiles{});
}

}  // namespace tsunagi::documents
