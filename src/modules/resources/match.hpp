// SPDX-License-Identifier: Apache-2.0
// Places of different sources that may be one house, and the corporations that run places.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "modules/resources/resource.hpp"

namespace tsunagi::resources {

/// proposed: waits for a person. confirmed: the other place's records are at the place. refused: two houses.
enum class MatchState { proposed, confirmed, refused };
BOOST_DESCRIBE_ENUM(MatchState, proposed, confirmed, refused)

/// One of the two.
struct MatchedPlace {
    PlaceId id;
    std::string source;
    std::string source_key;
    std::string name;
    std::string address;
    std::string phone;
    std::string corporation;
    std::vector<std::string> services;
};
BOOST_DESCRIBE_STRUCT(MatchedPlace, (), (id, source, source_key, name, address, phone, corporation, services))

struct PlaceMatch {
    PlaceMatchId id;
    std::int64_t version = 1;
    MatchState state{};
    std::int64_t score = 0;             ///< 0 to 100
    std::vector<std::string> likeness;  ///< number, name, name_part, address, address_part, phone, corporation, near
    bool by_number = false;             ///< both have the same number, so nobody was asked
    std::string municipality_code;
    std::optional<core::Instant> decided_at;
    std::string decided_by_name;
    MatchedPlace place;  ///< that has the records when they are one
    MatchedPlace other;
};
BOOST_DESCRIBE_STRUCT(PlaceMatch, (),
                      (id, version, state, score, likeness, by_number, municipality_code, decided_at, decided_by_name,
                       place, other))

struct MatchPage {
    std::vector<PlaceMatch> items;
    std::optional<std::string> next;
    std::int64_t total = 0;
    bool total_capped = false;
};
BOOST_DESCRIBE_STRUCT(MatchPage, (), (items, next, total, total_capped))

struct MatchFilter {
    std::optional<MatchState> state;
    std::vector<std::string> municipality;  ///< codes of 2, 5 or 6 digits
    record::Text<20> sort;
    std::optional<std::int64_t> limit;
    record::Text<200> after;
};
BOOST_DESCRIBE_STRUCT(MatchFilter, (), (state, municipality, sort, limit, after))

/// Where to look: a prefecture or a municipality.
struct MatchSearch {
    record::NonEmpty<record::Text<6>> municipality;
};
BOOST_DESCRIBE_STRUCT(MatchSearch, (), (municipality))

struct MatchSearchResult {
    std::int64_t places = 0;    ///< looked at
    std::int64_t proposed = 0;  ///< new ones that wait for a person
    std::int64_t joined = 0;    ///< by the same number
};
BOOST_DESCRIBE_STRUCT(MatchSearchResult, (), (places, proposed, joined))

struct MatchDecision {
    MatchState state{};
};
BOOST_DESCRIBE_STRUCT(MatchDecision, (), (state))

struct CorporationRow {
    std::string number;
    std::string name;
    std::int64_t places = 0;
};
BOOST_DESCRIBE_STRUCT(CorporationRow, (), (number, name, places))

struct CorporationList {
    std::vector<CorporationRow> items;
    std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(CorporationList, (), (items, next))

/// `after`: the last number that was seen.
struct CorporationFilter {
    record::Text<100> words;
    std::optional<std::int64_t> limit;
    record::Text<300> after;
};
BOOST_DESCRIBE_STRUCT(CorporationFilter, (), (words, limit, after))

struct CorporationPlace {
    PlaceId id;
    std::string name;
    std::string municipality_code;
    std::string address;
    std::string phone;
    std::vector<std::string> services;
};
BOOST_DESCRIBE_STRUCT(CorporationPlace, (), (id, name, municipality_code, address, phone, services))

struct Corporation {
    std::string number;
    std::string name;
    std::vector<CorporationPlace> places;
    bool more = false;  ///< it runs more than are named
};
BOOST_DESCRIBE_STRUCT(Corporation, (), (number, name, places, more))

}  // namespace tsunagi::resources
