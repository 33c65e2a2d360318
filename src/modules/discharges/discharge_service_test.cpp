// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "modules/discharges/discharge_test.hpp"
#include "modules/threads/thread_service.hpp"

namespace tsunagi::discharges {
namespace {

class DischargeServiceTest : public DischargeTest {};

TSUNAGI_BOTH_ENGINES(DischargeServiceTest);

TEST_P(DischargeServiceTest, ItGoesFromAdmissionToItsEndByVersions) {
    const auto about = create(coordinator, sheet());
    auto one = make(coordinator, text(), about.id);
    EXPECT_EQ(one.state, DischargeState::planning);
    EXPECT_EQ(one.number, about.number);
    ASSERT_EQ(one.text.papers.size(), 2U);
    EXPECT_EQ(one.text.papers[0].due_on, day("2026-11-04"));
    EXPECT_EQ(one.text.papers[1].due_on, day("2026-11-27"));
    auto change = one.text;
    change.papers[0].received_on = day("2026-11-04");
    change.decided_on = day("2026-11-12");
    change.destination.emplace("home");
    one = discharges->change(coordinator, one.id, 1, {change, ""});
    EXPECT_EQ(one.state, DischargeState::decided);
    change = one.text;
    change.left_on = day("2026-11-16");
    one = discharges->change(coordinator, one.id, 2, {change, ""});
    EXPECT_EQ(one.state, DischargeState::discharged);
    EXPECT_EQ(one.text.papers[1].due_on, day("2026-11-24"));  // a week after the day left, behind a holiday
    EXPECT_EQ(faults([&] {
                  (void)discharges->change_state(coordinator, one.id, 2, {DischargeStep::end, ""});
              }),
              (Faults{"stale"}));
    one = discharges->change_state(coordinator, one.id, 3, {DischargeStep::end, ""});
    EXPECT_EQ(one.state, DischargeState::ended);
    change = one.text;
    change.course = "Nurse called";
    EXPECT_EQ(faults([&] {
                  (void)discharges->change(coordinator, one.id, 4, {change, " \xe3\x80\x80"});
              }),
              (Faults{"/reason required"}));
    one = discharges->change(coordinator, one.id, 4, {change, "found later"});
    EXPECT_EQ(one.state, DischargeState::ended);
    const auto history = discharges->history(coordinator, one.id);
    ASSERT_EQ(history.items.size(), 5U);
    EXPECT_EQ(history.items[3].kind, "ended");
    EXPECT_EQ(history.items[4].reason, "found later");
    EXPECT_EQ(history.items[0].text.papers.size(), 2U);
    EXPECT_EQ(number("SELECT count(*) FROM audit_entries WHERE subject_kind = 'discharge'"), 6);
}

TEST_P(DischargeServiceTest, AReadmissionIsLinkedToTheEarlierOne) {
    const auto about = create(coordinator, sheet());
    auto first = make(coordinator, text(), about.id);
    NewDischarge again{
        .consultation_id = {}, .desk_id = {}, .earlier_id = first.id, .text = text("Back with pneumonia")};
    again.text.admitted_on = day("2026-11-16");
    EXPECT_EQ(faults([&] { (void)discharges->create(coordinator, again, ""); }), (Faults{"not_allowed_in_state"}));
    first = discharges->change(coordinator, first.id, 1, {left(first.text, "2026-11-12"), ""});
    again.text.admitted_on.reset();
    EXPECT_EQ(faults([&] { (void)discharges->create(coordinator, again, ""); }),
              (Faults{"/text/admitted_on required"}));
    again.text.admitted_on = day("2026-11-11");
    EXPECT_EQ(faults([&] { (void)discharges->create(coordinator, again, ""); }),
              (Faults{"/text/admitted_on date_order"}));
    again.text.admitted_on = day("2026-11-16");
    const auto second = discharges->create(coordinator, again, "key");
    EXPECT_EQ(discharges->create(coordinator, again, "key").id, second.id);
    EXPECT_EQ(second.consultation_id, about.id);
    EXPECT_EQ(second.earlier_id, first.id);
    first = discharges->get(coordinator, first.id);
    EXPECT_EQ(first.state, DischargeState::readmitted);
    EXPECT_EQ(first.later_id, second.id);
    EXPECT_EQ(faults([&] { (void)discharges->create(coordinator, again, "other"); }), (Faults{"not_allowed_in_state"}));
    DischargeFilter filter;
    filter.readmitted = true;
    EXPECT_EQ(discharges->list(coordinator, filter).total, 1);
    auto moved = second.text;
    moved.admitted_on = day("2026-11-17");
    (void)discharges->change(coordinator, second.id, 1, {moved, ""});
    EXPECT_EQ(number("SELECT readmitted_after FROM discharges WHERE id = '" + first.id.str() + "'"), 5);
    moved.admitted_on = day("2026-11-11");  // before the day left
    EXPECT_EQ(faults([&] {
                  (void)discharges->change(coordinator, second.id, 2, {moved, ""});
              }),
              (Faults{"/text/admitted_on date_order"}));
    moved.admitted_on.reset();
    EXPECT_EQ(faults([&] {
                  (void)discharges->change(coordinator, second.id, 2, {moved, ""});
              }),
              (Faults{"/text/admitted_on required"}));
    auto longer = first.text;
    longer.left_on = day("2026-11-17");
    (void)discharges->change(coordinator, first.id, first.version, {longer, "a slip"});
    clock.move_to(core::Instant::parse("2026-11-20T03:00:00.000Z").value());
    coordinator.today = clock.today();
    coordinator.latest_day = clock.latest_day();
    longer.left_on = day("2026-11-18");
    EXPECT_EQ(faults([&] {
                  (void)discharges->change(coordinator, first.id, first.version + 1, {longer, "a slip"});
              }),
              (Faults{"/text/left_on date_order"}));
    // A re-admission that did not come about is none.
    EXPECT_EQ(discharges->list(coordinator, filter).total, 1);
    (void)discharges->change_state(coordinator, second.id, 2, {DischargeStep::cancel, "stayed at home"});
    EXPECT_EQ(discharges->list(coordinator, filter).total, 0);
    (void)discharges->change_state(coordinator, second.id, 3, {DischargeStep::take_up, "it did"});
    EXPECT_EQ(discharges->list(coordinator, filter).total, 1);
}

TEST_P(DischargeServiceTest, ACancelledReadmissionGivesTheEarlierOneItsStateBack) {
    const auto current = [&](const Discharge& one) { return discharges->get(coordinator, one.id); };
    auto first = make(coordinator, left(text(), "2026-11-12"));
    const auto again = [&] {
        NewDischarge body{.consultation_id = {}, .desk_id = {}, .earlier_id = first.id, .text = text("Back again")};
        body.text.admitted_on = day("2026-11-16");
        return discharges->create(coordinator, body, "");
    };
    const auto step = [&](const Discharge& one, DischargeStep what) {
        return discharges->change_state(coordinator, one.id, current(one).version, {what, "as it came"});
    };
    const auto second = again();
    (void)step(second, DischargeStep::cancel);
    EXPECT_EQ(current(first).state, DischargeState::discharged);
    EXPECT_FALSE(current(first).later_id);
    (void)step(first, DischargeStep::end);
    (void)step(second, DischargeStep::take_up);
    EXPECT_EQ(current(first).state, DischargeState::readmitted);
    EXPECT_EQ(current(first).later_id, second.id);
    (void)step(second, DischargeStep::cancel);
    EXPECT_EQ(current(first).state, DischargeState::ended);
    const auto kinds = discharges->history(coordinator, first.id).items;
    EXPECT_EQ(kinds.back().kind, "readmission_cancelled");
    EXPECT_EQ(number("SELECT count(*) FROM audit_entries WHERE action = 'readmission_cancelled' AND subject_id = '" +
                     first.id.str() + "'"),
              2);
    // Another one may follow in its place; the cancelled one then stays so.
    const auto third = again();
    EXPECT_EQ(current(first).later_id, third.id);
    EXPECT_EQ(faults([&] { (void)step(second, DischargeStep::take_up); }), (Faults{"not_allowed_in_state"}));
    (void)step(third, DischargeStep::cancel);
    // Meanwhile the day left was corrected to one behind its admission.
    first = current(first);
    auto corrected = first.text;
    corrected.left_on = day("2026-11-17");
    (void)discharges->change(coordinator, first.id, first.version, {corrected, "a slip"});
    EXPECT_EQ(faults([&] { (void)step(second, DischargeStep::take_up); }), (Faults{"/step date_order"}));
}

TEST_P(DischargeServiceTest, WhoDoesNotSeeTheCaseSeesNoneOfIt) {
    const auto about = create(coordinator, sheet());
    const auto one = make(coordinator, text(), about.id);
    const auto own = make(coordinator, text("Without a case"));
    for (const auto& id : {one.id, own.id}) {
        for (const auto* actor : {&colleague, &stranger}) {
            EXPECT_EQ(faults([&] { (void)discharges->get(*actor, id); }), (Faults{"not_found"}));
            EXPECT_EQ(faults([&] { (void)discharges->history(*actor, id); }), (Faults{"not_found"}));
            EXPECT_EQ(faults([&] { (void)discharges->change(*actor, id, 1, {text(), ""}); }), (Faults{"not_found"}));
            EXPECT_EQ(discharges->list(*actor, {}).total, 0);
            EXPECT_TRUE(discharges->board(*actor, {}).weeks.front().items.empty());
        }
        EXPECT_EQ(faults([&] { (void)discharges->change(officer, id, 1, {text(), ""}); }), (Faults{"forbidden"}));
    }
    disclose(about.id);
    EXPECT_EQ(faults([&] { (void)discharges->get(advisor, one.id); }), (Faults{"forbidden"}));
    advisor.permissions.insert("discharges.read");  // not even then
    EXPECT_EQ(faults([&] { (void)discharges->get(advisor, one.id); }), (Faults{"not_found"}));
    EXPECT_EQ(faults([&] { (void)discharges->history(advisor, one.id); }), (Faults{"not_found"}));
    const auto listed = discharges->list(advisor, {});
    EXPECT_EQ(listed.total, 0);
    EXPECT_TRUE(listed.states.empty());
    const auto board = discharges->board(advisor, {});
    EXPECT_TRUE(std::ranges::all_of(board.weeks, [](const BoardWeek& week) { return week.items.empty(); }));
    NewForm sheet_of_case;
    sheet_of_case.form = record::CodeName("emergency_sheet");
    sheet_of_case.consultation_id = about.id;
    sheet_of_case.text.written_on = day("2026-11-17");
    const auto form = forms->create(coordinator, sheet_of_case, "");
    FormFilter of_case;
    of_case.consultation = about.id;
    EXPECT_EQ(forms->list(coordinator, of_case).items.size(), 1U);
    EXPECT_TRUE(forms->list(advisor, of_case).items.empty());
    advisor.permissions.insert("persons.read");
    EXPECT_EQ(faults([&] { (void)forms->head(advisor, form.id); }), (Faults{"not_found"}));
    EXPECT_EQ(faults([&] { (void)forms->open(advisor, form.id, reading()); }), (Faults{"not_found"}));
    const threads::ThreadService threads(database());
    EXPECT_TRUE(
        std::ranges::none_of(threads.get(advisor, threads::NodeKind::consultation, about.id.str()).nodes,
                             [](const threads::Node& node) { return node.kind == threads::NodeKind::discharge; }));
    EXPECT_EQ(discharges->list(lead, {}).total, 2);
    EXPECT_EQ(discharges->list(officer, {}).total, 2);
}

TEST_P(DischargeServiceTest, TheMunicipalityReadsNoNamesUnlessTheCaseIsShared) {
    const auto about = create(coordinator, sheet());
    const auto one = make(coordinator, text(), about.id);
    auto read = discharges->get(officer, one.id);
    EXPECT_TRUE(read.masked);
    EXPECT_EQ(read.text.parties.at(0).name.str() + read.text.parties.at(0).contact.str(), "");
    EXPECT_EQ(read.text.parties.at(0).affiliation.str(), "Hospital Kita");
    EXPECT_EQ(discharges->history(officer, one.id).items.at(0).text.parties.at(0).name.str(), "");
    (void)consultations->share(coordinator, about.id, 1, {true});
    EXPECT_EQ(discharges->get(officer, one.id).text.parties.at(0).name.str(), "Ito");
}

TEST_P(DischargeServiceTest, ListsBoardAndFiguresCountTheSame) {
    const auto late = make(coordinator, text("Late"));  // its information was due on the 4th
    auto fine = text("Fine");
    fine.papers[0].received_on = day("2026-11-04");
    (void)make(coordinator, fine);
    auto gone = make(coordinator, text("Gone"));
    gone = discharges->change(coordinator, gone.id, 1, {left(gone.text, "2026-11-10"), ""});
    auto undated = text("Undated");
    undated.planned_on.reset();
    undated.papers = {};
    (void)make(coordinator, undated);
    const auto cancelled = make(coordinator, text("Cancelled"));
    (void)discharges->change_state(coordinator, cancelled.id, 1, {DischargeStep::cancel, "died"});

    DischargeFilter filter;
    filter.late = true;
    EXPECT_EQ(discharges->list(coordinator, filter).total, 2);  // Late and Gone
    filter = {};
    filter.missed = true;
    const auto missed = discharges->list(coordinator, filter);
    ASSERT_EQ(missed.items.size(), 1U);
    EXPECT_EQ(missed.items[0].subject, "Gone");
    EXPECT_EQ(missed.items[0].papers.size(), 2U);
    filter = {};
    filter.words = "fine kita";
    EXPECT_EQ(discharges->list(coordinator, filter).total, 1);
    filter = {};
    filter.state = {DischargeState::planning, DischargeState::cancelled};
    filter.sort = "planned_on";
    filter.limit = 2;
    auto page = discharges->list(coordinator, filter);
    EXPECT_EQ(page.total, 4);
    EXPECT_EQ(page.states.size(), 2U);
    filter.after = page.next.value();
    page = discharges->list(coordinator, filter);
    ASSERT_EQ(page.items.size(), 2U);
    EXPECT_EQ(page.items.back().subject, "Undated");  // without a day behind all others

    const auto board = discharges->board(coordinator, {.desk = {}, .mine = {}, .from = day("2026-11-12")});
    ASSERT_EQ(board.weeks.size(), 4U);
    EXPECT_EQ(board.weeks[0].from, day("2026-11-09"));
    EXPECT_EQ(board.weeks[0].items.size(), 1U);  // Gone
    EXPECT_EQ(board.weeks[1].items.size(), 2U);  // Late and Fine
    EXPECT_EQ(board.undated.size(), 1U);
    EXPECT_EQ(board.holidays, (std::vector<core::Date>{day("2026-11-23")}));

    const FiguresQuery query{.desk = {}, .from = day("2026-11-01"), .to = day("2026-11-30"), .by = {}};
    EXPECT_EQ(faults([&] { (void)discharges->figures(advisor, query); }), (Faults{"forbidden"}));
    const auto figures = discharges->figures(coordinator, query);
    EXPECT_EQ(figures.total.discharges, 1);
    EXPECT_EQ(figures.total.missed, 1);
    EXPECT_EQ(figures.total.missing, 1);  // the record is due today
    EXPECT_EQ(discharges->figures(stranger, query).total.discharges, 0);
    FiguresExportQuery file;
    file.from = query.from;
    file.to = query.to;
    file.format = analysis::FileFormat::csv;
    file.lang = analysis::Language::en;
    EXPECT_NE(discharges->export_figures(coordinator, file).bytes.find("2026-11,1,"), std::string::npos);
    file.to = day("2026-10-01");
    EXPECT_EQ(faults([&] { (void)discharges->export_figures(coordinator, file); }), (Faults{"?to date_order"}));
}

TEST_P(DischargeServiceTest, TheCaseLeadsToItAndBack) {
    const threads::ThreadService threads(database());
    const auto about = create(coordinator, sheet());
    const auto one = make(coordinator, text(), about.id);
    coordinator.permissions.erase("discharges.read");
    EXPECT_EQ(threads.get(coordinator, threads::NodeKind::consultation, about.id.str()).nodes.size(), 1U);
    coordinator.permissions.insert("discharges.read");
    const auto thread = threads.get(coordinator, threads::NodeKind::consultation, about.id.str());
    ASSERT_EQ(thread.nodes.size(), 2U);
    EXPECT_EQ(thread.nodes[1].kind, threads::NodeKind::discharge);
    EXPECT_EQ(thread.nodes[1].title, "Hip fracture, alone");
    EXPECT_EQ(threads.get(coordinator, threads::NodeKind::discharge, one.id.str()).nodes.size(), 2U);
    EXPECT_EQ(faults([&] { (void)threads.get(stranger, threads::NodeKind::discharge, one.id.str()); }),
              (Faults{"not_found"}));
}

TEST_P(DischargeServiceTest, AListCostsTheSameNumberOfQueriesWhateverItsLength) {
    const auto queries = [&] {
        return database().read([&](db::ReadTx& tx) {
            const auto before = tx.statements();
            (void)discharges->list(coordinator, {});
            return tx.statements() - before;
        });
    };
    (void)make(coordinator, text());
    const auto few = queries();
    for (int i = 0; i < 6; ++i)
        (void)make(coordinator, text());
    EXPECT_EQ(queries(), few);
}

}  // namespace
}  // namespace tsunagi::discharges
