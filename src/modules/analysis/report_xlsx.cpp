// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <stdexcept>

#include <xlsxwriter.h>

#include "modules/analysis/report_file.hpp"

namespace tsunagi::analysis {
namespace {

constexpr std::uint8_t paper_a4 = 9;
constexpr double plain_width = 9;

/// A folder that only this process can read, gone with its file at the end.
class PrivateFolder {
public:
    PrivateFolder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "tsunagi-export-XXXXXX").string();
        if (mkdtemp(pattern.data()) == nullptr)
            throw std::runtime_error("no temporary folder for an export");
        path_ = pattern;
    }

    ~PrivateFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }

    PrivateFolder(const PrivateFolder&) = delete;
    PrivateFolder& operator=(const PrivateFolder&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

struct Formats {
    lxw_format* title;
    lxw_format* line;
    lxw_format* link;
    lxw_format* head;
    lxw_format* text;
    lxw_format* number;
    lxw_format* summary;
};

lxw_format* bordered(lxw_workbook* book) {
    lxw_format* format = workbook_add_format(book);
    format_set_border(format, LXW_BORDER_THIN);
    format_set_text_wrap(format);
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    return format;
}

Formats formats_of(lxw_workbook* book) {
    Formats formats{.title = workbook_add_format(book),
                    .line = workbook_add_format(book),
                    .link = workbook_add_format(book),
                    .head = bordered(book),
                    .text = bordered(book),
                    .number = bordered(book),
                    .summary = bordered(book)};
    format_set_bold(formats.title);
    format_set_font_size(formats.title, 14);
    format_set_font_color(formats.link, LXW_COLOR_BLUE);
    format_set_underline(formats.link, LXW_UNDERLINE_SINGLE);
    format_set_bold(formats.head);
    format_set_align(formats.head, LXW_ALIGN_CENTER);
    format_set_bg_color(formats.head, 0xE8EEF4);
    for (lxw_format* format : {formats.number, formats.summary})
        format_set_num_format(format, "#,##0");
    format_set_bold(formats.summary);
    format_set_top(formats.summary, LXW_BORDER_MEDIUM);
    return formats;
}

/// Writes one sheet from top to bottom and sets how it is printed.
class SheetWriter {
public:
    SheetWriter(lxw_worksheet* sheet, const Formats& formats) : sheet_(sheet), formats_(formats) {}

    void write(const ReportSheet& report) {
        for (const auto& line : report.title) {
            put(line, 0, row_ == 0 ? formats_.title : formats_.line);
            ++row_;
        }
        const lxw_row_t head = row_;
        for (const auto& cells : report.head)
            write_row(cells, formats_.head);
        const lxw_row_t body = row_;
        for (std::size_t i = 0; i < report.rows.size(); ++i) {
            const bool summary = i + report.summary_rows >= report.rows.size();
            write_row(report.rows[i], summary ? formats_.summary : nullptr);
        }
        const lxw_row_t last = row_ == 0 ? 0 : row_ - 1;
        for (const auto& note : report.notes) {
            worksheet_write_string(sheet_, row_, 0, note.c_str(), formats_.line);
            ++row_;
        }
        const auto columns = static_cast<lxw_col_t>(report.widths.size());
        for (lxw_col_t i = 0; i < columns; ++i)
            worksheet_set_column(sheet_, i, i, report.widths[i] > 0 ? report.widths[i] : plain_width, nullptr);
        worksheet_freeze_panes(sheet_, body, static_cast<lxw_col_t>(report.fixed_columns));
        worksheet_set_landscape(sheet_);
        worksheet_set_paper(sheet_, paper_a4);
        worksheet_fit_to_pages(sheet_, 1, 0);
        worksheet_set_margins(sheet_, 0.4, 0.4, 0.5, 0.6);
        worksheet_set_footer(sheet_, "&C&P / &N");
        if (body > head)
            worksheet_repeat_rows(sheet_, head, body - 1);
        if (columns > 0)
            worksheet_print_area(sheet_, 0, 0, std::max(last, row_ == 0 ? 0 : row_ - 1),
                                 static_cast<lxw_col_t>(columns - 1));
    }

private:
    /// `format` is that of the whole row; without one each cell takes its own.
    void write_row(const std::vector<ReportCell>& cells, lxw_format* format) {
        lxw_col_t column = 0;
        for (const auto& cell : cells) {
            lxw_format* own = cell.number ? formats_.number : formats_.text;
            if (cell.span > 1) {
                worksheet_merge_range(sheet_, row_, column, row_, static_cast<lxw_col_t>(column + cell.span - 1),
                                      cell.text.c_str(), format == nullptr ? own : format);
            } else {
                put(cell, column, format == nullptr ? own : format);
            }
            column = static_cast<lxw_col_t>(column + cell.span);
        }
        ++row_;
    }

    void put(const ReportCell& cell, lxw_col_t column, lxw_format* format) {
        if (cell.number) {
            worksheet_write_number(sheet_, row_, column, static_cast<double>(*cell.number), format);
        } else if (!cell.link.empty()) {
            const std::string url = "internal:'" + cell.link + "'!A" + std::to_string(cell.link_row + 1);
            worksheet_write_url(sheet_, row_, column, url.c_str(), formats_.link);
            worksheet_write_string(sheet_, row_, column, cell.text.c_str(), formats_.link);
        } else {
            // Always as a string, so that nothing is ever computed from what people wrote.
            worksheet_write_string(sheet_, row_, column, cell.text.c_str(), format);
        }
    }

    lxw_worksheet* sheet_;
    const Formats& formats_;  // NOLINT: lives as long as the writer
    lxw_row_t row_ = 0;
};

}  // namespace

std::string xlsx_file(const std::vector<ReportSheet>& sheets) {
    const PrivateFolder folder;
    const std::string file = (folder.path() / "export.xlsx").string();
    std::string scratch = folder.path().string();
    lxw_workbook_options options{};
    options.tmpdir = scratch.data();
    lxw_workbook* book = workbook_new_opt(file.c_str(), &options);
    if (book == nullptr)
        throw std::runtime_error("an export could not be begun");
    const Formats formats = formats_of(book);
    for (const auto& report : sheets) {
        lxw_worksheet* sheet = workbook_add_worksheet(book, report.name.c_str());
        if (sheet == nullptr)
            throw std::runtime_error("a sheet of an export has no good name");
        SheetWriter(sheet, formats).write(report);
    }
    if (const lxw_error error = workbook_close(book); error != LXW_NO_ERROR)
        throw std::runtime_error(std::string("an export could not be written: ") + lxw_strerror(error));
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace tsunagi::analysis
