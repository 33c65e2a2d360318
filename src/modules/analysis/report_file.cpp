// SPDX-License-Identifier: Apache-2.0
#include "modules/analysis/report_file.hpp"

namespace tsunagi::analysis {

record::ExportedFile exported(FileFormat format, const std::string& name, const std::vector<ReportSheet>& sheets) {
    switch (format) {
        case FileFormat::xlsx:
            return {name + ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                    xlsx_file(sheets)};
        case FileFormat::csv:
            return {name + ".csv", "text/csv; charset=utf-8", csv_file(sheets.front())};
        case FileFormat::csv_cp932:
            return {name + ".csv", "text/csv; charset=windows-31j", csv_cp932_file(sheets.front())};
    }
    return {};
}

}  // namespace tsunagi::analysis
