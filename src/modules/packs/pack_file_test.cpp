// SPDX-License-Identifier: Apache-2.0
#include "modules/packs/pack_file.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace tsunagi::packs {
namespace {

const std::string head = "name: a\nlabel: {ja: あ, en: A}\nsource: {ja: 図, en: Figure}\n";

std::string fault(const std::string& text) {
    try {
        (void)parse_pack(text);
    } catch (const PackError& error) {
        return error.what();
    }
    return "";
}

TEST(PackFileTest, ReadsEveryPackOfTheRepository) {
    const auto packs = read_packs(std::string(TSUNAGI_SOURCE_DIR) + "/packs");
    ASSERT_GE(packs.size(), 5U);
    for (const Pack& pack : packs)
        EXPECT_FALSE(pack.label.ja.empty());
}

TEST(PackFileTest, ReadsCodesInOrder) {
    const Pack pack = parse_pack(head +
                                 "schemes:\n  method:\n    label: {ja: 方法, en: Method}\n    codes:\n"
                                 "      - {code: phone, ja: 電話, en: Phone, short: 電}\n"
                                 "      - {code: fax, ja: FAX, en: Fax}\n");
    ASSERT_EQ(pack.schemes.size(), 1U);
    EXPECT_EQ(pack.schemes[0].pack, "a");
    EXPECT_EQ(pack.schemes[0].codes[1].code.str(), "fax");
    EXPECT_EQ(pack.schemes[0].codes[1].position, 1);
    EXPECT_EQ(pack.schemes[0].codes[0].short_label.str(), "電");
}

TEST(PackFileTest, NamesTheLineOfWhatIsWrong) {
    EXPECT_EQ(fault("name: a\nlabel: {ja: あ, en: A}\n"), "line 1: a pack needs `source`");
    EXPECT_EQ(fault(head + "shcemes: {}\n"), "line 4: a pack has no `shcemes`");
    EXPECT_EQ(fault(head + "name: b\n"), "line 4: `name` stands twice");
    const std::string scheme = head + "schemes:\n  method:\n    label: {ja: 方法, en: Method}\n    codes:\n";
    EXPECT_EQ(fault(scheme + "      - {code: Phone, ja: 電話, en: Phone}\n"), "line 8: code is not usable: format");
    EXPECT_EQ(fault(scheme + "      - {code: phone, ja: 電話}\n"), "line 8: a code needs `en`");
    EXPECT_EQ(fault(scheme + "      - {code: phone, ja: 電話, en: Phone, colour: red}\n"),
              "line 8: a code has no `colour`");
    EXPECT_EQ(fault(scheme + "      - {code: a, ja: あ, en: A}\n      - {code: a, ja: い, en: B}\n"),
              "line 9: scheme `method` has `a` twice");
    EXPECT_EQ(fault(scheme + "      - {code: a, ja: あ, en: A, parent: b}\n"),
              "line 8: code `a` has a parent, but its scheme names no `parent_scheme`");
    EXPECT_EQ(fault(head + "sheet: {title: {ja: 票, en: S}, form_number: {ja: 一, en: 1}, version: x, fields: []}\n"),
              "line 4: sheet version must be a whole number");
}

TEST(PackFileTest, RefusesBytesThatAreNoYaml) {
    for (const std::string& text :
         {std::string(), std::string("\0\0\0", 3), std::string("[1, 2"), std::string("a: b: c"), std::string("- x"),
          std::string("&a [*a]"), std::string(5000, '['), head + "schemes: *nothing\n",
          std::string("? {a: b}\n: c\n")}) {
        EXPECT_NE(fault(text), "") << text.substr(0, 40);
    }
}

RC_GTEST_PROP(PackFileTest, NothingButAPackErrorComesOut, (const std::string& text)) {
    try {
        (void)parse_pack(head + text);
    } catch (const PackError&) {
    }
}

}  // namespace
}  // namespace tsunagi::packs
