// SPDX-License-Identifier: Apache-2.0
// Official files that are workbooks of several sheets.
#include <filesystem>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>
#include <xlsxwriter.h>

#include "core/id.hpp"
#include "modules/resources/official_file.hpp"

namespace tsunagi::resources {
namespace {

TEST(OfficialFileTest, ASheetThatIsNotReadIsTold) {
    const auto path = std::filesystem::temp_directory_path() / ("tsunagi-" + core::new_uuid());
    lxw_workbook* book = workbook_new(path.c_str());
    const auto sheet = [&](const char* name, const std::vector<std::vector<const char*>>& rows) {
        lxw_worksheet* made = workbook_add_worksheet(book, name);
        for (std::size_t row = 0; row < rows.size(); ++row) {
            for (std::size_t at = 0; at < rows[row].size(); ++at)
                worksheet_write_string(made, static_cast<lxw_row_t>(row), static_cast<lxw_col_t>(at), rows[row][at],
                                       nullptr);
        }
    };
    sheet("About", {{"It is a list"}, {"of places"}});
    sheet("List", {{"NO", "都道府県コード又は市区町村コード", "名称", "医療機関の種類", "住所"},
                   {"1", "991015", "架空医院", "診療所", "汐見市1"}});
    sheet("More", {{"2", "991015", "架空歯科", "歯科", "汐見市2"}});
    workbook_close(book);
    std::ifstream in(path, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    std::filesystem::remove(path);
    const auto layouts =
        read_official_layouts(std::string(TSUNAGI_SOURCE_DIR) + "/packs/standard/official_layouts.yaml");
    const auto file = decode(layouts, "list.xlsx", bytes, {});
    EXPECT_EQ(file.rows.size(), 1U);
    std::vector<std::string> sheets;
    for (const auto& fault : file.faults) {
        if (fault.reason == "unknown_sheet")
            sheets.push_back(std::to_string(fault.line) + " " + fault.header);
    }
    EXPECT_EQ(sheets, (std::vector<std::string>{"1 More", "2 About"})) << "a short one too, and one before the list";
    EXPECT_EQ(file.doubtful, 1) << "rows, not sheets: the one whose service nobody told";
}

}  // namespace
}  // namespace tsunagi::resources
