// SPDX-License-Identifier: Apache-2.0
// SQL of matches, of joining and splitting places, and of corporations. All of it is public data; places that a
// municipality registered take no part, but for the corporations, where `homes` are the municipalities of the person.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "db/transaction.hpp"
#include "modules/resources/match.hpp"
#include "modules/resources/match_rules.hpp"
#include "modules/resources/official_layout.hpp"

namespace tsunagi::resources::store {

/// A row of `place_matches`.
struct MatchRecord {
    PlaceMatchId id;
    std::int64_t version = 1;
    PlaceId place_id;
    PlaceId other_id;
    MatchState state{};
    std::int64_t score = 0;
    std::string likeness;
    std::string municipality_code;
    bool by_number = false;
    core::Instant created_at;
    std::optional<core::Instant> decided_at;
    std::optional<core::UserId> decided_by;
};
BOOST_DESCRIBE_STRUCT(MatchRecord, (),
                      (id, version, place_id, other_id, state, score, likeness, municipality_code, by_number,
                       created_at, decided_at, decided_by))

/// Public places that are joined to none, of these codes.
[[nodiscard]] std::vector<PlaceFacts> places_to_match(db::ReadTx& tx, const CodeRange& area);
/// Pairs that somebody or something has named already, of places that are within these codes now.
[[nodiscard]] std::vector<MatchRecord> matches_within(db::ReadTx& tx, const CodeRange& area);
/// Confirmed pairs of which both are at the place.
[[nodiscard]] std::vector<MatchRecord> confirmed_at(db::ReadTx& tx, const PlaceId& place);
[[nodiscard]] std::optional<MatchRecord> match(db::ReadTx& tx, const PlaceMatchId& id);
/// With both places as they are. Names of people are for those of the same municipality.
[[nodiscard]] MatchPage matches(db::ReadTx& tx, const MatchFilter& filter, const std::vector<CodeRange>& areas,
                                const std::vector<core::RegionId>& homes);
[[nodiscard]] std::optional<PlaceMatch> shown_match(db::ReadTx& tx, const PlaceMatchId& id,
                                                    const std::vector<core::RegionId>& homes);
void insert(db::WriteTx& tx, const MatchRecord& match);
[[nodiscard]] bool update(db::WriteTx& tx, const MatchRecord& match);

/// The place that has the records of this one.
[[nodiscard]] PlaceId root_of(db::ReadTx& tx, const PlaceId& id);
/// Records and services of `other`, and what was joined to it, go to `place`.
void join(db::WriteTx& tx, const PlaceId& place, const PlaceId& other);
/// The records that `other` came with go back to it.
void split(db::WriteTx& tx, const PlaceId& place, const PlaceId& other);

/// A word as it was typed, and folded.
struct SearchedWord {
    std::string written;
    std::string folded;
};

[[nodiscard]] CorporationList corporations(db::ReadTx& tx, const std::vector<SearchedWord>& words,
                                           const std::string& after, std::int64_t limit,
                                           const std::vector<core::RegionId>& homes);
[[nodiscard]] std::optional<Corporation> corporation(db::ReadTx& tx, const std::string& number,
                                                     const std::vector<core::RegionId>& homes);

}  // namespace tsunagi::resources::store
