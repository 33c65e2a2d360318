// SPDX-License-Identifier: Apache-2.0
#include "modules/confirmations/confirmation_service.hpp"

#include "modules/confirmations/confirmation_rules.hpp"
#include "modules/confirmations/correction_service.hpp"
#include "modules/search/search_service.hpp"
#include "record/json_writer.hpp"
#include "tests/support/city_test.hpp"
#include "tests/support/place_rows.hpp"

namespace tsunagi::confirmations {
namespace {

using answer_pages::AnswerKey;
using test::faults;
using Faults = std::set<std::string>;

class ConfirmationServiceTest : public test::CityTest {
protected:
    void SetUp() override {
        CityTest::SetUp();
        if (IsSkipped())
            return;
        for (auto* actor : {&coordinator, &colleague, &lead, &stranger, &officer})
            actor->permissions.insert({"resources.read", "resources.write", "export"});
        const auto packs_folder = std::filesystem::path(TSUNAGI_SOURCE_DIR) / "packs/standard";
        searching = std::make_unique<search::SearchService>(
            database(), *audit, *consultations, search::read_search_words(packs_folder / "search_words.yaml"));
        pages = std::make_unique<answer_pages::AnswerPageService>(database(), *audit, std::string(32, 'k'), clock);
        service = std::make_unique<ConfirmationService>(database(), *audit, *packs, searching->folding(), *pages,
                                                        packs_folder / "report_words.yaml", clock);
        corrections = std::make_unique<CorrectionService>(database(), *audit, *packs, *pages, clock);
        near = place("Near");
        far = place("Far");
    }

    resources::PlaceId place(const std::string& name) {
        return database().write([&](db::WriteTx& tx) {
            test::PlaceInDirectory place;
            place.name = name;
            place.phone = "0";
            place.searched = search::to_utf8(searching->folding().fold(name));
            return test::add_office(tx, place);
        });
    }

    /// What the municipality knows, as its own people see it.
    resources::LocalLayer known(const resources::PlaceId& id) {
        return database().read([&](db::ReadTx& tx) { return resources::LocalService::read(tx, id, city); });
    }

    std::vector<DueReason> why(const resources::PlaceId& id, const DueFilter& filter = {}) {
        for (const auto& row : service->due(coordinator, filter).items) {
            if (row.id == id)
                return row.why;
        }
        return {};
    }

    ConfirmationRow asked(const resources::PlaceId& id) {
        NewConfirmations body;
        body.place_ids = {id};
        body.due_on = coordinator.today.plus_days(14);
        const auto made = service->create(coordinator, {}, body, "");
        return made.items.at(0);
    }

    AnswerKey page_of(const ConfirmationId& id) {
        const auto issued = service->issue_page(coordinator, id);
        AnswerKey key;
        key.token.value = issued.path.substr(8);
        key.code.value = issued.code;
        return key;
    }

    Confirmation current(const ConfirmationId& id) { return service->get(coordinator, id); }

    void move(int days) {
        clock.move_to(clock.now().plus(std::chrono::hours(24 * days)));
        for (auto* actor : {&coordinator, &colleague, &lead, &stranger, &officer})
            actor->today = actor->latest_day = clock.today();
    }

    static PageCorrection correction(const AnswerKey& key, const FacilityCard& card) {
        PageCorrection result;
        result.token = key.token;
        result.code = key.code;
        result.card = card;
        result.answered_by.value = "Somebody there";
        return result;
    }

    std::unique_ptr<search::SearchService> searching;
    std::unique_ptr<answer_pages::AnswerPageService> pages;
    std::unique_ptr<ConfirmationService> service;
    std::unique_ptr<CorrectionService> corrections;
    resources::PlaceId near;
    resources::PlaceId far;
};

TSUNAGI_BOTH_ENGINES(ConfirmationServiceTest);

TEST_P(ConfirmationServiceTest, APlaceIsConfirmedWithOneKeyAndTheKeyTakenBack) {
    EXPECT_EQ(why(near), std::vector{DueReason::never});
    const auto first = service->confirm(coordinator, near, {}, 0);
    EXPECT_EQ(first.version, 1);
    EXPECT_EQ(first.checked_on, coordinator.today);
    EXPECT_EQ(first.checked_by_name, coordinator.name);
    EXPECT_TRUE(why(near).empty());
    EXPECT_EQ(faults([&] { (void)service->confirm(coordinator, near, {}, 0); }), Faults{"stale"});
    move(400);
    EXPECT_EQ(why(near), std::vector{DueReason::old});
    DueFilter patient;
    patient.months = 24;
    EXPECT_TRUE(why(near, patient).empty());
    const auto second = service->confirm(officer, near, {}, 1);
    EXPECT_EQ(second.checked_by_name, officer.name);
    const auto back = service->undo(officer, near, {}, 2);
    EXPECT_EQ(back.checked_on, first.checked_on);
    EXPECT_EQ(back.checked_by_name, coordinator.name) << "the day is again the word of whoever gave it";
    EXPECT_EQ(faults([&] { (void)service->undo(officer, near, {}, 3); }), Faults{"not_allowed_in_state"});
    EXPECT_EQ(service->undo(coordinator, far, {}, service->confirm(coordinator, far, {}, 0).version).checked_on,
              std::nullopt);
}

TEST_P(ConfirmationServiceTest, AnotherMunicipalityKnowsNothingOfIt) {
    (void)service->confirm(coordinator, near, {}, 0);
    const auto request = asked(far);
    DueFilter all;
    const auto theirs = service->due(stranger, all);
    EXPECT_EQ(theirs.total, 2) << "nobody there has confirmed either";
    for (const auto& row : theirs.items)
        EXPECT_FALSE(row.request_id);
    EXPECT_EQ(service->list(stranger, {}).total, 0);
    EXPECT_EQ(faults([&] { (void)service->get(stranger, request.id); }), Faults{"not_found"});
    EXPECT_EQ(faults([&] { (void)service->history(stranger, request.id); }), Faults{"not_found"});
    EXPECT_EQ(faults([&] { (void)service->withdraw(stranger, request.id, 1, {}); }), Faults{"not_found"});
    EXPECT_EQ(faults([&] { (void)service->issue_page(stranger, request.id); }), Faults{"not_found"});
    ConfirmationFilter named;
    named.municipality_id = city;
    EXPECT_EQ(faults([&] { (void)service->list(stranger, named); }), Faults{"?municipality_id not_allowed"});
    EXPECT_EQ(faults([&] { (void)service->list(advisor, {}); }), Faults{"forbidden"});
}

TEST_P(ConfirmationServiceTest, WhatThePlaceCorrectsWaitsForSomebody) {
    (void)service->confirm(coordinator, near, {}, 0);
    const auto request = asked(near);
    EXPECT_EQ(faults([&] { (void)asked(near); }), Faults{"/place_ids/0 duplicate"});
    const auto key = page_of(request.id);
    auto card = corrections->asked(key, "192.0.2.1").card;
    card.hours = "9-17";
    card.phone = "099-111-2222";
    auto wrong = card;
    wrong.treatments = {Treatment("pigeon")};
    EXPECT_EQ(faults([&] { (void)corrections->answer(correction(key, wrong), "192.0.2.1"); }),
              Faults{"/card/treatments/0 unknown_code"});
    const auto answered = corrections->answer(correction(key, card), "192.0.2.1");
    EXPECT_EQ(answered.answered_on, coordinator.today);
    EXPECT_EQ(answered.card.hours.value, "9-17");
    EXPECT_EQ(faults([&] { (void)corrections->answer(correction(key, card), "192.0.2.1"); }), Faults{"no_answer_page"});
    EXPECT_EQ(known(near).text.hours.value, "") << "nothing is written before somebody approves";
    EXPECT_EQ(why(near), std::vector{DueReason::differs});
    auto found = current(request.id);
    EXPECT_EQ(found.state, ConfirmationState::answered);
    EXPECT_TRUE(found.text.by_page);
    ASSERT_EQ(found.differences.size(), 2U);
    EXPECT_EQ(found.differences[0].field, "hours");
    ConfirmationDecision decision;
    decision.approved = {"hours"};
    EXPECT_EQ(faults([&] { (void)service->decide(colleague, request.id, found.version, decision); }),
              Faults{"/approved undecided"});
    decision.refused = {"phone"};
    decision.reason = "asked by phone: the old one stays";
    EXPECT_EQ(faults([&] { (void)service->decide(colleague, request.id, found.version, decision); }), Faults{"stale"})
        << "compared with another version of the card";
    decision.local_version = found.local_version;
    move(1);
    const auto decided = service->decide(colleague, request.id, found.version, decision);
    EXPECT_EQ(decided.state, ConfirmationState::approved);
    EXPECT_EQ(decided.differences[1].approved, false);
    const auto layer = known(near);
    EXPECT_EQ(layer.text.hours.value, "9-17");
    EXPECT_EQ(layer.text.phone.value, "");
    EXPECT_EQ(layer.text.checked_on, answered.answered_on);
    EXPECT_EQ(layer.checked_by_name, colleague.name);
    EXPECT_EQ(service->history(coordinator, request.id).items.size(), 3U);
    EXPECT_EQ(service->history(coordinator, request.id).items[1].by_name, "");
}

TEST_P(ConfirmationServiceTest, WhatTheDeskWritesDownAfterwardsIsNotOnThePage) {
    const auto request = asked(near);
    const auto key = page_of(request.id);
    auto card = corrections->asked(key, "192.0.2.1").card;
    card.hours = "9-17";
    auto sent = correction(key, card);
    sent.words = "closed in August";
    (void)corrections->answer(sent, "192.0.2.1");
    EXPECT_EQ(corrections->asked(key, "192.0.2.1").words, "closed in August");
    ConfirmationAnswer note;
    note.card = card;
    note.card->hours = "9-18";
    note.words = "a remark of the desk";
    (void)service->answer(coordinator, request.id, 2, note);
    const auto again = corrections->asked(key, "192.0.2.1");
    EXPECT_EQ(again.words, "");
    EXPECT_EQ(again.card.hours.value, "");
    EXPECT_TRUE(again.answered_on) << "it cannot be answered twice";
}

TEST_P(ConfirmationServiceTest, APaperIsFoundByItsCodeAndWrittenDown) {
    const auto request = asked(near);
    ConfirmationFilter typed;
    typed.code = written_code(request.reply_code);
    ASSERT_EQ(service->list(coordinator, typed).total, 1);
    typed.code = "123";
    EXPECT_EQ(faults([&] { (void)service->list(coordinator, typed); }), Faults{"?code check_digit"});
    ConfirmationAnswer note;
    EXPECT_EQ(faults([&] { (void)service->answer(coordinator, request.id, 1, note); }), Faults{"/card required"});
    note.nothing_changed = true;
    note.answered_on = coordinator.today.plus_days(1);
    EXPECT_EQ(faults([&] { (void)service->answer(coordinator, request.id, 1, note); }), Faults{"/answered_on future"});
    note.answered_on.reset();
    const auto key = page_of(request.id);
    const auto answered = service->answer(coordinator, request.id, 1, note);
    EXPECT_TRUE(answered.text.nothing_changed);
    EXPECT_EQ(faults([&] { (void)corrections->asked(key, "192.0.2.1"); }), Faults{"no_answer_page"})
        << "the page closes with the answer";
    const auto decided = service->decide(coordinator, request.id, 2, {});
    EXPECT_EQ(decided.state, ConfirmationState::approved);
    EXPECT_EQ(known(near).text.checked_on, coordinator.today);
    EXPECT_EQ(faults([&] { (void)service->withdraw(coordinator, request.id, 3, {}); }), Faults{"not_allowed_in_state"});
}

TEST_P(ConfirmationServiceTest, AnOpenRequestIsLateThenExpired) {
    const auto request = asked(near);
    ConfirmationFilter late;
    late.late = true;
    EXPECT_EQ(service->list(coordinator, late).total, 0);
    move(15);
    EXPECT_EQ(service->list(coordinator, late).total, 1);
    EXPECT_EQ(service->list(coordinator, {}).late, 1);
    ReminderNote note;
    note.due_on = coordinator.today.plus_days(3);
    EXPECT_EQ(service->remind(coordinator, request.id, 1, note).text.reminded_on, coordinator.today);
    EXPECT_EQ(service->list(coordinator, late).total, 0);
    move(34);
    EXPECT_EQ(current(request.id).state, ConfirmationState::expired);
    ConfirmationFilter expired;
    expired.state = {ConfirmationState::expired};
    EXPECT_EQ(service->list(coordinator, expired).total, 1);
    EXPECT_EQ(faults([&] { (void)service->issue_page(coordinator, request.id); }), Faults{"not_allowed_in_state"});
    EXPECT_EQ(asked(near).place_id, near) << "asked anew";
    ConfirmationAnswer note_late;
    note_late.nothing_changed = true;
    EXPECT_EQ(service->answer(coordinator, request.id, 2, note_late).state, ConfirmationState::answered)
        << "a paper may come late";
}

TEST_P(ConfirmationServiceTest, AReminderMovesTheDayOfThePageToo) {
    const auto request = asked(near);
    const auto key = page_of(request.id);
    move(40);
    ReminderNote note;
    note.due_on = coordinator.today.plus_days(10);
    const auto reminded = service->remind(coordinator, request.id, 1, note);
    move(15);
    EXPECT_EQ(corrections->asked(key, "192.0.2.1").due_on, *note.due_on) << "the link of then goes on working";
    ASSERT_TRUE(current(request.id).page);
    EXPECT_EQ(core::day_in_japan(current(request.id).page->expires_at), reminded.text.expires_on);
}

TEST_P(ConfirmationServiceTest, AWithdrawnRequestSaysSoAfterItsAnswerToo) {
    const auto request = asked(near);
    const auto key = page_of(request.id);
    const auto card = corrections->asked(key, "192.0.2.1").card;
    (void)corrections->answer(correction(key, card), "192.0.2.1");
    ConfirmationWithdrawal withdrawal;
    withdrawal.reason = "asked the wrong place";
    const auto withdrawn = service->withdraw(coordinator, request.id, 2, withdrawal);
    EXPECT_EQ(faults([&] { (void)corrections->asked(key, "192.0.2.1"); }), Faults{"ask_withdrawn"});
    EXPECT_TRUE(withdrawn.text.card) << "the desk keeps the answer";
}

TEST_P(ConfirmationServiceTest, ARoundAsksEachDuePlaceOnce) {
    (void)asked(near);
    NewRound body;
    body.text.title.value = "Survey 2026";
    body.text.begun_on = coordinator.today;
    body.text.due_on = coordinator.today.plus_days(-1);
    EXPECT_EQ(faults([&] { (void)service->create_round(coordinator, {}, body, ""); }),
              Faults{"/text/due_on date_order"});
    body.text.due_on = coordinator.today.plus_days(20);
    const auto made = service->create_round(coordinator, {}, body, "once");
    EXPECT_EQ(made.progress.all, 1) << "Near has an open request";
    EXPECT_EQ(service->create_round(coordinator, {}, body, "once").id, made.id);
    EXPECT_EQ(faults([&] { (void)service->create_round(coordinator, {}, body, ""); }), Faults{"/places required"});
    ConfirmationFilter filter;
    filter.round = made.id;
    const auto rows = service->list(coordinator, filter).items;
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].place_id, far);
    ConfirmationAnswer note;
    note.nothing_changed = true;
    (void)service->answer(coordinator, rows[0].id, 1, note);
    EXPECT_EQ(service->round(coordinator, made.id).progress.answered, 1);
    auto text = made.text;
    text.closed = true;
    EXPECT_TRUE(service->change_round(coordinator, made.id, 1, text).text.closed);
    EXPECT_EQ(faults([&] { (void)service->change_round(coordinator, made.id, 1, text); }), Faults{"stale"});
    EXPECT_EQ(faults([&] { (void)service->round(stranger, made.id); }), Faults{"not_found"});
    EXPECT_EQ(service->rounds(officer, {}).items.size(), 1U);
    ConfirmationExportQuery query;
    query.round = made.id;
    query.format = analysis::FileFormat::csv;
    EXPECT_NE(service->export_list(coordinator, query).bytes.find("Far"), std::string::npos);
}

TEST_P(ConfirmationServiceTest, AListTakesAFewQueriesHoweverLongItIs) {
    (void)asked(near);
    for (int i = 0; i < 20; ++i)
        (void)place("Place " + std::to_string(i));
    DueFilter filter;
    filter.limit = 200;
    const auto page = service->due(coordinator, filter);
    EXPECT_EQ(page.items.size(), 22U);
    filter.limit = 10;
    const auto first = service->due(coordinator, filter);
    filter.after = first.next.value();
    EXPECT_EQ(service->due(coordinator, filter).items.size(), 10U);
    filter.after = {};
    filter.words = "Near";
    EXPECT_EQ(service->due(coordinator, filter).total, 1);
    filter.words = {};
    filter.municipality = {"991015"};
    EXPECT_EQ(service->due(coordinator, filter).total, 22);
    filter.municipality = {"x"};
    EXPECT_EQ(faults([&] { (void)service->due(coordinator, filter); }), Faults{"?municipality municipality_code"});
}

}  // namespace
}  // namespace tsunagi::confirmations
