// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

#include "modules/access/actor.hpp"
#include "modules/exchange/exchange_words.hpp"
#include "modules/exchange/fhir_bundle_rules.hpp"
#include "modules/packs/packs_service.hpp"
#include "modules/resources/resource_export_service.hpp"

namespace tsunagi::exchange {

class FhirWriter;

/// Takes a file piece by piece.
using Sink = std::function<void(std::string_view)>;

/// The directory as FHIR R4. All answers are the JSON of one resource.
class FhirService {
public:
    FhirService(const resources::ResourceExportService& exports, const packs::PacksService& packs,
                const ExchangeWords& words, std::vector<std::string> sources, std::string version, core::Clock clock);

    [[nodiscard]] std::string capabilities(const FhirCall& call, const FhirForm& form) const;
    // Throw `not_found`.
    [[nodiscard]] std::string organization(const access::Actor& actor, const FhirCall& call, const FhirForm& form,
                                           const std::string& id) const;
    [[nodiscard]] std::string location(const access::Actor& actor, const FhirCall& call, const FhirForm& form,
                                       const std::string& id) const;
    [[nodiscard]] std::string healthcare_service(const access::Actor& actor, const FhirCall& call, const FhirForm& form,
                                                 const std::string& id) const;
    // A Bundle of the type searchset. Throw `invalid` at `?_count`, `?_format`, `?after`, `?municipality`.
    [[nodiscard]] std::string search(const access::Actor& actor, const FhirCall& call,
                                     const OrganizationQuery& query) const;
    [[nodiscard]] std::string search(const access::Actor& actor, const FhirCall& call,
                                     const LocationQuery& query) const;
    [[nodiscard]] std::string search(const access::Actor& actor, const FhirCall& call,
                                     const HealthcareServiceQuery& query) const;
    /// Everything as one Bundle of the type collection.
    void bundle(const access::Actor& actor, const FhirCall& call, const resources::ExportSearch& search,
                const Sink& sink) const;
    /// The resources of one type, each on a line.
    void lines(const access::Actor& actor, const FhirCall& call, const resources::ExportSearch& search, FhirType type,
               const Sink& sink) const;

private:
    struct Identifier {
        bool known = true;                 ///< its system is one of ours, or none was given
        bool corporation = false;          ///< may be a corporate number
        std::vector<std::string> sources;  ///< whose numbers it may be; none: all
        bool place = false;
        std::string number;
    };

    [[nodiscard]] Identifier identifier_of(const std::string& text) const;
    /// What of a search narrows places; false where nothing can fit.
    template <class Query>
    [[nodiscard]] bool narrow(const Query& query, resources::ExportSearch& search) const;
    void each(const access::Actor& actor, const FhirWriter& writer, const resources::ExportSearch& search,
              FhirType type, const std::function<void(boost::json::object)>& take) const;

    const resources::ResourceExportService& exports_;  // NOLINT: the owner keeps them
    const packs::PacksService& packs_;                 // NOLINT
    const ExchangeWords& words_;                       // NOLINT
    std::vector<std::string> sources_;                 ///< of places, each with a system of its own
    std::string version_;                              ///< of this program
    core::Clock clock_;
};

}  // namespace tsunagi::exchange
