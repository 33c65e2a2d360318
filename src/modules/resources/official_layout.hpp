// SPDX-License-Identifier: Apache-2.0
// What files of official open data look like, and which of them one is. Pure but for reading the list of layouts.
#pragma once
#include <filesystem>
#include <map>
#include <optional>
#include <regex>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/date.hpp"

namespace tsunagi::resources {

struct LayoutColumn {
    std::string header;
    std::string field;  ///< what the directory makes of it; empty: only kept as written
    std::vector<std::string> aliases;
    bool needed = false;  ///< a file without it is not read
};

/// One published form of file, as packs/standard/official_layouts.yaml describes it.
struct Layout {
    std::string name;     ///< kaigo, hospital: the `source` of its records
    std::string service;  ///< empty: the first group of `file_name` in the name of the file is the service
    std::string of;       ///< the layout whose places its rows tell more of; empty: its rows are places themselves
    std::regex file_name;
    std::regex key_form;
    bool flags_say_open = false;  ///< 1 in a column of a day means open, whatever its header says
    bool any_order = false;       ///< columns that it need not have are not told when they are missing
    std::vector<std::string> key;
    std::vector<std::string> place_key;
    std::vector<std::string>
        covers;  ///< of the key: what a file tells of; it tells nothing of other keys. Empty: of all
    std::set<std::string, std::less<>> lines_of;  ///< fields that take the cells of further rows with the key as lines
    std::string part;  ///< a field whose known words are services of their own, with a record each
    std::set<std::string, std::less<>> part_lines_of;
    std::optional<std::regex> as_of;  ///< year of the era, month, day, above the header
    int as_of_first_year = 0;
    std::map<std::string, std::map<std::string, std::string, std::less<>>, std::less<>> words;  ///< by field
    std::string municipality;  ///< code of rows that tell none
    std::vector<LayoutColumn> columns;
    std::unordered_map<std::string, std::size_t> fields;  ///< positions in `columns`

    /// Position of the column of that field.
    [[nodiscard]] std::optional<std::size_t> column_of(const std::string& field) const;

    /// The layout whose places its rows belong to.
    [[nodiscard]] const std::string& places() const { return of.empty() ? name : of; }
};

struct OfficialLayouts {
    std::vector<Layout> layouts;
    std::map<std::string, std::vector<std::string>, std::less<>> day_words;
    std::string line_end;                          ///< what some publishers write for a new line
    std::map<std::string, int, std::less<>> eras;  ///< their first years, less one
    std::string district_mark;

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

/// Of the layout that knows most of the header. Nothing for what is no header of a known layout. Throws
/// core::Error `invalid`: `official_columns` naming the columns that are missing of a layout that most of it belongs
/// to, `official_service` when the name does not tell the service.
[[nodiscard]] std::optional<RecognisedFile> recognise(const OfficialLayouts& layouts, const std::string& file_name,
                                                      const std::vector<std::string>& header);

/// Full-width digits, letters and signs as ASCII, full-width blanks as blanks.
[[nodiscard]] std::string with_plain_letters(std::string_view text);
/// A day such as one of 平成20年 7月 1日, the year of the era perhaps the first one by its word.
[[nodiscard]] std::optional<core::Date> era_day(const OfficialLayouts& layouts, std::string_view text);

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
