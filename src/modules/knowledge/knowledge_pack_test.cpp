// SPDX-License-Identifier: Apache-2.0
#include "modules/knowledge/knowledge_pack.hpp"

#include <fstream>
#include <set>

#include <gtest/gtest.h>

namespace tsunagi::knowledge {
namespace {

const std::filesystem::path standard = std::filesystem::path(TSUNAGI_SOURCE_DIR) / "packs" / "standard";

const std::string kinds = "kinds:\n  - {kind: scheme, label: {ja: 制度, en: Scheme}}\n";

std::string term(const std::string& key, const std::string& word, const std::string& more = {}) {
    return "  - {key: " + key + ", kind: scheme, ja: " + word +
           ", kana: よみ, en: Word, text_ja: 文。, text_en: Text." + more + "}\n";
}

std::string item(const std::string& name, const std::string& more = {}) {
    return "      - {item: " + name + ", title: {ja: 題, en: Title}, text: {ja: 文, en: Text}" + more + "}\n";
}

const std::string good_terms = kinds + "terms:\n" + term("one", "一つめ", ", related: [two]") + term("two", "二つめ");
const std::string good_steps = "steps:\n  - step: first\n    title: {ja: 初め, en: First}\n    items:\n";

class KnowledgePackTest : public testing::Test {
protected:
    void SetUp() override {
        folder_ = std::filesystem::temp_directory_path() / ("tsunagi-knowledge-" + core::new_uuid());
        std::filesystem::create_directories(folder_);
    }

    void TearDown() override { std::filesystem::remove_all(folder_); }

    /// What is said of the files, without their folder.
    std::string fault(const std::string& terms, const std::string& learning) {
        std::ofstream(folder_ / "knowledge_terms.yaml") << terms;
        std::ofstream(folder_ / "knowledge_learning.yaml") << learning;
        try {
            (void)read_knowledge(folder_);
        } catch (const std::runtime_error& error) {
            return std::string(error.what()).substr(folder_.string().size() + 1);
        }
        return "";
    }

    std::string fault_of_terms(const std::string& terms) { return fault(terms, good_steps + item("a")); }

    std::string fault_of_steps(const std::string& steps) { return fault(good_terms, steps); }

private:
    std::filesystem::path folder_;
};

TEST(StandardKnowledgeTest, TheFilesOfTheRepositoryExplainTheWordsOfTheField) {
    const KnowledgePack pack = read_knowledge(standard);
    EXPECT_GE(pack.terms.size(), 60U);
    for (const char* word : {"home_care_clinic", "special_nursing_order", "acp", "round_service", "daily_independence"})
        EXPECT_NE(pack.term(word), nullptr) << word;
    std::set<std::string> used;
    for (const PackTerm& term : pack.terms)
        used.insert(term.text.kind.str());
    EXPECT_EQ(used.size(), pack.kinds.size());
    EXPECT_GE(pack.steps.size(), 5U);
    EXPECT_TRUE(pack.has_item("first_call"));
    EXPECT_FALSE(pack.has_item("first_days"));
}

TEST_F(KnowledgePackTest, ABrokenListOfTermsIsRefusedWithItsPlace) {
    EXPECT_EQ(fault_of_terms(good_terms), "");
    EXPECT_EQ(fault_of_terms("kinds: ["), "knowledge_terms.yaml: line 1: end of sequence flow not found");
    EXPECT_EQ(fault_of_terms("- a"), "knowledge_terms.yaml: line 1: the file must be a map");
    EXPECT_EQ(fault_of_terms(kinds), "knowledge_terms.yaml: line 1: needs `terms`");
    EXPECT_EQ(fault_of_terms(good_terms + "more: []\n"), "knowledge_terms.yaml: line 6: there is no `more` here");
    EXPECT_EQ(fault_of_terms(kinds + "terms: 3\n"), "knowledge_terms.yaml: line 3: `terms` must be a list");
    EXPECT_EQ(fault_of_terms(good_terms + term("two", "三つめ")),
              "knowledge_terms.yaml: line 6: the term `two` stands twice");
    EXPECT_EQ(fault_of_terms(good_terms + term("three", "三つめ", ", names: [一つめ]")),
              "knowledge_terms.yaml: line 6: the word `一つめ` of the term `three` stands twice");
    EXPECT_EQ(fault_of_terms(good_terms + term("three", "三つめ", ", related: [four]")),
              "knowledge_terms.yaml: line 6: the term `three` names `four` as related");
    EXPECT_EQ(fault_of_terms(good_terms + term("three", "三つめ", ", colour: red")),
              "knowledge_terms.yaml: line 6: the term `three`: /colour unknown");
    EXPECT_EQ(fault_of_terms(good_terms + "  - {key: three, kind: scheme, ja: 三, kana: よみ, en: W, text_en: T}\n"),
              "knowledge_terms.yaml: line 6: the term `three`: /text_ja required");
    EXPECT_EQ(fault_of_terms(good_terms +
                             "  - {key: three, kind: other, ja: 三, kana: よ, en: W, text_ja: 文, text_en: T}\n"),
              "knowledge_terms.yaml: line 6: the term `three` has the kind `other`, which is not in the list");
    EXPECT_EQ(fault_of_terms(good_terms + "  - {key: three, key: four}\n"),
              "knowledge_terms.yaml: line 6: `key` stands twice");
    EXPECT_EQ(fault_of_terms(good_terms + "  - three\n"), "knowledge_terms.yaml: line 6: the term `` must be a map");
}

TEST_F(KnowledgePackTest, ABrokenLearningListIsRefusedWithItsPlace) {
    EXPECT_EQ(fault_of_steps(good_steps + item("a", ", terms: [one], screens: [{to: /, label: {ja: 家, en: Home}}]")),
              "");
    EXPECT_EQ(fault_of_steps(good_steps + item("a") + item("a")),
              "knowledge_learning.yaml: line 6: the item `a` stands twice");
    EXPECT_EQ(fault_of_steps(good_steps + item("a", ", terms: [nine]")),
              "knowledge_learning.yaml: line 5: the item `a` names the term `nine`, which does not exist");
    EXPECT_EQ(fault_of_steps(good_steps + item("a", ", screens: [{to: home, label: {ja: 家, en: Home}}]")),
              "knowledge_learning.yaml: line 5: the item `a` names the screen `home`, which is no path");
    EXPECT_EQ(fault_of_steps("steps:\n  - {step: First Step, title: {ja: 初め, en: First}, items: []}\n"),
              "knowledge_learning.yaml: line 2: `step` must be a short name");
    EXPECT_EQ(fault_of_steps("steps:\n  - {step: first, title: {en: First}, items: []}\n"),
              "knowledge_learning.yaml: line 2: the title of the step `first`: /ja required");
}

}  // namespace
}  // namespace tsunagi::knowledge
