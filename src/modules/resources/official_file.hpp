// SPDX-License-Identifier: Apache-2.0
// From the bytes of an official file to rows, with every bad row and every doubt. Pure.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "modules/resources/official_layout.hpp"

namespace tsunagi::resources {

/// A row as the directory reads it, with all cells as they are written, in the order of the layout.
struct OfficialRow {
    std::int64_t line = 0;
    std::string key;
    std::string municipality_code;  ///< six digits
    std::string name;
    std::string kana;
    std::string address;
    std::string building;
    std::optional<double> latitude;
    std::optional<double> longitude;
    std::string phone;
    std::string fax;
    std::string url;
    std::string corporate_number;
    std::string corporation;
    std::optional<std::int64_t> capacity;
    std::vector<std::string> open_days;  ///< mon … sun, holiday
    std::string days_note;
    std::vector<std::string> cells;
};

/// What is wrong (`bad`: the row is not taken) or odd about a row. `reason` is translated by the browser: `required`,
/// `key_form`, `repeated_key`, `municipality_code`, `coordinates_missing`, `coordinates_outside`, `coordinates_far`,
/// `phone_form`, `fax_form`, `url_form`, `corporate_number`, `capacity`, `unknown_day`, `unknown_column`,
/// `missing_column`, `too_many_cells`.
struct OfficialFault {
    std::int64_t line = 0;
    std::string header;
    std::string reason;
    std::string value;
    bool bad = false;
};

struct OfficialFile {
    std::string source;
    std::string service;
    std::optional<core::Date> as_of;
    std::int64_t lines = 0;     ///< below the header
    std::int64_t left_out = 0;  ///< of other areas than those asked for
    std::int64_t bad = 0;       ///< rows, not faults
    std::int64_t doubtful = 0;  ///< good rows with a doubt
    std::vector<OfficialRow> rows;
    std::vector<std::string> keys_elsewhere;  ///< of rows left out or bad: they are in the file all the same
    std::vector<OfficialFault> faults;
};

/// What the directory makes of the cells; nothing is checked.
[[nodiscard]] OfficialRow row_of(const OfficialLayouts& layouts, const Layout& layout, std::vector<std::string> cells);

/// `areas` are asked of `codes_of_area`; empty: the whole file. Rows whose code cannot be read are of every area.
/// Throws as `recognise` and workbooks::read_csv.
[[nodiscard]] OfficialFile decode(const OfficialLayouts& layouts, const std::string& file_name, std::string_view bytes,
                                  const std::vector<CodeRange>& areas);

}  // namespace tsunagi::resources
