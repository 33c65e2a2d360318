// SPDX-License-Identifier: Apache-2.0
#include "modules/meetings/meeting_rules.hpp"

#include <gtest/gtest.h>

namespace tsunagi::meetings {
namespace {

core::Date day(const char* text) {
    return core::Date::parse(text).value();
}

const core::Date today = day("2026-11-17");

packs::CodeBook codes() {
    std::vector<packs::Scheme> schemes;
    for (const auto& [name, code] : std::vector<std::pair<const char*, const char*>>{{"body_kind", "council"},
                                                                                     {"layer", "primary"},
                                                                                     {"member_category", "hospital"},
                                                                                     {"meeting_form", "online"},
                                                                                     {"agenda_outcome", "agreed"}}) {
        packs::Scheme scheme;
        scheme.name = record::CodeName(name);
        packs::CodeEntry entry;
        entry.code = record::CodeName(code);
        scheme.codes.push_back(entry);
        schemes.push_back(scheme);
    }
    return packs::CodeBook(schemes, packs::Sheet{});
}

std::vector<std::string> faults(const MeetingText& text, const MeetingText* before = nullptr) {
    std::vector<std::string> result;
    for (const auto& error : check(text, codes(), today, today, before))
        result.push_back(error.pointer + " " + error.reason);
    return result;
}

MeetingText meeting() {
    MeetingText text;
    text.body_id = core::BodyId::make();
    text.held_on = day("2026-11-20");
    return text;
}

Body body(const core::BodyId& id, const std::optional<core::BodyId>& parent) {
    Body result;
    result.id = id;
    result.text.parent_id = parent;
    return result;
}

TEST(MeetingRules, NoBodyStandsBelowItself) {
    const auto a = core::BodyId::make();
    const auto b = core::BodyId::make();
    const auto c = core::BodyId::make();
    const std::vector<Body> tree{body(a, {}), body(b, a), body(c, b)};
    EXPECT_TRUE(makes_circle(tree, a, a));
    EXPECT_TRUE(makes_circle(tree, a, c));
    EXPECT_FALSE(makes_circle(tree, c, a));
    EXPECT_FALSE(makes_circle(tree, core::BodyId::make(), c));
    EXPECT_TRUE(makes_circle({body(a, b), body(b, a)}, c, a)) << "a circle that is there already ends the search";
}

TEST(MeetingRules, AHeldMeetingIsOfTodayOrEarlier) {
    MeetingText text = meeting();
    EXPECT_TRUE(faults(text).empty());
    text.state = MeetingState::held;
    EXPECT_EQ(faults(text), std::vector<std::string>{"/held_on future"});
    text.held_on = today;
    EXPECT_TRUE(faults(text).empty());
    text.started_at = core::TimeOfDay(15, 30);
    text.ended_at = core::TimeOfDay(15, 0);
    EXPECT_EQ(faults(text), std::vector<std::string>{"/ended_at date_order"});
}

TEST(MeetingRules, AnAgendaItemNamesItsRecordOrNone) {
    MeetingText text = meeting();
    AgendaItem item;
    item.title = "x";
    item.subject = AgendaSubject::issue;
    text.agenda = {item, item, item, item};
    text.agenda[1].subject_id = "no id";
    text.agenda[2].subject = AgendaSubject::other;
    text.agenda[2].subject_id = core::new_uuid();
    text.agenda[3].subject_id = core::new_uuid();
    text.agenda[3].outcome = record::Code<"agenda_outcome">("nothing");
    EXPECT_EQ(faults(text),
              (std::vector<std::string>{"/agenda/0/subject_id required", "/agenda/1/subject_id format",
                                        "/agenda/2/subject_id not_allowed", "/agenda/3/outcome unknown_code"}));
}

TEST(MeetingRules, ItemsThatKeepAnIdAreOfThisMeetingAndComeOnce) {
    MeetingText before = meeting();
    AgendaItem item;
    item.id = core::AgendaItemId::make();
    item.title = "x";
    item.subject = AgendaSubject::other;
    before.agenda = {item};
    MeetingText text = before;
    EXPECT_TRUE(faults(text, &before).empty());
    text.agenda.push_back(item);
    EXPECT_EQ(faults(text, &before), std::vector<std::string>{"/agenda/1/id duplicate"});
    text.agenda[1].id = core::AgendaItemId::make();
    EXPECT_EQ(faults(text, &before), std::vector<std::string>{"/agenda/1/id not_found"});
    EXPECT_EQ(faults(before), std::vector<std::string>{"/agenda/0/id not_found"}) << "a new meeting has no ids";
}

TEST(MeetingRules, TasksGoTheirWay) {
    using enum TaskState;
    EXPECT_TRUE(may_follow(todo, doing));
    EXPECT_TRUE(may_follow(doing, done));
    EXPECT_TRUE(may_follow(done, returned));
    EXPECT_TRUE(may_follow(returned, doing));
    EXPECT_FALSE(may_follow(done, todo));
    EXPECT_FALSE(may_follow(todo, returned));
    MeetingText before = meeting();
    Task task;
    task.id = core::TaskId::make();
    task.title = "x";
    task.state = done;
    before.tasks = {task};
    MeetingText text = before;
    EXPECT_TRUE(faults(text, &before).empty());
    text.tasks[0].state = todo;
    EXPECT_EQ(faults(text, &before), std::vector<std::string>{"/tasks/0/state not_allowed"});
}

TEST(MeetingRules, ATaskNamesItsOwnerAndItsDay) {
    using Faults = std::vector<std::string>;
    MeetingText text = meeting();
    Task task;
    task.title = "x";
    text.tasks = {task};
    EXPECT_EQ(faults(text), (Faults{"/tasks/0/owner_name required", "/tasks/0/due_on required"}));
    text.tasks[0].owner_name = "\u3000";
    EXPECT_EQ(faults(text), (Faults{"/tasks/0/owner_name required", "/tasks/0/due_on required"}))
        << "a blank is nobody";
    text.tasks[0].owner_name = "the ward";
    text.tasks[0].due_on = today;
    EXPECT_EQ(faults(text), Faults{});
    text.tasks[0].owner_name = "";
    text.tasks[0].owner_id = core::UserId::make();
    EXPECT_EQ(faults(text), Faults{});

    MeetingText before = meeting();
    task.id = core::TaskId::make();
    before.tasks = {task};
    text = before;
    EXPECT_EQ(faults(text, &before), Faults{}) << "written before owner and day were asked for";
    before.tasks[0].due_on = today;
    EXPECT_EQ(faults(text, &before), Faults{"/tasks/0/due_on required"}) << "what was there is not taken away";
}

TEST(MeetingRules, ABodyNamesItsWrongCodes) {
    NewBody wanted;
    wanted.name = "x";
    wanted.kind.emplace("nothing");
    wanted.member_categories = {record::Code<"member_category">("hospital"),
                                record::Code<"member_category">("hospital")};
    const auto errors = check(wanted, codes(), today);
    ASSERT_EQ(errors.size(), 2U);
    EXPECT_EQ(errors[0].pointer, "/kind");
    EXPECT_EQ(errors[1].pointer, "/member_categories/1");
    EXPECT_EQ(check(wanted, codes(), today, &wanted).size(), 2U) << "a code that never was stays unknown";
}

}  // namespace
}  // namespace tsunagi::meetings
