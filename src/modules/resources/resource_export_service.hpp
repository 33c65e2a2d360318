// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "db/database.hpp"
#include "modules/access/actor.hpp"
#include "modules/resources/resource_export.hpp"
#include "modules/resources/resource_service.hpp"
#include "modules/search/search_service.hpp"

namespace tsunagi::resources {

/// The public layer part by part, for what goes to other systems: 200,000 services never stand in memory at once.
class ResourceExportService {
public:
    ResourceExportService(db::Database& database, const ResourceService& resources,
                          const search::SearchService& search);

    // All of them throw `invalid` at `?municipality` for a code that is none.
    [[nodiscard]] std::vector<ExportedPlace> places(const access::Actor& actor, const ExportSearch& search,
                                                    const ExportPart& part) const;
    [[nodiscard]] std::int64_t count_places(const access::Actor& actor, const ExportSearch& search) const;
    [[nodiscard]] std::vector<ExportedService> services(const access::Actor& actor, const ExportSearch& search,
                                                        const ExportPart& part) const;
    /// The places of these services by id, each with all of its services.
    [[nodiscard]] std::map<std::string, ExportedPlace> places_of(const access::Actor& actor,
                                                                 const std::vector<ExportedService>& services) const;
    [[nodiscard]] std::int64_t count_services(const access::Actor& actor, const ExportSearch& search) const;
    [[nodiscard]] std::vector<Corporation> corporations(const access::Actor& actor, const ExportSearch& search,
                                                        const ExportPart& part) const;
    [[nodiscard]] std::int64_t count_corporations(const access::Actor& actor, const ExportSearch& search) const;
    [[nodiscard]] std::vector<UsedFile> used_files(const access::Actor& actor) const;

private:
    struct Named {
        std::string prefecture;
        std::string municipality;
    };

    void name_areas(db::ReadTx& tx, std::vector<ExportedPlace>& places) const;

    db::Database& database_;          // NOLINT: the application owns them
    const OfficialLayouts& layouts_;  // NOLINT
    const search::Folding& folding_;  // NOLINT
    mutable std::mutex naming_;
    mutable std::map<std::string, Named, std::less<>> names_;  ///< of codes that official files have named
};

}  // namespace tsunagi::resources
