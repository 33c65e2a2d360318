// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

#include "db/database.hpp"
#include "modules/access/actor.hpp"
#include "modules/analysis/report_words.hpp"
#include "modules/audit/audit_service.hpp"
#include "modules/packs/packs_service.hpp"
#include "modules/resources/match_service.hpp"
#include "modules/resources/official_job_service.hpp"
#include "modules/resources/official_service.hpp"
#include "modules/resources/own_place_service.hpp"
#include "modules/resources/resource.hpp"
#include "modules/search/search_service.hpp"
#include "record/exported_file.hpp"

namespace tsunagi::resources {

namespace store {
struct PlaceSearch;
}

/// The directory as people read it, and the layer that a municipality writes over it.
class ResourceService {
public:
    ResourceService(db::Database& database, const audit::AuditService& audit, const packs::PacksService& packs,
                    const uploads::UploadService& uploads, const localities::LocalityService& localities,
                    const search::SearchService& search, const std::filesystem::path& layouts, core::Clock clock);

    /// By name. Throws `invalid` at `?municipality`, `?day`, `?capacity`, `?checked_within`, `?near`, `?within_km`,
    /// `?sort`, `?limit`, `?after`.
    [[nodiscard]] PlacePage places(const access::Actor& actor, const PlaceFilter& filter) const;
    /// Each service of a place by itself.
    [[nodiscard]] ServicePage services(const access::Actor& actor, const PlaceFilter& filter) const;
    /// The whole list as a file, up to 10,000 places. Throws `not_in_cp932`.
    [[nodiscard]] record::ExportedFile export_places(const access::Actor& actor, const PlaceExportQuery& query) const;
    /// For a map: one by one, or gathered where there are too many.
    [[nodiscard]] MapPoints points(const access::Actor& actor, const PointFilter& filter) const;
    /// Both layers. Without a municipality the local layer is that of the person's first one.
    [[nodiscard]] Place get(const access::Actor& actor, const PlaceId& id, const LocalQuery& query) const;
    /// The local layer of the person's municipality. `version` 0 writes the first one. Throws `invalid` at
    /// `?municipality_id`: `required` for a person of several, `not_allowed` for another's.
    Place change_local(const access::Actor& actor, const PlaceId& id, const LocalQuery& query, std::int64_t version,
                       const LocalText& text) const;
    [[nodiscard]] LocalHistory history(const access::Actor& actor, const PlaceId& id, const LocalQuery& query) const;

    [[nodiscard]] const OfficialService& official() const { return official_; }

    OfficialJobService& jobs() { return jobs_; }

    [[nodiscard]] const OwnPlaceService& own_places() const { return own_places_; }

    [[nodiscard]] const MatchService& matches() const { return matches_; }

private:
    [[nodiscard]] Place load(db::ReadTx& tx, const PlaceId& id, const core::RegionId& home,
                             const std::vector<core::RegionId>& homes) const;
    [[nodiscard]] std::vector<std::string> folded_words(const std::string& words) const;
    [[nodiscard]] store::PlaceSearch search_of(const access::Actor& actor, const PlaceFilter& filter) const;

    db::Database& database_;            // NOLINT: the application owns them
    const audit::AuditService& audit_;  // NOLINT
    const packs::PacksService& packs_;  // NOLINT
    const search::Folding& folding_;    // NOLINT
    core::Clock clock_;
    OfficialService official_;
    OfficialJobService jobs_;
    OwnPlaceService own_places_;
    MatchService matches_;
    analysis::ReportWords words_;
};

}  // namespace tsunagi::resources
