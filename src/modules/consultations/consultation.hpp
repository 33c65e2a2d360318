// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/id.hpp"
#include "record/describe.hpp"
#include "record/types.hpp"

namespace tsunagi::consultations {

/// 下書き → 受付・対応中 → (保留) → 完了 → (再開). Source: dictionary section 7.5. A reopened record is worked on like
/// an open one, but everybody sees that it was closed before.
enum class ConsultationState : std::uint8_t { draft, open, on_hold, closed, reopened };
BOOST_DESCRIBE_ENUM(ConsultationState, draft, open, on_hold, closed, reopened)

enum class ElementValue { yes, suspected, text };
BOOST_DESCRIBE_ENUM(ElementValue, yes, suspected, text)

/// One cell of the element matrix of 図3.
struct Element {
    record::Code<"element"> element;
    ElementValue value{};
    record::Text<60> text;  ///< the words of the cell; required when `value` is `text`
};
BOOST_DESCRIBE_STRUCT(Element, (), (element, value, text))

/// What the desk writes down when somebody asks for help. Source: the one-page sheet of 図9.
/// A draft may leave everything empty; registering asks for what the sheet in force requires.
struct ConsultationSheet {
    std::optional<record::Code<"kind">> kind;  ///< 相談種別
    std::optional<core::Date> received_on;
    std::optional<core::TimeOfDay> started_at;
    std::optional<core::TimeOfDay> ended_at;
    std::optional<core::UserId> receiver_id;
    record::Text<100> caller_name;
    record::Text<100> caller_kana;
    record::Text<200> caller_affiliation;
    std::optional<record::Code<"profession">> caller_profession;
    record::Text<100> caller_profession_note;
    record::Text<40> caller_phone;
    std::optional<record::Code<"contact">> caller_contact;  ///< how the caller wants to be reached
    std::optional<record::Code<"method">> method;
    record::Text<100> method_note;
    record::Text<100> subject;   ///< 件名: one line without personal data, shown in lists
    record::Text<4000> request;  ///< 主訴
    record::Text<4000> background;
    std::optional<record::Code<"age_band">> age_band;
    std::optional<record::Code<"household">> household;
    std::optional<record::Code<"care_level">> care_level;
    record::Text<200> illness;
    std::vector<record::Code<"treatment">> treatments;
    std::optional<core::RegionId> district_id;
    std::optional<record::Code<"topic">> topic;
    std::optional<record::Code<"subtopic">> subtopic;
    std::vector<record::Code<"scene">> scenes;
    std::optional<record::Code<"urgency">> urgency;
    std::optional<record::Code<"difficulty">> difficulty;
    std::vector<record::Code<"relisted">> relisted;  ///< 再掲印: counted beside the topics, outside their sum
    std::vector<Element> elements;
    std::vector<record::Code<"support">> supports;
    record::Text<4000> support_text;
    std::optional<record::Code<"result">> result;
    std::optional<core::Date> result_on;
    std::optional<core::Date> follow_up_on;
    record::Text<200> follow_up_note;
    record::Text<4000> awareness;  ///< 連携の課題の気づき
    std::optional<core::Date> physician_asked_on;
    record::Text<2000> physician_question;  ///< what the physician is asked
    std::optional<core::Date> physician_advised_on;
    record::Text<2000> physician_assessment;
    record::Text<2000> physician_direction;
    std::vector<record::Code<"question">> asked;  ///< questions that were asked and are answered by no field
};
BOOST_DESCRIBE_STRUCT(ConsultationSheet, (),
                      (kind, received_on, started_at, ended_at, receiver_id, caller_name, caller_kana,
                       caller_affiliation, caller_profession, caller_profession_note, caller_phone, caller_contact,
                       method, method_note, subject, request, background, age_band, household, care_level, illness,
                       treatments, district_id, topic, subtopic, scenes, urgency, difficulty, relisted, elements,
                       supports, support_text, result, result_on, follow_up_on, follow_up_note, awareness,
                       physician_asked_on, physician_question, physician_advised_on, physician_assessment,
                       physician_direction, asked))

struct NewConsultation {
    std::optional<core::DeskId> desk_id;     ///< the person's only desk when absent
    std::optional<ConsultationState> state;  ///< draft or open; open when absent
    ConsultationSheet sheet;
};
BOOST_DESCRIBE_STRUCT(NewConsultation, (), (desk_id, state, sheet))

struct Consultation {
    core::ConsultationId id;
    core::DeskId desk_id;
    core::RegionId municipality_id;
    std::int64_t fiscal_year = 0;
    std::int64_t sequence = 0;
    std::string number;  ///< as written on paper, R8-0412; drafts have none
    ConsultationState state{};
    std::int64_t version = 1;
    bool finalised = false;                 ///< closed: changes are corrections, until it is reopened with a reason
    bool shared_with_municipality = false;  ///< the municipality may read identifying data
    bool has_person = false;
    std::int64_t activities = 0;  ///< how many were written down and not withdrawn
    core::Instant created_at;
    core::UserId created_by;
    std::string created_by_name;
    core::Instant updated_at;
    core::UserId updated_by;
    std::string updated_by_name;
    std::optional<core::Instant> closed_at;  ///< when it was last closed; reopening keeps it
    bool masked = false;                     ///< caller's name and phone are withheld from this reader
    ConsultationSheet sheet;
};
BOOST_DESCRIBE_STRUCT(Consultation, (),
                      (id, desk_id, municipality_id, fiscal_year, sequence, number, state, version, finalised,
                       shared_with_municipality, has_person, activities, created_at, created_by, created_by_name,
                       updated_at, updated_by, updated_by_name, closed_at, masked, sheet))

/// One line of the list: enough to recognise a record, nothing that identifies the person.
struct ConsultationRow {
    core::ConsultationId id;
    core::DeskId desk_id;
    std::string number;
    ConsultationState state{};
    std::optional<core::Date> received_on;
    std::string subject;
    std::optional<record::Code<"topic">> topic;
    std::optional<record::Code<"profession">> caller_profession;
    std::optional<core::RegionId> district_id;
    std::optional<record::Code<"urgency">> urgency;
    std::optional<record::Code<"difficulty">> difficulty;
    std::optional<record::Code<"result">> result;
    std::optional<core::Date> follow_up_on;
    std::optional<core::UserId> receiver_id;
    core::Instant updated_at;
};
BOOST_DESCRIBE_STRUCT(ConsultationRow, (),
                      (id, desk_id, number, state, received_on, subject, topic, caller_profession, district_id, urgency,
                       difficulty, result, follow_up_on, receiver_id, updated_at))

/// Background of a case without anything that identifies the person: what counting must never erase.
struct CaseBackground {
    core::ConsultationId id;
    std::string number;
    ConsultationState state{};
    std::optional<core::Date> received_on;
    std::string subject;
    std::string background;
    std::optional<record::Code<"age_band">> age_band;
    std::optional<record::Code<"household">> household;
    std::optional<record::Code<"care_level">> care_level;
    std::optional<core::RegionId> district_id;
    std::optional<record::Code<"result">> result;
    std::string support_text;
    std::vector<Element> elements;
};
BOOST_DESCRIBE_STRUCT(CaseBackground, (),
                      (id, number, state, received_on, subject, background, age_band, household, care_level,
                       district_id, result, support_text, elements))

/// What a card on the home board says of a case.
struct Headline {
    core::ConsultationId id;
    std::string number;
    std::string subject;
    std::string follow_up_note;
    std::string receiver_name;
};
BOOST_DESCRIBE_STRUCT(Headline, (), (id, number, subject, follow_up_note, receiver_name))

/// A case that waits for a physician's early view, as the weekly conference discusses it (図16). Nothing in it
/// identifies the person or the caller.
struct ConferenceCase {
    core::ConsultationId id;
    core::DeskId desk_id;
    std::optional<record::Code<"urgency">> urgency;
    std::optional<record::Code<"difficulty">> difficulty;
    std::optional<core::Date> asked_on;
    std::string question;
    std::string illness;
    std::vector<record::Code<"treatment">> treatments;
    std::string receiver_name;  ///< who tells the case; withheld from an advisor
    CaseBackground about;
};
BOOST_DESCRIBE_STRUCT(ConferenceCase, (),
                      (id, desk_id, urgency, difficulty, asked_on, question, illness, treatments, receiver_name, about))

/// Oldest question first, at most a hundred.
struct Conference {
    std::vector<ConferenceCase> items;
    std::int64_t total = 0;
};
BOOST_DESCRIBE_STRUCT(Conference, (), (items, total))

struct ConferenceFilter {
    std::vector<core::DeskId> desk;
};
BOOST_DESCRIBE_STRUCT(ConferenceFilter, (), (desk))

struct ConsultationPage {
    std::vector<ConsultationRow> items;
    std::optional<std::string> next;  ///< give it back as `after`
    std::int64_t total = 0;           ///< counted exactly up to 10,000
    bool total_capped = false;        ///< there are more than `total`
    /// Only so many of the newest records that fit the other conditions were looked through for the words; absent when
    /// all of them were.
    std::optional<std::int64_t> searched;
};
BOOST_DESCRIBE_STRUCT(ConsultationPage, (), (items, next, total, total_capped, searched))

struct CasePage {
    std::vector<CaseBackground> items;
    std::optional<std::string> next;
    std::int64_t total = 0;
    bool total_capped = false;
    std::optional<std::int64_t> searched;  ///< as in `ConsultationPage`
};
BOOST_DESCRIBE_STRUCT(CasePage, (), (items, next, total, total_capped, searched))

/// How far a registered record has come, as the home board counts it. `received` and `worked_on` are the two halves of
/// what is open; `awaiting_advice` and `on_agenda` overlap with them.
enum class CaseStanding { received, worked_on, awaiting_advice, on_agenda };
BOOST_DESCRIBE_ENUM(CaseStanding, received, worked_on, awaiting_advice, on_agenda)

/// What can be asked of the list, the month table and the matrix alike; members are the query parameters.
/// Several values of one filter mean "any of".
struct ConsultationFilter {
    std::vector<core::DeskId> desk;
    std::optional<std::int64_t> fiscal_year;
    std::optional<core::Date> from;
    std::optional<core::Date> to;
    std::vector<ConsultationState> state;
    std::vector<CaseStanding> standing;
    std::vector<record::Code<"kind">> kind;
    std::vector<record::Code<"topic">> topic;
    std::vector<record::Code<"subtopic">> subtopic;
    std::vector<record::Code<"profession">> profession;
    std::vector<record::Code<"caller_column">> caller;  ///< columns of 図8: groups of professions
    std::vector<core::RegionId> district;
    std::vector<record::Code<"urgency">> urgency;
    std::vector<record::Code<"difficulty">> difficulty;
    std::vector<record::Code<"result">> result;
    std::vector<record::Code<"scene">> scene;
    std::vector<record::Code<"relisted">> relisted;
    std::vector<record::Code<"element">> element;
    std::vector<core::UserId> receiver;
    std::vector<core::ConsultationId> id;
    std::optional<core::Date> due_by;       ///< follow-up day on or before, not closed
    std::vector<record::CodeName> missing;  ///< fields that are not filled in: topic, district, profession
    record::Text<100> words;                ///< all of them, in number, subject, request or background
    record::Text<20> sort;                  ///< -received_on (default), received_on, -updated_at, follow_up_on, number
    std::optional<std::int64_t> limit;      ///< 1 to 200, 25 when absent
    record::Text<200> after;                ///< the `next` of the page before
};
BOOST_DESCRIBE_STRUCT(ConsultationFilter, (),
                      (desk, fiscal_year, from, to, state, standing, kind, topic, subtopic, profession, caller,
                       district, urgency, difficulty, result, scene, relisted, element, receiver, id, due_by, missing,
                       words, sort, limit, after))

/// A step of the record's life. `correction` is the only way to change a finalised record.
/// `person` and `sharing` keep the sheet as it was.
enum class VersionKind {
    created,
    edited,
    registered,
    held,
    resumed,
    closed,
    reopened,
    unfinalised,  ///< the closing was a mistake; two people have undone it
    correction,
    person,
    sharing
};
BOOST_DESCRIBE_ENUM(VersionKind, created, edited, registered, held, resumed, closed, reopened, unfinalised, correction,
                    person, sharing)

struct ConsultationVersion {
    std::int64_t version = 0;
    VersionKind kind{};
    core::Instant at;
    core::UserId by;
    std::string by_name;
    std::string asked_by_name;  ///< who asked for an undoing; `by` agreed
    std::string reason;
    ConsultationSheet sheet;
};
BOOST_DESCRIBE_STRUCT(ConsultationVersion, (), (version, kind, at, by, by_name, asked_by_name, reason, sheet))

struct ConsultationHistory {
    std::vector<ConsultationVersion> items;
};
BOOST_DESCRIBE_STRUCT(ConsultationHistory, (), (items))

/// `PUT …/state`. Closing finalises the record; reopening and correcting need a reason.
struct StateChange {
    ConsultationState state{};
    record::Text<400> reason;
};
BOOST_DESCRIBE_STRUCT(StateChange, (), (state, reason))

struct Correction {
    record::NonEmpty<record::Text<400>> reason;
    ConsultationSheet sheet;
};
BOOST_DESCRIBE_STRUCT(Correction, (), (reason, sheet))

/// Data that identify the person the consultation is about. Encrypted in a table of their own.
struct Person {
    record::NonEmpty<record::Text<100>> name;
    record::Text<100> kana;
    std::optional<core::Date> born_on;
    record::Text<300> address;
    record::Text<40> phone;
};
BOOST_DESCRIBE_STRUCT(Person, (), (name, kana, born_on, address, phone))

struct PersonReading {
    record::NonEmpty<record::Text<200>> reason;  ///< shown in the audit
};
BOOST_DESCRIBE_STRUCT(PersonReading, (), (reason))

struct Sharing {
    bool shared_with_municipality = false;
};
BOOST_DESCRIBE_STRUCT(Sharing, (), (shared_with_municipality))

/// A caller of earlier sheets, to be taken over by the next one.
struct Caller {
    std::string name;
    std::string kana;
    std::string affiliation;
    std::optional<record::Code<"profession">> profession;
    std::string phone;
    std::optional<record::Code<"contact">> contact;
    std::int64_t times = 0;  ///< registered sheets of the desk that name this caller
    std::optional<core::Date> last_on;
};
BOOST_DESCRIBE_STRUCT(Caller, (), (name, kana, affiliation, profession, phone, contact, times, last_on))

struct Callers {
    std::vector<Caller> items;
};
BOOST_DESCRIBE_STRUCT(Callers, (), (items))

/// A sheet that the person has begun and not registered: enough to find the call again.
struct BegunSheet {
    core::ConsultationId id;
    core::DeskId desk_id;
    std::string caller_name;
    std::string caller_affiliation;
    std::string subject;
    std::string request;  ///< its first letters
    std::optional<record::Code<"topic">> topic;
    core::Instant created_at;
    core::Instant updated_at;
};
BOOST_DESCRIBE_STRUCT(BegunSheet, (),
                      (id, desk_id, caller_name, caller_affiliation, subject, request, topic, created_at, updated_at))

struct BegunSheets {
    std::vector<BegunSheet> items;  ///< in the order in which they were begun
};
BOOST_DESCRIBE_STRUCT(BegunSheets, (), (items))

}  // namespace tsunagi::consultations
