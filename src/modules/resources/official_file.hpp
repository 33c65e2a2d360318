// SPDX-License-Identifier: Apache-2.0
// From the bytes of an official file to rows, with every bad row and every doubt. Pure.
#pragma once
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "modules/localities/locality.hpp"
#include "modules/resources/official_layout.hpp"
#include "modules/resources/official_row.hpp"

namespace tsunagi::resources {

/// What is wrong (`bad`: the row is not taken) or odd about a row. `reason` is translated by the browser: `required`,
/// `key_form`, `repeated_key`, `municipality_code`, `coordinates_missing`, `coordinates_outside`, `coordinates_far`,
/// `phone_form`, `fax_form`, `url_form`, `corporate_number`, `capacity`, `unknown_day`, `unknown_column`,
/// `missing_column`, `too_many_cells`, `place_unknown`, `unknown_service`, `municipality_unknown`, `unknown_sheet`,
/// `day_form`, `code_divided`: the municipality's code is in use no longer, and which of several follows is not told.
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
    std::set<std::string> covers;  ///< what keys begin with that the file tells of; empty: of every one
    std::map<std::string, std::pair<std::string, std::string>> names;  ///< of municipalities: code → prefecture, name
};

/// What reading a file needs to know beside the file.
struct Surroundings {
    std::vector<CodeRange> areas;  ///< as `codes_of_area` says; empty: the whole file
    ServiceWords services;
    MunicipalityOf municipality;
    localities::Successors successors;  ///< of codes that are no longer in use
    /// The municipality's code of a place that a layout's file has told of; nothing: there is none.
    std::function<std::optional<std::string>(const std::string& source, const std::string& key)> place;
    /// Hears now and then how many lines have been read; may throw to stop.
    std::function<void(std::int64_t lines)> progress;
};

/// A CSV file or a workbook. Rows whose code cannot be read are of every area. Throws as `recognise` and
/// workbooks::read; `official_unknown` where no table has a header of a known layout within its first lines.
[[nodiscard]] OfficialFile decode(const OfficialLayouts& layouts, const std::string& file_name, std::string_view bytes,
                                  const Surroundings& around);

}  // namespace tsunagi::resources
