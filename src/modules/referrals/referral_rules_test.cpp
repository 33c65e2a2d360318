// SPDX-License-Identifier: Apache-2.0
#include "modules/referrals/referral_rules.hpp"

#include <set>

#include <gtest/gtest.h>

namespace tsunagi::referrals {
namespace {

using Faults = std::set<std::string>;

core::Date day(const std::string& text) {
    return core::Date::parse(text).value();
}

const packs::CodeBook& codes() {
    static const packs::CodeBook book = [] {
        packs::Scheme scheme;
        scheme.name.value = "refusal_reason";
        packs::CodeEntry full;
        full.code.value = "full";
        scheme.codes.push_back(full);
        return packs::CodeBook({scheme}, {});
    }();
    return book;
}

Faults faults(const ReferralText& text) {
    Faults result;
    for (const auto& error :
         check(text, {.codes = codes(), .today = day("2026-11-17"), .latest_day = day("2026-11-17")}))
        result.insert(error.pointer + " " + error.reason);
    return result;
}

ReferralText sent() {
    ReferralText text;
    text.sent_on = day("2026-11-10");
    return text;
}

ReferralText answered(ReferralAnswer answer) {
    ReferralText text = sent();
    text.answer = answer;
    text.answered_on = day("2026-11-12");
    return text;
}

ReferralText begun() {
    ReferralText text = answered(ReferralAnswer::yes);
    text.outcome = ReferralOutcome::began;
    text.outcome_on = day("2026-11-14");
    return text;
}

TEST(ReferralRulesTest, TheStateIsTheFurthestStep) {
    ReferralText text;
    EXPECT_EQ(state_of(text, false), ReferralState::prepared);
    text = sent();
    EXPECT_EQ(state_of(text, false), ReferralState::sent);
    text.received_on = day("2026-11-11");
    EXPECT_EQ(state_of(text, false), ReferralState::received);
    EXPECT_EQ(state_of(answered(ReferralAnswer::none), false), ReferralState::answered);
    text = begun();
    EXPECT_EQ(state_of(text, false), ReferralState::settled);
    text.followed_on = day("2026-11-15");
    EXPECT_EQ(state_of(text, false), ReferralState::followed);
    EXPECT_EQ(state_of(text, true), ReferralState::withdrawn);
}

TEST(ReferralRulesTest, NoAndNoAnswerSayWhy) {
    for (const auto answer : {ReferralAnswer::no, ReferralAnswer::none}) {
        ReferralText text = answered(answer);
        EXPECT_EQ(faults(text), Faults{"/reason required"});
        text.reason.emplace("full");
        EXPECT_EQ(faults(text), Faults{});
        text.reason.emplace("moonlight");
        EXPECT_EQ(faults(text), Faults{"/reason unknown_code"});
    }
    ReferralText text = answered(ReferralAnswer::yes);
    EXPECT_EQ(faults(text), Faults{});
    text.reason.emplace("full");
    EXPECT_EQ(faults(text), Faults{"/reason not_allowed"});
    EXPECT_EQ(faults(answered(ReferralAnswer::conditional)), Faults{"/answer_words required"});
}

TEST(ReferralRulesTest, StepsStandOnTheStepsBefore) {
    ReferralText text;
    text.answer = ReferralAnswer::yes;
    EXPECT_EQ(faults(text), (Faults{"/sent_on required", "/answered_on required"}));
    text = {};
    text.received_on = day("2026-11-11");
    text.answered_by = "somebody";
    EXPECT_EQ(faults(text), (Faults{"/received_on not_allowed", "/answered_by not_allowed"}));
    text = sent();
    text.outcome = ReferralOutcome::failed;
    EXPECT_EQ(faults(text), (Faults{"/answer required", "/outcome_on required", "/outcome_reason required"}));
    text = answered(ReferralAnswer::no);
    text.reason.emplace("full");
    text.outcome = ReferralOutcome::began;
    text.outcome_on = day("2026-11-13");
    EXPECT_EQ(faults(text), Faults{"/outcome not_allowed"});
    text.outcome = ReferralOutcome::declined;
    text.follow_up_on = day("2026-12-01");
    EXPECT_EQ(faults(text), Faults{"/follow_up_on not_allowed"});
    text = begun();
    text.followed_on = day("2026-11-16");
    EXPECT_EQ(faults(text), Faults{"/follow_up_words required"});
    text.follow_up_words = "goes well";
    EXPECT_EQ(faults(text), Faults{});
}

TEST(ReferralRulesTest, DaysStandInOrderAndNotInTheFuture) {
    ReferralText text = begun();
    text.reply_by = day("2026-11-09");
    text.answered_on = day("2026-11-09");
    text.outcome_on = day("2026-11-18");
    text.follow_up_on = day("2026-11-17");
    EXPECT_EQ(faults(text), (Faults{"/reply_by date_order", "/answered_on date_order", "/outcome_on future",
                                    "/follow_up_on date_order"}));
}

TEST(ReferralRulesTest, EachStateAllowsItsSteps) {
    const auto allowed = [](ReferralState state, const ReferralText& text) {
        std::string result;
        for (const auto& [step, letter] : std::vector<std::pair<ReferralStep, char>>{{ReferralStep::send, 's'},
                                                                                     {ReferralStep::answer, 'a'},
                                                                                     {ReferralStep::settle, 'o'},
                                                                                     {ReferralStep::follow_up, 'f'},
                                                                                     {ReferralStep::withdraw, 'w'}}) {
            try {
                require_step(state, text, step);
                result += letter;
            } catch (const core::Error& error) {
                EXPECT_EQ(error.reason(), "not_allowed_in_state");
            }
        }
        return result;
    };
    EXPECT_EQ(allowed(ReferralState::prepared, {}), "saw");
    EXPECT_EQ(allowed(ReferralState::sent, sent()), "saw");
    EXPECT_EQ(allowed(ReferralState::received, sent()), "saw");
    EXPECT_EQ(allowed(ReferralState::answered, answered(ReferralAnswer::yes)), "o");
    EXPECT_EQ(allowed(ReferralState::answered, answered(ReferralAnswer::none)), "ao");
    EXPECT_EQ(allowed(ReferralState::settled, begun()), "f");
    EXPECT_EQ(allowed(ReferralState::settled, answered(ReferralAnswer::no)), "");
    EXPECT_EQ(allowed(ReferralState::followed, begun()), "");
    EXPECT_EQ(allowed(ReferralState::withdrawn, {}), "");
}

TEST(ReferralRulesTest, ATextThatHoldsTheNameNamesThePerson) {
    consultations::Person person;
    person.name = "Ikeda Masako";
    person.phone = "03-1234-5678";
    EXPECT_TRUE(names_person("about IkedaMasako", person));
    EXPECT_TRUE(names_person("Ikeda \xe3\x80\x80Masako", person)) << "whatever blank stands between";
    EXPECT_TRUE(names_person("call 03(1234)5678", person));
    EXPECT_TRUE(names_person("Ikeda\nMASAKO", person)) << "nor the lines and the case";
    EXPECT_TRUE(names_person("\uff10\uff13\u2010\uff11\uff12\uff13\uff14\u2010\uff15\uff16\uff17\uff18", person))
        << "full width";
    person.kana = "\u30a4\u30b1\u30c0 \u30de\u30b5\u30b3";
    EXPECT_TRUE(names_person("\u3044\u3051\u3060\u307e\u3055\u3053", person)) << "either kana";
    person.address = "Harbour Town 3-5-1";
    EXPECT_TRUE(names_person("lives at harbour town \uff13-5-1, second floor", person));
    EXPECT_FALSE(names_person("somewhere in Harbour Town", person));
    person.address = "Harbour Town";
    EXPECT_FALSE(names_person("somewhere in Harbour Town", person)) << "a quarter may be named";
    EXPECT_FALSE(names_person("I.M., 1234", person));
    EXPECT_FALSE(names_person("", person));
    EXPECT_FALSE(names_person("anything", {}));
}

}  // namespace
}  // namespace tsunagi::referrals
