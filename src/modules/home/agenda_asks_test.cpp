// SPDX-License-Identifier: Apache-2.0
#include "modules/home/board_service.hpp"
#include "tests/support/city_test.hpp"
#include "tests/support/place_rows.hpp"

namespace tsunagi::home {
namespace {

class AgendaAsksTest : public test::CityTest {
protected:
    void SetUp() override {
        CityTest::SetUp();
        if (!IsSkipped())
            home = std::make_unique<BoardService>(database(), *consultations, clock);
    }

    static std::vector<std::string> titles(const std::vector<Card>& cards) {
        std::vector<std::string> result;
        for (const auto& card : cards)
            result.push_back(card.title);
        return result;
    }

    std::unique_ptr<BoardService> home;
};

TSUNAGI_BOTH_ENGINES(AgendaAsksTest);

// Somebody on the committee that hears of a case does not work for it.
TEST_P(AgendaAsksTest, AnAgendaBringsNoAskToTheBoard) {
    const auto made = create(coordinator, sheet());
    disclose(made.id);
    database().write([&](db::WriteTx& tx) {
        test::PlaceInDirectory asked;
        asked.name = "Asked clinic";
        const auto place = test::add_place(tx, asked);
        const std::string match = core::new_uuid();
        const auto of_case = [&] {
            record::Params params;
            params.set("match", match).set("case", made.id).set("desk", made.desk_id).set("city", made.municipality_id);
            params.set("at", clock.now()).set("by", coordinator.user_id);
            return params;
        };
        auto of_ask = of_case();
        of_ask.set("ask", core::new_uuid()).set("place", place).set("day", clock.today());
        tx.execute(
            "INSERT INTO matches (id, desk_id, municipality_id, consultation_id, state, version, created_at, "
            "created_by, updated_at, updated_by, offered, fitting, words, service, treatments, area, days, hours, "
            "wishes) VALUES (:match, :desk, :city, :case, 'searching', 1, :at, :by, :at, :by, 0, 0, '', '130', '[]', "
            "'', '[]', '', '')",
            of_case());
        tx.execute(
            "INSERT INTO referrals (id, desk_id, municipality_id, match_id, consultation_id, place_id, place_name, "
            "state, version, by_page, created_at, created_by, updated_at, updated_by, method, to_name, reached_at, "
            "message, shown, person_label, sent_on, reply_by, answer_words, answered_by, outcome_words, "
            "follow_up_words) VALUES (:ask, :desk, :city, :match, :case, :place, 'Asked clinic', 'sent', 1, 0, :at, "
            ":by, :at, :by, 'fax', '', '', '', '[]', '', :day, :day, '', '', '', '')",
            of_ask);
    });
    for (auto* actor : {&coordinator, &advisor})
        actor->permissions.insert("referrals.read");
    EXPECT_EQ(titles(home->get(coordinator, {}).due_today), std::vector<std::string>{"Asked clinic"});
    EXPECT_EQ(home->get(advisor, {}).stages.at(0).total, 1) << "the case itself is disclosed";
    EXPECT_TRUE(home->get(advisor, {}).due_today.empty());
    EXPECT_TRUE(home->get(advisor, {}).due_week.empty());
}

}  // namespace
}  // namespace tsunagi::home
