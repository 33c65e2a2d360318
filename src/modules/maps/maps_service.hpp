// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <string>
#include <string_view>

#include "db/database.hpp"
#include "modules/access/actor.hpp"
#include "modules/audit/audit_service.hpp"
#include "modules/maps/boundary_file.hpp"
#include "modules/maps/label_file.hpp"
#include "modules/maps/map.hpp"
#include "modules/uploads/upload_service.hpp"

namespace tsunagi::maps {

/// What maps are drawn from.
class MapsService {
public:
    MapsService(db::Database& database, const audit::AuditService& audit, const uploads::UploadService& uploads,
                const std::filesystem::path& columns, core::Clock clock);

    /// Throws `invalid` at `?municipality`.
    [[nodiscard]] MapRegions regions(const MapRegionFilter& filter) const;
    /// Throws `invalid` at `?box`, `?limit` (1 to 2000; 20 when absent).
    [[nodiscard]] MapLabels labels(const MapLabelFilter& filter) const;

    /// Boundaries of municipalities, as GeoJSON or TopoJSON.
    [[nodiscard]] static bool knows(std::string_view bytes) { return looks_like_json(bytes); }

    [[nodiscard]] MapImportList list(const access::Actor& actor) const;
    MapDifference create(const access::Actor& actor, const NewMapImport& body) const;
    /// Boundaries or labels, whichever the bytes are. Boundaries of a made-up city are known by their codes; labels of
    /// one have none, and `made_up` says so. Without `apply` only the difference is told; with it the file takes the
    /// place of what stands on the same ground, be it of another code. Throws `invalid` as `read_boundaries` and
    /// `read_labels` do.
    MapDifference import(const access::Actor& actor, const std::string& file_name, std::string_view bytes, bool apply,
                         bool made_up = false) const;
    /// With everything that stands of it; what it had taken the place of stands again.
    void remove(const access::Actor& actor, const MapImportId& id) const;

private:
    db::Database& database_;                 // NOLINT: the application owns them
    const audit::AuditService& audit_;       // NOLINT
    const uploads::UploadService& uploads_;  // NOLINT
    ColumnNames columns_;
    core::Clock clock_;
};

}  // namespace tsunagi::maps
