// SPDX-License-Identifier: Apache-2.0
#include "record/sql_text.hpp"

#include <gtest/gtest.h>

namespace tsunagi::record {
namespace {

std::vector<std::string> bound(const Params& params) {
    std::vector<std::string> result;
    for (const auto& [name, cell] : params.items())
        result.push_back(name + "=" + std::get<std::string>(cell));
    return result;
}

using Texts = std::vector<std::string>;

TEST(SqlText, AListIsBoundValueByValue) {
    Params params;
    EXPECT_EQ(in_list("m.state", Texts{"a", "b"}, "state", params), "m.state IN (:state0, :state1)");
    EXPECT_EQ(bound(params), (Texts{"state0=a", "state1=b"}));
}

TEST(SqlText, APatternTakesItsSignsLiterally) {
    EXPECT_EQ(anywhere("50%_!"), "%50!%!_!!%");
    EXPECT_EQ(anywhere(""), "%%");
}

TEST(SqlText, WordsStandBetweenBlanksOfEitherWidth) {
    EXPECT_EQ(words_of(" 往診\u3000夜間  医師 "), (Texts{"往診", "夜間", "医師"}));
    EXPECT_EQ(words_of("\u3000"), Texts{});
}

TEST(SqlText, EveryWordStandsInAnyColumn) {
    Params params;
    EXPECT_EQ(all_words_in({"m.title", "m.parties"}, "a b", params),
              " AND (LOWER(m.title) LIKE LOWER(:word0) ESCAPE '!' OR LOWER(m.parties) LIKE LOWER(:word0) ESCAPE '!')"
              " AND (LOWER(m.title) LIKE LOWER(:word1) ESCAPE '!' OR LOWER(m.parties) LIKE LOWER(:word1) ESCAPE '!')");
    EXPECT_EQ(bound(params), (Texts{"word0=%a%", "word1=%b%"}));
    Params none;
    EXPECT_EQ(all_words_in({"m.title"}, " ", none), "");
    Params further;
    EXPECT_EQ(all_words_in({"m.title"}, "a", further, "EXISTS (SELECT 1 FROM w WHERE LOWER(w.t) LIKE :word)"),
              " AND (LOWER(m.title) LIKE LOWER(:word0) ESCAPE '!' OR "
              "EXISTS (SELECT 1 FROM w WHERE LOWER(w.t) LIKE LOWER(:word0) ESCAPE '!'))");
}

}  // namespace
}  // namespace tsunagi::record
