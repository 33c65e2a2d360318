// SPDX-License-Identifier: Apache-2.0
#include "modules/phrases/phrase_service.hpp"

#include "tests/support/city_test.hpp"

namespace tsunagi::phrases {
namespace {

class PhraseServiceTest : public test::CityTest {
protected:
    void SetUp() override {
        CityTest::SetUp();
        phrases = std::make_unique<PhraseService>(database(), *audit, *packs, clock);
    }

    static PhraseText text(const std::string& name) {
        PhraseText result;
        result.name.value = name;
        result.text.value = "We call back by tomorrow.";
        result.field = PhraseField::support_text;
        return result;
    }

    std::vector<std::string> names(const access::Actor& actor, const PhraseFilter& filter = {}) {
        std::vector<std::string> result;
        for (const auto& phrase : phrases->list(actor, filter).items)
            result.push_back(phrase.text.name);
        return result;
    }

    std::unique_ptr<PhraseService> phrases;
};

using test::faults;

TSUNAGI_BOTH_ENGINES(PhraseServiceTest);

using Names = std::vector<std::string>;

TEST_P(PhraseServiceTest, ADeskKeepsItsOwnListByReading) {
    auto second = text("z first by its reading");
    second.kana = "a";
    (void)phrases->create(coordinator, {{}, text("call back")}, "");
    (void)phrases->create(coordinator, {{}, second}, "");
    (void)phrases->create(colleague, {{}, text("of the station")}, "");
    EXPECT_EQ(names(coordinator), (Names{"z first by its reading", "call back"}));
    EXPECT_EQ(names(colleague), Names{"of the station"});
    EXPECT_EQ(names(lead).size(), 3U);
    EXPECT_EQ(names(lead, {.desk = {station}}), Names{"of the station"});
    EXPECT_TRUE(names(stranger).empty());
    EXPECT_TRUE(names(coordinator, {.desk = {station}}).empty());
    for (const auto* other : {&officer, &prefectural, &advisor})
        EXPECT_EQ(faults([&] { (void)phrases->list(*other, {}); }), std::set<std::string>{"forbidden"});
}

TEST_P(PhraseServiceTest, ChangesCountVersionsAndAreAudited) {
    const auto made = phrases->create(coordinator, {{}, text("call back")}, "once");
    EXPECT_EQ(phrases->create(coordinator, {{}, text("call back")}, "once").id, made.id);
    auto next = text("call back soon");
    next.topic.emplace("resources");
    const auto changed = phrases->change(coordinator, made.id, 1, next);
    EXPECT_EQ(changed.version, 2);
    EXPECT_EQ(names(coordinator), Names{"call back soon"});
    EXPECT_EQ(faults([&] { (void)phrases->change(coordinator, made.id, 1, next); }), std::set<std::string>{"stale"});
    next.topic.emplace("nothing");
    EXPECT_EQ(faults([&] { (void)phrases->change(coordinator, made.id, 2, next); }),
              std::set<std::string>{"/topic unknown_code"});
    for (const auto* other : {&stranger, &colleague}) {
        EXPECT_EQ(faults([&] { (void)phrases->change(*other, made.id, 2, text("x")); }),
                  std::set<std::string>{"not_found"});
        EXPECT_EQ(faults([&] { phrases->remove(*other, made.id, {}); }), std::set<std::string>{"not_found"});
    }
    EXPECT_EQ(faults([&] {
                  (void)phrases->create(coordinator, {far_desk, text("x")}, "");
              }),
              std::set<std::string>{"/desk_id not_allowed"});
    EXPECT_EQ(faults([&] { phrases->remove(coordinator, made.id, 1); }), std::set<std::string>{"stale"});
    phrases->remove(coordinator, made.id, 2);
    EXPECT_TRUE(names(coordinator).empty());
    EXPECT_EQ(number("SELECT count(*) FROM audit_entries WHERE subject_kind = 'phrase'"), 3);
}

}  // namespace
}  // namespace tsunagi::phrases
