// SPDX-License-Identifier: Apache-2.0
// Tables as files: xlsx, and CSV in UTF-8 or CP932.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "modules/analysis/figures.hpp"
#include "record/exported_file.hpp"

namespace tsunagi::analysis {

struct ReportCell {
    std::string text = {};
    std::optional<std::int64_t> number = {};  ///< written as a number instead of the text
    std::size_t span = 1;                     ///< columns the cell covers
    std::string link = {};                    ///< name of a sheet of the same file
    std::size_t link_row = 0;
};

/// One sheet: lines above, a head of one or more rows, the rows, lines below.
struct ReportSheet {
    std::string name;
    std::vector<ReportCell> title;  ///< one line each
    std::vector<std::vector<ReportCell>> head;
    std::vector<std::vector<ReportCell>> rows;
    std::vector<std::string> notes;
    std::vector<double> widths;     ///< of the columns, in characters
    std::size_t fixed_columns = 1;  ///< stay in place when scrolling
    std::size_t summary_rows = 0;   ///< of the last rows, emphasised
};

/// An Excel file: A4 landscape, one page wide, head repeated on each page and frozen, print area set.
[[nodiscard]] std::string xlsx_file(const std::vector<ReportSheet>& sheets);

/// The last row of the head and the rows, CRLF, in UTF-8 with a byte order mark. A text that a spreadsheet would take
/// for a formula gets an apostrophe before it.
[[nodiscard]] std::string csv_file(const ReportSheet& sheet);

/// The same in CP932. Throws core::Error `invalid`, reason `not_in_cp932`, when characters are missing there: each is
/// named in `limit`, its place as `/rows/2/columns/5`, counted from 1 with the head as row 1.
[[nodiscard]] std::string csv_cp932_file(const ReportSheet& sheet);

/// The sheets as they are handed out, the name with its ending; a CSV holds the first sheet alone.
[[nodiscard]] record::ExportedFile exported(FileFormat format, const std::string& name,
                                            const std::vector<ReportSheet>& sheets);

}  // namespace tsunagi::analysis
