// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "db/database.hpp"
#include "modules/access/actor.hpp"
#include "modules/audit/audit_service.hpp"
#include "modules/directories/directory.hpp"
#include "modules/maps/maps_service.hpp"
#include "modules/packs/packs_service.hpp"
#include "record/exported_file.hpp"

namespace tsunagi::directories {

/// The directory of a municipality as everybody may see it.
class DirectoriesService {
public:
    /// `page` is the folder of the page that the web app builds; read when it is handed out.
    DirectoriesService(db::Database& database, const audit::AuditService& audit, const packs::PacksService& packs,
                       const maps::MapsService& maps, std::filesystem::path page, core::Clock clock);

    [[nodiscard]] Directory get(const access::Actor& actor, const DirectoryQuery& query) const;
    /// For officers of the municipality; `version` 0 decides for the first time. Throws `forbidden` for anybody else.
    Directory change(const access::Actor& actor, const DirectoryQuery& query, std::int64_t version,
                     const DirectoryText& text);
    /// For somebody without an account. Throws `not_found` unless it is published.
    [[nodiscard]] PublicDirectory published(const std::string& code);
    /// Whether it is published or not, for files that a municipality puts on a page of its own. Throws `not_found`.
    [[nodiscard]] PublicDirectory whole(const std::string& code) const;

    /// The page of a municipality with its data in one file, published or not: to be unpacked on a server of its own.
    [[nodiscard]] record::ExportedFile packed(const access::Actor& actor, const DirectoryQuery& query) const;

private:
    struct Kept {
        core::Instant until;
        std::shared_ptr<const PublicDirectory> directory;
    };

    [[nodiscard]] PublicDirectory read(db::ReadTx& tx, const core::RegionId& id, const std::string& name,
                                       const std::string& note) const;
    [[nodiscard]] PublicDirectory with_map(PublicDirectory directory, const std::string& code) const;

    db::Database& database_;            // NOLINT: the application owns them
    const audit::AuditService& audit_;  // NOLINT
    const packs::PacksService& packs_;  // NOLINT
    const maps::MapsService& maps_;     // NOLINT
    std::filesystem::path page_;
    core::Clock clock_;
    std::mutex keeping_;
    std::map<std::string, Kept> kept_;
    std::uint64_t changes_ = 0;  ///< what was read before one of them is not kept
};

}  // namespace tsunagi::directories
