// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/id.hpp"
#include "record/describe.hpp"
#include "record/types.hpp"

namespace tsunagi::meetings {

/// 会議体: council, section, working group, conference. They form a tree. Source: 図6, 図18.
struct NewBody {
    std::optional<core::BodyId> parent_id;
    std::optional<core::DeskId> desk_id;  ///< secretariat
    record::NonEmpty<record::Text<200>> name;
    std::optional<record::Code<"body_kind">> kind;
    std::optional<record::Code<"layer">> layer;
    std::vector<record::Code<"member_category">> member_categories;
    record::Text<100> frequency;  ///< as written: 年3回, 毎月, 8回(※)
    record::Text<400> basis;
    bool dormant = false;  ///< 休会中
};
BOOST_DESCRIBE_STRUCT(NewBody, (),
                      (parent_id, desk_id, name, kind, layer, member_categories, frequency, basis, dormant))

struct Body {
    core::BodyId id;
    core::RegionId municipality_id;
    std::int64_t version = 1;
    std::int64_t meetings_this_year = 0;
    std::optional<core::Date> next_on;
    NewBody text;
};
BOOST_DESCRIBE_STRUCT(Body, (), (id, municipality_id, version, meetings_this_year, next_on, text))

/// `kind` is created or edited.
struct BodyVersion {
    std::int64_t version = 0;
    std::string kind;
    core::Instant at;
    std::string by_name;
    std::string reason;
    NewBody text;
};
BOOST_DESCRIBE_STRUCT(BodyVersion, (), (version, kind, at, by_name, reason, text))

struct BodyHistory {
    std::vector<BodyVersion> items;  ///< oldest first
};
BOOST_DESCRIBE_STRUCT(BodyHistory, (), (items))

struct Bodies {
    std::vector<Body> items;
};
BOOST_DESCRIBE_STRUCT(Bodies, (), (items))

enum class MeetingState { planned, held, cancelled };
BOOST_DESCRIBE_ENUM(MeetingState, planned, held, cancelled)

enum class AgendaSubject { issue, consultation, measure, other };
BOOST_DESCRIBE_ENUM(AgendaSubject, issue, consultation, measure, other)

enum class TaskState { todo, doing, done, returned };
BOOST_DESCRIBE_ENUM(TaskState, todo, doing, done, returned)

/// 議題. Points to the record it is about; the decision is written here.
struct AgendaItem {
    std::optional<core::AgendaItemId> id;  ///< absent for a new item
    record::NonEmpty<record::Text<200>> title;
    AgendaSubject subject{};
    std::optional<std::string> subject_id;
    record::Text<4000> discussion;
    record::Text<2000> decision;
    std::optional<record::Code<"agenda_outcome">> outcome;
    record::Text<40> subject_number;  ///< filled by the server: R8-0412, 課8-07
};
BOOST_DESCRIBE_STRUCT(AgendaItem, (), (id, title, subject, subject_id, discussion, decision, outcome, subject_number))

struct Attendance {
    record::NonEmpty<record::Text<100>> name;
    record::Text<200> affiliation;
    std::optional<record::Code<"member_category">> category;
    std::optional<core::UserId> user_id;
    bool attended = true;
};
BOOST_DESCRIBE_STRUCT(Attendance, (), (name, affiliation, category, user_id, attended))

/// 宿題: who does what until when. Only a task from before this was asked for lacks its owner or its day.
struct Task {
    std::optional<core::TaskId> id;
    record::NonEmpty<record::Text<300>> title;
    record::Text<100> owner_name;
    std::optional<core::UserId> owner_id;
    std::optional<core::Date> due_on;
    TaskState state{};
};
BOOST_DESCRIBE_STRUCT(Task, (), (id, title, owner_name, owner_id, due_on, state))

/// The whole meeting as the person wrote it; what is left out of a list is removed from it.
struct MeetingText {
    core::BodyId body_id;
    record::Text<200> title;
    core::Date held_on;
    std::optional<core::TimeOfDay> started_at;
    std::optional<core::TimeOfDay> ended_at;
    record::Text<200> place;
    std::optional<record::Code<"meeting_form">> form;
    MeetingState state{};
    record::Text<8000> minutes;
    std::vector<AgendaItem> agenda;
    std::vector<Attendance> attendance;
    std::vector<Task> tasks;
};
BOOST_DESCRIBE_STRUCT(MeetingText, (),
                      (body_id, title, held_on, started_at, ended_at, place, form, state, minutes, agenda, attendance,
                       tasks))

struct Meeting {
    core::MeetingId id;
    core::RegionId municipality_id;
    std::optional<core::DeskId> desk_id;
    std::string body_name;
    std::int64_t version = 1;
    core::Instant created_at;
    std::string created_by_name;
    core::Instant updated_at;
    std::string updated_by_name;
    MeetingText text;
};
BOOST_DESCRIBE_STRUCT(Meeting, (),
                      (id, municipality_id, desk_id, body_name, version, created_at, created_by_name, updated_at,
                       updated_by_name, text))

/// `kind` is created, edited, agenda (a record was put on it) or task (one was moved).
struct MeetingVersion {
    std::int64_t version = 0;
    std::string kind;
    core::Instant at;
    std::string by_name;
    std::string reason;
    MeetingText text;
};
BOOST_DESCRIBE_STRUCT(MeetingVersion, (), (version, kind, at, by_name, reason, text))

struct MeetingHistory {
    std::vector<MeetingVersion> items;  ///< oldest first
};
BOOST_DESCRIBE_STRUCT(MeetingHistory, (), (items))

struct MeetingRow {
    core::MeetingId id;
    core::BodyId body_id;
    std::string body_name;
    std::string title;
    core::Date held_on;
    MeetingState state{};
    std::int64_t agenda_count = 0;
    std::int64_t decided_count = 0;
    std::int64_t open_tasks = 0;
};
BOOST_DESCRIBE_STRUCT(MeetingRow, (),
                      (id, body_id, body_name, title, held_on, state, agenda_count, decided_count, open_tasks))

struct MeetingPage {
    std::vector<MeetingRow> items;
    std::optional<std::string> next;
    std::int64_t total = 0;
    bool total_capped = false;
};
BOOST_DESCRIBE_STRUCT(MeetingPage, (), (items, next, total, total_capped))

struct MeetingFilter {
    std::vector<core::BodyId> body;
    std::vector<MeetingState> state;
    std::optional<core::Date> from;
    std::optional<core::Date> to;
    std::optional<record::Text<36>> subject;
    record::Text<100> words;
    record::Text<20> sort;
    std::optional<std::int64_t> limit;
    record::Text<200> after;
};
BOOST_DESCRIBE_STRUCT(MeetingFilter, (), (body, state, from, to, subject, words, sort, limit, after))

/// `POST /api/meetings/{id}/agenda`: put one record on the agenda without opening the whole meeting.
struct NewAgendaItem {
    record::NonEmpty<record::Text<200>> title;
    AgendaSubject subject{};
    std::optional<std::string> subject_id;
};
BOOST_DESCRIBE_STRUCT(NewAgendaItem, (), (title, subject, subject_id))

struct TaskChange {
    TaskState state{};
};
BOOST_DESCRIBE_STRUCT(TaskChange, (), (state))

}  // namespace tsunagi::meetings
