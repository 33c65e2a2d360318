// SPDX-License-Identifier: Apache-2.0
// Places, services and corporations as objects of Open Referral HSDS 3.0, and their tables. Pure.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include <boost/json.hpp>

#include "modules/exchange/exchange_words.hpp"
#include "modules/packs/packs_service.hpp"

namespace tsunagi::exchange {

class HsdsWriter {
public:
    HsdsWriter(const ExchangeWords& words, const packs::CodeBook& codes) : words_(words), codes_(codes) {}

    // `full` with the objects below; without it only what is one for one, as lists of HSDS are.
    [[nodiscard]] boost::json::object organization(const resources::ExportedPlace& place, bool full) const;
    [[nodiscard]] boost::json::object organization(const resources::ExportedCorporation& corporation) const;
    [[nodiscard]] boost::json::object location(const resources::ExportedPlace& place, bool full) const;
    [[nodiscard]] boost::json::object service(const resources::ExportedPlace& place,
                                              const resources::ExportedService& service, bool full) const;
    [[nodiscard]] boost::json::object service_at_location(const resources::ExportedPlace& place,
                                                          const resources::ExportedService& service, bool full) const;
    [[nodiscard]] boost::json::object taxonomy() const;
    [[nodiscard]] boost::json::object taxonomy_term(const packs::CodeEntry& code) const;
    [[nodiscard]] std::vector<boost::json::object> taxonomy_terms() const;

    [[nodiscard]] static std::string taxonomy_id();
    [[nodiscard]] static std::string term_id(const std::string& code);

private:
    [[nodiscard]] std::string label(const std::string& service) const;
    [[nodiscard]] boost::json::array phones(const resources::ExportedPlace& place, const char* owner,
                                            const std::string& id) const;

    const ExchangeWords& words_;    // NOLINT: outlive the writer
    const packs::CodeBook& codes_;  // NOLINT
};

/// A table of the tabular form: its file is `name`.csv.
struct HsdsTable {
    const char* name;
    std::vector<const char*> columns;
};

[[nodiscard]] const std::vector<HsdsTable>& hsds_tables();

/// Hears each row: the place of its table in `hsds_tables`, and its cells.
using HsdsRow = std::function<void(std::size_t table, const std::vector<std::string>& cells)>;

/// Parts a full object into the rows of the table `name` and of those of the lists below it.
void part_into_rows(const char* name, const boost::json::object& whole, const HsdsRow& row);

/// Describes the tables for programs that read data packages.
[[nodiscard]] std::string datapackage();

}  // namespace tsunagi::exchange
