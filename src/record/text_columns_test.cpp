// SPDX-License-Identifier: Apache-2.0
#include "record/text_columns.hpp"

#include <gtest/gtest.h>

namespace tsunagi::record {
namespace {

struct NoteText {
    NonEmpty<Text<20>> title;
    std::vector<Code<"scene">> scenes;
    std::optional<std::int64_t> yen;
    bool wide = false;
    std::vector<std::string> links;
};
BOOST_DESCRIBE_STRUCT(NoteText, (), (title, scenes, yen, wide, links))

struct NoteRow {
    std::string id;
    std::string title;
    std::string scenes;
    std::optional<std::int64_t> yen;
    bool wide = false;
};
BOOST_DESCRIBE_STRUCT(NoteRow, (), (id, title, scenes, yen, wide))

TEST(TextColumns, ATextGoesIntoItsColumnsAndComesBack) {
    NoteText text;
    text.title = "髙﨑 辻󠄀";
    text.scenes = {Code<"scene">("daily"), Code<"scene">("discharge")};
    text.yen = 1200;
    text.wide = true;
    text.links = {"elsewhere"};
    NoteRow row{.id = "kept", .title = "", .scenes = "", .yen = {}, .wide = false};
    put_text(text, row);
    EXPECT_EQ(row.id, "kept");
    EXPECT_EQ(row.title, "髙﨑 辻󠄀");
    EXPECT_EQ(row.scenes, R"(["daily","discharge"])");
    EXPECT_EQ(row.yen, 1200);
    EXPECT_TRUE(row.wide);

    text.links.clear();
    EXPECT_EQ(to_json(text_from<NoteText>(row)), to_json(text));
}

TEST(TextColumns, WhatIsAbsentStaysAbsent) {
    NoteRow row{.id = "", .title = "x", .scenes = "[]", .yen = 5, .wide = true};
    put_text(NoteText{}, row);
    EXPECT_FALSE(row.yen.has_value());
    EXPECT_FALSE(row.wide);
    EXPECT_TRUE(text_from<NoteText>(row).scenes.empty());
}

}  // namespace
}  // namespace tsunagi::record
