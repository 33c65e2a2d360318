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

Pack pack_of_repository(const std::string& name) {
    for (Pack& pack : read_packs(std::string(TSUNAGI_SOURCE_DIR) + "/packs")) {
        if (pack.name.str() == name)
            return pack;
    }
    throw std::runtime_error("there is no pack " + name);
}

/// 図10: 24 lines, each with its ○ under centre, station and city, and its frequency as written.
TEST(PackFileTest, ThePlanIsTheOneOfTheFigure) {
    const Pack pack = pack_of_repository("niigata");
    ASSERT_TRUE(pack.plan);

    struct Line {
        const char* actors;
        const char* frequency;
    };

    const std::vector<Line> figure{{"center", "1回"},
                                   {"center", "2~3年毎"},
                                   {"center", "1回"},
                                   {"center", "随時"},
                                   {"center", ""},
                                   {"center", "8回"},
                                   {"city", "2~3回"},
                                   {"center station", "通年"},
                                   {"station", ""},
                                   {"station", "随時"},
                                   {"center", "通年"},
                                   {"center", "2回"},
                                   {"station", "年6~8回(×11ST)"},
                                   {"station", "年6~8回(×11ST)"},
                                   {"center", "1回"},
                                   {"center", "1回"},
                                   {"center", "2回"},
                                   {"center", "1回"},
                                   {"station", "年1回×11ST"},
                                   {"station", "年1~3回×11ST"},
                                   {"station", "年1回×11ST"},
                                   {"station", "年1回×11ST"},
                                   {"city", "1回"},
                                   {"city", "通年"}};
    ASSERT_EQ(pack.plan->lines.size(), 24U);
    for (std::size_t i = 0; i < figure.size(); ++i) {
        const PlanLine& line = pack.plan->lines[i];
        std::string actors;
        for (const auto& [name, marked] :
             {std::pair("center", line.center), std::pair("station", line.station), std::pair("city", line.city)}) {
            if (marked)
                actors += (actors.empty() ? "" : " ") + std::string(name);
        }
        EXPECT_EQ(line.no, static_cast<std::int64_t>(i) + 1);
        EXPECT_EQ(actors, figure[i].actors) << line.no;
        EXPECT_EQ(line.frequency.str(), figure[i].frequency) << line.no;
        EXPECT_EQ(line.stage.str(), i < 7 ? "pca" : "do") << line.no;
    }
    EXPECT_EQ(pack.plan->stations, 11);
    EXPECT_EQ(pack.plan->stages.front().short_label.str(), "P(C・A)");
}

/// 図34: five goals, each with issues, measures of a kind and indicators of a class.
TEST(PackFileTest, TheTreeIsTheOneOfTheFigure) {
    const Pack pack = pack_of_repository("iizuka");
    ASSERT_TRUE(pack.indicators);
    std::vector<std::vector<std::size_t>> sizes;
    for (const GoalTemplate& goal : pack.indicators->goals)
        sizes.push_back({goal.issues.size(), goal.measures.size(), goal.indicators.size()});
    EXPECT_EQ(sizes, (std::vector<std::vector<std::size_t>>{{4, 5, 5}, {3, 3, 3}, {3, 3, 5}, {4, 4, 4}, {2, 1, 2}}));
    EXPECT_EQ(pack.indicators->goals[0].indicators[4].label.ja.str(), "住民のACP認知度");
    EXPECT_EQ(pack.indicators->classes.size(), 11U);
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

TEST(PackFileTest, AQuestionStandsUnderATopicOrInEveryCall) {
    const std::string questions =
        head +
        "schemes:\n  topic: {label: {ja: 内容, en: Topic}, codes: [{code: t, ja: 一, en: T}]}\n"
        "  question:\n    label: {ja: 問い, en: Questions}\n    parent_scheme: topic\n    codes:\n";
    const Pack pack = parse_pack(questions +
                                 "      - {code: a, ja: 年齢, en: Age, field: age_band}\n"
                                 "      - {code: b, ja: 薬, en: Medicines, parent: t}\n");
    const Scheme& scheme = pack.schemes.at(1);
    EXPECT_EQ(scheme.codes.at(0).field->str(), "age_band");
    EXPECT_FALSE(scheme.codes[0].parent);
    EXPECT_EQ(scheme.codes.at(1).parent->str(), "t");
    EXPECT_FALSE(scheme.codes[1].field);
    EXPECT_NE(fault(questions + "      - {code: a, ja: 年齢, en: Age, parent: nothing}\n"), "");
    EXPECT_EQ(fault(head + "schemes:\n  method:\n    label: {ja: 方法, en: Method}\n    codes:\n"
                           "      - {code: phone, ja: 電話, en: Phone, field: method}\n"),
              "line 8: a code has no `field`");
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

TEST(PackFileTest, NamesTheLineOfWhatIsWrongInATemplate) {
    const std::string plan = head +
                             "plan:\n  label: {ja: 計画, en: Plan}\n  stations: 2\n"
                             "  stages: [{code: do, ja: 実施, en: Do}]\n"
                             "  headings: [{code: a, stage: do, ja: 相談, en: Talk}]\n  lines:\n";
    const std::string line = "stage: do, heading: a, item: 相談, frequency: 通年, center: true, station: true";
    EXPECT_EQ(fault(plan + "    - {no: 1, " + line + ", city: false}\n"), "");
    EXPECT_EQ(fault(plan + "    - {no: 1, " + line + "}\n"), "line 10: a line needs `city`");
    EXPECT_EQ(fault(plan + "    - {no: 1, " + line + ", city: ○}\n"), "line 10: city must be true or false");
    EXPECT_EQ(fault(plan + "    - {no: 1, " + line + ", city: false}\n    - {no: 1, " + line + ", city: false}\n"),
              "line 11: lines has `1` twice");
    EXPECT_EQ(fault(plan + "    - {no: 1, stage: check, heading: a, item: 相談, frequency: 通年, center: true, "
                           "station: true, city: true}\n"),
              "line 10: `check` is not in the list above");
    EXPECT_EQ(fault(head + "indicators: {label: {ja: 体系, en: Tree}, classes: [], goals: []}\n"),
              "line 4: classes must be a list");
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
