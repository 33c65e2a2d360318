// SPDX-License-Identifier: Apache-2.0
#include "modules/documents/content_rules.hpp"

#include <set>

#include <gtest/gtest.h>

#include "core/error.hpp"
#include "record/scalar.hpp"

namespace tsunagi::documents {
namespace {

FileBytes bytes_of(const std::string& content) {
    return {.size = static_cast<std::int64_t>(content.size()),
            .read = [content](std::int64_t offset, std::int64_t size) {
                return offset >= static_cast<std::int64_t>(content.size())
                           ? std::string()
                           : content.substr(static_cast<std::size_t>(offset), static_cast<std::size_t>(size));
            }};
}

/// The kind, or "reason limit".
std::string told(const std::string& name, const std::string& content) {
    try {
        return record::to_text(kind_of(name, bytes_of(content)));
    } catch (const core::Error& error) {
        const auto& field = error.fields().at(0);
        return field.reason + (field.limit.empty() ? "" : " " + field.limit);
    }
}

std::string number(std::uint32_t value, int size) {
    std::string result;
    for (int i = 0; i < size; ++i)
        result += static_cast<char>(value >> (8 * i));
    return result;
}

/// An archive of empty files of these names.
std::string zip(const std::vector<std::string>& names) {
    std::string files;
    std::string directory;
    for (const auto& name : names) {
        const std::string sizes = number(static_cast<std::uint32_t>(name.size()), 2);
        const auto at = static_cast<std::uint32_t>(files.size());
        files += "PK\x03\x04" + number(20, 2) + std::string(20, '\0') + sizes + number(0, 2) + name;
        directory += "PK\x01\x02" + number(20, 2) + number(20, 2) + std::string(20, '\0') + sizes +
                     std::string(12, '\0') + number(at, 4) + name;
    }
    const auto count = static_cast<std::uint32_t>(names.size());
    return files + directory + "PK\x05\x06" + number(0, 4) + number(count, 2) + number(count, 2) +
           number(static_cast<std::uint32_t>(directory.size()), 4) +
           number(static_cast<std::uint32_t>(files.size()), 4) + number(0, 2);
}

/// A compound file whose directory has these streams; the first begins with `begin`.
std::string compound(const std::vector<std::string>& streams, const std::string& begin = "") {
    std::string head = std::string("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") + std::string(16, '\0') + number(0x3E, 2) +
                       number(3, 2) + number(0xFFFE, 2) + number(9, 2) + number(6, 2) + std::string(10, '\0') +
                       number(1, 4) + number(1, 4) + number(0, 4) + number(4096, 4) + number(0xFFFFFFFE, 4) +
                       number(0, 4) + number(0xFFFFFFFE, 4) + number(0, 4) + number(0, 4);
    for (int i = 0; i < 108; ++i)
        head += number(0xFFFFFFFF, 4);
    std::string table = number(0xFFFFFFFD, 4) + number(0xFFFFFFFE, 4) + number(3, 4) + number(0xFFFFFFFE, 4);
    table.resize(512, '\xff');
    std::string directory;
    for (std::size_t i = 0; i < 4; ++i) {
        std::string entry;
        const std::string name = i == 0 ? "Root Entry" : i <= streams.size() ? streams[i - 1] : "";
        for (const char c : name)
            entry += std::string{c, '\0'};
        entry.resize(64, '\0');
        entry += number(name.empty() ? 0 : static_cast<std::uint32_t>(name.size() * 2 + 2), 2);
        entry += static_cast<char>(name.empty() ? 0 : i == 0 ? 5 : 2);
        entry.resize(116, '\0');
        entry += number(2, 4) + number(8192, 4) + number(0, 4);
        directory += entry;
    }
    std::string content = begin;
    content.resize(1024, '\0');
    return head + table + directory + content;
}

const std::string png("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\10\2\0\0\0", 30);

TEST(ContentRules, TellsAFileByItsBytes) {
    EXPECT_EQ(told("scan.pdf", "%PDF-1.4\n%..."), "pdf");
    EXPECT_EQ(told("A.PNG", png), "png");
    EXPECT_EQ(told("photo.jpeg", std::string("\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0", 20)), "jpeg");
    EXPECT_EQ(told("a.gif", std::string("GIF89a\1\0\1\0\0\0\0", 13)), "gif");
    EXPECT_EQ(told("a.tif", std::string("II*\0\10\0\0\0\0\0\0\0", 12)), "tiff");
    EXPECT_EQ(told("a.webp", std::string("RIFF\x1a\0\0\0WEBPVP8 \x0e\0\0\0", 20)), "webp");
    EXPECT_EQ(told("a.heic", std::string("\0\0\0\x18"
                                         "ftypheic\0\0\0\0mif1heic",
                                         24)),
              "heic");
    EXPECT_EQ(told("memo.txt", "電話のあとに書いたこと。\n"), "text");
    EXPECT_EQ(told("memo.txt", "\x93\x64\x98\x62\x82\xcc\x82\xa0\x82\xc6\r\n"), "text") << "CP932";
    EXPECT_EQ(told("list.csv", "番号,件名\n1,退院\n2,訪問\n"), "csv");
}

TEST(ContentRules, TheNameHasToAgree) {
    EXPECT_EQ(told("scan.jpg", "%PDF-1.4\n%..."), "extension_differs pdf");
    EXPECT_EQ(told("scan", "%PDF-1.4\n%..."), "extension_differs pdf");
    EXPECT_EQ(told("scan.pdf", png), "extension_differs png");
    EXPECT_EQ(told("memo.txt", png), "extension_differs png");
    EXPECT_EQ(told("letter.doc", zip({"[Content_Types].xml", "word/document.xml"})), "extension_differs word");
    EXPECT_EQ(told("letter.xlsx", zip({"[Content_Types].xml", "word/document.xml"})), "extension_differs word");
}

TEST(ContentRules, OfficeFilesWithoutMacrosAndPasswords) {
    EXPECT_EQ(told("a.docx", zip({"[Content_Types].xml", "_rels/.rels", "word/document.xml"})), "word");
    EXPECT_EQ(told("a.xlsx", zip({"[Content_Types].xml", "xl/workbook.xml"})), "excel");
    EXPECT_EQ(told("a.pptx", zip({"[Content_Types].xml", "ppt/presentation.xml"})), "powerpoint");
    EXPECT_EQ(told("a.docx", zip({"[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"})),
              "office_macros");
    EXPECT_EQ(told("a.xlsx", zip({"[Content_Types].xml", "xl/workbook.xml", "xl/macrosheets/sheet1.xml"})),
              "office_macros");
    EXPECT_EQ(told("a.doc", compound({"WordDocument"})), "word");
    EXPECT_EQ(told("a.xls", compound({"Workbook"})), "excel");
    EXPECT_EQ(told("a.ppt", compound({"PowerPoint Document"})), "powerpoint");
    EXPECT_EQ(told("a.docx", compound({"EncryptionInfo", "EncryptedPackage"})), "office_encrypted");
    EXPECT_EQ(told("a.doc", compound({"WordDocument", "Macros"})), "office_macros");
    EXPECT_EQ(told("a.xls", compound({"Workbook", "_VBA_PROJECT_CUR"})), "office_macros");
    EXPECT_EQ(told("a.doc", compound({"WordDocument"}, std::string(10, '\0') + number(0x0100, 2))), "office_encrypted");
    EXPECT_EQ(told("a.xls", compound({"Workbook"}, number(0x809, 2) + number(2, 2) + "xx" + number(0x2F, 2))),
              "office_encrypted");
}

TEST(ContentRules, OtherFilesAreRefusedWhateverTheyAreCalled) {
    const std::string program = std::string("MZ\x90\0\3\0\0\0", 8) + std::string(200, '\0');
    for (const std::string name : {"a.exe", "a.pdf", "a.txt", "a.jpg"})
        EXPECT_TRUE(told(name, program).starts_with("file_kind_not_allowed")) << name;
    for (const std::string name : {"a.html", "a.txt", "a.csv", "a.pdf"})
        EXPECT_EQ(told(name, "<!DOCTYPE html><html><script>alert(1)</script></html>"),
                  "file_kind_not_allowed text/html");
    EXPECT_EQ(told("a.svg", "<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
              "file_kind_not_allowed image/svg+xml");
    EXPECT_EQ(told("a.txt", "#!/bin/sh\nrm -rf /\n").substr(0, 21), "file_kind_not_allowed");
    EXPECT_EQ(told("a.zip", zip({"a.txt"})), "file_kind_not_allowed application/zip");
    EXPECT_EQ(told("a.docx", zip({"a.txt"})), "file_kind_not_allowed application/zip");
}

TEST(ContentRules, BrokenOfficeFilesEndInAWord) {
    // Whatever is broken: a kind or a refusal, never an error of another kind.
    const auto in_words = [](const std::string& answer) {
        static const std::set<std::string> words{
            "word", "file_damaged", "office_macros", "office_encrypted", "extension_differs", "file_kind_not_allowed"};
        return words.contains(answer.substr(0, answer.find(' ')));
    };
    const std::string whole = zip({"[Content_Types].xml", "word/document.xml"});
    const std::string old = compound({"WordDocument"});
    for (std::size_t size = 8; size < whole.size(); ++size)
        EXPECT_NE(told("a.docx", whole.substr(0, size)), "word");
    for (std::size_t size = 8; size < old.size(); size += 8)
        EXPECT_TRUE(in_words(told("a.doc", old.substr(0, size)))) << size << told("a.doc", old.substr(0, size));
    for (std::size_t at = 8; at < whole.size(); ++at) {
        std::string changed = whole;
        changed[at] = '\xff';
        EXPECT_TRUE(in_words(told("a.docx", changed))) << at << told("a.docx", changed);
    }
    for (std::size_t at = 8; at < old.size(); at += 3) {
        std::string changed = old;
        changed[at] = static_cast<char>(at);
        EXPECT_TRUE(in_words(told("a.doc", changed))) << at << told("a.doc", changed);
    }
}

TEST(ContentRules, MacrosAreFoundHoweverTheirNameIsWritten) {
    EXPECT_EQ(told("a.doc", compound({"WordDocument", "MACROS"})), "office_macros");
    EXPECT_EQ(told("a.doc", compound({"WordDocument", "vba"})), "office_macros");
}

TEST(ContentRules, ANameStaysWhatItIsInTheHeader) {
    EXPECT_EQ(disposition("attachment", "FAX 髙橋.pdf"),
              "attachment; filename=\"FAX___.pdf\"; filename*=UTF-8''FAX%20%E9%AB%99%E6%A9%8B.pdf");
    EXPECT_EQ(disposition("inline", "a\"\r\nb.png"),
              "inline; filename=\"a___b.png\"; filename*=UTF-8''a%22%0D%0Ab.png");
}

}  // namespace
}  // namespace tsunagi::documents
