// SPDX-License-Identifier: Apache-2.0
#include "modules/suggestions/code_model.hpp"

#include <gtest/gtest.h>

#include "tests/labelled/code_figures.hpp"
#include "tests/labelled/labelled_sheets.hpp"

namespace tsunagi::suggestions {
namespace {

const std::filesystem::path source(TSUNAGI_SOURCE_DIR);

const search::Folding& folding() {
    static const search::SearchWords words = search::read_search_words(source / "packs/standard/search_words.yaml");
    return words.folding;
}

std::shared_ptr<const CodeWords> code_words() {
    static const auto words = std::make_shared<const CodeWords>(read_code_words(source / "packs", folding()));
    return words;
}

/// Every code that a word of the list speaks for.
std::vector<CodeKey> listed_codes() {
    std::vector<CodeKey> codes;
    for (const auto& [code, words] : code_words()->words)
        codes.push_back(code);
    return codes;
}

CodeModel fresh() {
    return {listed_codes(), code_words(), folding()};
}

const Suggestion* find(const std::vector<Suggestion>& all, const std::string& scheme, const std::string& code) {
    const auto found = std::ranges::find_if(
        all, [&](const Suggestion& one) { return one.scheme.value == scheme && one.code.value == code; });
    return found == all.end() ? nullptr : &*found;
}

using Words = std::vector<std::string>;

TEST(CodeModel, BeforeAnythingIsLearnedTheWordListSpeaks) {
    const auto all = fresh().suggest("|独居で認知症の方。往診を頼みたい||");
    const auto* dementia = find(all, "element", "dementia");
    ASSERT_NE(dementia, nullptr);
    EXPECT_EQ(dementia->words, Words{"認知症"});
    EXPECT_FALSE(dementia->suspected);
    ASSERT_NE(find(all, "element", "watch_absent"), nullptr);
    ASSERT_NE(find(all, "topic", "resources"), nullptr);
    EXPECT_EQ(all.front().scheme.value, "topic") << "the topic comes first";
    EXPECT_TRUE(fresh().suggest("|よろしくお願いします|||").empty());
}

TEST(CodeModel, WhatIsDoubtedIsSuspectedAndWhatIsDeniedIsNothing) {
    const auto* doubted = find(fresh().suggest("|認知症の疑いがある||"), "element", "dementia");
    ASSERT_NE(doubted, nullptr);
    EXPECT_TRUE(doubted->suspected);
    EXPECT_EQ(find(fresh().suggest("|認知症はない||"), "element", "dementia"), nullptr);
}

TEST(CodeModel, TheSameWordInAnotherSpellingIsTheSame) {
    const auto* garbage = find(fresh().suggest("|ｺﾞﾐ出しができない||"), "element", "garbage");
    ASSERT_NE(garbage, nullptr);
    EXPECT_EQ(garbage->words.front(), "ｺﾞﾐ出し") << "as it stands in the text";
}

TEST(CodeModel, LearnsWordsThatNoListHoldsAndNamesThem) {
    std::vector<Example> sheets;
    for (int i = 0; i < 40; ++i) {
        sheets.push_back({.text = "|朝顔園の件で相談||", .codes = {{"topic", "training"}, {"scene", "daily"}}});
        sheets.push_back({.text = "|向日葵館の件で相談||", .codes = {{"topic", "fees"}, {"element", "psychiatric"}}});
    }
    CodeModel model = fresh();
    model.learn(sheets);
    const auto all = model.suggest("|昨日の朝顔園から||");
    const auto* training = find(all, "topic", "training");
    ASSERT_NE(training, nullptr);
    EXPECT_EQ(training->words.front(), "朝顔園");
    EXPECT_GT(training->likelihood, 80);
    EXPECT_NE(find(model.suggest("|向日葵館||"), "element", "psychiatric"), nullptr);
}

TEST(CodeModel, ACorrectedSheetIsFollowedAndTheOthersStay) {
    const test::LabelledSheets labelled(source / "tests/labelled/phrases.yaml");
    CodeModel model = fresh();
    model.learn(labelled.make(400, 1, test::Wording::known));
    const std::string text = "|紫陽花の会から電話があった||";
    Example corrected{.text = text, .codes = {{"topic", "training"}, {"element", "garbage"}}};
    const auto before = test::figures_of(labelled.make(200, 2, test::Wording::known), test::suggested(model));
    for (int i = 0; i < 3; ++i)
        model.follow({.text = "|紫陽花の会について||", .codes = corrected.codes});
    model.follow(corrected);
    const auto after = test::figures_of(labelled.make(200, 2, test::Wording::known), test::suggested(model));
    EXPECT_GT(after.at("topic").accuracy(), before.at("topic").accuracy() - 0.05);
}

TEST(CodeModel, ACorrectionOfLearnedWordsTurnsTheSuggestion) {
    std::vector<Example> sheets;
    for (int i = 0; i < 40; ++i) {
        sheets.push_back({.text = "|朝顔園の件||", .codes = {{"topic", "training"}}});
        sheets.push_back({.text = "|向日葵館の件||", .codes = {{"topic", "fees"}}});
    }
    CodeModel model = fresh();
    model.learn(sheets);
    ASSERT_NE(find(model.suggest("|朝顔園から||"), "topic", "training"), nullptr);
    model.follow({.text = "|朝顔園の件||", .codes = {{"topic", "other"}}});
    EXPECT_NE(find(model.suggest("|朝顔園の件||"), "topic", "other"), nullptr);
    EXPECT_NE(find(model.suggest("|向日葵館の件||"), "topic", "fees"), nullptr) << "what was not corrected stays";
}

TEST(CodeModel, NamesOnlyWordsOfTheText) {
    const test::LabelledSheets labelled(source / "tests/labelled/phrases.yaml");
    CodeModel model = fresh();
    model.learn(labelled.make(400, 1, test::Wording::known));
    for (const Example& sheet : labelled.make(100, 3, test::Wording::unseen)) {
        for (const Suggestion& one : model.suggest(sheet.text)) {
            EXPECT_FALSE(one.words.empty());
            EXPECT_LE(one.words.size(), 3U);
            for (const std::string& word : one.words)
                EXPECT_NE(sheet.text.find(word), std::string::npos) << word;
        }
    }
}

TEST(CodeModel, BeatsTheMostFrequentCodeAndTheWordListClearly) {
    const test::LabelledSheets labelled(source / "tests/labelled/phrases.yaml");
    const auto learned_from = labelled.make(1200, 20'261, test::Wording::known);
    CodeModel model = fresh();
    model.learn(learned_from);
    for (const auto wording : {test::Wording::known, test::Wording::unseen}) {
        const auto asked = labelled.make(600, 90'017, wording);
        const auto by_model = test::figures_of(asked, test::suggested(model));
        const auto by_frequency = test::figures_of(asked, test::most_frequent(learned_from));
        const auto by_words = test::figures_of(asked, test::word_list(*code_words(), folding()));
        const bool known = wording == test::Wording::known;
        const double clear = known ? 0.2 : 0.05;
        for (const char* scheme : {"topic", "scene", "element"}) {
            const double ours = by_model.at(scheme).micro_f1();
            EXPECT_GT(ours, by_frequency.at(scheme).micro_f1() + clear) << scheme << known;
            EXPECT_GT(ours, by_words.at(scheme).micro_f1() + clear) << scheme << known;
        }
        EXPECT_GT(by_model.at("topic").accuracy(), by_frequency.at("topic").accuracy() + clear) << known;
        EXPECT_GT(by_model.at("topic").accuracy(), by_words.at("topic").accuracy() + clear) << known;
    }
}

}  // namespace
}  // namespace tsunagi::suggestions
