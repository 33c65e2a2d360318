// SPDX-License-Identifier: Apache-2.0
#include "modules/confirmations/confirmation_rules.hpp"

#include <gtest/gtest.h>

#include "record/json_writer.hpp"

namespace tsunagi::confirmations {
namespace {

core::Date day(const char* text) {
    return core::Date::parse(text).value();
}

std::vector<std::string> reasons(const std::vector<core::FieldError>& errors) {
    std::vector<std::string> result;
    for (const auto& error : errors)
        result.push_back(error.pointer + " " + error.reason);
    return result;
}

TEST(ConfirmationRulesTest, AReplyCodeKnowsWhenADigitIsWrong) {
    const std::string code = new_reply_code();
    ASSERT_EQ(code.size(), 7U);
    EXPECT_EQ(plain_reply_code(code), code);
    EXPECT_EQ(plain_reply_code(written_code(code)), code);
    EXPECT_EQ(written_code("1234567"), "123-4567");
    for (std::size_t i = 0; i < code.size(); ++i) {
        std::string wrong = code;
        wrong[i] = wrong[i] == '9' ? '0' : static_cast<char>(wrong[i] + 1);
        EXPECT_FALSE(plain_reply_code(wrong)) << wrong;
    }
    EXPECT_FALSE(plain_reply_code(""));
    EXPECT_FALSE(plain_reply_code("123-456"));
    EXPECT_FALSE(plain_reply_code("\xef\xbc"));
    // 000000 and its check digit, in full width
    EXPECT_EQ(plain_reply_code("\xef\xbc\x90\xef\xbc\x90\xef\xbc\x90-0000"), "0000000");
}

TEST(ConfirmationRulesTest, TheCardHoldsNothingOfTheDesk) {
    resources::LocalText text;
    text.hours = "9-17";
    text.note = "internal";
    text.people = "somebody";
    text.manners = "calls are not welcome";
    text.district_ids = {core::RegionId::make()};
    const auto card = card_of(text);
    EXPECT_EQ(card.hours.value, "9-17");
    const std::string shown = record::to_json(card);
    for (const char* hidden : {"internal", "somebody", "not welcome"})
        EXPECT_EQ(shown.find(hidden), std::string::npos) << hidden;
    FacilityCard other = card;
    other.hours = "10-16";
    other.phone = "099-000-0000";
    EXPECT_EQ(differing(card, other), (std::vector<std::string>{"hours", "phone"}));
    const auto next = with_fields(text, other, {"hours"});
    EXPECT_EQ(next.hours.value, "10-16");
    EXPECT_EQ(next.phone.value, "") << "not approved";
    EXPECT_EQ(next.note.value, "internal");
    EXPECT_EQ(next.district_ids, text.district_ids);
}

TEST(ConfirmationRulesTest, OpenRequestsExpireByTheirDay) {
    const auto today = day("2026-11-17");
    using enum ConfirmationState;
    EXPECT_EQ(state_on(sent, today, today), sent);
    EXPECT_EQ(state_on(sent, today.plus_days(-1), today), expired);
    EXPECT_EQ(state_on(answered, today.plus_days(-1), today), answered);
    EXPECT_EQ(expiry_of(today.plus_days(10), today), today.plus_days(40));
    EXPECT_EQ(expiry_of(today.plus_days(50), today), today.plus_days(60)) << "no longer than an answer page";
    EXPECT_EQ(expiry_of(today.plus_days(100), today), today.plus_days(100));
}

TEST(ConfirmationRulesTest, EveryFieldIsDecidedOnceAndARefusalSaysWhy) {
    ConfirmationDecision decision;
    EXPECT_TRUE(check(decision, {}).empty());
    EXPECT_EQ(reasons(check(decision, {"hours"})), (std::vector<std::string>{"/approved undecided"}));
    decision.approved = {"hours"};
    decision.refused = {"phone"};
    EXPECT_EQ(reasons(check(decision, {"hours", "phone"})), (std::vector<std::string>{"/reason required"}));
    decision.reason = "the old number still works";
    EXPECT_TRUE(check(decision, {"hours", "phone"}).empty());
    EXPECT_EQ(reasons(check(decision, {"hours"})), (std::vector<std::string>{"/refused/0 not_found"}));
    decision.refused = {"hours"};
    EXPECT_EQ(reasons(check(decision, {"hours"})), (std::vector<std::string>{"/refused/0 duplicate"}));
}

TEST(ConfirmationRulesTest, MonthsEndOnTheirLastDay) {
    EXPECT_EQ(months_before(day("2026-03-31"), 1), day("2026-02-28"));
    EXPECT_EQ(months_before(day("2026-11-17"), 12), day("2025-11-17"));
    EXPECT_EQ(months_before(day("2024-02-29"), 12), day("2023-02-28"));
    EXPECT_EQ(reasons(check_due(day("2026-11-16"), day("2026-11-17"), "/due_on")),
              (std::vector<std::string>{"/due_on date_order"}));
    EXPECT_EQ(reasons(check_due(day("2027-11-17"), day("2026-11-17"), "/due_on")),
              (std::vector<std::string>{"/due_on too_far"}));
}

}  // namespace
}  // namespace tsunagi::confirmations
