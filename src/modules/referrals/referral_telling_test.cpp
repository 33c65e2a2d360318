// SPDX-License-Identifier: Apache-2.0
#include "modules/referrals/referral_test.hpp"

namespace tsunagi::referrals {
namespace {

using answer_pages::AnswerKey;
using test::faults;
using Faults = std::set<std::string>;

class ReferralTellingTest : public ReferralServiceTest {};

TSUNAGI_BOTH_ENGINES(ReferralTellingTest);

TEST_P(ReferralTellingTest, WhatWasToldStaysAsItWas) {
    auto body = sheet();
    body.illness = "A told illness";
    const auto about = create(coordinator, body);
    const auto made = match(coordinator, about.id);
    auto wanted = asks(made.id, {near});
    wanted.message = "First words";
    wanted.shown = {ShownFact::illness, ShownFact::district};
    const auto id = referrals->create(coordinator, wanted, "").items.at(0).id;
    EXPECT_TRUE(current(id).told.empty()) << "nothing has left the desk yet";
    const auto sent = referrals->note_sent(coordinator, id, 1, {});
    ASSERT_EQ(sent.told.size(), 1U);
    EXPECT_EQ(sent.told[0].way, ToldWay::sent);
    EXPECT_EQ(sent.told[0].text.facts,
              (std::vector<ToldFact>{{ShownFact::illness, "A told illness"}, {ShownFact::district, "Ward A"}}));
    EXPECT_FALSE(sent.told[0].text.match.district_id) << "told as a fact when it is chosen, else not at all";
    EXPECT_TRUE(sent.differs.empty());

    const auto page = referrals->issue_page(coordinator, id, {});
    database().write([&](db::WriteTx& tx) {
        tx.execute("UPDATE consultations SET illness = 'Another illness' WHERE id = :id",
                   record::Params().set("id", about.id));
    });
    auto text = made.text;
    text.hours = "Mornings";
    (void)matches->change(coordinator, made.id, 1, text);
    const auto later = current(id);
    EXPECT_EQ(later.differs, (std::vector<std::string>{"hours", "illness"}));
    EXPECT_EQ(later.told.size(), 2U);
    AnswerKey key;
    key.token = page.path.substr(8);
    key.code = page.code;
    const auto shown = answers->asked(key, "192.0.2.1");
    EXPECT_EQ(shown.facts.at(0).words.at(0).ja.str(), "A told illness");
    EXPECT_EQ(shown.hours, "");

    clock.move_to(clock.now().plus(std::chrono::minutes(1)));
    const auto again = referrals->tell_again(coordinator, id, later.version);
    EXPECT_TRUE(again.differs.empty());
    ASSERT_EQ(again.told.size(), 3U);
    EXPECT_EQ(again.told[0].text.match.hours.str(), "Mornings");
    EXPECT_EQ(answers->asked(key, "192.0.2.1").facts.at(0).words.at(0).ja.str(), "A told illness")
        << "the page stays what it was issued as";
    disclose(about.id);
    advisor.permissions.insert("referrals.read");
    EXPECT_EQ(faults([&] { (void)referrals->get(advisor, id); }), Faults{"not_found"});
}

}  // namespace
}  // namespace tsunagi::referrals
