// SPDX-License-Identifier: Apache-2.0
#include "workbooks/table.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>
#include <xlsxwriter.h>
#include <zip.h>

#include "core/id.hpp"

namespace tsunagi::workbooks {
namespace {

struct Table {
    std::string name;
    bool from_1904 = false;
    std::vector<Row> rows;
};

std::vector<Table> tables_of(std::string_view bytes, const Limits& limits = {}) {
    std::vector<Table> tables;
    read(bytes, limits,
         {.table =
              [&](const std::string& name, bool from_1904) {
                  tables.push_back({name, from_1904, {}});
              },
          .row = [&](Row&& row) { tables.back().rows.push_back(std::move(row)); }});
    return tables;
}

using Cells = std::vector<std::string>;

std::string refusal(std::string_view bytes, const Limits& limits = {}) {
    try {
        (void)tables_of(bytes, limits);
    } catch (const core::Error& error) {
        return error.reason();
    }
    return "read";
}

/// Bytes of a file that `write` made.
template <class Write>
std::string made(const Write& write) {
    const auto file = std::filesystem::temp_directory_path() / ("tsunagi-" + core::new_uuid());
    write(file.string());
    std::ifstream in(file, std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(in), {}};
    std::filesystem::remove(file);
    return bytes;
}

std::string workbook() {
    return made([](const std::string& file) {
        lxw_workbook* book = workbook_new(file.c_str());
        lxw_worksheet* sheet = workbook_add_worksheet(book, "Log");
        lxw_format* day = workbook_add_format(book);
        format_set_num_format(day, "yyyy\"/\"m/d");
        lxw_format* era = workbook_add_format(book);
        format_set_num_format(era, "[$-411]ge.m.d");
        lxw_format* time = workbook_add_format(book);
        format_set_num_format(time, "h:mm");
        worksheet_write_string(sheet, 0, 0, "  title ", nullptr);
        worksheet_merge_range(sheet, 2, 0, 3, 0, "merged", nullptr);
        worksheet_write_number(sheet, 2, 1, 45748, day);
        worksheet_write_number(sheet, 3, 1, 45748, era);
        worksheet_write_number(sheet, 3, 2, 0.4375, time);
        worksheet_write_number(sheet, 3, 3, 0.1 + 0.2, nullptr);
        worksheet_write_string(sheet, 3, 4, "two\nlines", nullptr);
        lxw_worksheet* second = workbook_add_worksheet(book, "Second");
        worksheet_write_boolean(second, 0, 0, 1, nullptr);
        lxw_worksheet* hidden = workbook_add_worksheet(book, "Hidden");
        worksheet_write_string(hidden, 0, 0, "nobody sees this", nullptr);
        worksheet_hide(hidden);
        workbook_close(book);
    });
}

std::string zipped(const std::vector<std::pair<std::string, std::string>>& parts) {
    return made([&](const std::string& file) {
        zip_t* zip = zip_open(file.c_str(), ZIP_CREATE, nullptr);
        for (const auto& [name, text] : parts)
            zip_file_add(zip, name.c_str(), zip_source_buffer(zip, text.data(), text.size(), 0), 0);
        zip_close(zip);
    });
}

TEST(WorkbookTest, CellsAreReadAsAReaderSeesThem) {
    const auto tables = tables_of(workbook());
    ASSERT_EQ(tables.size(), 2U);
    EXPECT_EQ(tables[0].name, "Log");
    ASSERT_EQ(tables[0].rows.size(), 3U);
    EXPECT_EQ(tables[0].rows[0].cells, Cells{"title"});
    EXPECT_EQ(tables[0].rows[1].number, 3);
    EXPECT_EQ(tables[0].rows[1].cells, (Cells{"merged", "2025-04-01"}));
    EXPECT_EQ(tables[0].rows[2].cells, (Cells{"merged", "2025-04-01", "10:30", "0.3", "two\nlines"}));
    EXPECT_EQ(tables[1].rows[0].cells, Cells{"TRUE"});
}

TEST(WorkbookTest, WhatIsNoPlainWorkbookIsRefusedWithItsReason) {
    using namespace std::string_literals;
    const std::string compound = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"s + std::string(600, '\0');
    EXPECT_EQ(refusal(compound), "workbook_old");
    EXPECT_EQ(refusal(compound + "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"s), "workbook_encrypted");
    EXPECT_EQ(refusal(workbook().substr(0, 900)), "workbook_broken");
    EXPECT_EQ(refusal(zipped({{"[Content_Types].xml", "<Types/>"}, {"xl/vbaProject.bin", "x"}})), "workbook_macro");
    EXPECT_EQ(refusal(zipped({{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}})), "workbook_other");
    EXPECT_EQ(refusal(zipped({{"photo.jpg", "x"}})), "file_not_a_table");
    EXPECT_EQ(refusal("%PDF-1.7"), "file_not_a_table");
    EXPECT_EQ(refusal(""), "file_empty");
    EXPECT_EQ(refusal(workbook(), {.rows = 2}), "too_many_rows");
    EXPECT_EQ(refusal(workbook(), {.columns = 3}), "too_many_columns");
}

TEST(WorkbookTest, ABombIsNotUnpacked) {
    const std::string row = "<row><c t=\"inlineStr\"><is><t>a</t></is></c></row>";
    std::string rows(std::size_t{40} << 20U, ' ');
    const std::string bomb =
        zipped({{"[Content_Types].xml", "<Types/>"},
                {"xl/workbook.xml", R"(<workbook><sheets><sheet name="S" r:id="r1"/></sheets></workbook>)"},
                {"xl/_rels/workbook.xml.rels",
                 R"(<Relationships><Relationship Id="r1" Target="worksheets/s.xml"/></Relationships>)"},
                {"xl/worksheets/s.xml", "<worksheet><sheetData>" + rows + row + "</sheetData></worksheet>"}});
    EXPECT_LT(bomb.size(), 100'000U);
    EXPECT_EQ(refusal(bomb), "workbook_bomb");
    const std::string entities =
        zipped({{"[Content_Types].xml", "<!DOCTYPE t [<!ENTITY a \"a\"><!ENTITY b \"&a;&a;\">]><Types>&b;</Types>"}});
    EXPECT_EQ(refusal(entities), "workbook_broken");
}

TEST(CsvTest, EveryEncodingOfTheOffices) {
    const std::vector<Cells> wanted{{"\u53d7\u4ed8\u65e5", "\u5185\u5bb9"}, {"R7.4.1", "\u9ad9\u2460,\"x\"\ny"}};
    const std::string utf8 = "\u53d7\u4ed8\u65e5,\u5185\u5bb9\r\nR7.4.1,\"\u9ad9\u2460,\"\"x\"\"\r\ny\"\r\n";
    const std::string cp932 =
        "\x8e\xf3\x95\x74\x93\xfa,\x93\xe0\x97\x65\r\nR7.4.1,\"\xfb\xfc\x87\x40,\"\"x\"\"\r\ny\"\r\n";
    std::string little;
    std::string big;
    for (const char32_t c :
         std::u32string(U"\u53d7\u4ed8\u65e5,\u5185\u5bb9\nR7.4.1,\"\u9ad9\u2460,\"\"x\"\"\ny\"\n")) {
        little += {static_cast<char>(c & 0xFFU), static_cast<char>(c >> 8U)};
        big += {static_cast<char>(c >> 8U), static_cast<char>(c & 0xFFU)};
    }
    for (const std::string& bytes :
         {utf8, "\xEF\xBB\xBF" + utf8, cp932, "\xFF\xFE" + little, "\xFE\xFF" + big, little}) {
        const auto tables = tables_of(bytes);
        ASSERT_EQ(tables.size(), 1U);
        ASSERT_EQ(tables[0].rows.size(), 2U);
        EXPECT_EQ(tables[0].rows[0].cells, wanted[0]);
        EXPECT_EQ(tables[0].rows[1].cells, wanted[1]);
    }
}

TEST(CsvTest, LinesKeepTheirNumbersAndFaultsTheirReasons) {
    const auto tables = tables_of("a\tb\n\n\t\nc\td\n");
    ASSERT_EQ(tables[0].rows.size(), 2U);
    EXPECT_EQ(tables[0].rows[1].number, 4);
    EXPECT_EQ(tables[0].rows[1].cells, (Cells{"c", "d"}));
    EXPECT_EQ(refusal("a,\"b\nc"), "file_open_quote");
    EXPECT_EQ(refusal("a,b\n\xff\xff\xff"), "file_encoding");
    std::string every_byte;
    for (int i = 0; i < 256; ++i)
        every_byte += static_cast<char>(i);
    EXPECT_EQ(refusal(every_byte), "file_not_a_table");
    EXPECT_EQ(refusal("\n \n"), "file_empty");
}

}  // namespace
}  // namespace tsunagi::workbooks
