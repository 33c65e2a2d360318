// SPDX-License-Identifier: Apache-2.0
#include "modules/referrals/referral_test.hpp"
#include "record/json_writer.hpp"

namespace tsunagi::referrals {
namespace {

using answer_pages::AnswerKey;
using test::faults;
using Faults = std::set<std::string>;

TSUNAGI_BOTH_ENGINES(ReferralServiceTest);

TEST_P(ReferralServiceTest, ASearchShowsWhoOffersTheServiceAndHowWellTheyFit) {
    const auto about = create(coordinator, sheet());
    const auto made = match(coordinator, about.id);
    EXPECT_EQ(made.state, CaseMatchState::searching);
    EXPECT_EQ(made.offered, 2);
    EXPECT_EQ(made.fitting, 2) << "what nobody knows misses nothing";
    const auto found = matches->candidates(coordinator, made.id, {});
    ASSERT_EQ(found.items.size(), 2U);
    EXPECT_EQ(found.items[0].name, "Near") << "its days are known to fit";
    EXPECT_EQ(found.items[0].points.size(), 2U);
    auto text = made.text;
    text.days = {Weekday::sun};
    const auto changed = matches->change(coordinator, made.id, 1, text);
    EXPECT_EQ(changed.fitting, 1);
    EXPECT_EQ(matches->candidates(coordinator, made.id, {}).items[0].name, "Far");
    EXPECT_EQ(faults([&] { (void)matches->change(coordinator, made.id, 1, text); }), Faults{"stale"});
    text.service = resources::ServiceCode("nothing");
    text.district_id = core::RegionId::make();
    EXPECT_EQ(faults([&] { (void)matches->change(coordinator, made.id, 2, text); }),
              (Faults{"/service unknown_code", "/district_id not_found"}));
    EXPECT_EQ(matches->history(coordinator, made.id).items.size(), 2U);
}

TEST_P(ReferralServiceTest, ASearchThatFoundNothingSaysWhy) {
    const auto made = match(coordinator, create(coordinator, sheet()).id);
    MatchStateChange change;
    change.state = CaseMatchState::not_found;
    EXPECT_EQ(faults([&] { (void)matches->change_state(coordinator, made.id, 1, change); }),
              Faults{"/reason required"});
    change.reason.emplace("full");
    EXPECT_EQ(matches->change_state(coordinator, made.id, 1, change).state, CaseMatchState::not_found);
    EXPECT_EQ(faults([&] { (void)referrals->create(coordinator, asks(made.id, {near}), ""); }),
              Faults{"not_allowed_in_state"});
    change = {};
    EXPECT_EQ(matches->change_state(coordinator, made.id, 2, change).state, CaseMatchState::searching);
    EXPECT_EQ(faults([&] { (void)matches->change_state(coordinator, made.id, 3, change); }),
              Faults{"not_allowed_in_state"});
}

TEST_P(ReferralServiceTest, SeveralAreAskedAtOnceAndOnlyOnce) {
    const auto made = match(coordinator, create(coordinator, sheet()).id);
    const auto body = asks(made.id, {near, far});
    EXPECT_EQ(referrals->create(coordinator, body, "once").items.size(), 2U);
    EXPECT_EQ(referrals->create(coordinator, body, "once").items.size(), 2U);
    EXPECT_EQ(faults([&] {
                  (void)referrals->create(coordinator, asks(made.id, {near, other}), "");
              }),
              (Faults{"/asks/0/place_id duplicate", "/asks/1/place_id not_found"}));
    EXPECT_EQ(faults([&] { (void)referrals->create(coordinator, asks(made.id, {}), ""); }), Faults{"/asks required"});
    const auto page = referrals->list(coordinator, {});
    EXPECT_EQ(page.total, 2);
    EXPECT_EQ(page.tasks.at(0).count, 2) << "to be sent";
    EXPECT_EQ(matches->candidates(coordinator, made.id, {}).items.at(0).earlier->of_this_match, true);
}

TEST_P(ReferralServiceTest, FromTheAskToHowItGoes) {
    const auto made = match(coordinator, create(coordinator, sheet()).id);
    const auto id = asked(coordinator, made.id, near).id;
    EXPECT_EQ(referrals->note_sent(coordinator, id, 1, {}).state, ReferralState::sent);
    EXPECT_EQ(faults([&] { (void)referrals->answer(coordinator, id, 2, note(ReferralAnswer::no)); }),
              Faults{"/reason required"});
    EXPECT_EQ(referrals->answer(coordinator, id, 2, note(ReferralAnswer::yes)).state, ReferralState::answered);
    OutcomeNote outcome;
    outcome.outcome = ReferralOutcome::began;
    outcome.follow_up_on = clock.today().plus_days(30);
    const auto settled = referrals->settle(coordinator, id, 3, outcome);
    EXPECT_EQ(settled.state, ReferralState::settled);
    EXPECT_EQ(matches->get(coordinator, made.id).state, CaseMatchState::found);
    EXPECT_EQ(listed(ReferralTask::to_follow_up), 1);
    FollowUpNote follow;
    follow.follow_up_words = "goes well";
    follow.follow_up_on = clock.today().plus_days(60);
    EXPECT_EQ(referrals->follow_up(coordinator, id, 4, follow).state, ReferralState::settled) << "once more";
    follow.follow_up_on.reset();
    EXPECT_EQ(referrals->follow_up(coordinator, id, 5, follow).state, ReferralState::followed);
    EXPECT_EQ(faults([&] { (void)referrals->follow_up(coordinator, id, 6, follow); }), Faults{"not_allowed_in_state"});
    std::string kinds;
    for (const auto& version : referrals->history(coordinator, id).items)
        kinds += version.kind + " ";
    EXPECT_EQ(kinds, "created sent answered settled followed followed ");
}

TEST_P(ReferralServiceTest, StepsAreTakenBackCorrectedAndWithdrawn) {
    const auto made = match(coordinator, create(coordinator, sheet()).id);
    const auto id = asked(coordinator, made.id, near).id;
    EXPECT_EQ(faults([&] { (void)referrals->undo(coordinator, id, 1); }), Faults{"not_allowed_in_state"});
    (void)referrals->answer(coordinator, id, 1, note(ReferralAnswer::none, "not_reached"));
    const auto undone = referrals->undo(coordinator, id, 2);
    EXPECT_EQ(undone.state, ReferralState::prepared);
    EXPECT_FALSE(undone.text.reason);
    EXPECT_EQ(faults([&] { (void)referrals->undo(coordinator, id, 3); }), Faults{"not_allowed_in_state"});
    ReferralChange change;
    change.text = undone.text;
    change.text.sent_on = clock.today().plus_days(-3);
    change.text.reply_by = clock.today().plus_days(-1);
    change.reason = "the day was wrong";
    EXPECT_EQ(referrals->correct(coordinator, id, 3, change).state, ReferralState::sent);
    EXPECT_EQ(listed(ReferralTask::late), 1);
    ReferralWithdrawal withdrawal;
    withdrawal.reason = "asked twice";
    EXPECT_EQ(referrals->withdraw(coordinator, id, 4, withdrawal).state, ReferralState::withdrawn);
    EXPECT_EQ(faults([&] { (void)referrals->correct(coordinator, id, 5, change); }), Faults{"not_allowed_in_state"});
    EXPECT_EQ(referrals->undo(coordinator, id, 5).state, ReferralState::sent);
    EXPECT_EQ(faults([&] { (void)referrals->answer(coordinator, id, 5, note(ReferralAnswer::yes)); }), Faults{"stale"});
}

TEST_P(ReferralServiceTest, TheOtherSideAnswersWithoutAnAccount) {
    const auto made = match(coordinator, create(coordinator, sheet()).id);
    auto body = asks(made.id, {near});
    body.message = "Could you visit twice a week?";
    body.shown = {ShownFact::district};
    const auto id = referrals->create(coordinator, body, "").items.at(0).id;
    const auto page = referrals->issue_page(coordinator, id, {});
    AnswerKey key;
    key.token = page.path.substr(8);
    key.code = page.code;
    const auto shown = answers->asked(key, "192.0.2.1");
    EXPECT_EQ(shown.place_name, "Near");
    EXPECT_EQ(shown.desk_name, "Center");
    EXPECT_EQ(shown.message, body.message.str());
    ASSERT_EQ(shown.facts.size(), 1U) << "what was chosen, and nothing else of the case";
    EXPECT_EQ(shown.facts[0].words.at(0).ja.str(), "Ward A");
    EXPECT_FALSE(shown.reasons.empty());
    const std::string all = record::to_json(shown);
    for (const char* hidden : {"Caller Ishida", "Lives alone", "Looking for a physician", "03-1234-5678"})
        EXPECT_EQ(all.find(hidden), std::string::npos) << hidden;

    PageAnswer answer;
    answer.token = key.token;
    answer.code = key.code;
    answer.answer = ReferralAnswer::no;
    answer.answered_by = "Head nurse";
    EXPECT_EQ(faults([&] { (void)answers->answer(answer, "192.0.2.1"); }), Faults{"/reason required"});
    answer.reason.emplace("full");
    EXPECT_EQ(answers->answer(answer, "192.0.2.1").answer, ReferralAnswer::no);
    EXPECT_EQ(faults([&] { (void)answers->answer(answer, "192.0.2.1"); }), Faults{"no_answer_page"});
    const auto now = current(id);
    EXPECT_TRUE(now.by_page);
    EXPECT_EQ(now.state, ReferralState::answered);
    EXPECT_EQ(now.text.answered_by.str(), "Head nurse");
    EXPECT_EQ(referrals->history(coordinator, id).items.back().by_name, "");
    const auto after = answers->asked(key, "192.0.2.1");
    EXPECT_EQ(after.answer, ReferralAnswer::no) << "it shows what was answered";
    EXPECT_TRUE(after.facts.empty()) << "and of the person nothing any more";
    EXPECT_EQ(after.message + after.area + after.wishes + after.hours + after.to_name, "");
    EXPECT_TRUE(after.days.empty());
    ReferralChange change;
    change.text = now.text;
    change.text.answer_words = "They seemed unwilling";
    change.reason = "for the desk";
    EXPECT_FALSE(referrals->correct(coordinator, id, 2, change).by_page);
    EXPECT_EQ(faults([&] { (void)answers->asked(key, "192.0.2.1"); }), Faults{"no_answer_page"})
        << "what the desk writes is not theirs";
    EXPECT_FALSE(referrals->undo(coordinator, id, 3).by_page);
}

TEST_P(ReferralServiceTest, APageWhoseAnswerWasTakenBackOpensNoMore) {
    const auto made = match(coordinator, create(coordinator, sheet()).id);
    const auto id = asked(coordinator, made.id, near).id;
    const auto page = referrals->issue_page(coordinator, id, {});
    PageAnswer answer;
    answer.token.value = page.path.substr(8);
    answer.code.value = page.code;
    answer.answer = ReferralAnswer::yes;
    answer.answered_by = "Head nurse";
    (void)answers->answer(answer, "192.0.2.1");
    EXPECT_FALSE(referrals->undo(coordinator, id, 2).by_page);
    AnswerKey key;
    key.token = answer.token;
    key.code = answer.code;
    EXPECT_EQ(faults([&] { (void)answers->asked(key, "192.0.2.1"); }), Faults{"no_answer_page"});
    const auto again = referrals->issue_page(coordinator, id, {});
    key.token.value = again.path.substr(8);
    key.code.value = again.code;
    EXPECT_FALSE(answers->asked(key, "192.0.2.1").answer);
}

TEST_P(ReferralServiceTest, AWithdrawnAskSaysSoOnAPageThatWasUsed) {
    const auto made = match(coordinator, create(coordinator, sheet()).id);
    const auto id = asked(coordinator, made.id, near).id;
    const auto page = referrals->issue_page(coordinator, id, {});
    PageAnswer answer;
    answer.token.value = page.path.substr(8);
    answer.code.value = page.code;
    answer.answer = ReferralAnswer::yes;
    answer.answered_by = "Head nurse";
    (void)answers->answer(answer, "192.0.2.1");
    AnswerKey key;
    key.token = answer.token;
    key.code = answer.code;
    (void)referrals->undo(coordinator, id, current(id).version);
    ReferralWithdrawal withdrawal;
    withdrawal.reason = "the person moved away";
    const auto withdrawn = referrals->withdraw(coordinator, id, current(id).version, withdrawal);
    EXPECT_EQ(faults([&] { (void)answers->asked(key, "192.0.2.1"); }), Faults{"ask_withdrawn"});
    const auto kept = referrals->history(coordinator, id).items;
    EXPECT_TRUE(std::ranges::any_of(kept, [](const auto& one) { return one.text.answer == ReferralAnswer::yes; }))
        << "the desk still sees what was answered";
    (void)referrals->undo(coordinator, id, withdrawn.version);
    EXPECT_EQ(faults([&] { (void)answers->asked(key, "192.0.2.1"); }), Faults{"no_answer_page"})
        << "taken back, it is again a page whose answer was undone";
}

TEST_P(ReferralServiceTest, AnAnswerByPhoneClosesThePage) {
    const auto made = match(coordinator, create(coordinator, sheet()).id);
    const auto id = asked(coordinator, made.id, near).id;
    const auto page = referrals->issue_page(coordinator, id, {});
    (void)referrals->answer(coordinator, id, 1, note(ReferralAnswer::yes));
    AnswerKey key;
    key.token = page.path.substr(8);
    key.code = page.code;
    EXPECT_EQ(faults([&] { (void)answers->asked(key, "192.0.2.1"); }), Faults{"no_answer_page"});
    EXPECT_EQ(faults([&] { (void)referrals->issue_page(coordinator, id, {}); }), Faults{"not_allowed_in_state"});
}

TEST_P(ReferralServiceTest, NothingThatLeavesTheDeskNamesThePerson) {
    const auto about = create(coordinator, sheet());
    consultations::Person person;
    person.name = "Ikeda Masako";
    (void)consultations->put_person(coordinator, about.id, 1, person);
    const auto made = match(coordinator, about.id);
    auto body = asks(made.id, {near});
    body.person_label = "IkedaMasako";
    body.message = "About Ikeda Masako";
    EXPECT_EQ(faults([&] { (void)referrals->create(coordinator, body, ""); }),
              (Faults{"/person_label identifies", "/message identifies"}));
    body.person_label = "I.M.";
    body.message = "Could you?";
    auto text = made.text;
    text.wishes = "A nurse whom Ikeda Masako knows";
    text.area = "Beside the harbour";
    EXPECT_EQ(faults([&] { (void)matches->change(coordinator, made.id, 1, text); }), Faults{"/wishes identifies"});
    NewMatch another;
    another.consultation_id = about.id;
    another.text = text;
    EXPECT_EQ(faults([&] { (void)matches->create(coordinator, another, ""); }), Faults{"/text/wishes identifies"});
    EXPECT_EQ(faults([&] { (void)referrals->create(coordinator, body, ""); }), Faults{});
    EXPECT_EQ(number("SELECT count(*) FROM audit_entries WHERE action = 'read_person' AND detail = 'referral'"), 1)
        << "looking for the name is a reading of it";
    EXPECT_EQ(number("SELECT count(*) FROM audit_entries WHERE action = 'read_person' AND detail = 'referral refused'"),
              3)
        << "also where nothing else came of it";
}

TEST_P(ReferralServiceTest, ConditionsFromBeforeThePersonWasKnownAreLookedThrough) {
    const auto about = create(coordinator, sheet());
    NewMatch body;
    body.consultation_id = about.id;
    body.text.service = resources::ServiceCode("130");
    body.text.wishes = "For Ikeda Masako";
    const auto made = matches->create(coordinator, body, "");
    consultations::Person person;
    person.name = "Ikeda Masako";
    (void)consultations->put_person(coordinator, about.id, consultations->get(coordinator, about.id).version, person);
    EXPECT_EQ(faults([&] { (void)referrals->create(coordinator, asks(made.id, {near}), ""); }),
              Faults{"/match_id identifies"});
}

TEST_P(ReferralServiceTest, TheNewestAnswerOfAPlaceIsRemembered) {
    const auto first = match(coordinator, create(coordinator, sheet()).id);
    (void)referrals->answer(coordinator, asked(coordinator, first.id, near).id, 1, note(ReferralAnswer::no, "full"));
    clock.move_to(clock.now().plus(std::chrono::hours(1)));
    const auto second = match(coordinator, create(coordinator, sheet()).id);
    (void)referrals->answer(coordinator, asked(coordinator, second.id, near).id, 1, note(ReferralAnswer::yes));
    const auto found = matches->candidates(coordinator, first.id, {});
    ASSERT_EQ(found.items.at(0).name, "Near");
    EXPECT_EQ(found.items.at(0).earlier.value().answer, "yes");
}

TEST_P(ReferralServiceTest, OnlyWhoSeesTheCaseSeesTheAsk) {
    const auto about = create(coordinator, sheet());
    const auto made = match(coordinator, about.id);
    auto body = asks(made.id, {near});
    body.person_label = "I.M.";
    const auto id = referrals->create(coordinator, body, "").items.at(0).id;
    for (const auto* actor : {&colleague, &stranger}) {
        EXPECT_EQ(faults([&] { (void)referrals->get(*actor, id); }), Faults{"not_found"});
        EXPECT_EQ(faults([&] { (void)matches->get(*actor, made.id); }), Faults{"not_found"});
        EXPECT_EQ(faults([&] { (void)referrals->answer(*actor, id, 1, note(ReferralAnswer::yes)); }),
                  Faults{"not_found"});
        EXPECT_EQ(faults([&] { (void)referrals->of_case(*actor, about.id); }), Faults{"not_found"});
        EXPECT_EQ(referrals->list(*actor, {}).total, 0);
        EXPECT_EQ(gaps->table(*actor, {}).total.searches, 0);
    }
    EXPECT_EQ(referrals->list(lead, {}).total, 1);
    const auto seen = referrals->get(officer, id);
    EXPECT_TRUE(seen.masked);
    EXPECT_EQ(seen.text.person_label.str(), "");
    EXPECT_EQ(faults([&] { (void)referrals->answer(officer, id, 1, note(ReferralAnswer::yes)); }), Faults{"forbidden"});
    for (const auto* actor : {&advisor, &prefectural}) {
        EXPECT_EQ(faults([&] { (void)referrals->list(*actor, {}); }), Faults{"forbidden"});
        EXPECT_EQ(faults([&] { (void)gaps->table(*actor, {}); }), Faults{"forbidden"});
    }
}

// Somebody may work at one desk and sit on the committee that hears of another's case.
TEST_P(ReferralServiceTest, AnAgendaDisclosesNoAsk) {
    const auto about = create(coordinator, sheet());
    const auto made = match(coordinator, about.id);
    const auto id = asked(coordinator, made.id, near).id;
    (void)referrals->answer(coordinator, id, 1, note(ReferralAnswer::no, "full"));
    disclose(about.id);
    advisor.permissions.insert({"resources.read", "referrals.read", "consultations.read"});
    EXPECT_EQ(faults([&] { (void)consultations->get(advisor, about.id); }), Faults{});
    EXPECT_EQ(faults([&] { (void)referrals->get(advisor, id); }), Faults{"not_found"});
    EXPECT_EQ(faults([&] { (void)referrals->history(advisor, id); }), Faults{"not_found"});
    EXPECT_EQ(faults([&] { (void)matches->get(advisor, made.id); }), Faults{"not_found"});
    EXPECT_EQ(referrals->list(advisor, {}).total, 0);
    EXPECT_TRUE(referrals->of_case(advisor, about.id).items.empty());
    EXPECT_EQ(gaps->table(advisor, {}).total.asks, 0);
}

TEST_P(ReferralServiceTest, AListTakesAFixedNumberOfStatements) {
    const auto made = match(coordinator, create(coordinator, sheet()).id);
    const auto statements = [&] {
        const auto before = database().statements();
        (void)referrals->list(coordinator, {});
        (void)gaps->table(coordinator, {});
        return database().statements() - before;
    };
    (void)asked(coordinator, made.id, near);
    (void)statements();
    const auto of_one = statements();
    (void)asked(coordinator, made.id, far);
    EXPECT_EQ(statements(), of_one);
}

TEST_P(ReferralServiceTest, WhatIsMissingIsCountedByDistrictAndReason) {
    const auto about = create(coordinator, sheet());
    const auto made = match(coordinator, about.id);
    (void)referrals->answer(coordinator, asked(coordinator, made.id, near).id, 1, note(ReferralAnswer::no, "full"));
    (void)referrals->answer(coordinator, asked(coordinator, made.id, far).id, 1, note(ReferralAnswer::yes));
    const auto table = gaps->table(coordinator, {});
    ASSERT_EQ(table.items.size(), 1U);
    EXPECT_EQ(table.items[0].district_id, wards.front());
    EXPECT_EQ(table.items[0].refused, 1);
    EXPECT_EQ(table.items[0].accepted, 1);
    EXPECT_EQ(table.items[0].reasons.at(0).cases, std::vector<core::ConsultationId>{about.id});
    GapFilter filter;
    filter.reason.emplace_back("treatment");
    EXPECT_TRUE(gaps->table(coordinator, filter).items.empty());
    filter = {};
    filter.from = clock.today().plus_days(1);
    EXPECT_TRUE(gaps->table(coordinator, filter).items.empty());
    const auto file = gaps->export_table(coordinator, {});
    EXPECT_EQ(file.bytes.substr(0, 2), "PK");
    GapExportQuery csv;
    csv.format = analysis::FileFormat::csv;
    EXPECT_NE(gaps->export_table(coordinator, csv).bytes.find("Ward A"), std::string::npos);
}

}  // namespace
}  // namespace tsunagi::referrals
