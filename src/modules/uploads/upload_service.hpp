// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>

#include "db/database.hpp"
#include "modules/access/actor.hpp"
#include "modules/uploads/upload.hpp"

namespace tsunagi::uploads {

/// Files on their way in, and the bytes of those that arrived. An upload of somebody else, one that expired and one
/// that was taken are all `not_found`.
class UploadService {
public:
    /// `key` seals the parts, 32 bytes.
    UploadService(db::Database& database, std::string key, core::Clock clock);

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
    void take(db::WriteTx& tx, const access::Actor& actor, const UploadId& id) const;
    /// The file is not needed any longer.
    static void discard(db::WriteTx& tx, const UploadId& id);
    /// Removes what nobody finished within a day.
    void sweep() const;

private:
    [[nodiscard]] std::string context(const UploadId& id, std::int64_t number) const;

    db::Database& database_;  // NOLINT: the application owns it
    std::string key_;
    core::Clock clock_;
};

}  // namespace tsunagi::uploads
