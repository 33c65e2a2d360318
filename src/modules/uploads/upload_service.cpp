// SPDX-License-Identifier: Apache-2.0
#include "modules/uploads/upload_service.hpp"

#include <utility>

#include "core/sealing.hpp"
#include "modules/uploads/upload_store.hpp"

namespace tsunagi::uploads {
namespace {

/// Whoever writes cases, and whoever manages places and brings in what maps are drawn from.
void require_sender(const access::Actor& actor) {
    if (!actor.may("consultations.write") && !actor.may("places.manage"))
        throw core::Error(core::ErrorKind::forbidden, "forbidden");
}

constexpr std::chrono::hours time_to_finish{24};
constexpr std::int64_t most_open = 20;
constexpr std::int64_t most_announced = 10 * most_bytes;

std::int64_t parts_of(std::int64_t size) {
    return (size + part_bytes - 1) / part_bytes;
}

std::int64_t size_of_part(std::int64_t size, std::int64_t number) {
    return number + 1 < parts_of(size) ? part_bytes : size - number * part_bytes;
}

UploadRecord open_one(db::ReadTx& tx, const access::Actor& actor, const UploadId& id, const core::Instant& now) {
    auto found = find_open(tx, actor.user_id, id, now);
    if (!found)
        throw core::not_found();
    return std::move(*found);
}

std::string object_name(const UploadId& id, std::int64_t number) {
    return "tsunagi/" + id.str() + "/" + std::to_string(number);
}

Upload shown(const UploadRecord& upload, std::vector<std::int64_t> numbers) {
    return {.id = upload.id,
            .name = upload.name,
            .size = upload.size,
            .part_size = part_bytes,
            .parts = parts_of(upload.size),
            .received = std::move(numbers),
            .expires_at = upload.expires_at.value_or(core::Instant{})};
}

}  // namespace

UploadService::UploadService(db::Database& database, std::string key, core::Clock clock,
                             std::optional<ObjectStore::Options> objects)
    : database_(database), key_(std::move(key)), clock_(std::move(clock)) {
    if (objects)
        objects_.emplace(std::move(*objects));
}

std::string UploadService::context(const UploadId& id, std::int64_t number) const {
    return "upload_parts:" + id.str() + ":" + std::to_string(number);
}

Upload UploadService::begin(const access::Actor& actor, const NewUpload& wanted) const {
    require_sender(actor);
    const auto now = clock_.now();
    const UploadRecord made{.id = UploadId::make(),
                            .owner_id = actor.user_id,
                            .name = wanted.name,
                            .size = wanted.size,
                            .media_type = wanted.media_type,
                            .state = "open",
                            .store = "database",
                            .created_at = now,
                            .expires_at = now.plus(time_to_finish)};
    database_.write(
        [&](db::WriteTx& tx) {
            const Announced there = announced(tx, actor.user_id, now);
            if (there.count >= most_open || there.bytes + made.size > most_announced)
                throw core::Error(core::ErrorKind::too_many, "too_many_uploads");
            insert(tx, made);
        },
        "uploads of " + actor.user_id.str());
    return shown(made, {});
}

Upload UploadService::get(const access::Actor& actor, const UploadId& id) const {
    require_sender(actor);
    const auto now = clock_.now();
    return database_.read([&](db::ReadTx& tx) {
        const auto upload = open_one(tx, actor, id, now);
        return shown(upload, uploads::received(tx, id));
    });
}

void UploadService::put_part(const access::Actor& actor, const UploadId& id, std::int64_t number,
                             std::string_view bytes) const {
    require_sender(actor);
    const auto now = clock_.now();
    const PartRecord part{.upload_id = id,
                          .number = number,
                          .size = static_cast<std::int64_t>(bytes.size()),
                          .checksum = core::keyed_hash(key_, bytes),
                          .content = core::seal(key_, bytes, context(id, number))};
    database_.write([&](db::WriteTx& tx) {
        const auto upload = open_one(tx, actor, id, now);
        if (number < 0 || number >= parts_of(upload.size))
            throw core::not_found();
        const std::int64_t wanted = size_of_part(upload.size, number);
        if (part.size != wanted)
            throw core::invalid({{"/size", part.size < wanted ? "too_short" : "too_long", std::to_string(wanted)}});
        if (insert(tx, part))
            return;
        const auto there = part_head(tx, id, number);
        if (!there || there->checksum != part.checksum)
            throw core::Error(core::ErrorKind::conflict, "part_differs");
    });
}

void UploadService::cancel(const access::Actor& actor, const UploadId& id) const {
    require_sender(actor);
    const auto now = clock_.now();
    database_.write([&](db::WriteTx& tx) {
        (void)open_one(tx, actor, id, now);
        remove(tx, id);
    });
}

ReceivedFile UploadService::received(const access::Actor& actor, const UploadId& id) const {
    require_sender(actor);
    const auto now = clock_.now();
    return database_.read([&](db::ReadTx& tx) {
        const auto upload = open_one(tx, actor, id, now);
        const std::int64_t parts = parts_of(upload.size);
        if (static_cast<std::int64_t>(uploads::received(tx, id).size()) != parts)
            throw core::Error(core::ErrorKind::conflict, "upload_incomplete");
        return ReceivedFile{.id = id, .name = upload.name, .size = upload.size, .parts = parts};
    });
}

std::string UploadService::part(const UploadId& id, std::int64_t number) const {
    auto row = database_.read([&](db::ReadTx& tx) { return uploads::part(tx, id, number); });
    if (!row)  // given up while somebody read it
        throw core::not_found();
    if (row->content.empty()) {
        if (!objects_) {
            throw core::Error(core::ErrorKind::unavailable, "store_unavailable", {},
                              "a file is in an object store, but files.store names none");
        }
        row->content = objects_->get(object_name(id, number));
    }
    auto bytes = core::open_sealed(key_, row->content, context(id, number));
    if (!bytes) {
        throw core::Error(core::ErrorKind::internal, "internal", {},
                          "part " + std::to_string(number) + " of upload " + id.str() + " cannot be opened");
    }
    return std::move(*bytes);
}

void UploadService::take(db::WriteTx& tx, const access::Actor& actor, const UploadId& id, bool moved) const {
    if (!uploads::take(tx, actor.user_id, id, clock_.now()))
        throw core::not_found();
    if (moved)
        move_to_objects(tx, id);
}

bool UploadService::move_out(const ReceivedFile& file) const {
    if (!objects_)
        return false;
    for (std::int64_t number = 0; number < file.parts; ++number) {
        const auto row = database_.read([&](db::ReadTx& tx) { return uploads::part(tx, file.id, number); });
        // Somebody else may have taken it meanwhile: its content is where it belongs, and must not be overwritten.
        if (!row || row->content.empty())
            throw core::not_found();
        objects_->put(object_name(file.id, number), row->content);
    }
    return true;
}

void UploadService::remove_objects(const UploadId& id) const {
    const auto upload = database_.read([&](db::ReadTx& tx) { return find(tx, id); });
    if (!upload || upload->store != "objects")
        return;
    if (!objects_) {
        throw core::Error(core::ErrorKind::unavailable, "store_unavailable", {},
                          "a file is in an object store, but files.store names none");
    }
    for (std::int64_t number = 0; number < parts_of(upload->size); ++number)
        objects_->remove(object_name(id, number));
}

void UploadService::discard(db::WriteTx& tx, const UploadId& id) {
    remove(tx, id);
}

void UploadService::sweep() const {
    const auto now = clock_.now();
    for (;;) {
        const auto old = database_.read([&](db::ReadTx& tx) { return expired(tx, now); });
        if (old.empty())
            return;
        for (const UploadId& id : old) {
            // A file that was moved and then not taken has left objects behind.
            const auto upload = objects_ ? database_.read([&](db::ReadTx& tx) { return find(tx, id); }) : std::nullopt;
            for (std::int64_t number = 0; upload && number < parts_of(upload->size); ++number)
                objects_->remove(object_name(id, number));
            database_.write([&](db::WriteTx& tx) { remove(tx, id); });
        }
    }
}

}  // namespace tsunagi::uploads
