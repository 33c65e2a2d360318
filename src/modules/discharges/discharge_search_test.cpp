// SPDX-License-Identifier: Apache-2.0
#include "modules/discharges/discharge_test.hpp"
#include "modules/search/search_service.hpp"

namespace tsunagi::discharges {
namespace {

class DischargeSearchTest : public DischargeTest {
protected:
    void SetUp() override {
        DischargeTest::SetUp();
        if (IsSkipped())
            return;
        search = std::make_unique<search::SearchService>(
            database(), *audit, *consultations,
            search::read_search_words(std::filesystem::path(TSUNAGI_SOURCE_DIR) / "packs/standard/search_words.yaml"));
    }

    [[nodiscard]] std::vector<search::Hit> found(const access::Actor& actor, const std::string& words,
                                                 search::SearchFilter filter = {}) const {
        filter.q = words;
        filter.kind = {search::HitKind::discharge};
        const auto answer = search->search(actor, filter);
        return answer.groups.empty() ? std::vector<search::Hit>() : answer.groups.front().items;
    }

    std::unique_ptr<search::SearchService> search;
};

TSUNAGI_BOTH_ENGINES(DischargeSearchTest);

TEST_P(DischargeSearchTest, ACoordinationIsFoundByItsWordsItsPapersAndItsDays) {
    const auto about = create(coordinator, sheet());
    auto written = text("Pneumonia, with a wife who cannot lift");
    written.wishes = "Sleep at home again";
    written.papers[0].note = "Ask about the oxygen";
    const auto one = make(coordinator, written, about.id);
    (void)make(coordinator, text("Another one"));
    for (const char* words : {"wife lift", "sleep again", "oxygen", "hospital kita wife"}) {
        const auto hits = found(coordinator, words);
        ASSERT_EQ(hits.size(), 1U) << words;
        EXPECT_EQ(hits[0].id, one.id.str());
        EXPECT_EQ(hits[0].title, written.subject.str());
        EXPECT_EQ(hits[0].number, about.number);
        EXPECT_EQ(hits[0].consultation_id, about.id);
        EXPECT_EQ(hits[0].on, day("2026-11-20")) << "the planned day";
        EXPECT_FALSE(hits[0].passages.empty());
    }
    EXPECT_EQ(found(coordinator, "2026-11-04").size(), 2U) << "the day on which a paper is due";
    search::SearchFilter filter;
    filter.state = {record::CodeName("decided")};
    EXPECT_TRUE(found(coordinator, "wife", filter).empty());
    filter.state = {record::CodeName("planning")};
    EXPECT_EQ(found(coordinator, "wife", filter).size(), 1U);
    EXPECT_EQ(number("SELECT count(*) FROM audit_entries WHERE action = 'search' AND subject_kind = 'discharge'"), 6);
}

TEST_P(DischargeSearchTest, NobodyFindsWhatTheyMayNotRead) {
    const auto about = create(coordinator, sheet());
    (void)make(coordinator, text("Behind a case"), about.id);
    EXPECT_EQ(found(coordinator, "behind case").size(), 1U);
    EXPECT_EQ(found(coordinator, "Ito").size(), 1U) << "a name of a party";
    EXPECT_TRUE(found(stranger, "behind case").empty());
    EXPECT_TRUE(found(advisor, "behind case").empty()) << "without the permission";
    EXPECT_EQ(found(officer, "behind case").size(), 1U);
    EXPECT_TRUE(found(officer, "Ito").empty()) << "names are withheld unless the case is shared";
    EXPECT_TRUE(found(officer, "03-0000-0000").empty());
    (void)consultations->share(coordinator, about.id, 1, {true});
    EXPECT_EQ(found(officer, "Ito").size(), 1U);
}

}  // namespace
}  // namespace tsunagi::discharges
