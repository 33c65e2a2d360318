// SPDX-License-Identifier: Apache-2.0
#include "modules/answer_pages/answer_page_service.hpp"

#include "modules/answer_pages/answer_page_rules.hpp"
#include "tests/support/city_test.hpp"

namespace tsunagi::answer_pages {
namespace {

using test::faults;
using Faults = std::set<std::string>;

const Faults none{"no_answer_page"};

class AnswerPageServiceTest : public test::CityTest {
protected:
    void SetUp() override {
        CityTest::SetUp();
        if (IsSkipped())
            return;
        pages = std::make_unique<AnswerPageService>(database(), *audit, std::string(32, 'k'), clock);
    }

    IssuedAnswerPage issue(const std::string& subject = "ask", AnswerKind kind = AnswerKind::referral_ask) {
        return database().write([&](db::WriteTx& tx) {
            return pages->issue(
                tx, coordinator,
                {.kind = kind, .subject_id = subject, .desk_id = center, .municipality_id = city, .days = 7});
        });
    }

    static AnswerKey key_of(const IssuedAnswerPage& page) { return key(page.path.substr(8), page.code); }

    static AnswerKey key(const std::string& token, const std::string& code) {
        AnswerKey result;
        result.token.value = token;
        result.code.value = code;
        return result;
    }

    Faults opening(const AnswerKey& key, const std::string& address = "192.0.2.1") {
        return faults([&] { (void)pages->open(key, address); });
    }

    void wait(std::chrono::seconds time) { clock.move_to(clock.now().plus(time)); }

    std::unique_ptr<AnswerPageService> pages;
};

TSUNAGI_BOTH_ENGINES(AnswerPageServiceTest);

TEST_P(AnswerPageServiceTest, LinkAndCodeTogetherOpenOnePage) {
    const auto issued = issue();
    EXPECT_EQ(issued.path.substr(0, 8), "/answer/");
    EXPECT_EQ(issued.code.size(), 9U);
    const auto page = pages->open(key_of(issued), "192.0.2.1");
    EXPECT_EQ(page.subject_id, "ask");
    EXPECT_EQ(page.desk_id, center);
    EXPECT_EQ(page.municipality_id, city);
    EXPECT_FALSE(page.used_at);
    EXPECT_EQ(number("SELECT count(*) FROM answer_pages WHERE token_hash = '" + issued.path.substr(8) +
                     "' OR code_hash LIKE '%" + issued.code.substr(0, 4) + "-%'"),
              0)
        << "neither stands in the database";
    EXPECT_EQ(faults([&] { (void)pages->open(key_of(issued), "192.0.2.1", AnswerKind::place_confirmation); }), none);
}

TEST_P(AnswerPageServiceTest, WhateverIsWrongIsAnsweredAlike) {
    const auto issued = issue();
    const std::string token = issued.path.substr(8);
    EXPECT_EQ(opening(key("x" + token.substr(1), issued.code)), none);
    EXPECT_EQ(opening(key(token, "0000-000")), none);
    wait(std::chrono::minutes(1));
    EXPECT_EQ(opening(key_of(issued)), Faults{});
    const auto second = issue();
    EXPECT_EQ(opening(key_of(issued)), none) << "a new page takes the place of the one before";
    EXPECT_EQ(opening(key_of(second)), Faults{});
    database().write([&](db::WriteTx& tx) { pages->withdraw(tx, coordinator, AnswerKind::referral_ask, "ask"); });
    EXPECT_EQ(opening(key_of(second)), none);
    const auto third = issue();
    wait(std::chrono::hours(24 * 7));
    EXPECT_EQ(opening(key_of(third)), none) << "expired";
}

TEST_P(AnswerPageServiceTest, FailuresCloseThePageForAWhile) {
    const auto issued = issue();
    const AnswerKey wrong = key(issued.path.substr(8), "x");
    EXPECT_EQ(opening(wrong), none);
    EXPECT_EQ(opening(key_of(issued)), none) << "closed for two seconds, even to the right code";
    wait(std::chrono::seconds(2));
    EXPECT_EQ(opening(key_of(issued)), Faults{});
    for (int i = 0; i < 10; ++i) {
        EXPECT_EQ(opening(wrong, "192.0.2." + std::to_string(i)), none);
        wait(std::chrono::seconds(1024));
    }
    EXPECT_EQ(opening(wrong), none);
    wait(std::chrono::minutes(14));
    EXPECT_EQ(opening(key_of(issued)), none);
    wait(std::chrono::minutes(1));
    EXPECT_EQ(opening(key_of(issued)), Faults{});
    EXPECT_EQ(number("SELECT count(*) FROM audit_entries WHERE action = 'answer_failed'"), 12);
}

TEST_P(AnswerPageServiceTest, AnAddressThatTriesManyIsSentAway) {
    for (int i = 0; i < 30; ++i)
        EXPECT_EQ(opening(key("token" + std::to_string(i), "1")), none);
    const auto issued = issue();
    EXPECT_EQ(opening(key_of(issued)), Faults{"rate_limited"});
    EXPECT_EQ(opening(key_of(issued), "192.0.2.2"), Faults{}) << "others are not in the way";
    wait(std::chrono::minutes(10));
    EXPECT_EQ(opening(key_of(issued)), Faults{});
}

TEST_P(AnswerPageServiceTest, APageTakesOneAnswer) {
    const auto issued = issue();
    const auto page = pages->open(key_of(issued), "192.0.2.1");
    const auto use = [&] { return faults([&] { database().write([&](db::WriteTx& tx) { pages->use(tx, page); }); }); };
    EXPECT_EQ(use(), Faults{});
    EXPECT_EQ(use(), none);
    EXPECT_TRUE(pages->open(key_of(issued), "192.0.2.1").used_at) << "it still shows what was answered";
    const auto standing = database().read([&](db::ReadTx& tx) {
        return pages->standings(tx, AnswerKind::referral_ask, {"ask", "other"});
    });
    ASSERT_EQ(standing.size(), 1U);
    EXPECT_TRUE(standing.at("ask").opened_at);
    EXPECT_TRUE(standing.at("ask").used_at);
}

TEST_P(AnswerPageServiceTest, AWithdrawnAskSaysSoToWhoHasLinkAndCode) {
    const Faults said{"ask_withdrawn"};
    const auto first = issue();
    const auto second = issue();
    const auto opened = pages->open(key_of(second), "192.0.2.1");  // a work of its own: never within another one
    database().write([&](db::WriteTx& tx) { pages->use(tx, opened); });
    const auto withdraw = [&](bool back) {
        database().write([&](db::WriteTx& tx) {
            if (back)
                pages->restore_ask(tx, coordinator, AnswerKind::referral_ask, "ask");
            else
                pages->withdraw_ask(tx, coordinator, AnswerKind::referral_ask, "ask");
        });
    };
    withdraw(false);
    EXPECT_EQ(opening(key_of(second)), said) << "an answered one too";
    EXPECT_EQ(opening(key_of(first)), none) << "one that another took the place of tells nothing";
    EXPECT_EQ(opening(key(second.path.substr(8), "0000-0000")), none) << "the link alone tells nothing";
    wait(std::chrono::minutes(1));
    withdraw(true);
    EXPECT_EQ(opening(key_of(second)), Faults{});
    EXPECT_EQ(opening(key_of(first)), none);
}

TEST_P(AnswerPageServiceTest, ALaterDayKeepsTheLink) {
    const auto issued = issue();
    const auto last = clock.today().plus_days(20);
    wait(std::chrono::hours(24 * 8));
    EXPECT_EQ(opening(key_of(issued)), none) << "expired";
    database().write(
        [&](db::WriteTx& tx) { pages->move_expiry(tx, coordinator, AnswerKind::referral_ask, "ask", last); });
    clock.move_to(core::start_in_japan(last.plus_days(1)).plus(std::chrono::seconds(-2)));
    EXPECT_EQ(opening(key_of(issued)), Faults{}) << "through the last day";
    wait(std::chrono::seconds(1));
    EXPECT_EQ(opening(key_of(issued)), none);
}

TEST(AnswerPageRulesTest, CodesAreTypedInManyWays) {
    const std::string code = new_code();
    EXPECT_EQ(plain_code(code).size(), 8U);
    EXPECT_NE(code, new_code());
    EXPECT_EQ(plain_code(" 1234 5678"), "12345678");
    EXPECT_EQ(plain_code("\xef\xbc\x91\xef\xbc\x92-\xef\xbc\x99\xef\xbc\x90"), "1290") << "full width";
    EXPECT_EQ(plain_code("\xef\xbc\x8d\xe3\x83\xbc"
                         "1"),
              "1");
    EXPECT_EQ(plain_code("\xef\xbc"), "");
}

TEST(AnswerPageRulesTest, TheTimeGrows) {
    EXPECT_EQ(closed_for(0).count(), 0);
    EXPECT_EQ(closed_for(1).count(), 2);
    EXPECT_EQ(closed_for(9).count(), 512);
    EXPECT_EQ(closed_for(10).count(), 900);
    EXPECT_EQ(closed_for(1000).count(), 900);
}

}  // namespace
}  // namespace tsunagi::answer_pages
