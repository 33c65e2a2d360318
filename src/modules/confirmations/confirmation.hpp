// SPDX-License-Identifier: Apache-2.0
// 確認: what a municipality knows of a place is looked at again, by its own people or by the place itself.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/id.hpp"
#include "modules/analysis/figures.hpp"
#include "modules/answer_pages/answer_page.hpp"
#include "modules/packs/pack.hpp"
#include "modules/resources/resource.hpp"
#include "record/describe.hpp"
#include "record/types.hpp"

namespace tsunagi::confirmations {

using ConfirmationId = core::Id<struct ConfirmationTag>;
using RoundId = core::Id<struct SurveyRoundTag>;
using Contact = record::Code<"resource_contact">;
using Treatment = record::Code<"treatment">;

/// Why a place stands on the list of those to be confirmed.
enum class DueReason { never, old, missing, differs };
BOOST_DESCRIBE_ENUM(DueReason, never, old, missing, differs)

/// What a place is shown of the local layer and may correct. Notes, manners and people are for the desks alone.
struct FacilityCard {
    record::Text<1000> speciality;
    std::vector<Treatment> treatments;
    record::Text<1000> area;
    record::Text<1000> hours;
    std::vector<record::Code<"open_time">> open_times;  ///< beyond office hours on weekdays
    record::Text<400> capacity;
    std::vector<record::Code<"cost">> costs;
    record::Text<400> cost_note;
    std::vector<record::Code<"language">> languages;  ///< beside Japanese
    std::optional<Contact> contact;
    record::Text<40> phone;
    record::Text<40> fax;
    record::Text<200> mail;
    record::Text<2000> admission;
    record::Text<2000> discharge;
};
BOOST_DESCRIBE_STRUCT(FacilityCard, (),
                      (speciality, treatments, area, hours, open_times, capacity, costs, cost_note, languages, contact,
                       phone, fax, mail, admission, discharge))

enum class ConfirmationState { sent, answered, approved, refused, expired, withdrawn };
BOOST_DESCRIBE_ENUM(ConfirmationState, sent, answered, approved, refused, expired, withdrawn)

enum class ConfirmationMethod { fax, paper, mail, page, phone };
BOOST_DESCRIBE_ENUM(ConfirmationMethod, fax, paper, mail, page, phone)

/// What is written of a request; the cards stand beside it.
struct ConfirmationText {
    ConfirmationMethod method{};
    record::Text<1000> message;
    core::Date sent_on;
    core::Date due_on;
    core::Date expires_on;
    std::optional<core::Date> reminded_on;
    std::optional<core::Date> answered_on;
    record::Text<100> answered_by;
    bool by_page = false;
    bool nothing_changed = false;
    record::Text<2000> words;           ///< beyond the fields of the card
    std::vector<std::string> approved;  ///< names of fields
    std::vector<std::string> refused;
    std::optional<core::Date> decided_on;
    record::Text<400> reason;  ///< of a refusal or withdrawal
    std::optional<FacilityCard> card;
};
BOOST_DESCRIBE_STRUCT(ConfirmationText, (),
                      (method, message, sent_on, due_on, expires_on, reminded_on, answered_on, answered_by, by_page,
                       nothing_changed, words, approved, refused, decided_on, reason, card))

struct ConfirmationRow {
    ConfirmationId id;
    std::optional<RoundId> round_id;
    resources::PlaceId place_id;
    std::string place_name;
    std::string reply_code;
    std::int64_t version = 1;
    ConfirmationState state{};
    ConfirmationMethod method{};
    core::Date sent_on;
    core::Date due_on;
    core::Date expires_on;
    std::optional<core::Date> reminded_on;
    std::optional<core::Date> answered_on;
    bool by_page = false;
    bool nothing_changed = false;
    std::optional<core::Date> decided_on;
    std::string phone;  ///< the municipality's own where it has one
    std::string fax;
    std::string created_by_name;
    core::Instant created_at;
};
BOOST_DESCRIBE_STRUCT(ConfirmationRow, (),
                      (id, round_id, place_id, place_name, reply_code, version, state, method, sent_on, due_on,
                       expires_on, reminded_on, answered_on, by_page, nothing_changed, decided_on, phone, fax,
                       created_by_name, created_at))

/// One field of the card that the place says otherwise than it was shown.
struct CardDifference {
    std::string field;
    bool changed_since = false;  ///< the desk wrote something else there after the request went out
    std::optional<bool> approved;
};
BOOST_DESCRIBE_STRUCT(CardDifference, (), (field, changed_since, approved))

struct Confirmation {
    ConfirmationId id;
    core::RegionId municipality_id;
    std::optional<core::DeskId> desk_id;
    std::optional<RoundId> round_id;
    resources::PlaceId place_id;
    std::string place_name;
    std::string address;
    std::string public_phone;
    std::string public_fax;
    std::string reply_code;
    std::int64_t version = 1;
    ConfirmationState state{};
    core::Instant created_at;
    std::string created_by_name;
    core::Instant updated_at;
    std::string updated_by_name;
    ConfirmationText text;
    FacilityCard shown;  ///< as it was when the request was made
    FacilityCard now;
    std::int64_t local_version = 0;
    std::vector<CardDifference> differences;
    std::optional<answer_pages::AnswerPageStanding> page;
};
BOOST_DESCRIBE_STRUCT(Confirmation, (),
                      (id, municipality_id, desk_id, round_id, place_id, place_name, address, public_phone, public_fax,
                       reply_code, version, state, created_at, created_by_name, updated_at, updated_by_name, text,
                       shown, now, local_version, differences, page))

struct Confirmations {
    std::vector<ConfirmationRow> items;
};
BOOST_DESCRIBE_STRUCT(Confirmations, (), (items))

struct ConfirmationStateCount {
    ConfirmationState state{};
    std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(ConfirmationStateCount, (), (state, count))

struct ConfirmationPage {
    std::vector<ConfirmationRow> items;
    std::optional<std::string> next;
    std::int64_t total = 0;
    bool total_capped = false;
    std::vector<ConfirmationStateCount> states;  ///< of all that fit the filter but for `state` and `late`
    std::int64_t late = 0;
};
BOOST_DESCRIBE_STRUCT(ConfirmationPage, (), (items, next, total, total_capped, states, late))

struct ConfirmationFilter {
    std::optional<core::RegionId> municipality_id;
    std::vector<ConfirmationState> state;
    std::vector<ConfirmationMethod> method;
    std::optional<RoundId> round;
    std::optional<resources::PlaceId> place;
    std::optional<bool> late;  ///< no answer on the day it was asked for
    record::Text<40> code;     ///< the reply code as it was typed
    record::Text<100> words;
    record::Text<20> sort;  ///< -created_at (default), due_on
    std::optional<std::int64_t> limit;
    record::Text<200> after;
};
BOOST_DESCRIBE_STRUCT(ConfirmationFilter, (),
                      (municipality_id, state, method, round, place, late, code, words, sort, limit, after))

struct ConfirmationExportQuery : ConfirmationFilter {
    analysis::FileFormat format{};
    analysis::Language lang{};
};
BOOST_DESCRIBE_STRUCT(ConfirmationExportQuery, (ConfirmationFilter), (format, lang))

struct NewConfirmations {
    std::vector<resources::PlaceId> place_ids;  ///< at most 200
    ConfirmationMethod method{};
    record::Text<1000> message;
    core::Date due_on;
};
BOOST_DESCRIBE_STRUCT(NewConfirmations, (), (place_ids, method, message, due_on))

/// What a FAX, a letter or a call said.
struct ConfirmationAnswer {
    bool nothing_changed = false;
    std::optional<FacilityCard> card;  ///< the whole card as it should be; required unless nothing changed
    record::Text<2000> words;
    record::Text<100> answered_by;
    std::optional<core::Date> answered_on;  ///< today when absent
};
BOOST_DESCRIBE_STRUCT(ConfirmationAnswer, (), (nothing_changed, card, words, answered_by, answered_on))

/// Each field that differs is in one of the two.
struct ConfirmationDecision {
    std::vector<record::Text<40>> approved;
    std::vector<record::Text<40>> refused;
    std::int64_t local_version = 0;  ///< of the card it was compared with
    record::Text<400> reason;        ///< required where something is refused
};
BOOST_DESCRIBE_STRUCT(ConfirmationDecision, (), (approved, refused, local_version, reason))

struct ReminderNote {
    std::optional<core::Date> due_on;  ///< a later day to answer
};
BOOST_DESCRIBE_STRUCT(ReminderNote, (), (due_on))

struct ConfirmationWithdrawal {
    record::Text<400> reason;
};
BOOST_DESCRIBE_STRUCT(ConfirmationWithdrawal, (), (reason))

struct ConfirmationVersion {
    std::int64_t version = 0;
    std::string kind;  ///< created, answered, page_answer, decided, reminded, withdrawn
    core::Instant at;
    std::string by_name;  ///< of page_answer: empty
    std::string reason;
    ConfirmationText text;
};
BOOST_DESCRIBE_STRUCT(ConfirmationVersion, (), (version, kind, at, by_name, reason, text))

struct ConfirmationHistory {
    std::vector<ConfirmationVersion> items;  ///< oldest first
};
BOOST_DESCRIBE_STRUCT(ConfirmationHistory, (), (items))

/// Which places are to be confirmed.
struct DueChoice {
    std::vector<DueReason> why;             ///< all when none is named
    std::optional<std::int64_t> months;     ///< how old a confirmation may be; 12 when absent
    std::vector<std::string> municipality;  ///< codes, as of the list of places
    std::vector<resources::ServiceCode> service;
    record::Text<100> words;
};
BOOST_DESCRIBE_STRUCT(DueChoice, (), (why, months, municipality, service, words))

struct DueFilter : DueChoice {
    std::optional<core::RegionId> municipality_id;  ///< whose knowledge
    record::Text<20> sort;                          ///< checked_on (default, never first), name
    std::optional<std::int64_t> limit;
    record::Text<200> after;
};
BOOST_DESCRIBE_STRUCT(DueFilter, (DueChoice), (municipality_id, sort, limit, after))

struct DueRow {
    resources::PlaceId id;
    std::string name;
    std::string listed_as;
    std::string municipality_code;
    std::string phone;
    std::string fax;
    std::optional<Contact> contact;
    std::int64_t local_version = 0;
    std::optional<core::Date> checked_on;
    std::string checked_by_name;
    std::vector<DueReason> why;
    std::vector<resources::ServiceMark> services;
    std::optional<ConfirmationId> request_id;  ///< the newest request
    std::optional<ConfirmationState> request_state;
};
BOOST_DESCRIBE_STRUCT(DueRow, (),
                      (id, name, listed_as, municipality_code, phone, fax, contact, local_version, checked_on,
                       checked_by_name, why, services, request_id, request_state))

struct DuePage {
    std::vector<DueRow> items;
    std::optional<std::string> next;
    std::int64_t total = 0;
    bool total_capped = false;
};
BOOST_DESCRIBE_STRUCT(DuePage, (), (items, next, total, total_capped))

/// The day that stands in the local layer after it was confirmed, or after that was taken back.
struct PlaceChecked {
    resources::PlaceId place_id;
    std::int64_t version = 0;  ///< of the local layer
    std::optional<core::Date> checked_on;
    std::string checked_by_name;
};
BOOST_DESCRIBE_STRUCT(PlaceChecked, (), (place_id, version, checked_on, checked_by_name))

struct RoundText {
    record::NonEmpty<record::Text<100>> title;
    core::Date begun_on;
    core::Date due_on;
    record::Text<1000> note;
    bool closed = false;
};
BOOST_DESCRIBE_STRUCT(RoundText, (), (title, begun_on, due_on, note, closed))

struct NewRound {
    RoundText text;
    ConfirmationMethod method{};
    record::Text<1000> message;
    DueChoice places;
};
BOOST_DESCRIBE_STRUCT(NewRound, (), (text, method, message, places))

struct RoundProgress {
    std::int64_t all = 0;  ///< without those withdrawn
    std::int64_t open = 0;
    std::int64_t late = 0;  ///< of the open ones
    std::int64_t answered = 0;
    std::int64_t approved = 0;
    std::int64_t refused = 0;
    std::int64_t expired = 0;
};
BOOST_DESCRIBE_STRUCT(RoundProgress, (), (all, open, late, answered, approved, refused, expired))

struct SurveyRound {
    RoundId id;
    core::RegionId municipality_id;
    std::int64_t version = 1;
    core::Instant created_at;
    std::string created_by_name;
    core::Instant updated_at;
    std::string updated_by_name;
    RoundText text;
    DueChoice places;
    RoundProgress progress;
};
BOOST_DESCRIBE_STRUCT(SurveyRound, (),
                      (id, municipality_id, version, created_at, created_by_name, updated_at, updated_by_name, text,
                       places, progress))

struct SurveyRounds {
    std::vector<SurveyRound> items;  ///< newest first
};
BOOST_DESCRIBE_STRUCT(SurveyRounds, (), (items))

struct RoundQuery {
    std::optional<core::RegionId> municipality_id;
};
BOOST_DESCRIBE_STRUCT(RoundQuery, (), (municipality_id))

/// A code with its words, for somebody who cannot read the packs.
struct LabelledChoice {
    std::string code;
    packs::Label label;
};
BOOST_DESCRIBE_STRUCT(LabelledChoice, (), (code, label))

/// What may be chosen in a field of the card.
struct CardChoices {
    std::string field;
    std::vector<LabelledChoice> items;
};
BOOST_DESCRIBE_STRUCT(CardChoices, (), (field, items))

/// The one card, for whoever opened its page.
struct AskedConfirmation {
    std::string municipality_name;
    std::string desk_name;
    std::string desk_header;
    std::string desk_phone;
    std::string asked_by;
    std::string place_name;
    std::string address;
    std::string public_phone;
    std::string public_fax;
    std::string message;
    core::Date due_on;
    bool fictitious = false;
    FacilityCard card;
    std::vector<CardChoices> choices;
    std::optional<core::Date> answered_on;  ///< once it was answered; `card` and `words` are then those of the page
    bool nothing_changed = false;
    std::string words;
};
BOOST_DESCRIBE_STRUCT(AskedConfirmation, (),
                      (municipality_name, desk_name, desk_header, desk_phone, asked_by, place_name, address,
                       public_phone, public_fax, message, due_on, fictitious, card, choices, answered_on,
                       nothing_changed, words))

struct PageCorrection {
    record::NonEmpty<record::Text<100>> token;
    record::NonEmpty<record::Text<40>> code;
    bool nothing_changed = false;
    std::optional<FacilityCard> card;
    record::Text<2000> words;
    record::NonEmpty<record::Text<100>> answered_by;
};
BOOST_DESCRIBE_STRUCT(PageCorrection, (), (token, code, nothing_changed, card, words, answered_by))

}  // namespace tsunagi::confirmations
