// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "db/database.hpp"
#include "modules/access/actor.hpp"
#include "modules/uploads/object_store.hpp"
#include "modules/uploads/upload.hpp"

namespace tsunagi::uploads {

/// Files on their way in, and the bytes of those that arrived. An upload of somebody else, one that expired and one
/// that was taken are all `not_found`.
class UploadService {
public:
    /// `key` seals the parts, 32 bytes. With an object store the parts of what was taken are kept there.
    UploadService(db::Database& database, std::string key, core::Clock clock,
                  std::optional<ObjectStore::Options> objects = {});

    /// Throws `too_many` with reason `too_many_uploads` beyond the limits of a person.
    Upload begin(const access::Actor& actor, const NewUpload& wanted) const;
    [[nodiscard]] Upload get(const access::Actor& actor, const UploadId& id) const;
    /// The same bytes again are fine. Throws `conflict` with reason `part_differs` for others, `invalid` at `/size` for
    /// a part that is shorter or longer than it must be, `not_found` for a number beyond the file.
    void put_part(const access::Actor& actor, const UploadId& id, std::int64_t number, std::string_view bytes) const;
    void cancel(const access::Actor& actor, const UploadId& id) const;

    // ---- for the modules that use what was sent

    /// Throws `not_found`, or `conflict` with reason `upload_incomplete`.
    [[nodiscard]] ReceivedFile received(const access::Actor& actor, const UploadId& id) const;
    /// The bytes of one part, from 0 on; a file is read part by part and never stands in memory whole. The caller has
    /// made sure that the reader may see it. Throws core::Error `internal` when the part is missing or was changed.
    [[nodiscard]] std::string part(const UploadId& id, std::int64_t number) const;
    /// In the work that uses the file: it stays from now on. Throws `not_found` when it was taken or swept meanwhile.
    /// `moved`: what `move_out` answered.
    void take(db::WriteTx& tx, const access::Actor& actor, const UploadId& id, bool moved = false) const;
    /// Before the work that takes a file for good: copies its parts to the object store. False when there is none.
    [[nodiscard]] bool move_out(const ReceivedFile& file) const;
    /// The file is not needed any longer. What an object store holds of it is removed first, by `remove_objects`.
    static void discard(db::WriteTx& tx, const UploadId& id);
    /// Nothing where the database holds the content. Not within a work.
    void remove_objects(const UploadId& id) const;
    /// Removes what nobody finished within a day.
    void sweep() const;

private:
    [[nodiscard]] std::string context(const UploadId& id, std::int64_t number) const;

    db::Database& database_;  // NOLINT: the application owns it
    std::string key_;
    core::Clock clock_;
    std::optional<ObjectStore> objects_;
};

}  // namespace tsunagi::uploads
