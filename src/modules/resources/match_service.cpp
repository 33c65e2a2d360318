// SPDX-License-Identifier: Apache-2.0
#include "modules/resources/match_service.hpp"

#include <set>
#include <stdexcept>

#include <yaml-cpp/yaml.h>

#include "modules/resources/own_place_service.hpp"
#include "record/json_writer.hpp"
#include "record/sql_text.hpp"

namespace tsunagi::resources {
namespace {

MatchWords read_words(const std::filesystem::path& file) {
    try {
        const YAML::Node root = YAML::LoadFile(file.string());
        MatchWords words;
        words.prefixes = root["prefixes"].as<std::vector<std::string>>();
        words.rank = root["rank"].as<std::vector<std::string>>();
        for (const auto& pair : root["address"])
            words.address.emplace_back(pair[0].as<std::string>(), pair[1].as<std::string>());
        words.numbers = root["numbers"].as<std::vector<std::vector<std::string>>>();
        return words;
    } catch (const std::exception& error) {
        throw std::runtime_error(file.string() + ": " + error.what());
    }
}

}  // namespace

MatchService::MatchService(db::Database& database, const audit::AuditService& audit, const packs::PacksService& packs,
                           const search::Folding& folding, const PublicLayer& layer, const std::filesystem::path& words,
                           core::Clock clock)
    : database_(database),
      audit_(audit),
      packs_(packs),
      folding_(folding),
      layer_(layer),
      words_(read_words(words)),
      clock_(std::move(clock)) {
    for (std::string& prefix : words_.prefixes)
        prefix = fold(prefix);
    for (auto& [from, to] : words_.address)
        from = fold(from);
    std::erase_if(words_.address, [](const auto& pair) { return pair.first.empty(); });  // folding took it away already
}

std::string MatchService::fold(const std::string& text) const {
    return search::to_utf8(folding_.fold(text));
}

MatchPage MatchService::list(const access::Actor& actor, const MatchFilter& filter) const {
    access::require(actor, "resources.import");
    std::vector<CodeRange> areas;
    for (const std::string& code : filter.municipality) {
        auto area = codes_of_area(code);
        if (!area)
            throw core::invalid({{"?municipality", "municipality_code", code.substr(0, 20)}});
        areas.push_back(std::move(*area));
    }
    return database_.read([&](db::ReadTx& tx) { return store::matches(tx, filter, areas, homes_of(actor)); });
}

MatchSearchResult MatchService::look(const access::Actor& actor, const MatchSearch& search) const {
    access::require(actor, "resources.import");
    (void)homes_of(actor);
    const auto area = codes_of_area(search.municipality.value);
    if (!area)
        throw core::invalid({{"/municipality", "municipality_code", search.municipality.value}});
    const auto codes = packs_.codes();
    // Comparing takes seconds for a prefecture, and nothing else waits for it.
    const auto places = database_.read([&](db::ReadTx& tx) { return store::places_to_match(tx, *area); });
    const auto found = alike(places, words_, [this](const std::string& text) { return fold(text); });
    return database_.write(
        [&](db::WriteTx& tx) {
            MatchSearchResult result;
            result.places = static_cast<std::int64_t>(places.size());
            std::set<std::pair<PlaceId, PlaceId>> named;  // by whoever looked meanwhile, too
            for (const auto& one : store::matches_within(tx, *area)) {
                named.emplace(one.place_id, one.other_id);
                named.emplace(one.other_id, one.place_id);
            }
            for (const Likeness& one : found) {
                const PlaceFacts& place = places[one.place];
                const PlaceFacts& other = places[one.other];
                if (named.contains({place.id, other.id}))
                    continue;
                store::MatchRecord match;
                match.id = PlaceMatchId::make();
                match.place_id = place.id;
                match.other_id = other.id;
                match.score = one.score;
                match.likeness = record::to_json(one.why);
                match.municipality_code = std::string_view(place.municipality_code).substr(2, 3) == "000"
                                              ? other.municipality_code
                                              : place.municipality_code;
                match.by_number = one.same_number;
                match.created_at = clock_.now();
                if (one.same_number && store::root_of(tx, other.id) == other.id &&
                    store::root_of(tx, place.id) == place.id) {
                    match.state = MatchState::confirmed;
                    match.decided_at = match.created_at;
                    store::insert(tx, match);
                    join(tx, place.id, other.id, *codes);
                    ++result.joined;
                    continue;
                }
                store::insert(tx, match);
                ++result.proposed;
            }
            audit_.record(tx,
                          {actor.user_id, actor.name, "match", "place_match", "",
                           "proposed=" + std::to_string(result.proposed) + " joined=" + std::to_string(result.joined)});
            return result;
        },
        official_lane);
}

void MatchService::join(db::WriteTx& tx, const PlaceId& place, const PlaceId& other,
                        const packs::CodeBook& codes) const {
    store::join(tx, place, other);
    layer_.refresh(tx, {place}, codes);
}

void MatchService::part(db::WriteTx& tx, const PlaceId& at, const PlaceId& gone, const PlaceMatchId& refused,
                        const packs::CodeBook& codes) const {
    std::vector<Joined> pairs;
    for (const auto& one : store::confirmed_at(tx, at)) {
        if (one.id != refused)
            pairs.emplace_back(one.place_id, one.other_id);
    }
    const auto group = leaving(gone, at, pairs);
    for (const PlaceId& one : group)
        store::split(tx, at, one);
    for (std::size_t i = 1; i < group.size(); ++i)
        store::join(tx, group.front(), group[i]);
    layer_.refresh(tx, {at, group.front()}, codes);
}

PlaceMatch MatchService::decide(const access::Actor& actor, const PlaceMatchId& id, std::int64_t version,
                                const MatchDecision& decision) const {
    access::require(actor, "resources.import");
    const auto homes = homes_of(actor);
    const auto codes = packs_.codes();
    return database_.write(
        [&](db::WriteTx& tx) {
            auto match = store::match(tx, id);
            if (!match)
                throw core::not_found();
            if (match->version != version)
                throw core::stale(match->version);
            if (match->state == decision.state)
                throw core::not_allowed_in_state(record::to_text(match->state));
            const PlaceId place = store::root_of(tx, match->place_id);
            const PlaceId other = store::root_of(tx, match->other_id);
            if (decision.state == MatchState::confirmed) {
                if (place != other)
                    join(tx, place, other, *codes);
            } else if (match->state == MatchState::confirmed) {
                // Whichever of the two went to the other; another decision may have split them before.
                const PlaceId& gone = other != match->other_id ? match->other_id : match->place_id;
                const PlaceId& at = other != match->other_id ? other : place;
                if (at != gone)
                    part(tx, at, gone, id, *codes);
            }
            match->state = decision.state;
            match->by_number = match->by_number && decision.state == MatchState::confirmed;
            match->decided_at.reset();
            match->decided_by.reset();
            if (decision.state != MatchState::proposed) {
                match->decided_at = clock_.now();
                match->decided_by = actor.user_id;
            }
            if (!store::update(tx, *match))
                throw core::stale(version + 1);
            audit_.record(
                tx, {actor.user_id, actor.name, "state", "place_match", id.str(), record::to_text(decision.state)});
            return store::shown_match(tx, id, homes).value();
        },
        official_lane);
}

CorporationList MatchService::corporations(const access::Actor& actor, const CorporationFilter& filter) const {
    access::require(actor, "resources.read");
    const std::int64_t limit = filter.limit.value_or(50);
    if (limit < 1 || limit > 200)
        throw core::invalid({{"?limit", "out_of_range", "200"}});
    return database_.read([&](db::ReadTx& tx) {
        std::vector<store::SearchedWord> words;
        for (const std::string& word : record::words_of(filter.words))
            words.push_back({word, fold(word)});
        return store::corporations(tx, words, filter.after, limit, homes_of(actor));
    });
}

Corporation MatchService::corporation(const access::Actor& actor, const std::string& number) const {
    access::require(actor, "resources.read");
    auto found = database_.read([&](db::ReadTx& tx) { return store::corporation(tx, number, homes_of(actor)); });
    if (!found)
        throw core::not_found();
    return std::move(*found);
}

}  // namespace tsunagi::resources
