// SPDX-License-Identifier: Apache-2.0
#include <set>

#include "modules/consultations/consultation_service.hpp"
#include "tests/support/city_test.hpp"

namespace tsunagi::consultations {
namespace {

using test::faults;
using Faults = std::set<std::string>;

class UnfinalisationServiceTest : public test::CityTest {
protected:
    Consultation closed() {
        auto done = sheet();
        done.result.emplace("solved");
        const auto one = create(coordinator, done);
        return consultations->change_state(coordinator, one.id, one.version, {ConsultationState::closed, ""});
    }

    void ask(const access::Actor& actor, const Consultation& one) {
        (void)consultations->ask_to_undo(actor, one.id, one.version, {{"The wrong case"}});
    }

    Consultation answer(const access::Actor& actor, const Consultation& one, UndoOutcome outcome) {
        return consultations->answer_undo(actor, one.id, one.version, {outcome});
    }

    std::string waiting(const Consultation& one) {
        const auto undo = consultations->finalisation(coordinator, one.id).undo;
        return undo ? undo->asked_by_name : "";
    }
};

TSUNAGI_BOTH_ENGINES(UnfinalisationServiceTest);

TEST_P(UnfinalisationServiceTest, TheSecondPersonAgreesAndBothNamesStay) {
    const auto one = closed();
    ask(coordinator, one);
    EXPECT_EQ(waiting(one), "Name of coordinator");
    EXPECT_EQ(faults([&] { (void)answer(coordinator, one, UndoOutcome::undone); }), Faults{"second_person"});
    EXPECT_EQ(faults([&] { (void)answer(lead, one, UndoOutcome::withdrawn); }), Faults{"second_person"});
    const auto undone = answer(lead, one, UndoOutcome::undone);
    EXPECT_EQ(undone.state, ConsultationState::open);
    EXPECT_FALSE(undone.finalised);
    EXPECT_FALSE(undone.closed_at);
    EXPECT_EQ(undone.number, one.number);
    EXPECT_EQ(waiting(undone), "");
    const auto last = consultations->history(coordinator, one.id).items.back();
    EXPECT_EQ(last.kind, VersionKind::unfinalised);
    EXPECT_EQ(last.by_name + ", " + last.asked_by_name, "Name of lead, Name of coordinator");
    EXPECT_EQ(last.reason, "The wrong case");
    EXPECT_EQ(faults([&] { (void)answer(lead, undone, UndoOutcome::undone); }), Faults{"not_allowed_in_state"});
}

TEST_P(UnfinalisationServiceTest, WhatWasDeclinedOrWithdrawnNoLongerWaits) {
    const auto one = closed();
    ask(coordinator, one);
    (void)answer(lead, one, UndoOutcome::declined);
    EXPECT_EQ(faults([&] { (void)answer(lead, one, UndoOutcome::undone); }), Faults{"undo_not_asked"});
    ask(coordinator, one);
    (void)answer(coordinator, one, UndoOutcome::withdrawn);
    EXPECT_EQ(faults([&] { (void)answer(lead, one, UndoOutcome::undone); }), Faults{"undo_not_asked"});
    EXPECT_EQ(consultations->get(coordinator, one.id).state, ConsultationState::closed);
    EXPECT_EQ(number("SELECT count(*) FROM finalisation_undos WHERE outcome IS NULL"), 0);
}

TEST_P(UnfinalisationServiceTest, OnlyOneWaitsAndAnyChangeEndsIt) {
    const auto one = closed();
    ask(coordinator, one);
    ask(coordinator, one);
    EXPECT_EQ(number("SELECT count(*) FROM finalisation_undos WHERE outcome IS NULL"), 1) << "said again";
    EXPECT_EQ(faults([&] { ask(lead, one); }), Faults{"undo_asked_already"});
    const auto corrected = consultations->correct(coordinator, one.id, one.version, {{"A wrong word"}, one.sheet});
    EXPECT_EQ(faults([&] { (void)answer(lead, one, UndoOutcome::undone); }), Faults{"stale"});
    EXPECT_EQ(faults([&] { (void)answer(lead, corrected, UndoOutcome::undone); }), Faults{"undo_not_asked"});
    ask(lead, corrected);
    EXPECT_EQ(waiting(corrected), "Name of lead");
}

TEST_P(UnfinalisationServiceTest, WhoMayNotWriteInTheRecordNeitherAsksNorAgrees) {
    const auto one = closed();
    EXPECT_EQ(faults([&] { ask(advisor, one); }), Faults{"forbidden"});
    EXPECT_EQ(faults([&] { ask(stranger, one); }), Faults{"not_found"});
    ask(coordinator, one);
    EXPECT_EQ(faults([&] { (void)answer(stranger, one, UndoOutcome::undone); }), Faults{"not_found"});
    EXPECT_EQ(faults([&] { (void)consultations->finalisation(advisor, one.id); }), Faults{"forbidden"});
}

}  // namespace
}  // namespace tsunagi::consultations
