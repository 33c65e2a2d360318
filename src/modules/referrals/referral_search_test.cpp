// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "modules/referrals/referral_test.hpp"
#include "modules/search/search_service.hpp"

namespace tsunagi::referrals {
namespace {

class ReferralSearchTest : public ReferralServiceTest {
protected:
    void SetUp() override {
        ReferralServiceTest::SetUp();
        if (IsSkipped())
            return;
        search = std::make_unique<search::SearchService>(
            database(), *audit, *consultations,
            search::read_search_words(std::filesystem::path(TSUNAGI_SOURCE_DIR) / "packs/standard/search_words.yaml"));
    }

    [[nodiscard]] std::vector<search::Hit> found(const access::Actor& actor, const std::string& words) const {
        search::SearchFilter filter;
        filter.q = words;
        filter.kind = {search::HitKind::referral};
        const auto answer = search->search(actor, filter);
        return answer.groups.empty() ? std::vector<search::Hit>() : answer.groups.front().items;
    }

    std::unique_ptr<search::SearchService> search;
};

TSUNAGI_BOTH_ENGINES(ReferralSearchTest);

TEST_P(ReferralSearchTest, AnAskIsFoundByThePlaceByWhatWasToldAndByTheAnswer) {
    const auto about = create(coordinator, sheet());
    const auto made = match(coordinator, about.id);
    auto body = asks(made.id, {near, far});
    body.message = "Twice a week, oxygen at home";
    const auto rows = referrals->create(coordinator, body, "").items;
    const auto id = std::ranges::find(rows, near, &ReferralRow::place_id)->id;
    auto refusal = note(ReferralAnswer::no, "full");
    refusal.answer_words = "From spring on again";
    (void)referrals->answer(coordinator, id, 1, refusal);
    EXPECT_EQ(found(coordinator, "oxygen").size(), 2U);
    for (const char* words : {"near oxygen", "spring"}) {
        const auto hits = found(coordinator, words);
        ASSERT_EQ(hits.size(), 1U) << words;
        EXPECT_EQ(hits[0].id, id.str());
        EXPECT_EQ(hits[0].title, "Near");
        EXPECT_EQ(hits[0].number, about.number);
        EXPECT_EQ(hits[0].state, "answered");
    }
    EXPECT_EQ(found(coordinator, about.number).size(), 2U) << "the number of the case";
}

TEST_P(ReferralSearchTest, NobodyFindsWhatTheyMayNotRead) {
    const auto about = create(coordinator, sheet());
    auto body = asks(match(coordinator, about.id).id, {near});
    body.asks[0].to_name = "Takahashi";
    (void)referrals->create(coordinator, body, "");
    EXPECT_EQ(found(coordinator, "Takahashi").size(), 1U);
    EXPECT_TRUE(found(stranger, "near").empty());
    EXPECT_TRUE(found(colleague, "near").empty());
    EXPECT_TRUE(found(advisor, "near").empty()) << "without the permission";
    EXPECT_EQ(found(officer, "near").size(), 1U);
    EXPECT_TRUE(found(officer, "Takahashi").empty()) << "names are withheld unless the case is shared";
}

}  // namespace
}  // namespace tsunagi::referrals
