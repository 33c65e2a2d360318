// SPDX-License-Identifier: Apache-2.0
#include "modules/suggestions/suggestion_service.hpp"

#include "tests/support/city_test.hpp"

namespace tsunagi::suggestions {
namespace {

class SuggestionServiceTest : public test::CityTest {
protected:
    void SetUp() override {
        CityTest::SetUp();
        if (IsSkipped())
            return;
        const std::filesystem::path packs_folder = std::filesystem::path(TSUNAGI_SOURCE_DIR) / "packs";
        search = std::make_unique<search::SearchService>(
            database(), *audit, *consultations, search::read_search_words(packs_folder / "standard/search_words.yaml"));
        suggestions = std::make_unique<SuggestionService>(database(), *packs, search->folding(),
                                                          read_code_words(packs_folder, search->folding()));
    }

    core::ConsultationId add(const access::Actor& actor, const std::string& request, const std::string& topic,
                             const std::string& element = {}) {
        auto body = sheet("2026-10-01", topic);
        body.request = request;
        if (!element.empty())
            body.elements.push_back({record::Code<"element">(element), consultations::ElementValue::yes, {}});
        return create(actor, body).id;
    }

    /// The codes suggested, as `scheme:code`.
    std::set<std::string> codes(const access::Actor& actor, const std::string& request) {
        std::set<std::string> result;
        TypedTexts texts;
        texts.subject = sheet().subject;
        texts.request = request;
        texts.background = sheet().background;
        for (const auto& one : suggestions->suggest(actor, texts).items)
            result.insert(one.scheme.value + ":" + one.code.value);
        return result;
    }

    Suggestions asked(const access::Actor& actor, const std::string& request = "words") {
        TypedTexts texts;
        texts.desk_id = actor.desks.front();
        texts.request = request;
        return suggestions->suggest(actor, texts);
    }

    void learn() {
        while (suggestions->advance()) {
        }
    }

    std::unique_ptr<search::SearchService> search;
    std::unique_ptr<SuggestionService> suggestions;
};

TSUNAGI_BOTH_ENGINES(SuggestionServiceTest);

TEST_P(SuggestionServiceTest, AServerThatHasJustStartedAnswersFromTheWordListAndSaysSo) {
    auto answer = asked(coordinator, "認知症の母");
    EXPECT_EQ(answer.basis, SuggestionBasis::words);
    EXPECT_TRUE(answer.learning);
    ASSERT_EQ(answer.items.size(), 1U);
    EXPECT_EQ(answer.items[0].words, std::vector<std::string>{"認知症"});
    learn();
    answer = asked(coordinator);
    EXPECT_EQ(answer.basis, SuggestionBasis::words) << "no sheet is there to learn from";
    EXPECT_FALSE(answer.learning);
    EXPECT_EQ(answer.learned_from, 0);
}

TEST_P(SuggestionServiceTest, LearnsFromTheDesksOwnSheetsAndFollowsThem) {
    for (int i = 0; i < 100; ++i) {
        add(coordinator, "morning glory house number " + std::to_string(i), "training", "garbage");
        add(coordinator, "sunflower house number " + std::to_string(i), "fees");
    }
    learn();
    const auto answer = asked(coordinator);
    EXPECT_EQ(answer.basis, SuggestionBasis::desk);
    EXPECT_EQ(answer.learned_from, 200);
    EXPECT_TRUE(codes(coordinator, "the morning glory").contains("topic:training"));
    EXPECT_TRUE(codes(coordinator, "the morning glory").contains("element:garbage"));
    EXPECT_FALSE(codes(coordinator, "sunflower").contains("element:garbage"));
    EXPECT_TRUE(codes(coordinator, "sunflower").contains("topic:fees"));

    // A sheet gets other codes: those of its words are suggested from then on.
    const auto id = add(coordinator, "a pelican visited", "training");
    learn();
    auto corrected = sheet("2026-10-01", "home_life");
    corrected.receiver_id = coordinator.user_id;
    corrected.request = "a pelican visited, morning glory";
    corrected.elements.push_back({record::Code<"element">("psychiatric"), consultations::ElementValue::yes, {}});
    consultations->replace(coordinator, id, 1, corrected);
    EXPECT_FALSE(codes(coordinator, "a pelican visited, morning glory").contains("topic:home_life"));
    learn();
    EXPECT_TRUE(codes(coordinator, "a pelican visited, morning glory").contains("topic:home_life"));
    EXPECT_TRUE(codes(coordinator, "sunflower").contains("topic:fees")) << "the others stay";
}

TEST_P(SuggestionServiceTest, ADeskWithFewSheetsLearnsFromItsMunicipalityAndNoOther) {
    for (int i = 0; i < 40; ++i) {
        add(colleague, "morning glory house number " + std::to_string(i), "training");
        add(colleague, "sunflower house number " + std::to_string(i), "fees");
    }
    learn();
    EXPECT_EQ(asked(coordinator).basis, SuggestionBasis::municipality);
    EXPECT_EQ(asked(coordinator).learned_from, 80);
    EXPECT_TRUE(codes(coordinator, "morning glory").contains("topic:training"));
    EXPECT_EQ(asked(stranger).basis, SuggestionBasis::words) << "another city's sheets are nobody's here";
    EXPECT_TRUE(codes(stranger, "morning glory").empty());
}

TEST_P(SuggestionServiceTest, ARetiredCodeIsNotSuggested) {
    EXPECT_TRUE(codes(coordinator, "認知症").contains("element:dementia"));
    access::Actor administrator = coordinator;
    administrator.permissions.insert("packs.manage");
    const auto scheme = packs->scheme("element");
    packs::SchemeChange change{.label = scheme.label, .codes = {}};
    for (const auto& code : scheme.codes) {
        if (code.code.value != "dementia")
            change.codes.push_back(code);
    }
    packs->change(administrator, "element", scheme.version, change);
    EXPECT_FALSE(codes(coordinator, "認知症").contains("element:dementia"));
    TypedTexts texts;
    texts.request = "認知症";
    EXPECT_TRUE(suggestions->suggest(coordinator, texts).items.empty());
    texts.received_on = core::Date::parse("2026-05-01").value();
    EXPECT_EQ(suggestions->suggest(coordinator, texts).items.size(), 1U) << "on that day it could be chosen";
}

TEST_P(SuggestionServiceTest, IsForThoseWhoWriteSheetsOfTheDesk) {
    TypedTexts none;
    EXPECT_EQ(test::faults([&] { (void)suggestions->suggest(advisor, none); }), std::set<std::string>{"forbidden"});
    EXPECT_EQ(test::faults([&] { (void)suggestions->suggest(officer, none); }), std::set<std::string>{"forbidden"});
    TypedTexts texts;
    texts.desk_id = station;
    EXPECT_EQ(test::faults([&] { (void)suggestions->suggest(coordinator, texts); }),
              std::set<std::string>{"/desk_id not_allowed"});
}

}  // namespace
}  // namespace tsunagi::suggestions
