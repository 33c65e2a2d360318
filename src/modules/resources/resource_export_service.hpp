// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
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
    [[nodiscard]] std::vector<ExportedCorporation> corporations(const access::Actor& actor, const ExportSearch& search,
                                                                const ExportPart& part) const;
    [[nodiscard]] std::int64_t count_corporations(const access::Actor& actor, const ExportSearch& search) const;
    [[nodiscard]] std::vector<UsedFile> used_files(const access::Actor& actor) const;

private:
    /// What stands in other tables and in the cells of records: names of areas, numbers, postal codes.
    void complete(db::ReadTx& tx, std::vector<ExportedPlace>& places) const;

    db::Database& database_;          // NOLINT: the application owns them
    const OfficialLayouts& layouts_;  // NOLINT
    const search::Folding& folding_;  // NOLINT
};

}  // namespace tsunagi::resources
