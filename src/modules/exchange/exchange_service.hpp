// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <string>

#include "db/database.hpp"
#include "modules/access/actor.hpp"
#include "modules/audit/audit_service.hpp"
#include "modules/exchange/fhir_request_service.hpp"
#include "modules/exchange/fhir_service.hpp"
#include "modules/exchange/hsds_service.hpp"
#include "modules/packs/packs_service.hpp"
#include "modules/resources/resource_export_service.hpp"

namespace tsunagi::exchange {

/// What of the directory goes out to other systems: its public layer, as files and as answers to machines. Each file
/// is a row of the audit.
class ExchangeService {
public:
    /// `version` is that of this program.
    ExchangeService(db::Database& database, const audit::AuditService& audit, const packs::PacksService& packs,
                    const resources::ResourceService& resources, const search::SearchService& search,
                    const referrals::ReferralService& referrals, const std::filesystem::path& words,
                    std::string version, const core::Clock& clock);

    [[nodiscard]] const FhirService& fhir() const { return fhir_; }

    [[nodiscard]] const FhirRequestService& requests() const { return requests_; }

    [[nodiscard]] const HsdsService& hsds() const { return hsds_; }

    // Files. Throw `invalid` at `?municipality`.
    void geojson(const access::Actor& actor, const ExchangeFilter& filter, const Sink& sink) const;
    /// A table of 推奨データセット: `care_offices` or `medical_institutions`.
    void dataset(const access::Actor& actor, const std::string& name, const ExchangeFilter& filter,
                 const Sink& sink) const;
    void fhir_bundle(const access::Actor& actor, const FhirCall& call, const ExchangeFilter& filter,
                     const Sink& sink) const;
    void fhir_lines(const access::Actor& actor, const FhirCall& call, const FhirLinesQuery& query,
                    const Sink& sink) const;
    void hsds_package(const access::Actor& actor, const ExchangeFilter& filter, const Sink& sink) const;

    /// Throws `not_found`.
    [[nodiscard]] std::string card(const access::Actor& actor, const std::string& place, CardVersion version) const;
    [[nodiscard]] Credits credits(const access::Actor& actor) const;

private:
    void note(const access::Actor& actor, const std::string& what) const;

    db::Database& database_;            // NOLINT: the application owns them
    const audit::AuditService& audit_;  // NOLINT
    const packs::PacksService& packs_;  // NOLINT
    resources::ResourceExportService exports_;
    ExchangeWords words_;
    FhirService fhir_;
    FhirRequestService requests_;
    HsdsService hsds_;
};

}  // namespace tsunagi::exchange
