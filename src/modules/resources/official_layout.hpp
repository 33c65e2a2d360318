// SPDX-License-Identifier: Apache-2.0
// What files of official open data look like, and which of them one is. Pure but for reading the list of layouts.
#pragma once
#include <filesystem>
#include <map>
#include <optional>
#include <regex>
#include <string>
#include <string_view>
#include <vector>

#include "core/date.hpp"

namespace tsunagi::resources {

struct LayoutColumn {
    std::string header;
    std::string field;  ///< what the directory makes of it; empty: only kept as written
};

/// One published form of file, as packs/standard/official_layouts.yaml describes it.
struct Layout {
    std::string name;     ///< kaigo, hospital: the `source` of its records
    std::string service;  ///< empty: the first group of `file_name` in the name of the file is the service
    std::regex file_name;
    std::regex key_form;
    bool flags_say_open = false;  ///< 1 in a column of a day means open, whatever its header says
    std::vector<LayoutColumn> columns;

    /// Position of the column of that field.
    [[nodiscard]] std::optional<std::size_t> column_of(std::string_view field) const;
};

struct OfficialLayouts {
    std::vector<Layout> layouts;
    std::map<std::string, std::vector<std::string>, std::less<>> day_words;
    std::string line_end;  ///< what some publishers write for a new line

    [[nodiscard]] const Layout* find(std::string_view name) const;
};

/// Throws std::runtime_error that names the file.
[[nodiscard]] OfficialLayouts read_official_layouts(const std::filesystem::path& file);

struct RecognisedFile {
    const Layout* layout = nullptr;
    std::string service;
    std::optional<core::Date> as_of;     ///< a day that the name holds
    std::vector<std::size_t> positions;  ///< of each column of the layout in the file; npos where it is missing
    std::vector<std::string> unknown;    ///< headers the layout does not know
    std::vector<std::string> missing;    ///< headers of the layout that the file lacks and can be read without
};

/// Throws core::Error `invalid`: `official_unknown` for another kind of file, `official_columns` naming the columns
/// that are missing, `official_service` when the name does not tell the service.
[[nodiscard]] RecognisedFile recognise(const OfficialLayouts& layouts, const std::string& file_name,
                                       const std::vector<std::string>& header);

/// The check digit of a municipality's code of five digits.
[[nodiscard]] char check_digit(std::string_view five_digits);
[[nodiscard]] bool is_municipality_code(std::string_view six_digits);
/// 13 digits of which the first checks the others.
[[nodiscard]] bool is_corporate_number(std::string_view digits);

/// The codes of six digits that an area covers, both ends included.
struct CodeRange {
    std::string first;
    std::string last;
};

/// A prefecture (2 digits, or its code of 5 or 6) or a municipality (5, or 6 with the check digit); a city with wards
/// covers them. Nothing for anything else.
[[nodiscard]] std::optional<CodeRange> codes_of_area(std::string_view area);

}  // namespace tsunagi::resources
