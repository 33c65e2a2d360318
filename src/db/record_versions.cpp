// SPDX-License-Identifier: Apache-2.0
#include "db/record_versions.hpp"

namespace tsunagi::db {

void add_version(WriteTx& tx, const VersionTable& table, const std::string& record_id, const VersionRow& version) {
    tx.send("INSERT INTO " + std::string(table.table) + " (" + std::string(table.record) +
                ", version, at, by_id, kind, reason, document) "
                "VALUES (:id, :version, :at, :by_id, :kind, :reason, :document)",
            Params()
                .set("id", record_id)
                .set("version", version.version)
                .set("at", version.at)
                .set("by_id", version.by_id)
                .set("kind", version.kind)
                .set("reason", version.reason)
                .set("document", version.document));
}

std::vector<SavedVersion> versions(ReadTx& tx, const VersionTable& table, const std::string& record_id) {
    return tx.rows<SavedVersion>("SELECT v.version, v.at, u.name, v.kind, v.reason, v.document FROM " +
                                     std::string(table.table) + " v JOIN users u ON u.id = v.by_id WHERE v." +
                                     std::string(table.record) + " = :id ORDER BY v.version",
                                 Params().set("id", record_id));
}

}  // namespace tsunagi::db
