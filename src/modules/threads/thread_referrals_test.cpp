// SPDX-License-Identifier: Apache-2.0
#include <map>

#include "modules/referrals/referral_service.hpp"
#include "modules/threads/thread_service.hpp"
#include "tests/support/city_test.hpp"
#include "tests/support/place_rows.hpp"

namespace tsunagi::threads {
namespace {

core::Date day(const char* text) {
    return core::Date::parse(text).value();
}

/// A case whose two asks were answered, once with yes and once with no.
class ThreadReferralsTest : public test::CityTest {
protected:
    void SetUp() override {
        CityTest::SetUp();
        if (IsSkipped())
            return;
        coordinator.permissions.insert({"resources.read", "referrals.read", "referrals.write"});
        for (auto* actor : {&colleague, &lead, &stranger, &officer, &advisor})
            actor->permissions.insert("referrals.read");
        const auto words = std::filesystem::path(TSUNAGI_SOURCE_DIR) / "packs/standard/report_words.yaml";
        const answer_pages::AnswerPageService pages(database(), *audit, std::string(32, 'k'), clock);
        const referrals::MatchService matches(database(), *audit, *packs, *consultations, clock);
        const referrals::ReferralService asks(database(), *audit, *packs, *consultations, matches, pages, words, clock);
        threads = std::make_unique<ThreadService>(database());
        about = create(coordinator, sheet()).id;
        referrals::NewMatch search;
        search.consultation_id = about;
        search.text.service = resources::ServiceCode("130");
        referrals::NewReferrals wanted;
        wanted.match_id = matches.create(coordinator, search, "").id;
        wanted.sent_on = day("2026-11-01");
        for (const char* name : {"Willing", "Unwilling"}) {
            auto& one = wanted.asks.emplace_back();
            one.place_id = place(name);
            one.method = referrals::ReferralMethod::phone;
        }
        for (const auto& row : asks.create(coordinator, wanted, "").items) {
            const bool willing = row.place_name == "Willing";
            referrals::AnswerNote note;
            note.answer = willing ? referrals::ReferralAnswer::yes : referrals::ReferralAnswer::no;
            note.answered_on = day("2026-11-05");
            if (!willing)
                note.reason.emplace("full");
            (void)asks.answer(coordinator, row.id, row.version, note);
            (willing ? yes : no) = row.id.str();
        }
    }

    resources::PlaceId place(const std::string& name) {
        return database().write([&](db::WriteTx& tx) { return test::add_office(tx, name); });
    }

    std::map<std::string, Node> nodes_of(const access::Actor& actor, NodeKind kind, const std::string& id) {
        std::map<std::string, Node> result;
        for (auto& node : threads->get(actor, kind, id).nodes)
            result.emplace(node.id, node);
        return result;
    }

    std::unique_ptr<ThreadService> threads;
    core::ConsultationId about = core::ConsultationId::make();
    std::string yes;
    std::string no;
};

TSUNAGI_BOTH_ENGINES(ThreadReferralsTest);

TEST_P(ThreadReferralsTest, ACaseLeadsToItsAsksWithWhatWasAnswered) {
    const auto nodes = nodes_of(coordinator, NodeKind::consultation, about.str());
    ASSERT_EQ(nodes.size(), 3U);
    const Node& willing = nodes.at(yes);
    EXPECT_EQ(willing.kind, NodeKind::referral);
    EXPECT_EQ(willing.title, "Willing");
    EXPECT_EQ(willing.state, "answered");
    EXPECT_EQ(willing.on, day("2026-11-05"));
    EXPECT_EQ(willing.answer, "yes");
    EXPECT_EQ(willing.reason, "");
    EXPECT_EQ(nodes.at(no).answer, "no");
    EXPECT_EQ(nodes.at(no).reason, "full");
    EXPECT_EQ(nodes.at(about.str()).answer, "") << "a case answers nothing";
    EXPECT_EQ(threads->get(coordinator, NodeKind::consultation, about.str()).edges.size(), 2U);
}

TEST_P(ThreadReferralsTest, AnAskLeadsBackToItsCaseAndNotToItsSiblings) {
    const auto nodes = nodes_of(coordinator, NodeKind::referral, no);
    EXPECT_EQ(nodes.size(), 2U);
    EXPECT_TRUE(nodes.contains(about.str()));
    EXPECT_TRUE(nodes.contains(no));
}

TEST_P(ThreadReferralsTest, WhoMayNotSeeTheAsksSeesTheCaseWithoutThem) {
    disclose(about);
    EXPECT_EQ(nodes_of(lead, NodeKind::consultation, about.str()).count(yes), 1U);
    EXPECT_EQ(nodes_of(officer, NodeKind::consultation, about.str()).count(yes), 1U);
    const auto by_agenda = nodes_of(advisor, NodeKind::consultation, about.str());
    EXPECT_TRUE(by_agenda.contains(about.str()));
    EXPECT_FALSE(by_agenda.contains(yes)) << "an agenda shows a case without its asks";
    auto reader = coordinator;
    reader.permissions.erase("referrals.read");
    EXPECT_FALSE(nodes_of(reader, NodeKind::consultation, about.str()).contains(yes));
    EXPECT_EQ(test::faults([&] { (void)threads->get(reader, NodeKind::referral, yes); }),
              std::set<std::string>{"forbidden"});
    for (const auto* other : {&advisor, &colleague, &stranger})
        EXPECT_EQ(test::faults([&] { (void)threads->get(*other, NodeKind::referral, yes); }),
                  std::set<std::string>{"not_found"});
}

}  // namespace
}  // namespace tsunagi::threads
