// SPDX-License-Identifier: Apache-2.0
// What all searches of FHIR share. Pure.
#pragma once
#include <optional>
#include <string>

#include <boost/json.hpp>

#include "modules/exchange/exchange.hpp"
#include "record/query.hpp"

namespace tsunagi::exchange {

/// How a caller reached the FHIR service: its address, and the parameters as they came, which links repeat.
struct FhirCall {
    std::string base;
    record::QueryParameters parameters;
};

/// Throws `invalid` at `?_format` for another form than JSON.
void check_format(const FhirForm& query);

/// A Bundle of the type searchset with its links; `next` is the `after` of the page that follows.
[[nodiscard]] std::string searchset(const FhirCall& call, const char* type, std::int64_t total,
                                    boost::json::array entries, const std::optional<std::string>& next);

}  // namespace tsunagi::exchange
