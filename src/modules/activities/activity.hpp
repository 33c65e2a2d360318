// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/id.hpp"
#include "modules/analysis/figures.hpp"
#include "record/describe.hpp"
#include "record/types.hpp"

namespace tsunagi::activities {

/// How far something has come that a register follows. Source: S06 (図16), 図4.
enum class ActivityState { asked, arranged, done, declined };
BOOST_DESCRIBE_ENUM(ActivityState, asked, arranged, done, declined)

/// What was done, when, with whom, what was said and what came of it. The second half is for kinds with a register.
struct ActivityText {
    record::Code<"activity_kind"> kind;
    core::Date done_on;  ///< of a request: the day it was asked
    std::optional<core::TimeOfDay> started_at;
    std::optional<record::Whole<0, 1440>> minutes;  ///< time spent
    record::Text<100> with_name;
    record::Text<200> with_affiliation;
    std::optional<record::Code<"profession">> with_profession;
    record::Text<4000> said;
    record::Text<1000> outcome;
    std::optional<ActivityState> state;
    std::optional<core::Date> settled_on;                      ///< since when it is done or declined
    std::optional<record::Code<"advice_field">> advice_field;  ///< oral, nutrition or both
    /// The second one: the hospital's physician of two, the one who advised, the one who went out.
    record::Text<200> partner;
    std::vector<record::Code<"startup_support">> startup_supports;  ///< of the five of 図4
    /// Two physicians (図16 ②): what the family doctor must be able to do, who was asked, who does what, since when.
    record::Text<1000> conditions;
    record::Text<1000> candidates;  ///< who was asked and what they answered; the chosen one is `with_…`
    record::Text<1000> agreement;
    std::optional<core::Date> agreed_on;
    std::optional<core::Date> begun_on;      ///< visits by the chosen doctor; a clinic's first home visits
    std::optional<core::Date> follow_up_on;  ///< when to ask how it goes; gone once it was asked
};
BOOST_DESCRIBE_STRUCT(ActivityText, (),
                      (kind, done_on, started_at, minutes, with_name, with_affiliation, with_profession, said, outcome,
                       state, settled_on, advice_field, partner, startup_supports, conditions, candidates, agreement,
                       agreed_on, begun_on, follow_up_on))

/// A day set along with the activity: what is to be done next about the case.
struct NextStep {
    core::Date due_on;
    record::NonEmpty<record::Text<200>> note;
    std::optional<core::UserId> owner_id;
};
BOOST_DESCRIBE_STRUCT(NextStep, (), (due_on, note, owner_id))

struct NewActivity {
    std::optional<core::ConsultationId> consultation_id;  ///< absent: it belongs to no case
    std::optional<core::DeskId> desk_id;                  ///< without a case: the person's only desk when absent
    ActivityText text;
    record::Text<400> reason;  ///< why a finalised case gets another one
    std::optional<NextStep> next_step;
};
BOOST_DESCRIBE_STRUCT(NewActivity, (), (consultation_id, desk_id, text, reason, next_step))

struct ActivityChange {
    ActivityText text;
    record::Text<400> reason;
};
BOOST_DESCRIBE_STRUCT(ActivityChange, (), (text, reason))

struct Withdrawal {
    record::NonEmpty<record::Text<400>> reason;
};
BOOST_DESCRIBE_STRUCT(Withdrawal, (), (reason))

struct Activity {
    core::ActivityId id;
    core::DeskId desk_id;
    core::RegionId municipality_id;
    std::optional<core::ConsultationId> consultation_id;
    std::int64_t version = 1;
    bool withdrawn = false;
    bool masked = false;  ///< names, or words as well, are withheld from this reader
    core::Instant created_at;
    std::string created_by_name;
    core::Instant updated_at;
    std::string updated_by_name;
    std::string reason;  ///< of its newest version
    ActivityText text;
};
BOOST_DESCRIBE_STRUCT(Activity, (),
                      (id, desk_id, municipality_id, consultation_id, version, withdrawn, masked, created_at,
                       created_by_name, updated_at, updated_by_name, reason, text))

/// What was done about one case, newest first, at most 500.
struct Timeline {
    std::vector<Activity> items;
    std::int64_t total = 0;    ///< withdrawn ones apart
    std::int64_t minutes = 0;  ///< time spent, withdrawn ones apart
};
BOOST_DESCRIBE_STRUCT(Timeline, (), (items, total, minutes))

/// One line of a register: what happened, without the words.
struct ActivityRow {
    core::ActivityId id;
    core::DeskId desk_id;
    std::optional<core::ConsultationId> consultation_id;
    std::string number;   ///< of the case
    std::string subject;  ///< of the case
    record::Code<"activity_kind"> kind;
    core::Date done_on;
    std::optional<std::int64_t> minutes;
    std::optional<ActivityState> state;
    std::optional<core::Date> settled_on;
    std::string with_name;
    std::string with_affiliation;
    std::optional<record::Code<"profession">> with_profession;
    std::string partner;
    std::optional<record::Code<"advice_field">> advice_field;
    std::vector<record::Code<"startup_support">> startup_supports;
    std::optional<core::Date> agreed_on;
    std::optional<core::Date> begun_on;
    std::optional<core::Date> follow_up_on;
    std::string outcome;
    std::string created_by_name;
};
BOOST_DESCRIBE_STRUCT(ActivityRow, (),
                      (id, desk_id, consultation_id, number, subject, kind, done_on, minutes, state, settled_on,
                       with_name, with_affiliation, with_profession, partner, advice_field, startup_supports, agreed_on,
                       begun_on, follow_up_on, outcome, created_by_name))

struct ActivityStateCount {
    std::optional<ActivityState> state;  ///< absent: kinds without one
    std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(ActivityStateCount, (), (state, count))

struct ActivityPage {
    std::vector<ActivityRow> items;
    std::optional<std::string> next;
    std::int64_t total = 0;
    bool total_capped = false;
    std::int64_t minutes = 0;                ///< of all that fit the filter
    std::vector<ActivityStateCount> states;  ///< likewise
};
BOOST_DESCRIBE_STRUCT(ActivityPage, (), (items, next, total, total_capped, minutes, states))

struct ActivityFilter {
    std::vector<core::DeskId> desk;
    std::vector<record::Code<"activity_kind">> kind;
    std::vector<record::Code<"activity_form">> form;  ///< all kinds of a register
    std::vector<ActivityState> state;
    std::optional<core::Date> from;
    std::optional<core::Date> to;
    std::optional<core::ConsultationId> consultation;
    record::Text<100> words;
    record::Text<20> sort;  ///< -done_on (default), done_on
    std::optional<std::int64_t> limit;
    record::Text<200> after;
};
BOOST_DESCRIBE_STRUCT(ActivityFilter, (), (desk, kind, form, state, from, to, consultation, words, sort, limit, after))

struct ActivityExportQuery : ActivityFilter {
    analysis::FileFormat format{};
    analysis::Language lang{};
};
BOOST_DESCRIBE_STRUCT(ActivityExportQuery, (ActivityFilter), (format, lang))

/// The whole activity as it was once saved.
struct ActivityVersion {
    std::int64_t version = 0;
    std::string kind;  ///< created, edited, withdrawn
    core::Instant at;
    std::string by_name;
    std::string reason;
    ActivityText text;
};
BOOST_DESCRIBE_STRUCT(ActivityVersion, (), (version, kind, at, by_name, reason, text))

struct ActivityHistory {
    std::vector<ActivityVersion> items;  ///< oldest first
};
BOOST_DESCRIBE_STRUCT(ActivityHistory, (), (items))

}  // namespace tsunagi::activities
