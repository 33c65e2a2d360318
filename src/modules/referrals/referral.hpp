// SPDX-License-Identifier: Apache-2.0
// 打診: asking one place, its answer, and what came of it.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/id.hpp"
#include "modules/analysis/figures.hpp"
#include "modules/answer_pages/answer_page.hpp"
#include "modules/packs/pack.hpp"
#include "modules/referrals/match.hpp"
#include "record/describe.hpp"
#include "record/types.hpp"

namespace tsunagi::referrals {

enum class ReferralMethod { phone, fax, paper, mail, page };
BOOST_DESCRIBE_ENUM(ReferralMethod, phone, fax, paper, mail, page)

/// 作成 → 送信 → 受領 → 回答 → 結果 → フォロー, and withdrawn. Source: dictionary section 7.5. Follows from what is
/// written down.
enum class ReferralState { prepared, sent, received, answered, settled, followed, withdrawn };
BOOST_DESCRIBE_ENUM(ReferralState, prepared, sent, received, answered, settled, followed, withdrawn)

enum class ReferralAnswer { yes, conditional, no, none };
BOOST_DESCRIBE_ENUM(ReferralAnswer, yes, conditional, no, none)

enum class ReferralOutcome { began, failed, declined };
BOOST_DESCRIBE_ENUM(ReferralOutcome, began, failed, declined)

/// What of the case the other side is told besides the conditions; nothing unless chosen.
enum class ShownFact { age_band, household, care_level, illness, city, district };
BOOST_DESCRIBE_ENUM(ShownFact, age_band, household, care_level, illness, city, district)

struct ReferralText {
    ReferralMethod method{};
    record::Text<100> to_name;     ///< whom to speak to
    record::Text<200> reached_at;  ///< number or address it goes to
    record::Text<2000> message;
    std::vector<ShownFact> shown;
    record::Text<40> person_label;  ///< initials or a masked name; never the name
    std::optional<core::Date> sent_on;
    std::optional<core::Date> reply_by;
    std::optional<core::Date> received_on;
    std::optional<ReferralAnswer> answer;
    std::optional<RefusalReason> reason;  ///< of no and none
    record::Text<1000> answer_words;      ///< the conditions, or more about the reason
    std::optional<core::Date> answered_on;
    record::Text<100> answered_by;  ///< at the other side
    std::optional<ReferralOutcome> outcome;
    std::optional<RefusalReason> outcome_reason;  ///< of failed
    record::Text<400> outcome_words;
    std::optional<core::Date> outcome_on;
    std::optional<core::Date> follow_up_on;
    std::optional<core::Date> followed_on;
    record::Text<1000> follow_up_words;
};
BOOST_DESCRIBE_STRUCT(ReferralText, (),
                      (method, to_name, reached_at, message, shown, person_label, sent_on, reply_by, received_on,
                       answer, reason, answer_words, answered_on, answered_by, outcome, outcome_reason, outcome_words,
                       outcome_on, follow_up_on, followed_on, follow_up_words))

/// One of the places that are asked together.
struct NewAsk {
    resources::PlaceId place_id;
    ReferralMethod method{};
    record::Text<100> to_name;
    record::Text<200> reached_at;
};
BOOST_DESCRIBE_STRUCT(NewAsk, (), (place_id, method, to_name, reached_at))

/// Asks that are sent today are on their way at once; papers are printed first and sent afterwards.
struct NewReferrals {
    MatchId match_id;
    std::vector<NewAsk> asks;
    record::Text<2000> message;
    std::vector<ShownFact> shown;
    record::Text<40> person_label;
    std::optional<core::Date> sent_on;
    std::optional<core::Date> reply_by;
};
BOOST_DESCRIBE_STRUCT(NewReferrals, (), (match_id, asks, message, shown, person_label, sent_on, reply_by))

struct AnswerNote {
    ReferralAnswer answer{};
    std::optional<RefusalReason> reason;
    record::Text<1000> answer_words;
    std::optional<core::Date> answered_on;  ///< today when absent
    record::Text<100> answered_by;
};
BOOST_DESCRIBE_STRUCT(AnswerNote, (), (answer, reason, answer_words, answered_on, answered_by))

struct OutcomeNote {
    ReferralOutcome outcome{};
    std::optional<RefusalReason> outcome_reason;
    record::Text<400> outcome_words;
    std::optional<core::Date> outcome_on;    ///< today when absent
    std::optional<core::Date> follow_up_on;  ///< when to ask how it goes
};
BOOST_DESCRIBE_STRUCT(OutcomeNote, (), (outcome, outcome_reason, outcome_words, outcome_on, follow_up_on))

struct FollowUpNote {
    record::NonEmpty<record::Text<1000>> follow_up_words;
    std::optional<core::Date> followed_on;   ///< today when absent
    std::optional<core::Date> follow_up_on;  ///< once more on that day; absent: it is done
};
BOOST_DESCRIBE_STRUCT(FollowUpNote, (), (follow_up_words, followed_on, follow_up_on))

struct ReferralChange {
    ReferralText text;
    record::NonEmpty<record::Text<400>> reason;
};
BOOST_DESCRIBE_STRUCT(ReferralChange, (), (text, reason))

struct ReferralWithdrawal {
    record::NonEmpty<record::Text<400>> reason;
};
BOOST_DESCRIBE_STRUCT(ReferralWithdrawal, (), (reason))

struct SentNote {
    std::optional<core::Date> sent_on;      ///< today when absent
    std::optional<core::Date> received_on;  ///< the other side has confirmed that it arrived
};
BOOST_DESCRIBE_STRUCT(SentNote, (), (sent_on, received_on))

/// One fact of the case that was told.
struct ToldFact {
    ShownFact name{};
    std::string value;  ///< a code of the scheme of that name, or words
    bool operator==(const ToldFact&) const = default;
};
BOOST_DESCRIBE_STRUCT(ToldFact, (), (name, value))

/// What somebody outside was told of a case.
struct ToldText {
    MatchText match;  ///< without the district, and without how a place must be reachable: they stay at the desk
    std::string to_name;
    std::string message;
    std::string person_label;
    std::vector<ToldFact> facts;
    std::optional<core::Date> reply_by;
};
BOOST_DESCRIBE_STRUCT(ToldText, (), (match, to_name, message, person_label, facts, reply_by))

/// By phone, mail or on paper; or on the answer page.
enum class ToldWay { sent, page };
BOOST_DESCRIBE_ENUM(ToldWay, sent, page)

struct Telling {
    core::Instant at;
    std::string by_name;
    ToldWay way{};
    ToldText text;
};
BOOST_DESCRIBE_STRUCT(Telling, (), (at, by_name, way, text))

/// One line of the board, nothing in it identifies the person.
struct ReferralRow {
    ReferralId id;
    core::DeskId desk_id;
    MatchId match_id;
    core::ConsultationId consultation_id;
    std::string number;   ///< of the case
    std::string subject;  ///< of the case
    resources::PlaceId place_id;
    std::string place_name;
    resources::ServiceCode service;
    std::optional<core::RegionId> district_id;
    std::optional<double> distance_km;
    std::int64_t version = 1;
    ReferralState state{};
    ReferralMethod method{};
    core::Instant created_at;
    std::string created_by_name;
    std::optional<core::Date> sent_on;
    std::optional<core::Date> reply_by;
    std::optional<ReferralAnswer> answer;
    std::optional<RefusalReason> reason;
    std::string answer_words;
    std::optional<core::Date> answered_on;
    std::optional<ReferralOutcome> outcome;
    std::optional<core::Date> outcome_on;
    std::optional<core::Date> follow_up_on;
};
BOOST_DESCRIBE_STRUCT(ReferralRow, (),
                      (id, desk_id, match_id, consultation_id, number, subject, place_id, place_name, service,
                       district_id, distance_km, version, state, method, created_at, created_by_name, sent_on, reply_by,
                       answer, reason, answer_words, answered_on, outcome, outcome_on, follow_up_on))

struct Referral {
    ReferralId id;
    core::DeskId desk_id;
    core::RegionId municipality_id;
    MatchId match_id;
    core::ConsultationId consultation_id;
    std::string number;
    std::string subject;
    resources::PlaceId place_id;
    std::string place_name;
    std::optional<double> distance_km;
    std::int64_t version = 1;
    ReferralState state{};
    bool masked = false;  ///< names are withheld from this reader
    core::Instant created_at;
    std::string created_by_name;
    core::Instant updated_at;
    std::string updated_by_name;
    bool by_page = false;  ///< the answer came on the answer page
    MatchText match;
    ReferralText text;
    std::optional<answer_pages::AnswerPageStanding> page;
    std::vector<Telling> told;         ///< newest first
    std::vector<std::string> differs;  ///< what the newest one says otherwise than the case today: members of
                                       ///< ToldText, of its `match`, names of facts
};
BOOST_DESCRIBE_STRUCT(Referral, (),
                      (id, desk_id, municipality_id, match_id, consultation_id, number, subject, place_id, place_name,
                       distance_km, version, state, masked, created_at, created_by_name, updated_at, updated_by_name,
                       by_page, match, text, page, told, differs))

struct Referrals {
    std::vector<ReferralRow> items;
};
BOOST_DESCRIBE_STRUCT(Referrals, (), (items))

/// A search with the asks that came of it.
struct MatchWithReferrals {
    Match match;
    std::vector<ReferralRow> referrals;
};
BOOST_DESCRIBE_STRUCT(MatchWithReferrals, (), (match, referrals))

struct CaseMatches {
    std::vector<MatchWithReferrals> items;  ///< newest first
};
BOOST_DESCRIBE_STRUCT(CaseMatches, (), (items))

/// What somebody has to do about an ask.
enum class ReferralTask { to_send, waiting, late, to_settle, to_follow_up };
BOOST_DESCRIBE_ENUM(ReferralTask, to_send, waiting, late, to_settle, to_follow_up)

struct TaskCount {
    ReferralTask task{};
    std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(TaskCount, (), (task, count))

struct ReferralPage {
    std::vector<ReferralRow> items;
    std::optional<std::string> next;
    std::int64_t total = 0;
    bool total_capped = false;
    std::vector<TaskCount> tasks;  ///< of all that fit the filter but for `task`
};
BOOST_DESCRIBE_STRUCT(ReferralPage, (), (items, next, total, total_capped, tasks))

struct ReferralFilter {
    std::vector<core::DeskId> desk;
    std::vector<ReferralState> state;
    std::vector<ReferralTask> task;
    std::vector<ReferralAnswer> answer;
    std::vector<RefusalReason> reason;
    std::vector<ReferralMethod> method;
    std::vector<resources::ServiceCode> service;
    std::vector<core::RegionId> district;
    std::optional<resources::PlaceId> place;
    std::optional<core::ConsultationId> consultation;
    std::optional<core::Date> from;  ///< made on or after
    std::optional<core::Date> to;
    bool mine = false;  ///< asked by the person
    record::Text<100> words;
    record::Text<20> sort;  ///< created_at (oldest first, default), -created_at, reply_by
    std::optional<std::int64_t> limit;
    record::Text<200> after;
};
BOOST_DESCRIBE_STRUCT(ReferralFilter, (),
                      (desk, state, task, answer, reason, method, service, district, place, consultation, from, to,
                       mine, words, sort, limit, after))

struct ReferralExportQuery : ReferralFilter {
    analysis::FileFormat format{};
    analysis::Language lang{};
};
BOOST_DESCRIBE_STRUCT(ReferralExportQuery, (ReferralFilter), (format, lang))

struct ReferralVersion {
    std::int64_t version = 0;
    std::string kind;  ///< created, sent, told_again, answered, page_answer, settled, followed, edited, withdrawn,
                       ///< undone
    core::Instant at;
    std::string by_name;  ///< of page_answer: empty
    std::string reason;
    ReferralText text;
};
BOOST_DESCRIBE_STRUCT(ReferralVersion, (), (version, kind, at, by_name, reason, text))

struct ReferralHistory {
    std::vector<ReferralVersion> items;  ///< oldest first
};
BOOST_DESCRIBE_STRUCT(ReferralHistory, (), (items))

struct PageDays {
    std::optional<record::Whole<1, 60>> days;  ///< until it expires; 14 when absent
};
BOOST_DESCRIBE_STRUCT(PageDays, (), (days))

/// A code with its words, for somebody who cannot read the packs.
struct LabelledCode {
    std::string code;
    packs::Label label;
};
BOOST_DESCRIBE_STRUCT(LabelledCode, (), (code, label))

/// What the other side reads of the case, item by item.
struct AskedFact {
    std::string name;  ///< a ShownFact, person_label
    std::vector<packs::Label> words;
};
BOOST_DESCRIBE_STRUCT(AskedFact, (), (name, words))

/// The one ask, for who opened its page; of an answered one its place, service and answer alone.
struct AskedReferral {
    std::string desk_name;
    std::string desk_header;
    std::string desk_phone;
    std::string asked_by;  ///< who at the desk can be called
    std::string place_name;
    std::string to_name;
    packs::Label service;
    std::vector<packs::Label> treatments;
    std::string area;
    std::vector<Weekday> days;
    std::string hours;
    std::vector<packs::Label> open_times;
    std::optional<core::Date> starts_on;
    std::vector<packs::Label> languages;
    std::vector<packs::Label> costs;
    std::string wishes;
    std::vector<AskedFact> facts;
    std::string message;
    std::optional<core::Date> reply_by;
    std::vector<LabelledCode> reasons;  ///< of a refusal
    bool fictitious = false;
    std::optional<ReferralAnswer> answer;  ///< once it was given
    std::optional<RefusalReason> reason;
    std::string answer_words;
    std::optional<core::Date> answered_on;
};
BOOST_DESCRIBE_STRUCT(AskedReferral, (),
                      (desk_name, desk_header, desk_phone, asked_by, place_name, to_name, service, treatments, area,
                       days, hours, open_times, starts_on, languages, costs, wishes, facts, message, reply_by, reasons,
                       fictitious, answer, reason, answer_words, answered_on))

/// `yes`, `conditional` or `no`; the rest as in AnswerNote.
struct PageAnswer {
    record::NonEmpty<record::Text<100>> token;
    record::NonEmpty<record::Text<40>> code;
    ReferralAnswer answer{};
    std::optional<RefusalReason> reason;
    record::Text<1000> answer_words;
    record::NonEmpty<record::Text<100>> answered_by;
};
BOOST_DESCRIBE_STRUCT(PageAnswer, (), (token, code, answer, reason, answer_words, answered_by))

}  // namespace tsunagi::referrals
