// SPDX-License-Identifier: Apache-2.0
// 空き情報: beds and places free at a service, whether somebody can be taken, and how old that word is.
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

namespace tsunagi::vacancies {

using VacancyId = core::Id<struct VacancyTag>;

enum class Acceptance { now, conditional, no };
BOOST_DESCRIBE_ENUM(Acceptance, now, conditional, no)

/// What a word means today: one that is too old says nothing.
enum class VacancyState { now, conditional, no, expired, unknown };
BOOST_DESCRIBE_ENUM(VacancyState, now, conditional, no, expired, unknown)

enum class VacancyUnit { places, beds };
BOOST_DESCRIBE_ENUM(VacancyUnit, places, beds)

/// As it is kept.
struct VacancyText {
    Acceptance acceptance{};
    VacancyUnit unit{};
    std::optional<std::int64_t> free;
    record::Text<400> conditions;
    std::optional<core::Date> from_on;
    core::Date told_on;
    record::Text<100> told_by;  ///< at the place
    core::Date expires_on;
    bool by_page = false;
};
BOOST_DESCRIBE_STRUCT(VacancyText, (),
                      (acceptance, unit, free, conditions, from_on, told_on, told_by, expires_on, by_page))

/// As it is told, today.
struct VacancyNote {
    Acceptance acceptance{};
    VacancyUnit unit{};
    std::optional<std::int64_t> free;
    record::Text<400> conditions;  ///< required where it is conditional
    std::optional<core::Date> from_on;
    record::Text<100> told_by;
    std::optional<record::Whole<1, 90>> days;  ///< until it says nothing any more; 14 when absent
};
BOOST_DESCRIBE_STRUCT(VacancyNote, (), (acceptance, unit, free, conditions, from_on, told_by, days))

/// One service of one place, with the newest word where there is one.
struct VacancyRow {
    resources::ServiceId id;
    resources::PlaceId place_id;
    std::string place_name;
    std::string listed_as;
    std::string municipality_code;
    std::string service;
    std::string phone;  ///< the municipality's own where it has one
    std::string fax;
    std::optional<std::int64_t> capacity;
    std::int64_t version = 0;  ///< 0: nobody has told anything yet
    VacancyState state{};
    std::optional<Acceptance> acceptance;
    std::optional<VacancyUnit> unit;
    std::optional<std::int64_t> free;
    std::string conditions;
    std::optional<core::Date> from_on;
    std::optional<core::Date> told_on;
    std::string told_by;
    std::optional<core::Date> expires_on;
    bool by_page = false;
    std::string written_by_name;  ///< by page: empty
};
BOOST_DESCRIBE_STRUCT(VacancyRow, (),
                      (id, place_id, place_name, listed_as, municipality_code, service, phone, fax, capacity, version,
                       state, acceptance, unit, free, conditions, from_on, told_on, told_by, expires_on, by_page,
                       written_by_name))

struct Vacancy {
    resources::ServiceId id;
    std::int64_t version = 0;
    VacancyRow word;
    std::optional<answer_pages::AnswerPageStanding> page;  ///< of the place, on which it tells by itself
};
BOOST_DESCRIBE_STRUCT(Vacancy, (), (id, version, word, page))

struct VacancyStateCount {
    VacancyState state{};
    std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(VacancyStateCount, (), (state, count))

struct VacancyPage {
    std::vector<VacancyRow> items;
    std::optional<std::string> next;
    std::int64_t total = 0;
    bool total_capped = false;
    std::vector<VacancyStateCount> states;  ///< of all that fit the filter but for `state`
};
BOOST_DESCRIBE_STRUCT(VacancyPage, (), (items, next, total, total_capped, states))

struct VacancyFilter {
    std::optional<core::RegionId> municipality_id;  ///< to whom it was told
    std::vector<resources::ServiceCode> service;
    std::vector<std::string> municipality;  ///< codes, as of the list of places
    std::vector<VacancyState> state;
    std::optional<resources::PlaceId> place;
    record::Text<100> words;
    record::Text<20> sort;  ///< state (default: who can take somebody first), name
    std::optional<std::int64_t> limit;
    record::Text<200> after;
};
BOOST_DESCRIBE_STRUCT(VacancyFilter, (),
                      (municipality_id, service, municipality, state, place, words, sort, limit, after))

struct VacancyExportQuery : VacancyFilter {
    analysis::FileFormat format{};
    analysis::Language lang{};
};
BOOST_DESCRIBE_STRUCT(VacancyExportQuery, (VacancyFilter), (format, lang))

struct VacancyVersion {
    std::int64_t version = 0;
    std::string kind;  ///< told, page_answer, undone
    core::Instant at;
    std::string by_name;  ///< of page_answer: empty
    std::string reason;
    VacancyText text;
};
BOOST_DESCRIBE_STRUCT(VacancyVersion, (), (version, kind, at, by_name, reason, text))

struct VacancyHistory {
    std::vector<VacancyVersion> items;  ///< oldest first
};
BOOST_DESCRIBE_STRUCT(VacancyHistory, (), (items))

struct VacancyPageDays {
    std::optional<record::Whole<1, 180>> days;  ///< until it expires; 90 when absent
};
BOOST_DESCRIBE_STRUCT(VacancyPageDays, (), (days))

/// A service on the page of its place.
struct ToldOffer {
    std::string service;
    packs::Label label;
    VacancyState state{};
    std::optional<Acceptance> acceptance;
    VacancyUnit unit{};
    std::optional<std::int64_t> free;
    std::string conditions;
    std::optional<core::Date> from_on;
    std::optional<core::Date> told_on;
    std::optional<core::Date> expires_on;
};
BOOST_DESCRIBE_STRUCT(ToldOffer, (),
                      (service, label, state, acceptance, unit, free, conditions, from_on, told_on, expires_on))

/// What whoever opened the page of a place reads: the words of this place alone.
struct ToldVacancies {
    std::string municipality_name;
    std::string desk_name;
    std::string desk_header;
    std::string desk_phone;
    std::string place_name;
    core::Date page_expires_on;
    bool fictitious = false;
    std::vector<ToldOffer> services;
};
BOOST_DESCRIBE_STRUCT(ToldVacancies, (),
                      (municipality_name, desk_name, desk_header, desk_phone, place_name, page_expires_on, fictitious,
                       services))

struct PageVacancy {
    record::NonEmpty<record::Text<100>> token;
    record::NonEmpty<record::Text<40>> code;
    record::NonEmpty<record::Text<20>> service;
    VacancyNote note;
};
BOOST_DESCRIBE_STRUCT(PageVacancy, (), (token, code, service, note))

}  // namespace tsunagi::vacancies
