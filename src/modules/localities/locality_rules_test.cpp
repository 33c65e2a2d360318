// SPDX-License-Identifier: Apache-2.0
#include "modules/localities/locality_rules.hpp"

#include <cstdlib>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "core/error.hpp"

namespace tsunagi::localities {
namespace {

const LocalityWords& words() {
    static const LocalityWords read =
        read_locality_words(std::filesystem::path(TSUNAGI_SOURCE_DIR) / "packs" / "standard");
    return read;
}

std::vector<std::string> faults(const std::string& text) {
    try {
        (void)read_localities(words(), text);
    } catch (const core::Error& error) {
        std::vector<std::string> told;
        for (const auto& field : error.fields())
            told.push_back(field.pointer + " " + field.reason + " " + field.limit);
        return told.empty() ? std::vector<std::string>{error.reason()} : told;
    }
    return {};
}

TEST(LocalityFile, TheListOfCodesIsReadByItsHeaders) {
    const auto file = read_localities(
        words(),
        "\"団体コード\",\"番号\",\"都道府県名\n(漢字)\",\"市区町村名\n（漢字）\",市区町村名（カナ）\n"
        "990001,,架空県,,\n991007,,架空県,汐見市,シオミシ\n991015,,架空県,汐見市東区,シオミシヒガシク\n");
    EXPECT_EQ(file.kind, LocalityKind::codes);
    EXPECT_EQ(file.municipalities, (std::vector<Municipality>{{"991007", "架空県", "汐見市", "シオミシ"},
                                                              {"991015", "架空県", "汐見市東区", "シオミシヒガシク"}}));
}

TEST(LocalityFile, AZeroThatASpreadsheetTookAwayComesBack) {
    const auto codes = [](const std::string& rows) {
        std::vector<std::string> result;
        for (const auto& one : read_localities(words(), "団体コード,市区町村名\n" + rows).municipalities)
            result.push_back(one.code);
        return result;
    };
    EXPECT_EQ(codes("11002,札幌市\n152226,上越市\n"), (std::vector<std::string>{"011002", "152226"}))
        << "six digits elsewhere: the first one has lost a zero";
    EXPECT_EQ(codes("1100,札幌市\n15222,上越市\n"), (std::vector<std::string>{"011002", "152226"}))
        << "a list without the check digits";
}

TEST(LocalityFile, ChangesStandBelowTwoLinesOfHeaders) {
    const auto file = read_localities(words(),
                                      "架空の改正一覧\n都道府県名,改正前,,改正後,,改正年月日,改正区分\n"
                                      ",コード,市区町村名,コード,市区町村名,,\n"
                                      "架空県,993611,凪浜町,991007,汐見市,平成17年 4月 1日,編入\n"
                                      "架空県,,,993701,潮騒町,H18.1.4,新設\n"
                                      "架空県,991007,汐見市,同左,汐見の市,2010/10/1,名称変更\n"
                                      "架空県,994022,古浜村,削除,,令和元年5月1日,欠番\n");
    EXPECT_EQ(file.kind, LocalityKind::changes);
    ASSERT_EQ(file.changes.size(), 2U);
    EXPECT_EQ(file.changes[0], (MunicipalityChange{"993611", "991007", core::Date::parse("2005-04-01").value(),
                                                   "凪浜町", "汐見市", "編入"}));
    EXPECT_EQ(file.changes[1].code, "994022");
    EXPECT_EQ(file.changes[1].successor, "");
    EXPECT_EQ(file.changes[1].changed_on.str(), "2019-05-01");
}

std::string postal(const std::string& code, const std::string& seven, const std::string& town) {
    return code + ",\"999  \",\"" + seven + "\",\"ｶｸｳｹﾝ\",\"ｼｵﾐｼ\",\"ﾏﾁ\",\"架空県\",\"汐見市\",\"" + town +
           "\",0,0,1,0,0,0\n";
}

TEST(LocalityFile, PostalCodesHaveNoHeaderAndLongNamesGoOn) {
    const auto file = read_localities(
        words(), postal("99100", "9990000", "以下に掲載がない場合") +
                     postal("99100", "9990011", "北浜（１～１９丁目、") + postal("99100", "9990011", "東浜を含む、") +
                     postal("99100", "9990011", "西浜）") + postal("99100", "9990012", "汐見町の次に番地がくる場合") +
                     postal("99100", "9990013", "一円") + postal("99100", "9990014", "小島一円") +
                     postal("99100", "9990011", "北浜（２０丁目）"));
    EXPECT_EQ(file.kind, LocalityKind::postal);
    std::vector<std::string> towns;
    for (const Town& one : file.towns)
        towns.push_back(one.postal_code + one.municipality_code + one.town);
    EXPECT_EQ(towns, (std::vector<std::string>{"9990000991007", "9990011991007北浜", "9990012991007",
                                               "9990013991007一円", "9990014991007"}));
}

TEST(LocalityFile, WhatIsWrongIsToldByItsLineAndNothingElseIsTaken) {
    EXPECT_EQ(faults("団体コード,市区町村名\n991008,汐見市\n991007,\n"),
              (std::vector<std::string>{"/rows/2 municipality_code 991008", "/rows/3 name "}));
    EXPECT_EQ(faults("旧コード,新コード,改正年月日\n993611,991007,いつか\n993611,99100x,2005/4/1\n"),
              (std::vector<std::string>{"/rows/2 date いつか", "/rows/3 municipality_code 99100x"}));
    EXPECT_EQ(faults(postal("99100", "9990011", "北浜") + postal("99100", "999001", "東浜")),
              (std::vector<std::string>{"/rows/2 postal_code 999001"}));
    EXPECT_EQ(faults("日付,名前\n2026-01-01,元日\n"), (std::vector<std::string>{"locality_unknown"}));
    EXPECT_EQ(faults("団体コード,市区町村名\n"), (std::vector<std::string>{"locality_unknown"}))
        << "a list of nothing takes nothing out";
    EXPECT_FALSE(is_locality_file(words(), "日付,名前\n2026-01-01,元日\n"));
    EXPECT_TRUE(is_locality_file(words(), postal("99100", "9990011", "北浜")));
    EXPECT_FALSE(is_locality_file(words(), ""));
}

TEST(Successors, FollowEveryChangeUntilACodeThatIsInUse) {
    const Successors all({{"993611", "994022"},
                          {"994022", "991007"},
                          {"995002", "991015"},
                          {"995002", "991023"},
                          {"996009", ""},
                          {"997005", "997013"},
                          {"997013", "997005"}},
                         {"991007", "991015", "991023"});
    EXPECT_EQ(all.of("993611"), std::vector<std::string>{"991007"});
    EXPECT_EQ(all.of("995002"), (std::vector<std::string>{"991015", "991023"}));
    EXPECT_EQ(all.of("991007"), std::vector<std::string>{});
    EXPECT_EQ(all.of("996009"), std::vector<std::string>{}) << "nothing follows";
    EXPECT_EQ(all.of("997005"), std::vector<std::string>{}) << "a circle ends";
    const Successors used_again({{"993611", "991007"}}, {"993611"});
    EXPECT_EQ(used_again.of("993611"), std::vector<std::string>{}) << "in use whatever it once meant";
}

TEST(TownBook, TheLongestTownOfTheAddressTells) {
    const TownBook book({{"9990011", "991007", "架空県", "汐見市", "北浜"},
                         {"9990012", "991007", "架空県", "汐見市", "北浜新田"},
                         {"9990013", "991007", "架空県", "汐見市", "南浜"},
                         {"9990014", "991007", "架空県", "汐見市", "南浜"}});
    EXPECT_EQ(book.postal_code("991007", "架空県汐見市北浜三丁目1-2"), "999-0011");
    EXPECT_EQ(book.postal_code("991007", "北浜新田5"), "999-0012");
    EXPECT_EQ(book.postal_code("991007", "汐見市南浜1"), "") << "a town with two codes";
    EXPECT_EQ(book.postal_code("991007", "汐見市西浜1"), "");
    EXPECT_EQ(book.postal_code("991015", "汐見市北浜1"), "") << "another municipality";
}

TEST(LocalityFile, TheSharedListOfCodesIsReadWhereItIs) {
    const char* named = std::getenv("TSUNAGI_SHARED_DATA");
    const auto path = (named != nullptr ? std::filesystem::path(named)
                                        : std::filesystem::path(TSUNAGI_SOURCE_DIR) / ".." / "shared" / "data") /
                      "codes" / "lgcode_merged.csv";
    if (!std::filesystem::exists(path)) {
        ASSERT_EQ(named, nullptr) << path << " was named and is not there";
        GTEST_SKIP() << path << " is not here";
    }
    std::ifstream in(path, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    const auto file = read_localities(words(), bytes);
    EXPECT_EQ(file.kind, LocalityKind::codes);
    EXPECT_GT(file.municipalities.size(), 1880U);
    EXPECT_TRUE(std::ranges::any_of(file.municipalities, [](const Municipality& one) {
        return one.code == "152226" && one.prefecture == "新潟県" && one.name == "上越市";
    }));
}

}  // namespace
}  // namespace tsunagi::localities
