// SPDX-License-Identifier: Apache-2.0
// Files of rows and cells that come from outside: workbooks (.xlsx) and CSV in the encodings that offices use. Read
// from bytes in memory, row by row, within limits. The only folder that knows libzip and expat.
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"

namespace tsunagi::workbooks {

/// What a file may hold at most. Whatever is larger is refused before it is in memory.
struct Limits {
    std::int64_t rows = 200'000;                       ///< with something in them, of all tables together
    std::size_t columns = 256;                         ///< with something in them
    std::uint64_t unpacked = std::uint64_t{1} << 30U;  ///< bytes of one part of a workbook
    std::uint64_t texts = std::uint64_t{256} << 20U;   ///< bytes of the shared texts
    std::uint64_t ratio = 400;                         ///< unpacked bytes for each packed one, from 16 MB on
};

/// Cells are texts as a reader would see them: days as 2025-04-01, times as 10:30, both as "2025-04-01 10:30"; numbers
/// without a format as they stand in the file. No blanks around them, line ends as \n, no other control characters.
struct Row {
    std::int64_t number = 0;         ///< as the spreadsheet counts, from 1
    std::vector<std::string> cells;  ///< the last one is not empty
};

/// Hears a table by its name (of a CSV file: none), then its rows that are not empty.
struct Visitor {
    /// `from_1904`: bare numbers that mean days count from 1904-01-01.
    std::function<void(const std::string& name, bool from_1904)> table;
    std::function<void(Row&& row)> row;
};

/// Why a file is not read, a key that the browser translates: `workbook_encrypted`, `workbook_old` (.xls),
/// `workbook_macro`, `workbook_other` (.xlsb, .ods), `workbook_bomb`, `workbook_broken`, `workbook_empty`,
/// `file_empty`, `file_not_a_table`, `file_encoding`, `file_open_quote`, `too_many_rows`, `too_many_columns`. `where`
/// is a row or a part of the file, where that helps.
[[nodiscard]] core::Error refused(const std::string& reason, const std::string& where = {});

/// Reads a workbook or a CSV file, whichever the bytes are. A cell that was merged downwards stands in each of its
/// rows; hidden tables are left out. Throws `refused`.
void read(std::string_view bytes, const Limits& limits, const Visitor& visitor);

void read_workbook(std::string_view bytes, const Limits& limits, const Visitor& visitor);
void read_csv(std::string_view bytes, const Limits& limits, const Visitor& visitor);

/// The cell as described at `Row`.
[[nodiscard]] std::string tidy(std::string_view text);

}  // namespace tsunagi::workbooks
