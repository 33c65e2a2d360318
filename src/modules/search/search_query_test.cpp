// SPDX-License-Identifier: Apache-2.0
#include "modules/search/search_query.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/error.hpp"

namespace tsunagi::search {
namespace {

const SearchWords& words() {
    static const SearchWords read =
        read_search_words(std::filesystem::path(TSUNAGI_SOURCE_DIR) / "packs/standard/search_words.yaml");
    return read;
}

Document document(const std::string& request, const std::string& background = {}) {
    Document result;
    result.fields.push_back({"request", request});
    if (!background.empty())
        result.fields.push_back({"background", background});
    return result;
}

std::string found(const std::string& typed, const Document& in) {
    std::string text;
    for (const Passage& passage : match(parse_query(typed, words()), in, words().folding)) {
        text += (text.empty() ? "" : " | ") + passage.field + ": ";
        for (const auto& part : passage.parts)
            text += part.marked ? "[" + part.text + "]" : part.text;
    }
    return text;
}

std::string reason(const std::string& typed) {
    try {
        (void)parse_query(typed, words());
    } catch (const core::Error& error) {
        return error.fields().front().reason;
    }
    return {};
}

std::vector<DayValue> days(const std::string& text) {
    std::vector<DayValue> result;
    for (const WrittenDay& day : written_days(words().folding.fold(text)))
        result.push_back(day.day);
    return result;
}

const std::string care_manager = "\u4ECB\u8B77\u652F\u63F4\u5C02\u9580\u54E1";
const std::string care_manager_short = "\u30B1\u30A2\u30DE\u30CD";

TEST(SearchQuery, FindsWordsOfTwoLettersAndMarksThem) {
    EXPECT_EQ(found("\u8A2A\u554F", document("\u591C\u306E\u8A2A\u554F\u8A3A\u7642")),
              "request: \u591C\u306E[\u8A2A\u554F]\u8A3A\u7642");
    EXPECT_EQ(found("\u762E", document("\u764C\u306E\u672B\u671F")), "");
    EXPECT_EQ(found("\u764C", document("\u764C\u306E\u672B\u671F")), "request: [\u764C]\u306E\u672B\u671F");
    EXPECT_EQ(found("night visit", document("Visits at night", "none")), "request: [Visit]s at [night]");
    EXPECT_EQ(found("night moon", document("Visits at night")), "");
}

TEST(SearchQuery, OneWordMayStandInOneFieldAndTheNextInAnother) {
    EXPECT_EQ(found("night alone", document("Visits at night", "Lives alone")),
              "background: Lives [alone] | request: Visits at [night]");
    EXPECT_EQ(found("\"night alone\"", document("Visits at night", "alone")), "");
}

TEST(SearchQuery, SynonymsAreFoundBothWaysButNotForAPhrase) {
    EXPECT_NE(found(care_manager_short, document(care_manager)), "");
    EXPECT_NE(found(care_manager, document(care_manager_short)), "");
    EXPECT_NE(found(care_manager_short + "\u306E\u4EA4\u4EE3", document(care_manager + "\u306E\u4EA4\u4EE3")), "");
    EXPECT_EQ(found("\"" + care_manager_short + "\"", document(care_manager)), "");
    EXPECT_NE(found("\u300C" + care_manager_short + "\u300D", document(care_manager_short)), "");
    // Short Latin words stand by themselves.
    EXPECT_EQ(found("PT", document("options")), "");
    EXPECT_NE(found("PT", document("by a pt.")), "");
    EXPECT_NE(found("PT", document("\u7406\u5B66\u7642\u6CD5\u58EB")), "");
}

TEST(SearchQuery, AMinusLeavesOut) {
    EXPECT_EQ(found("night -alone", document("night", "alone")), "");
    EXPECT_NE(found("night -alone", document("night", "together")), "");
    EXPECT_EQ(found("night \uFF0Dalone", document("night", "alone")), "");
    EXPECT_EQ(found("night -\"lives alone\"", document("night", "lives alone")), "");
}

TEST(SearchQuery, ADayIsOneHoweverItIsWritten) {
    Document record = document("x");
    record.days.push_back({"received_on", core::Date::parse("2026-11-22").value()});
    for (const char* typed :
         {"\u4EE4\u548C8\u5E7411\u670822\u65E5", "R8.11.22", "\uFF32\uFF18\uFF0E\uFF11\uFF11\uFF0E\uFF12\uFF12",
          "2026-11-22", "2026/11/22", "20261122", "2026\u5E7411\u670822\u65E5", "R8/11/22"})
        EXPECT_EQ(found(typed, record), "received_on: [2026-11-22]") << typed;
    EXPECT_EQ(found("\u4EE4\u548C8\u5E7411\u6708", record), "received_on: [2026-11-22]");
    EXPECT_EQ(found("R8.11.23", record), "");
    EXPECT_EQ(found("R8.11.22", document("bis \u4EE4\u548C8\u5E7411\u670822\u65E5")),
              "request: bis [\u4EE4\u548C8\u5E7411\u670822\u65E5]");
}

TEST(SearchQuery, DaysInATextAreUnderstood) {
    EXPECT_EQ(days("\u5E73\u621031\u5E744\u670830\u65E5\u304B\u3089\u4EE4\u548C\u5143\u5E745\u67081\u65E5"),
              (std::vector<DayValue>{20190430, 20190501}));
    EXPECT_EQ(days("S38.5.1 H1/1/8"), (std::vector<DayValue>{19630501, 19890108}));
    EXPECT_EQ(days("\u4EE4\u548C8\u5E744\u6708\u306B"), std::vector<DayValue>{20260400});
    EXPECT_TRUE(days("2026-02-30 20261301 1.2.3 12/11/10 R8-0412 192.168.10.11").empty());
}

TEST(SearchQuery, PartsOfATelephoneNumberAreFoundHoweverItIsParted) {
    Document record = document("x");
    record.fields.push_back({"caller_phone", "(0944)12-3456"});
    record.fields.back().text = "0944-12-3456";
    for (const char* typed : {"0944-12", "094412", "12-3456", "(0944)12", "\uFF10\uFF19\uFF14\uFF14\u30FC12"})
        EXPECT_EQ(found(typed, record).substr(0, 12), "caller_phone") << typed;
}

TEST(SearchQuery, SaysWhatCannotBeLookedUp) {
    EXPECT_EQ(reason("\u3042"), "too_short");
    EXPECT_EQ(reason("-night"), "too_short");
    EXPECT_EQ(reason("\"\""), "too_short");
    EXPECT_EQ(reason("aa bb cc dd ee ff gg hh ii jj kk"), "too_many");
    EXPECT_EQ(reason("\u764C"), "");
}

TEST(SearchQuery, APassageIsAWindowOfTheText) {
    const std::string text = std::string(300, 'a') + " night " + std::string(300, 'b');
    const auto passages = match(parse_query("night", words()), document(text), words().folding);
    ASSERT_EQ(passages.size(), 1U);
    const Passage& passage = passages.front();
    EXPECT_TRUE(passage.cut_before && passage.cut_behind);
    ASSERT_EQ(passage.parts.size(), 3U);
    EXPECT_EQ(passage.parts[1].text, "night");
    EXPECT_LE(passage.parts[0].text.size(), 24U);
}

TEST(SearchQuery, TheTitleIsAPassageOnlyWhereNothingElseAnswers) {
    Document record;
    record.fields = {{"subject", "Night visit"}, {"request", "a visit"}, {"background", "alone"}};
    EXPECT_EQ(found("visit", record), "request: a [visit]");
    EXPECT_EQ(found("night alone", record), "background: [alone] | subject: [Night] visit");
}

rc::Gen<std::string> texts() {
    const auto letter =
        rc::gen::oneOf(rc::gen::inRange<char32_t>(0x20, 0x7F), rc::gen::inRange<char32_t>(0x3040, 0x3100),
                       rc::gen::inRange<char32_t>(0xFF00, 0xFFE6), rc::gen::inRange<char32_t>(0x4E00, 0x4E40));
    return rc::gen::map(rc::gen::container<std::u32string>(letter),
                        [](const std::u32string& letters) { return to_utf8(letters); });
}

RC_GTEST_PROP(SearchQuery, WhatWasTypedOffARecordFindsIt, ()) {
    const std::string text = *texts();
    const std::u32string letters = words().folding.fold(text);
    RC_PRE(letters.size() >= 2);
    std::string typed = text;
    for (const char quote : {'"'})
        std::erase(typed, quote);
    RC_PRE(words().folding.fold(typed) == letters && letters.find(U'"') == std::u32string::npos);
    const auto passages = match(parse_query("\"" + typed + "\"", words()), document(text), words().folding);
    RC_ASSERT(passages.size() == 1U);
    std::string shown;
    for (const auto& part : passages.front().parts)
        shown += part.text;
    RC_ASSERT(text.find(shown) != std::string::npos);
}

RC_GTEST_PROP(SearchQuery, NothingThatIsTypedBreaksIt, ()) {
    const std::string typed = *texts();
    try {
        const Query query = parse_query(typed, words());
        (void)match(query, document(typed, *texts()), words().folding);
    } catch (const core::Error& error) {
        RC_ASSERT(error.fields().front().pointer == "?q");
    }
}

}  // namespace
}  // namespace tsunagi::search
