// SPDX-License-Identifier: Apache-2.0
#include "modules/home/board_service.hpp"
#include "modules/referrals/referral_service.hpp"
#include "tests/support/city_test.hpp"
#include "tests/support/place_rows.hpp"

namespace tsunagi::home {
namespace {

using referrals::ReferralAnswer;

core::Date day(const char* text) {
    return core::Date::parse(text).value();
}

class WaitingAnswersTest : public test::CityTest {
protected:
    void SetUp() override {
        CityTest::SetUp();
        if (IsSkipped())
            return;
        for (auto* actor : {&coordinator, &colleague, &lead, &stranger})
            actor->permissions.insert({"resources.read", "referrals.read", "referrals.write"});
        for (auto* actor : {&officer, &advisor})
            actor->permissions.insert("referrals.read");
        const auto words = std::filesystem::path(TSUNAGI_SOURCE_DIR) / "packs/standard/report_words.yaml";
        pages = std::make_unique<answer_pages::AnswerPageService>(database(), *audit, std::string(32, 'k'), clock);
        matches = std::make_unique<referrals::MatchService>(database(), *audit, *packs, *consultations, clock);
        asks = std::make_unique<referrals::ReferralService>(database(), *audit, *packs, *consultations, *matches,
                                                            *pages, words, clock);
        home = std::make_unique<BoardService>(database(), *consultations, clock);
    }

    resources::PlaceId place(const std::string& name) {
        return database().write([&](db::WriteTx& tx) { return test::add_office(tx, name); });
    }

    /// An ask of each place about one case, sent on the first of November.
    std::vector<referrals::ReferralRow> ask(const access::Actor& actor, const core::ConsultationId& about,
                                            const std::vector<std::string>& names) {
        referrals::NewMatch search;
        search.consultation_id = about;
        search.text.service = resources::ServiceCode("130");
        referrals::NewReferrals wanted;
        wanted.match_id = matches->create(actor, search, "").id;
        wanted.sent_on = day("2026-11-01");
        for (const auto& name : names) {
            auto& one = wanted.asks.emplace_back();
            one.place_id = place(name);
            one.method = referrals::ReferralMethod::fax;
        }
        return asks->create(actor, wanted, "").items;
    }

    void answer(const access::Actor& actor, const referrals::ReferralRow& row, ReferralAnswer answer, const char* on,
                const char* reason = "") {
        referrals::AnswerNote note;
        note.answer = answer;
        note.answered_on = day(on);
        if (answer == ReferralAnswer::conditional)
            note.answer_words = "Mornings only";
        if (*reason != '\0')
            note.reason.emplace(reason);
        (void)asks->answer(actor, row.id, row.version, note);
    }

    static std::vector<std::string> titles(const std::vector<Card>& cards) {
        std::vector<std::string> result;
        for (const auto& card : cards)
            result.push_back(card.title);
        return result;
    }

    using Titles = std::vector<std::string>;
    std::unique_ptr<answer_pages::AnswerPageService> pages;
    std::unique_ptr<referrals::MatchService> matches;
    std::unique_ptr<referrals::ReferralService> asks;
    std::unique_ptr<BoardService> home;
};

TSUNAGI_BOTH_ENGINES(WaitingAnswersTest);

TEST_P(WaitingAnswersTest, AnAnswerThatOneCouldTakeWaitsUntilTheDeskHasDecided) {
    const auto about = create(coordinator, sheet());
    const auto rows = ask(coordinator, about.id, {"Clinic A", "Clinic B", "Clinic C", "Clinic D"});
    ASSERT_EQ(rows.size(), 4U);
    EXPECT_TRUE(home->get(coordinator, {}).answers.empty()) << "nobody has answered";
    std::map<std::string, referrals::ReferralRow> of;
    for (const auto& row : rows)
        of.emplace(row.place_name, row);
    answer(coordinator, of.at("Clinic A"), ReferralAnswer::yes, "2026-11-16");
    answer(coordinator, of.at("Clinic B"), ReferralAnswer::conditional, "2026-11-07");
    answer(coordinator, of.at("Clinic C"), ReferralAnswer::no, "2026-11-05", "full");

    const auto cards = home->get(coordinator, {}).answers;
    ASSERT_EQ(titles(cards),
              (Titles{"Clinic B \u2014 Looking for a physician", "Clinic A \u2014 Looking for a physician"}))
        << "the longest waiting first; a refusal leaves nothing to take";
    EXPECT_EQ(cards[0].kind, "referral");
    EXPECT_EQ(cards[0].id, of.at("Clinic B").id.str());
    EXPECT_EQ(cards[0].number, about.number);
    EXPECT_EQ(cards[0].who, "conditional");
    EXPECT_EQ(cards[0].on, day("2026-11-07"));
    EXPECT_EQ(cards[0].days, 10);
    EXPECT_EQ(cards[1].who, "yes");
    EXPECT_EQ(cards[1].days, 1);
    referrals::ReferralFilter to_settle;
    to_settle.task = {referrals::ReferralTask::to_settle};
    EXPECT_EQ(asks->list(coordinator, to_settle).total, 2) << "as many as in the list behind the heading";

    referrals::OutcomeNote taken;
    taken.outcome = referrals::ReferralOutcome::began;
    (void)asks->settle(coordinator, of.at("Clinic A").id, asks->get(coordinator, of.at("Clinic A").id).version, taken);
    EXPECT_EQ(titles(home->get(coordinator, {}).answers), Titles{"Clinic B \u2014 Looking for a physician"});
}

TEST_P(WaitingAnswersTest, WhoDoesNotSeeTheAsksOfACaseIsNotToldOfItsAnswers) {
    const auto about = create(coordinator, sheet());
    answer(coordinator, ask(coordinator, about.id, {"Clinic"}).front(), ReferralAnswer::yes, "2026-11-10");
    disclose(about.id);
    EXPECT_EQ(home->get(coordinator, {}).answers.size(), 1U);
    EXPECT_EQ(home->get(lead, {}).answers.size(), 1U);
    EXPECT_EQ(home->get(officer, {}).answers.size(), 1U);
    EXPECT_TRUE(home->get(advisor, {}).answers.empty()) << "an agenda shows a case without its asks";
    for (const auto* other : {&colleague, &stranger})
        EXPECT_TRUE(home->get(*other, {}).answers.empty());
    auto reader = coordinator;
    reader.permissions.erase("referrals.read");
    EXPECT_TRUE(home->get(reader, {}).answers.empty());

    EXPECT_EQ(home->get(coordinator, {.desk = {}, .mine = true}).answers.size(), 1U) << "who asked";
    EXPECT_TRUE(home->get(lead, {.desk = {}, .mine = true}).answers.empty());
    EXPECT_EQ(home->get(lead, {.desk = {center}, .mine = false}).answers.size(), 1U);
    EXPECT_TRUE(home->get(lead, {.desk = {station}, .mine = false}).answers.empty());
}

}  // namespace
}  // namespace tsunagi::home
