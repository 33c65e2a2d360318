// SPDX-License-Identifier: Apache-2.0
#include "modules/uploads/upload_store.hpp"

namespace tsunagi::uploads {
namespace {

using record::Params;

const std::string& select_upload() {
    static const std::string sql = "SELECT " + record::columns<UploadRecord>() + " FROM uploads WHERE ";
    return sql;
}

constexpr const char* open_of_owner = "owner_id = :owner AND state = 'open' AND expires_at > :now";

}  // namespace

Announced announced(db::ReadTx& tx, const core::UserId& owner, const core::Instant& now) {
    return tx
        .row<Announced>(
            std::string("SELECT count(*), CAST(COALESCE(sum(size), 0) AS BIGINT) FROM uploads WHERE ") + open_of_owner,
            Params().set("owner", owner).set("now", now))
        .value_or(Announced{});
}

std::optional<UploadRecord> find_open(db::ReadTx& tx, const core::UserId& owner, const UploadId& id,
                                      const core::Instant& now) {
    return tx.row<UploadRecord>(select_upload() + "id = :id AND " + open_of_owner,
                                Params().set("id", id).set("owner", owner).set("now", now));
}

std::optional<UploadRecord> find(db::ReadTx& tx, const UploadId& id) {
    return tx.row<UploadRecord>(select_upload() + "id = :id", Params().set("id", id));
}

std::vector<std::int64_t> received(db::ReadTx& tx, const UploadId& id) {
    return tx.rows<std::int64_t>("SELECT number FROM upload_parts WHERE upload_id = :id ORDER BY number",
                                 Params().set("id", id));
}

std::optional<PartRecord> part_head(db::ReadTx& tx, const UploadId& id, std::int64_t number) {
    return tx.row<PartRecord>(
        "SELECT upload_id, number, size, checksum, '' FROM upload_parts WHERE upload_id = :id AND number = :number",
        Params().set("id", id).set("number", number));
}

std::optional<PartRecord> part(db::ReadTx& tx, const UploadId& id, std::int64_t number) {
    return tx.row<PartRecord>(
        "SELECT " + record::columns<PartRecord>() + " FROM upload_parts WHERE upload_id = :id AND number = :number",
        Params().set("id", id).set("number", number));
}

void insert(db::WriteTx& tx, const UploadRecord& upload) {
    tx.insert("uploads", upload);
}

bool insert(db::WriteTx& tx, const PartRecord& part) {
    return tx.execute("INSERT INTO upload_parts (" + record::columns<PartRecord>() +
                          ") VALUES (:upload_id, :number, :size, :checksum, :content) "
                          "ON CONFLICT (upload_id, number) DO NOTHING",
                      Params().set_all(part)) == 1;
}

bool take(db::WriteTx& tx, const core::UserId& owner, const UploadId& id, const core::Instant& now) {
    return tx.execute(
               std::string("UPDATE uploads SET state = 'taken', expires_at = NULL WHERE id = :id AND ") + open_of_owner,
               Params().set("id", id).set("owner", owner).set("now", now)) == 1;
}

void move_to_objects(db::WriteTx& tx, const UploadId& id) {
    tx.send("UPDATE uploads SET store = 'objects' WHERE id = :id", Params().set("id", id));
    tx.send("UPDATE upload_parts SET content = '' WHERE upload_id = :id", Params().set("id", id));
}

void remove(db::WriteTx& tx, const UploadId& id) {
    tx.send("DELETE FROM upload_parts WHERE upload_id = :id", Params().set("id", id));
    tx.send("DELETE FROM uploads WHERE id = :id", Params().set("id", id));
}

std::vector<UploadId> expired(db::ReadTx& tx, const core::Instant& now) {
    std::vector<UploadId> result;
    for (auto& id : tx.rows<std::string>(
             "SELECT id FROM uploads WHERE expires_at IS NOT NULL AND expires_at <= :now ORDER BY expires_at LIMIT 20",
             Params().set("now", now)))
        result.emplace_back(std::move(id));
    return result;
}

}  // namespace tsunagi::uploads
