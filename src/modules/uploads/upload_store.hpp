// SPDX-License-Identifier: Apache-2.0
// SQL of uploads. What is on its way in is found by its owner alone.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "db/transaction.hpp"
#include "modules/uploads/upload.hpp"

namespace tsunagi::uploads {

struct UploadRecord {
    UploadId id;
    core::UserId owner_id;
    std::string name;
    std::int64_t size = 0;
    std::string media_type;
    std::string state;  ///< open, taken
    std::string store;  ///< database, objects
    core::Instant created_at;
    std::optional<core::Instant> expires_at;
};
BOOST_DESCRIBE_STRUCT(UploadRecord, (), (id, owner_id, name, size, media_type, state, store, created_at, expires_at))

struct PartRecord {
    UploadId upload_id;
    std::int64_t number = 0;
    std::int64_t size = 0;
    std::string checksum;  ///< BLAKE2b-256 of the bytes, with a key
    std::string content;   ///< sealed; '' when an object store holds it
};
BOOST_DESCRIBE_STRUCT(PartRecord, (), (upload_id, number, size, checksum, content))

struct Announced {
    std::int64_t count = 0;
    std::int64_t bytes = 0;
};
BOOST_DESCRIBE_STRUCT(Announced, (), (count, bytes))

/// Open ones that have not expired.
[[nodiscard]] Announced announced(db::ReadTx& tx, const core::UserId& owner, const core::Instant& now);
[[nodiscard]] std::optional<UploadRecord> find_open(db::ReadTx& tx, const core::UserId& owner, const UploadId& id,
                                                    const core::Instant& now);
/// Whatever its state and owner: for content that belongs to a record whose scope was asked.
[[nodiscard]] std::optional<UploadRecord> find(db::ReadTx& tx, const UploadId& id);
[[nodiscard]] std::vector<std::int64_t> received(db::ReadTx& tx, const UploadId& id);
/// Size and checksum, without the content.
[[nodiscard]] std::optional<PartRecord> part_head(db::ReadTx& tx, const UploadId& id, std::int64_t number);
[[nodiscard]] std::optional<PartRecord> part(db::ReadTx& tx, const UploadId& id, std::int64_t number);

void insert(db::WriteTx& tx, const UploadRecord& upload);
/// False when there is one of that number.
[[nodiscard]] bool insert(db::WriteTx& tx, const PartRecord& part);
/// False when it is no longer open.
[[nodiscard]] bool take(db::WriteTx& tx, const core::UserId& owner, const UploadId& id, const core::Instant& now);
/// The parts are in the object store from now on.
void move_to_objects(db::WriteTx& tx, const UploadId& id);
/// With its parts.
void remove(db::WriteTx& tx, const UploadId& id);
/// Some that expired.
[[nodiscard]] std::vector<UploadId> expired(db::ReadTx& tx, const core::Instant& now);

}  // namespace tsunagi::uploads
