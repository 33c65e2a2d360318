// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/id.hpp"
#include "modules/analysis/figures.hpp"
#include "modules/resources/resource.hpp"
#include "record/describe.hpp"
#include "record/types.hpp"

namespace tsunagi::discharges {

using DischargeId = core::Id<struct DischargeTag>;

/// How far a coordination has come. The first three follow its days; the others are said by a person.
enum class DischargeState { planning, decided, discharged, ended, readmitted, cancelled };
BOOST_DESCRIBE_ENUM(DischargeState, planning, decided, discharged, ended, readmitted, cancelled)

/// Somebody who takes part: an office, a person there, how to reach them.
struct Party {
    record::Code<"discharge_role"> role;
    record::Text<200> affiliation;
    record::Text<100> name;
    record::Text<200> contact;
    std::optional<resources::PlaceId> place_id;
};
BOOST_DESCRIBE_STRUCT(Party, (), (role, affiliation, name, contact, place_id))

/// A paper or a meeting of the coordination.
struct Paper {
    record::Code<"discharge_paper"> kind;
    std::optional<core::Date> asked_on;
    std::optional<core::Date> due_on;  ///< by the rule of its kind unless set by hand
    bool due_by_hand = false;
    std::optional<core::Date> received_on;  ///< received, sent, or held
    bool not_needed = false;
    record::Text<200> with_whom;
    record::Text<400> note;
};
BOOST_DESCRIBE_STRUCT(Paper, (), (kind, asked_on, due_on, due_by_hand, received_on, not_needed, with_whom, note))

/// One coordination. Source: handbook chapter 5-2, dictionary section 6.
struct DischargeText {
    record::NonEmpty<record::Text<200>> subject;  ///< without a name
    record::NonEmpty<record::Text<200>> hospital;
    std::optional<resources::PlaceId> hospital_place_id;
    record::Text<100> ward;
    std::optional<core::Date> admitted_on;
    std::optional<core::Date> planned_on;  ///< the day of discharge as it is planned now
    std::optional<core::Date> decided_on;  ///< since when day and destination are settled
    std::optional<core::Date> left_on;     ///< the day of discharge
    std::optional<record::Code<"discharge_destination">> destination;
    record::Text<200> destination_name;
    record::Text<2000> wishes;  ///< of the person
    record::Text<2000> family_wishes;
    record::Text<4000> difficulties;
    record::Text<4000> course;
    std::optional<core::UserId> owner_id;
    std::vector<Party> parties;
    std::vector<Paper> papers;
};
BOOST_DESCRIBE_STRUCT(DischargeText, (),
                      (subject, hospital, hospital_place_id, ward, admitted_on, planned_on, decided_on, left_on,
                       destination, destination_name, wishes, family_wishes, difficulties, course, owner_id, parties,
                       papers))

struct NewDischarge {
    std::optional<core::ConsultationId> consultation_id;
    std::optional<core::DeskId> desk_id;    ///< without a case: the person's only desk when absent
    std::optional<DischargeId> earlier_id;  ///< the coordination before a re-admission
    DischargeText text;
};
BOOST_DESCRIBE_STRUCT(NewDischarge, (), (consultation_id, desk_id, earlier_id, text))

struct DischargeChange {
    DischargeText text;
    record::Text<400> reason;  ///< why a closed one is changed
};
BOOST_DESCRIBE_STRUCT(DischargeChange, (), (text, reason))

/// What a person can say of a coordination.
enum class DischargeStep { end, cancel, take_up };
BOOST_DESCRIBE_ENUM(DischargeStep, end, cancel, take_up)

struct DischargeStateChange {
    DischargeStep step{};
    record::Text<400> reason;  ///< of cancelling and of taking up again
};
BOOST_DESCRIBE_STRUCT(DischargeStateChange, (), (step, reason))

struct Discharge {
    DischargeId id;
    core::DeskId desk_id;
    core::RegionId municipality_id;
    std::optional<core::ConsultationId> consultation_id;
    std::string number;        ///< of the case
    std::string case_subject;  ///< of the case
    std::optional<DischargeId> earlier_id;
    std::optional<DischargeId> later_id;  ///< the coordination after a re-admission
    std::int64_t version = 1;
    DischargeState state{};
    bool masked = false;  ///< names and contacts of the parties are withheld from this reader
    core::Instant created_at;
    std::string created_by_name;
    core::Instant updated_at;
    std::string updated_by_name;
    std::string reason;  ///< of its newest version
    std::string owner_name;
    DischargeText text;
};
BOOST_DESCRIBE_STRUCT(Discharge, (),
                      (id, desk_id, municipality_id, consultation_id, number, case_subject, earlier_id, later_id,
                       version, state, masked, created_at, created_by_name, updated_at, updated_by_name, reason,
                       owner_name, text))

/// What a list or the board shows of a paper.
struct PaperMark {
    record::Code<"discharge_paper"> kind;
    std::optional<core::Date> due_on;
    std::optional<core::Date> received_on;
    bool not_needed = false;
};
BOOST_DESCRIBE_STRUCT(PaperMark, (), (kind, due_on, received_on, not_needed))

struct DischargeRow {
    DischargeId id;
    core::DeskId desk_id;
    std::optional<core::ConsultationId> consultation_id;
    std::string number;
    DischargeState state{};
    std::string subject;
    std::string hospital;
    std::string ward;
    std::optional<core::Date> admitted_on;
    std::optional<core::Date> planned_on;
    std::optional<core::Date> decided_on;
    std::optional<core::Date> left_on;
    std::optional<record::Code<"discharge_destination">> destination;
    std::string owner_name;
    bool readmission = false;  ///< it follows an earlier one
    std::vector<PaperMark> papers;
};
BOOST_DESCRIBE_STRUCT(DischargeRow, (),
                      (id, desk_id, consultation_id, number, state, subject, hospital, ward, admitted_on, planned_on,
                       decided_on, left_on, destination, owner_name, readmission, papers))

struct DischargeStateCount {
    DischargeState state{};
    std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(DischargeStateCount, (), (state, count))

struct DischargePage {
    std::vector<DischargeRow> items;
    std::optional<std::string> next;
    std::int64_t total = 0;
    bool total_capped = false;
    std::vector<DischargeStateCount> states;  ///< of all that fit the filter
};
BOOST_DESCRIBE_STRUCT(DischargePage, (), (items, next, total, total_capped, states))

/// Conditions that lists, board and figures share.
struct DischargeSelection {
    std::vector<core::DeskId> desk;
    std::vector<DischargeState> state;
    std::vector<record::Code<"discharge_destination">> destination;
    record::Text<200> hospital;  ///< this name exactly
    std::optional<core::ConsultationId> consultation;
    std::optional<bool> mine;
    std::optional<bool> late;  ///< a paper is over its day and has not come
    std::optional<core::Date> left_from;
    std::optional<core::Date> left_to;
    std::optional<bool> missed;      ///< see the README
    std::optional<bool> readmitted;  ///< back in hospital within 30 days of the day left
    record::Text<100> words;
};
BOOST_DESCRIBE_STRUCT(DischargeSelection, (),
                      (desk, state, destination, hospital, consultation, mine, late, left_from, left_to, missed,
                       readmitted, words))

struct DischargeFilter : DischargeSelection {
    record::Text<20> sort;  ///< -updated_at (default), planned_on, -planned_on
    std::optional<std::int64_t> limit;
    record::Text<200> after;
};
BOOST_DESCRIBE_STRUCT(DischargeFilter, (DischargeSelection), (sort, limit, after))

struct BoardFilter {
    std::vector<core::DeskId> desk;
    std::optional<bool> mine;
    std::optional<core::Date> from;  ///< a day of the first week; this week when absent
};
BOOST_DESCRIBE_STRUCT(BoardFilter, (), (desk, mine, from))

struct BoardWeek {
    core::Date from;  ///< Monday
    core::Date until;
    std::vector<DischargeRow> items;  ///< by the day left or planned
};
BOOST_DESCRIBE_STRUCT(BoardWeek, (), (from, until, items))

/// Four weeks of discharges, and what stands beside them.
struct DischargeBoard {
    core::Date today;
    std::vector<BoardWeek> weeks;
    std::vector<DischargeRow> overdue;  ///< the planned day is over and nobody has written the day left
    std::vector<DischargeRow> undated;  ///< without a planned day
    bool truncated = false;             ///< there are more than 300
    std::vector<core::Date> holidays;   ///< days of these weeks that are no working days, weekends apart
};
BOOST_DESCRIBE_STRUCT(DischargeBoard, (), (today, weeks, overdue, undated, truncated, holidays))

/// How the due day of a paper is found.
struct PaperRule {
    record::Code<"discharge_paper"> kind;
    std::vector<std::string> from;  ///< admitted_on, planned_on, decided_on, left_on; the first that is known
    std::int64_t days = 0;
    std::string count;   ///< calendar, working
    std::string closed;  ///< next, previous, stays
    bool usual = false;
    bool handover = false;
};
BOOST_DESCRIBE_STRUCT(PaperRule, (), (kind, from, days, count, closed, usual, handover))

struct DayQuery {
    std::optional<core::Date> admitted_on;
    std::optional<core::Date> planned_on;
    std::optional<core::Date> decided_on;
    std::optional<core::Date> left_on;
};
BOOST_DESCRIBE_STRUCT(DayQuery, (), (admitted_on, planned_on, decided_on, left_on))

struct DueDay {
    record::Code<"discharge_paper"> kind;
    std::optional<core::Date> due_on;
};
BOOST_DESCRIBE_STRUCT(DueDay, (), (kind, due_on))

/// The rules, and the due days that follow from the days asked with.
struct DueDays {
    std::vector<PaperRule> rules;
    std::vector<DueDay> items;
};
BOOST_DESCRIBE_STRUCT(DueDays, (), (rules, items))

/// `kind`: created, edited, or the step.
struct DischargeVersion {
    std::int64_t version = 0;
    std::string kind;
    core::Instant at;
    std::string by_name;
    std::string reason;
    DischargeText text;
};
BOOST_DESCRIBE_STRUCT(DischargeVersion, (), (version, kind, at, by_name, reason, text))

struct DischargeHistory {
    std::vector<DischargeVersion> items;  ///< oldest first
};
BOOST_DESCRIBE_STRUCT(DischargeHistory, (), (items))

enum class FiguresBy { month, fiscal_year, hospital, destination };
BOOST_DESCRIBE_ENUM(FiguresBy, month, fiscal_year, hospital, destination)

struct FiguresQuery {
    std::vector<core::DeskId> desk;
    core::Date from;  ///< days left, both included
    core::Date to;
    std::optional<FiguresBy> by;  ///< month when absent
};
BOOST_DESCRIBE_STRUCT(FiguresQuery, (), (desk, from, to, by))

struct FiguresExportQuery : FiguresQuery {
    analysis::FileFormat format{};
    analysis::Language lang{};
};
BOOST_DESCRIBE_STRUCT(FiguresExportQuery, (FiguresQuery), (format, lang))

/// Days between two days, over those that have both.
struct DayFigure {
    std::int64_t count = 0;
    std::optional<double> mean;
    std::optional<double> median;
};
BOOST_DESCRIBE_STRUCT(DayFigure, (), (count, mean, median))

struct FiguresLine {
    std::string key;  ///< 2026-11, 2026 (a fiscal year), a hospital, a destination (empty: unknown)
    std::int64_t discharges = 0;
    DayFigure to_decision;    ///< admitted → decided
    DayFigure to_leaving;     ///< decided → left
    DayFigure stay;           ///< admitted → left
    std::int64_t papers = 0;  ///< hand-over papers that were needed and have a day
    std::int64_t in_time = 0;
    std::int64_t late = 0;
    std::int64_t missing = 0;     ///< not come although the day is over
    std::int64_t missed = 0;      ///< discharges with such a paper
    std::int64_t readmitted = 0;  ///< within 30 days
};
BOOST_DESCRIBE_STRUCT(FiguresLine, (),
                      (key, discharges, to_decision, to_leaving, stay, papers, in_time, late, missing, missed,
                       readmitted))

struct DischargeFigures {
    FiguresBy by{};
    core::Date from;
    core::Date to;
    std::vector<FiguresLine> lines;
    FiguresLine total;
};
BOOST_DESCRIBE_STRUCT(DischargeFigures, (), (by, from, to, lines, total))

}  // namespace tsunagi::discharges
