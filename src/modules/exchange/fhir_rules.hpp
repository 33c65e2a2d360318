// SPDX-License-Identifier: Apache-2.0
// Places, services and corporations as FHIR R4 resources, with the identifiers of JP Core where it has some. Pure.
#pragma once
#include <string>
#include <string_view>

#include <boost/json.hpp>

#include "modules/exchange/exchange_words.hpp"
#include "modules/packs/packs_service.hpp"

namespace tsunagi::exchange {

class FhirWriter {
public:
    /// `base`: the address of the FHIR service as its caller knows it, https://…/fhir/R4.
    FhirWriter(const ExchangeWords& words, const packs::CodeBook& codes, std::string base)
        : words_(words), codes_(codes), base_(std::move(base)) {}

    [[nodiscard]] boost::json::object organization(const resources::ExportedPlace& place) const;
    [[nodiscard]] boost::json::object organization(const resources::ExportedCorporation& corporation) const;
    [[nodiscard]] boost::json::object location(const resources::ExportedPlace& place) const;
    [[nodiscard]] boost::json::object healthcare_service(const resources::ExportedPlace& place,
                                                         const resources::ExportedService& service) const;
    /// Of a Bundle; `match` for one that a search has found.
    [[nodiscard]] boost::json::object entry(boost::json::object resource, bool match) const;
    /// What this service can, of this program's version; `date` of its data.
    [[nodiscard]] boost::json::object capabilities(std::string_view version, const core::Date& date) const;

private:
    [[nodiscard]] boost::json::array identifiers(const resources::ExportedPlace& place) const;

    const ExchangeWords& words_;    // NOLINT: outlive the writer
    const packs::CodeBook& codes_;  // NOLINT
    std::string base_;
};

/// `Location/…` or the id alone.
[[nodiscard]] std::string id_of_reference(std::string_view reference, std::string_view type);

}  // namespace tsunagi::exchange
