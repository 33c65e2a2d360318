// SPDX-License-Identifier: Apache-2.0
#include "modules/consultations/consultation_service.hpp"

#include <set>
#include <thread>

#include "modules/consultations/consultation_rules.hpp"
#include "record/json_writer.hpp"
#include "tests/support/city_test.hpp"

namespace tsunagi::consultations {
namespace {

using test::faults;

core::Date day(const std::string& text) {
    return core::Date::parse(text).value();
}

class ConsultationServiceTest : public test::CityTest {};

TSUNAGI_BOTH_ENGINES(ConsultationServiceTest);

TEST_P(ConsultationServiceTest, NumbersRunPerDeskAndFiscalYear) {
    EXPECT_EQ(create(coordinator, sheet("2026-04-01")).number, "R8-0001");
    EXPECT_EQ(create(coordinator, sheet("2026-11-17")).number, "R8-0002");
    EXPECT_EQ(create(coordinator, sheet("2026-03-31")).number, "R7-0001");
    EXPECT_EQ(create(coordinator, sheet("2019-04-30")).number, "R1-0001");
    EXPECT_EQ(create(colleague, sheet("2026-04-01")).number, "R8-0001");
}

TEST_P(ConsultationServiceTest, ADraftHasNoNumberUntilItIsRegistered) {
    const auto draft =
        consultations->create(coordinator, {.desk_id = {}, .state = ConsultationState::draft, .sheet = {}}, "");
    EXPECT_EQ(draft.number, "");
    EXPECT_EQ(draft.desk_id, center);
    EXPECT_EQ(faults([&] {
                  (void)consultations->change_state(coordinator, draft.id, 1, {ConsultationState::open, ""});
              }).count("/sheet/received_on required"),
              1U);
    auto full = sheet();
    full.receiver_id = coordinator.user_id;
    const auto filled = consultations->replace(coordinator, draft.id, 1, full);
    const auto open = consultations->change_state(coordinator, draft.id, filled.version, {ConsultationState::open, ""});
    EXPECT_EQ(open.number, "R8-0001");
    EXPECT_EQ(open.version, 3);
}

TEST_P(ConsultationServiceTest, SimultaneousCreatesNeverShareANumber) {
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            for (int k = 0; k < 10; ++k)
                create(coordinator, sheet());
        });
    }
    for (auto& thread : threads)
        thread.join();
    EXPECT_EQ(number("SELECT count(DISTINCT number) FROM consultations"), 40);
    EXPECT_EQ(number("SELECT max(sequence) FROM consultations"), 40);
}

TEST_P(ConsultationServiceTest, TheSameKeyMakesOneRecord) {
    const auto first = create(coordinator, sheet(), "key-1");
    EXPECT_EQ(create(coordinator, sheet(), "key-1").id, first.id);
    EXPECT_EQ(faults([&] { create(coordinator, sheet("2026-10-02"), "key-1"); }),
              std::set<std::string>{"idempotency_key_reused"});
    EXPECT_EQ(number("SELECT count(*) FROM consultations"), 1);
}

TEST_P(ConsultationServiceTest, NamesEveryWrongFieldAtOnce) {
    auto wrong = sheet("2026-11-18");
    wrong.caller_name = "";
    wrong.receiver_id = stranger.user_id;
    wrong.district_id = far_ward;
    wrong.topic.emplace("no_such_topic");
    wrong.started_at = core::TimeOfDay(10, 0);
    wrong.ended_at = core::TimeOfDay(9, 59);
    wrong.follow_up_on = day("2026-11-01");
    wrong.scenes.emplace_back("daily");
    wrong.elements.push_back({record::Code<"element">("dementia"), ElementValue::text, ""});
    EXPECT_EQ(faults([&] { create(coordinator, wrong); }),
              (std::set<std::string>{
                  "/sheet/caller_name required", "/sheet/received_on future", "/sheet/receiver_id not_allowed",
                  "/sheet/district_id not_allowed", "/sheet/topic unknown_code", "/sheet/ended_at date_order",
                  "/sheet/follow_up_on date_order", "/sheet/scenes/1 duplicate", "/sheet/elements/0/text required"}));
    EXPECT_EQ(number("SELECT count(*) FROM consultations"), 0);
    EXPECT_EQ(number("SELECT count(*) FROM counters"), 0);
}

TEST_P(ConsultationServiceTest, EverySheetComesBackAsItWasWritten) {
    auto full = sheet();
    full.receiver_id = lead.user_id;  // a lead of the desk above may receive
    full.subject = "髙﨑 濵邉 𠮷 辻󠄀 葛󠄀 ①Ⅰ㎝㌢ 〇々";
    full.district_id = quarter;
    full.treatments = {record::Code<"treatment">("tube_feeding")};
    full.relisted = {record::Code<"relisted">("covid")};
    full.elements = {{record::Code<"element">("dementia"), ElementValue::suspected, ""},
                     {record::Code<"element">("household_difficulty"), ElementValue::text, "alone"}};
    const auto made = create(colleague, full);
    const auto read = consultations->get(colleague, made.id);
    EXPECT_EQ(record::to_json(read.sheet), record::to_json(full));
    EXPECT_EQ(record::to_json(read), record::to_json(made));
    EXPECT_EQ(number("SELECT count(*) FROM audit_entries WHERE action = 'read'"), 1);
}

TEST_P(ConsultationServiceTest, AFinalisedRecordChangesByCorrectionsOnly) {
    auto one = create(coordinator, sheet());
    auto edited = one.sheet;
    edited.request = "Second words";
    one = consultations->replace(coordinator, one.id, 1, edited);
    one = consultations->change_state(coordinator, one.id, 2, {ConsultationState::on_hold, ""});
    EXPECT_EQ(faults([&] {
                  (void)consultations->change_state(coordinator, one.id, 3, {ConsultationState::closed, ""});
              }),
              std::set<std::string>{"/sheet/result required"});
    edited.result.emplace("solved");
    one = consultations->replace(coordinator, one.id, 3, edited);
    one = consultations->change_state(coordinator, one.id, 4, {ConsultationState::closed, ""});
    EXPECT_TRUE(one.finalised);
    EXPECT_TRUE(one.closed_at.has_value());
    EXPECT_EQ(faults([&] { (void)consultations->replace(coordinator, one.id, 5, edited); }),
              std::set<std::string>{"not_allowed_in_state"});
    edited.request = "Corrected words";
    one = consultations->correct(coordinator, one.id, 5, {{"A wrong word"}, edited});
    EXPECT_EQ(faults([&] {
                  (void)consultations->change_state(coordinator, one.id, 6, {ConsultationState::reopened, ""});
              }),
              std::set<std::string>{"/reason required"});
    one = consultations->change_state(coordinator, one.id, 6, {ConsultationState::reopened, "New call"});
    EXPECT_EQ(one.state, ConsultationState::reopened);
    EXPECT_FALSE(one.finalised);
    EXPECT_TRUE(one.closed_at.has_value());
    EXPECT_EQ(faults([&] {
                  (void)consultations->correct(coordinator, one.id, 7, {{"Late"}, edited});
              }),
              std::set<std::string>{"not_allowed_in_state"});

    const auto history = consultations->history(coordinator, one.id).items;
    std::vector<std::string> steps;
    for (const auto& version : history)
        steps.push_back(record::to_text(version.kind) + " " + version.reason + " " + version.sheet.request.value);
    EXPECT_EQ(steps, (std::vector<std::string>{"created  Somebody to visit at home", "edited  Second words",
                                               "held  Second words", "edited  Second words", "closed  Second words",
                                               "correction A wrong word Corrected words",
                                               "reopened New call Corrected words"}));
    EXPECT_EQ(history.front().by_name, "Name of coordinator");
}

TEST_P(ConsultationServiceTest, WhatWasClosedOnceGoesOnAsReopened) {
    auto done = sheet();
    done.result.emplace("solved");
    auto one = create(coordinator, done);
    const auto step = [&](ConsultationState state) {
        one = consultations->change_state(coordinator, one.id, one.version, {state, "why"});
    };
    const auto listed = [&](ConsultationState state) {
        ConsultationFilter filter;
        filter.state = {state};
        return consultations->list(coordinator, filter).total;
    };
    step(ConsultationState::closed);
    step(ConsultationState::reopened);
    EXPECT_EQ(listed(ConsultationState::reopened), 1);
    EXPECT_EQ(listed(ConsultationState::open), 0);
    step(ConsultationState::on_hold);
    EXPECT_EQ(faults([&] { step(ConsultationState::open); }), std::set<std::string>{"not_allowed_in_state"});
    step(ConsultationState::reopened);
    EXPECT_EQ(consultations->replace(coordinator, one.id, one.version, one.sheet).state, ConsultationState::reopened);
    one = consultations->get(coordinator, one.id);
    step(ConsultationState::closed);
    EXPECT_TRUE(one.finalised);
}

TEST_P(ConsultationServiceTest, AStaleChangeLosesNothing) {
    const auto one = create(coordinator, sheet());
    auto edited = one.sheet;
    edited.request = "First";
    (void)consultations->replace(coordinator, one.id, 1, edited);
    edited.request = "Second";
    try {
        (void)consultations->replace(lead, one.id, 1, edited);
        FAIL();
    } catch (const core::Error& error) {
        EXPECT_EQ(error.kind(), core::ErrorKind::stale);
        EXPECT_EQ(error.fields().front().limit, "2");
    }
    EXPECT_EQ(consultations->get(coordinator, one.id).sheet.request.value, "First");
}

TEST_P(ConsultationServiceTest, OnlyDraftsAreDeleted) {
    const auto draft =
        consultations->create(coordinator, {.desk_id = {}, .state = ConsultationState::draft, .sheet = {}}, "");
    (void)consultations->put_person(coordinator, draft.id, 1,
                                    {.name = {"Somebody"}, .kana = {}, .born_on = {}, .address = {}, .phone = {}});
    EXPECT_EQ(faults([&] { consultations->remove(coordinator, draft.id, 1); }), std::set<std::string>{"stale"});
    consultations->remove(coordinator, draft.id, {});
    EXPECT_EQ(faults([&] { (void)consultations->get(coordinator, draft.id); }), std::set<std::string>{"not_found"});
    const auto open = create(coordinator, sheet());
    EXPECT_EQ(faults([&] { consultations->remove(coordinator, open.id, {}); }),
              std::set<std::string>{"not_allowed_in_state"});
    EXPECT_EQ(number("SELECT count(*) FROM consultation_persons"), 0);
}

TEST_P(ConsultationServiceTest, ThePersonIsSealedAndReadWithAReason) {
    auto one = create(coordinator, sheet());
    one = consultations->put_person(
        coordinator, one.id, 1,
        {.name = {"Person Nagano"}, .kana = "", .born_on = day("1940-01-02"), .address = "Hill 3", .phone = ""});
    EXPECT_TRUE(one.has_person);
    EXPECT_EQ(number("SELECT count(*) FROM consultation_persons WHERE sealed LIKE '%Nagano%'"), 0);
    EXPECT_EQ(number("SELECT count(*) FROM consultation_versions WHERE sheet LIKE '%Nagano%'"), 0);
    EXPECT_EQ(consultations->read_person(lead, one.id, {{"Call back"}}).name.value, "Person Nagano");
    EXPECT_EQ(number("SELECT count(*) FROM audit_entries WHERE action = 'read_person' AND detail = 'Call back'"), 1);
    EXPECT_EQ(faults([&] { (void)consultations->read_person(officer, one.id, {{"Curious"}}); }),
              std::set<std::string>{"not_found"});
    EXPECT_FALSE(consultations->get(officer, one.id).has_person);
    one = consultations->share(coordinator, one.id, one.version, {true});
    EXPECT_EQ(consultations->read_person(officer, one.id, {{"Guardianship"}}).address.value, "Hill 3");
    EXPECT_TRUE(consultations->get(officer, one.id).has_person);
    EXPECT_EQ(faults([&] { (void)consultations->read_person(stranger, one.id, {{"Curious"}}); }),
              std::set<std::string>{"not_found"});
}

TEST_P(ConsultationServiceTest, EveryReaderSeesWhatTheirRoleShows) {
    const auto one = create(coordinator, sheet());
    const auto municipal = consultations->get(officer, one.id);
    EXPECT_TRUE(municipal.masked);
    EXPECT_EQ(municipal.sheet.caller_name.value + municipal.sheet.caller_phone.value, "");
    EXPECT_EQ(municipal.sheet.caller_affiliation.value, "Office Minato");
    EXPECT_EQ(consultations->history(officer, one.id).items.front().sheet.caller_name.value, "");
    EXPECT_EQ(faults([&] { (void)consultations->get(advisor, one.id); }), std::set<std::string>{"not_found"});
    disclose(one.id);
    const auto advised = consultations->get(advisor, one.id);
    EXPECT_TRUE(advised.masked);
    EXPECT_EQ(advised.sheet.background.value, "Lives alone");
    EXPECT_EQ(advised.sheet.request.value + advised.sheet.caller_affiliation.value, "");
    EXPECT_FALSE(advised.sheet.receiver_id.has_value());
    ConsultationFilter by_request;
    by_request.words = "visit at home";
    EXPECT_EQ(consultations->list(coordinator, by_request).total, 1);
    EXPECT_EQ(consultations->list(advisor, by_request).total, 0);
    ConsultationFilter by_receiver;
    by_receiver.receiver = {coordinator.user_id};
    EXPECT_EQ(consultations->list(advisor, {}).total, 1);
    EXPECT_EQ(consultations->list(advisor, by_receiver).total, 0);
    auto edited = one.sheet;
    EXPECT_EQ(faults([&] { (void)consultations->replace(officer, one.id, 1, edited); }),
              std::set<std::string>{"forbidden"});
}

TEST_P(ConsultationServiceTest, CallersComeFromTheOwnDesksWhoCalledOftenAndLatelyFirst) {
    auto old = sheet("2025-05-01");
    old.caller_affiliation = "Office Kita";
    create(coordinator, old);
    create(coordinator, sheet("2026-05-01"));
    create(coordinator, sheet("2026-06-01"));
    create(stranger, [&] {
        auto far = sheet("2026-07-01");
        far.district_id = far_ward;
        return far;
    }());
    const auto found = consultations->callers(coordinator, "ishi").items;
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].affiliation, "Office Minato");
    EXPECT_EQ(found[0].times, 2);
    EXPECT_EQ(found[0].last_on, day("2026-06-01"));
    EXPECT_EQ(found[1].affiliation, "Office Kita");
    EXPECT_EQ(consultations->callers(coordinator, "1234-56").items.size(), 2U);
    EXPECT_EQ(consultations->callers(coordinator, "123456").items.size(), 2U);
    EXPECT_EQ(consultations->callers(coordinator, "kita").items.size(), 1U);
    EXPECT_EQ(consultations->callers(coordinator, "%_").items.size(), 0U);
    EXPECT_EQ(consultations->callers(colleague, "ishi").items.size(), 0U);
    EXPECT_EQ(faults([&] { (void)consultations->callers(coordinator, "i"); }),
              std::set<std::string>{"?words too_short"});
    EXPECT_EQ(faults([&] { (void)consultations->callers(officer, "ishi"); }), std::set<std::string>{"forbidden"});
}

TEST_P(ConsultationServiceTest, CallersFollowTheRegisteredSheets) {
    auto first = sheet("2026-05-01");
    first.caller_name = "\u9089\u898B \u7531\u4F73";
    first.caller_kana = "\u3078\u3093\u307F \u3086\u304B";
    first.caller_contact.emplace("mobile");
    auto begun =
        consultations->create(coordinator, {.desk_id = center, .state = ConsultationState::draft, .sheet = first}, "");
    const auto found = [&](const std::string& words) { return consultations->callers(coordinator, words).items; };
    EXPECT_TRUE(found("\u3078\u3093").empty()) << "a half written name is nobody yet";
    begun.sheet.receiver_id = coordinator.user_id;
    begun = consultations->replace(coordinator, begun.id, begun.version, begun.sheet);
    begun = consultations->change_state(coordinator, begun.id, begun.version, {ConsultationState::open, {}});
    // The reading in either kana, the present form of an old letter, and without the blank.
    for (const char* words : {"\u3078\u3093", "\u30D8\u30F3\u30DF", "\uFF8D\uFF9D\uFF90", "\u8FBA\u898B",
                              "\u8FBA\u898B\u7531", "\u9089\u898B", "Minato", "1234-56", "\uFF11\uFF12\uFF13"})
        EXPECT_EQ(found(words).size(), 1U) << words;
    ASSERT_EQ(found("1234").size(), 1U);
    EXPECT_EQ(found("1234")[0].contact->value, "mobile");

    // Who calls again without saying the phone keeps it; a sheet corrected to another name takes its call along.
    auto second = first;
    second.received_on = day("2026-06-01");
    second.caller_phone = {};
    second.caller_contact.reset();
    const auto again = create(coordinator, second);
    ASSERT_EQ(found("\u3078\u3093").size(), 1U);
    EXPECT_EQ(found("\u3078\u3093")[0].times, 2);
    EXPECT_EQ(found("\u3078\u3093")[0].phone, "03-1234-5678");
    EXPECT_EQ(found("\u3078\u3093")[0].contact->value, "mobile");
    second.receiver_id = coordinator.user_id;
    second.caller_name = "Somebody Else";
    second.caller_kana = {};
    (void)consultations->replace(coordinator, again.id, again.version, second);
    EXPECT_EQ(found("\u3078\u3093")[0].times, 1);
    EXPECT_EQ(found("somebody").size(), 1U);
    auto corrected = begun.sheet;
    corrected.caller_name = "Somebody Else";
    begun = consultations->replace(coordinator, begun.id, begun.version, corrected);
    EXPECT_EQ(found("somebody").front().times, 2);
    EXPECT_EQ(number("SELECT count(*) FROM callers"), 1);
    // A number that a sheet takes back is offered no more.
    EXPECT_EQ(found("somebody").front().phone, "03-1234-5678");
    corrected.caller_phone = {};
    (void)consultations->replace(coordinator, begun.id, begun.version, corrected);
    EXPECT_EQ(found("somebody").front().phone, "");
    EXPECT_EQ(found("somebody").front().times, 2);

    // Callers of before the table was kept get their compared form when the server starts.
    database().write([](db::WriteTx& tx) { tx.execute("UPDATE callers SET searched = '', last_day = 0"); });
    EXPECT_TRUE(found("somebody").empty());
    consultations->warm_up({});
    EXPECT_EQ(found("somebody").size(), 1U);
}

TEST_P(ConsultationServiceTest, BegunSheetsAreThoseOfThePersonInTheirOrder) {
    auto half = sheet();
    const auto draft = [&](const access::Actor& actor, const std::string& subject) {
        half.subject = subject;
        return consultations->create(
            actor, {.desk_id = actor.desks.front(), .state = ConsultationState::draft, .sheet = half}, "");
    };
    const auto one = draft(coordinator, "one");
    const auto two = draft(coordinator, "two");
    (void)draft(lead, "of somebody else at the same desk");
    (void)create(coordinator, sheet());
    const auto begun = consultations->begun(coordinator).items;
    ASSERT_EQ(begun.size(), 2U);
    EXPECT_EQ(begun[0].id, one.id);
    EXPECT_EQ(begun[1].subject, "two");
    EXPECT_EQ(begun[1].caller_name, "Caller Ishida");
    auto moved = coordinator;
    moved.desks = {station};
    EXPECT_TRUE(consultations->begun(moved).items.empty()) << "who left the desk does not see its sheets any more";
    EXPECT_EQ(faults([&] { (void)consultations->begun(officer); }), std::set<std::string>{"forbidden"});
}

}  // namespace
}  // namespace tsunagi::consultations
