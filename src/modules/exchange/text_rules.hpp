// SPDX-License-Identifier: Apache-2.0
// Places as rows of 推奨データセット, as GeoJSON and as business cards (vCard). Pure.
#pragma once
#include <string>
#include <vector>

#include <boost/json.hpp>

#include "modules/exchange/exchange_words.hpp"
#include "modules/packs/packs_service.hpp"

namespace tsunagi::exchange {

/// A line of a CSV file with its end. What a spreadsheet would compute is written as a text.
[[nodiscard]] std::string csv_line(const std::vector<std::string>& cells);

/// The rows of a place in a table of 推奨データセット; `number` counts them from the first row of the file on.
[[nodiscard]] std::vector<std::vector<std::string>> dataset_rows(const DatasetTable& table,
                                                                 const resources::ExportedPlace& place,
                                                                 const packs::CodeBook& codes,
                                                                 const ExchangeWords& words, std::int64_t& number);

/// A Feature of GeoJSON (RFC 7946); a place without coordinates has no geometry.
[[nodiscard]] boost::json::object feature(const resources::ExportedPlace& place, const packs::CodeBook& codes);

/// vCard 4.0 (RFC 6350), or 3.0 with the reading where address books of telephones and Outlook look for it.
[[nodiscard]] std::string card(const resources::ExportedPlace& place, CardVersion version, const packs::CodeBook& codes,
                               const ExchangeWords& words);

}  // namespace tsunagi::exchange
