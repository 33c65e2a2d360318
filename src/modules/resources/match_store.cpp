// SPDX-License-Identifier: Apache-2.0
#include "modules/resources/match_store.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "db/keyset_page.hpp"
#include "db/record_versions.hpp"
#include "modules/resources/place_scope.hpp"
#include "record/json_reader.hpp"
#include "record/json_writer.hpp"
#include "record/sql_text.hpp"
#include "record/text_columns.hpp"

namespace tsunagi::resources::store {
namespace {

using record::Params;

constexpr std::int64_t most_places = 500;

/// The likest first; a score is from 50 to 100, so its distance to 110 has two digits.
constexpr std::array<db::ListOrder, 1> orders{{
    {"score", "CAST(110 - m.score AS TEXT)"},
}};

/// A match with its places, without their services.
struct MatchLine {
    PlaceMatchId id;
    std::int64_t version = 1;
    MatchState state{};
    std::int64_t score = 0;
    std::string likeness;
    bool by_number = false;
    std::string municipality_code;
    std::optional<core::Instant> decided_at;
    std::string decided_by_name;
    std::string sorted_by;
    PlaceId place_id;
    std::string place_source;
    std::string place_key;
    std::string place_name;
    std::string place_address;
    std::string place_phone;
    std::string place_corporation;
    PlaceId other_id;
    std::string other_source;
    std::string other_key;
    std::string other_name;
    std::string other_address;
    std::string other_phone;
    std::string other_corporation;
};
BOOST_DESCRIBE_STRUCT(MatchLine, (),
                      (id, version, state, score, likeness, by_number, municipality_code, decided_at, decided_by_name,
                       sorted_by, place_id, place_source, place_key, place_name, place_address, place_phone,
                       place_corporation, other_id, other_source, other_key, other_name, other_address, other_phone,
                       other_corporation))

struct ServiceOf {
    PlaceId place_id;
    std::string service;
};
BOOST_DESCRIBE_STRUCT(ServiceOf, (), (place_id, service))

db::ListQuery match_query(const std::vector<core::RegionId>& homes) {
    db::ListQuery query;
    query.order = orders.front();
    const std::string near = "(SELECT h.user_id FROM assignments h JOIN desks d ON d.id = h.desk_id WHERE " +
                             record::in_list("d.municipality_id", homes, "home", query.params) + ")";
    query.columns =
        "m.id, m.version, m.state, m.score, m.likeness, m.by_number, m.municipality_code, m.decided_at, "
        "COALESCE(u.name, "
        "''), " +
        std::string(query.order.key) +
        ", p.id, p.source, p.source_key, p.name, p.address, p.phone, p.corporation, o.id, o.source, o.source_key, "
        "o.name, o.address, o.phone, o.corporation";
    query.from =
        "place_matches m JOIN places p ON p.id = m.place_id JOIN places o ON o.id = m.other_id LEFT JOIN users u ON "
        "u.id = m.decided_by AND u.id IN " +
        near + " WHERE 1 = 1";
    query.id = "m.id";
    return query;
}

std::vector<PlaceMatch> with_services(db::ReadTx& tx, const std::vector<MatchLine>& lines) {
    std::vector<PlaceMatch> result;
    std::vector<PlaceId> ids;
    for (const MatchLine& line : lines) {
        PlaceMatch match;
        record::copy_members(line, match);
        match.likeness = record::from_stored_json<std::vector<std::string>>(line.likeness);
        match.place = {line.place_id,      line.place_source, line.place_key,         line.place_name,
                       line.place_address, line.place_phone,  line.place_corporation, {}};
        match.other = {line.other_id,      line.other_source, line.other_key,         line.other_name,
                       line.other_address, line.other_phone,  line.other_corporation, {}};
        ids.push_back(line.place_id);
        ids.push_back(line.other_id);
        result.push_back(std::move(match));
    }
    if (ids.empty())
        return result;
    // A place that is joined has its services through its own records.
    Params params;
    const std::string of = record::in_list("r.own_place_id", ids, "place", params);
    std::map<PlaceId, std::vector<std::string>> services;
    for (auto& one :
         tx.rows<ServiceOf>("SELECT DISTINCT r.own_place_id, s.service FROM source_records r JOIN place_services s ON "
                            "s.id = r.service_id WHERE " +
                                of + " ORDER BY 1, 2",
                            params))
        services[one.place_id].push_back(std::move(one.service));
    for (PlaceMatch& match : result) {
        match.place.services = services[match.place.id];
        match.other.services = services[match.other.id];
    }
    return result;
}

}  // namespace

std::vector<PlaceFacts> places_to_match(db::ReadTx& tx, const CodeRange& area) {
    return tx.rows<PlaceFacts>("SELECT " + record::columns<PlaceFacts>("p") +
                                   " FROM places p WHERE p.municipality_id IS NULL AND p.joined_to IS NULL AND "
                                   "p.municipality_code BETWEEN :first AND :last AND EXISTS (SELECT 1 FROM "
                                   "source_records r WHERE r.place_id = p.id) ORDER BY p.id",
                               Params().set("first", area.first).set("last", area.last));
}

std::vector<MatchRecord> matches_within(db::ReadTx& tx, const CodeRange& area) {
    return tx.rows<MatchRecord>("SELECT " + record::columns<MatchRecord>() +
                                    " FROM place_matches WHERE place_id IN (SELECT p.id FROM places p WHERE "
                                    "p.municipality_code BETWEEN :first AND :last)",
                                Params().set("first", area.first).set("last", area.last));
}

std::optional<MatchRecord> match(db::ReadTx& tx, const PlaceMatchId& id) {
    return tx.row<MatchRecord>("SELECT " + record::columns<MatchRecord>() + " FROM place_matches WHERE id = :id",
                               Params().set("id", id));
}

std::vector<MatchRecord> confirmed_at(db::ReadTx& tx, const PlaceId& place) {
    const std::string there = " IN (SELECT p.id FROM places p WHERE p.id = :place OR p.joined_to = :place)";
    return tx.rows<MatchRecord>("SELECT " + record::columns<MatchRecord>() +
                                    " FROM place_matches WHERE state = 'confirmed' AND place_id" + there +
                                    " AND other_id" + there + " ORDER BY id",
                                Params().set("place", place));
}

MatchPage matches(db::ReadTx& tx, const MatchFilter& filter, const std::vector<CodeRange>& areas,
                  const std::vector<core::RegionId>& homes) {
    db::ListQuery query = match_query(homes);
    query.order = db::order_for(orders, filter.sort);
    if (filter.state) {
        query.params.set("state", *filter.state);
        query.from += " AND m.state = :state";
    }
    std::string any;
    for (std::size_t i = 0; i < areas.size(); ++i) {
        const std::string at = std::to_string(i);
        query.params.set("first" + at, areas[i].first).set("last" + at, areas[i].last);
        any += (any.empty() ? "" : " OR ") + ("m.municipality_code BETWEEN :first" + at + " AND :last" + at);
    }
    if (!any.empty())
        query.from += " AND (" + any + ")";
    const auto page =
        db::keyset_page<MatchLine>(tx, query, filter, [](const MatchLine& line) { return line.sorted_by; });
    return db::framed<MatchPage>(page, with_services(tx, page.items));
}

std::optional<PlaceMatch> shown_match(db::ReadTx& tx, const PlaceMatchId& id,
                                      const std::vector<core::RegionId>& homes) {
    db::ListQuery query = match_query(homes);
    auto found =
        with_services(tx, tx.rows<MatchLine>("SELECT " + query.columns + " FROM " + query.from + " AND m.id = :match",
                                             query.params.set("match", id)));
    return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

void insert(db::WriteTx& tx, const MatchRecord& match) {
    tx.insert("place_matches", match);
}

bool update(db::WriteTx& tx, const MatchRecord& match) {
    return db::update_versioned(tx, "place_matches", match);
}

PlaceId root_of(db::ReadTx& tx, const PlaceId& id) {
    return tx.row<PlaceId>("SELECT COALESCE(joined_to, id) FROM places WHERE id = :id", Params().set("id", id))
        .value_or(id);
}

namespace {

/// Every record that `which` names tells of the service of its own kind at the place.
void move_records(db::WriteTx& tx, const PlaceId& to, const std::string& which, const Params& named) {
    const auto services = tx.rows<ServiceId>("SELECT DISTINCT service_id FROM source_records WHERE " + which, named);
    for (const ServiceId& from : services) {
        tx.execute(
            "INSERT INTO place_services (id, place_id, service, capacity, open_days, days_note, since, missing_since) "
            "SELECT :id, :to, s.service, s.capacity, s.open_days, s.days_note, s.since, s.missing_since FROM "
            "place_services s WHERE s.id = :from ON CONFLICT (place_id, service) DO NOTHING",
            Params().set("id", ServiceId::make()).set("to", to).set("from", from));
        Params params = named;
        tx.execute(
            "UPDATE source_records SET service_id = (SELECT t.id FROM place_services t JOIN place_services s ON "
            "s.service = t.service WHERE t.place_id = :to AND s.id = :from) WHERE service_id = :from AND " +
                which,
            params.set("to", to).set("from", from));
    }
    Params params = named;
    tx.execute("UPDATE source_records SET place_id = :to WHERE " + which, params.set("to", to));
    for (const ServiceId& from : services) {
        tx.execute(
            "DELETE FROM place_services WHERE id = :from AND NOT EXISTS (SELECT 1 FROM source_records r WHERE "
            "r.service_id = :from)",
            Params().set("from", from));
    }
}

}  // namespace

void join(db::WriteTx& tx, const PlaceId& place, const PlaceId& other) {
    move_records(tx, place, "place_id = :other", Params().set("other", other));
    tx.execute("UPDATE places SET joined_to = :place WHERE id = :other OR joined_to = :other",
               Params().set("place", place).set("other", other));
}

void split(db::WriteTx& tx, const PlaceId& place, const PlaceId& other) {
    move_records(tx, other, "own_place_id = :other AND place_id = :place",
                 Params().set("other", other).set("place", place));
    tx.execute("UPDATE places SET joined_to = NULL WHERE id = :other", Params().set("other", other));
}

CorporationList corporations(db::ReadTx& tx, const std::vector<SearchedWord>& words, const std::string& after,
                             std::int64_t limit, const std::vector<core::RegionId>& homes) {
    Params params;
    std::string sql =
        "SELECT c.number, c.name, count(*) FROM corporations c JOIN places p ON p.corporate_number = c.number AND " +
        place_standing("p") + " AND " + place_visible(homes, "p", params) + " WHERE 1 = 1";
    int number = 0;
    for (const SearchedWord& word : words) {
        const std::string at = std::to_string(number++);
        params.set("word" + at, record::anywhere(word.written));
        std::string any = "c.name LIKE :word" + at + " ESCAPE '!' OR c.number LIKE :word" + at + " ESCAPE '!'";
        if (!word.folded.empty()) {
            params.set("folded" + at, record::anywhere(word.folded));
            any += " OR c.searched LIKE :folded" + at + " ESCAPE '!'";
        }
        sql += " AND (" + any + ")";
    }
    if (!after.empty()) {
        const std::size_t space = after.find(' ');
        if (space == std::string::npos)
            throw core::invalid({{"?after", "format", ""}});
        params.set("number", after.substr(0, space)).set("name", after.substr(space + 1));
        sql += " AND (c.name > :name OR (c.name = :name AND c.number > :number))";
    }
    CorporationList list;
    list.items = tx.rows<CorporationRow>(sql + " GROUP BY c.number, c.name ORDER BY c.name, c.number LIMIT :limit",
                                         params.set("limit", limit + 1));
    if (static_cast<std::int64_t>(list.items.size()) > limit) {
        list.items.pop_back();
        list.next = list.items.back().number + " " + list.items.back().name;
    }
    return list;
}

std::optional<Corporation> corporation(db::ReadTx& tx, const std::string& number,
                                       const std::vector<core::RegionId>& homes) {
    const auto name =
        tx.row<std::string>("SELECT name FROM corporations WHERE number = :number", Params().set("number", number));
    if (!name)
        return std::nullopt;
    Corporation result;
    result.number = number;
    result.name = *name;
    Params params;
    params.set("number", number).set("limit", most_places + 1);
    const std::string mine = place_visible(homes, "p", params);
    std::vector<PlaceId> ids;
    for (const auto& one : tx.rows<PlaceFacts>(
             "SELECT " + record::columns<PlaceFacts>("p") + " FROM places p WHERE p.corporate_number = :number AND " +
                 place_standing("p") + " AND " + mine + " ORDER BY p.municipality_code, p.listed_as, p.id LIMIT :limit",
             params)) {
        if (static_cast<std::int64_t>(result.places.size()) == most_places) {
            result.more = true;
            break;
        }
        result.places.push_back({one.id, one.name, one.municipality_code, one.address, one.phone, {}});
        ids.push_back(one.id);
    }
    if (ids.empty())
        return std::nullopt;
    Params among;
    const std::string of = record::in_list("place_id", ids, "place", among);
    std::map<PlaceId, std::vector<std::string>> services;
    for (auto& one : tx.rows<ServiceOf>(
             "SELECT place_id, service FROM place_services WHERE " + of + " ORDER BY place_id, service", among))
        services[one.place_id].push_back(std::move(one.service));
    for (auto& place : result.places)
        place.services = services[place.id];
    return result;
}

}  // namespace tsunagi::resources::store
