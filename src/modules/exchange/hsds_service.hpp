// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <string>
#include <string_view>

#include <boost/json.hpp>

#include "modules/access/actor.hpp"
#include "modules/exchange/exchange_words.hpp"
#include "modules/packs/packs_service.hpp"
#include "modules/resources/resource_export_service.hpp"

namespace tsunagi::exchange {

/// The directory as Open Referral HSDS 3.0. Pages go by their number, as the standard's API names them.
class HsdsService {
public:
    HsdsService(const resources::ResourceExportService& exports, const packs::PacksService& packs,
                const ExchangeWords& words)
        : exports_(exports), packs_(packs), words_(words) {}

    /// Which standard this is; `base` is the address of the service, https://…/hsds.
    [[nodiscard]] static std::string about(const std::string& base);
    // Pages. Throw `invalid` at `?page`, `?per_page`, `?municipality`.
    [[nodiscard]] std::string organizations(const access::Actor& actor, const HsdsQuery& query) const;
    [[nodiscard]] std::string locations(const access::Actor& actor, const HsdsQuery& query) const;
    [[nodiscard]] std::string services(const access::Actor& actor, const HsdsServiceQuery& query) const;
    [[nodiscard]] std::string service_at_locations(const access::Actor& actor, const HsdsServiceQuery& query) const;
    [[nodiscard]] std::string taxonomies(const HsdsQuery& query) const;
    [[nodiscard]] std::string taxonomy_terms(const HsdsQuery& query) const;
    // Whole objects. Throw `not_found`.
    [[nodiscard]] std::string organization(const access::Actor& actor, const std::string& id) const;
    [[nodiscard]] std::string location(const access::Actor& actor, const std::string& id) const;
    [[nodiscard]] std::string service(const access::Actor& actor, const std::string& id) const;
    [[nodiscard]] std::string service_at_location(const access::Actor& actor, const std::string& id) const;
    [[nodiscard]] std::string taxonomy(const std::string& id) const;
    [[nodiscard]] std::string taxonomy_term(const std::string& id) const;
    /// The tabular form: CSV files in a packed file, made within the folder.
    [[nodiscard]] std::filesystem::path package(const access::Actor& actor, const resources::ExportSearch& search,
                                                const std::filesystem::path& folder) const;

private:
    /// Services of a page with the places they belong to.
    template <class Make>
    [[nodiscard]] std::string service_page(const access::Actor& actor, const HsdsServiceQuery& query,
                                           const Make& make) const;
    [[nodiscard]] std::string one_service(const access::Actor& actor, const std::string& id, bool at_location) const;

    const resources::ResourceExportService& exports_;  // NOLINT: the owner keeps them
    const packs::PacksService& packs_;                 // NOLINT
    const ExchangeWords& words_;                       // NOLINT
};

}  // namespace tsunagi::exchange
