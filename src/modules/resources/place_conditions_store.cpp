// SPDX-License-Identifier: Apache-2.0
#include "modules/resources/place_conditions_store.hpp"

#include <algorithm>

#include "db/keyset_page.hpp"
#include "modules/resources/place_scope.hpp"
#include "modules/resources/place_words_store.hpp"
#include "record/sql_text.hpp"

namespace tsunagi::resources::store {
namespace {

using record::Params;

/// A code within a list that is kept as JSON.
std::string quoted(const std::string& code) {
    return record::anywhere("\"" + code + "\"");
}

/// The published days that a code of `open_time` means.
std::vector<std::string> days_of(const std::string& time) {
    if (time == "saturday")
        return {"sat"};
    if (time == "sunday")
        return {"sun", "holiday"};
    return {};
}

/// Places that an area or a spot leaves are looked through sooner than so many that have the words.
constexpr std::int64_t few_have_the_words = 2000;

}  // namespace

std::string eighths(const std::string& degrees) {
    return "CAST(" + degrees + " * 8 AS BIGINT)";
}

std::string within(const db::ReadTx& tx, const Box& box, const std::string& prefix, Params& params) {
    params.set(prefix + "south", box.south).set(prefix + "north", box.north);
    params.set(prefix + "west", box.west).set(prefix + "east", box.east);
    const auto between = [&](const std::string& degrees, const char* from, const char* to) {
        const std::string first = "CAST(:" + prefix + from + " AS DOUBLE PRECISION)";
        const std::string last = "CAST(:" + prefix + to + " AS DOUBLE PRECISION)";
        std::string sql = " AND " + degrees + " BETWEEN " + first + " AND " + last;
        // PostgreSQL has an index of the degrees, and would take each condition for one that leaves few.
        if (tx.engine() == db::Engine::sqlite)
            sql += " AND " + eighths(degrees) + " BETWEEN " + eighths(first) + " AND " + eighths(last);
        return sql;
    };
    return between("p.latitude", "south", "north") + between("p.longitude", "west", "east");
}

PlaceConditions::PlaceConditions(db::ReadTx& tx, const PlaceSearch& search, Params& params, Words words)
    : search_(search), params_(params), words_(words) {
    sql_ = " AND " + place_standing("p") + " AND " + place_visible(search.homes, "p", params);
    add_areas();
    add_times();
    add_local();
    add_near(tx);
    const bool sqlite = tx.engine() == db::Engine::sqlite;
    if (sqlite)
        may_be_many_ = !few_;
    if (search.words.empty())
        return;
    for (std::size_t i = 0; i < search.words.size(); ++i)
        params_.set("like" + std::to_string(i), record::anywhere(search.words[i]));
    if (sqlite)
        add_words_on_sqlite(tx);
    else
        add_words_on_postgres(tx);
}

std::string PlaceConditions::has_service() {
    const std::string service = of_service();
    if (service.empty())
        return {};
    if (few_ || words_ == Words::row_by_row)
        return " AND EXISTS (SELECT 1 FROM place_services s WHERE s.place_id = p.id" + service + ")";
    return " AND p.id IN (SELECT s.place_id FROM place_services s WHERE 1 = 1" + service + ")";
}

std::string PlaceConditions::of_service() {
    const PlaceFilter& filter = search_.filter;
    std::string sql;
    if (!filter.service.empty())
        sql += " AND " + record::in_list("s.service", filter.service, "service", params_);
    if (filter.missing)
        sql += std::string(" AND s.missing_since IS ") + (*filter.missing ? "NOT NULL" : "NULL");
    for (std::size_t i = 0; i < filter.day.size(); ++i) {
        params_.set("day" + std::to_string(i), "%\"" + filter.day[i] + "\"%");
        sql += " AND s.open_days LIKE :day" + std::to_string(i);
    }
    if (filter.capacity) {
        params_.set("capacity", *filter.capacity);
        sql += " AND s.capacity >= :capacity";
    }
    return sql;
}

std::string PlaceConditions::square() {
    return "CAST((p.latitude - :spot_latitude) * (p.latitude - :spot_latitude) * :up + (p.longitude - "
           ":spot_longitude) * (p.longitude - :spot_longitude) * :across AS BIGINT)";
}

/// For a row of `place_locals h`; bound when it is first needed, as SQLite refuses what stands nowhere.
const std::string& PlaceConditions::at_home() {
    if (at_home_.empty())
        at_home_ = record::in_list("h.municipality_id", search_.homes, "home", params_);
    return at_home_;
}

/// Places of which a municipality of the person knows what has the word.
std::string PlaceConditions::known_of(std::size_t word) {
    return "SELECT h.place_id FROM place_locals h WHERE " + at_home() + " AND h.searched LIKE :like" +
           std::to_string(word) + " ESCAPE '!'";
}

/// Every place that is come to is compared. The index of letters names those that may have the words; where it cannot,
/// the places are gone through in the order of the list, in an index that holds their texts.
void PlaceConditions::add_words_on_sqlite(db::ReadTx& tx) {
    std::string known;
    for (std::size_t i = 0; i < search_.words.size(); ++i) {
        const std::string at = std::to_string(i);
        params_.set("word" + at, search_.words[i]);
        const std::string of_word = known_of(i);
        sql_ += " AND (instr(p.searched, :word" + at + ") > 0 OR p.id IN (" + of_word + "))";
        known += (i == 0 ? "" : " UNION ALL ") + of_word;
    }
    if (words_ == Words::row_by_row)
        return;
    const auto indexed = indexed_words(tx, search_.words);
    if (!indexed || (few_ && indexed->found > few_have_the_words))
        return;
    may_be_many_ = indexed->found > db::counted_exactly;
    params_.set("matching", indexed->matching);
    sql_ +=
        " AND p.rowid IN (SELECT w.rowid FROM place_words w WHERE w.place_words MATCH :matching UNION ALL SELECT "
        "k.rowid FROM places k WHERE k.id IN (" +
        known + "))";
}

/// Places of which a municipality of the person knows what has the word, separated by commas.
std::string PlaceConditions::known_ids(db::ReadTx& tx, const std::string& word) const {
    Params params;
    const std::string whose = record::in_list("h.municipality_id", search_.homes, "home", params);
    params.set("like", record::anywhere(word));
    std::string ids;
    for (const PlaceId& id : tx.rows<PlaceId>(
             "SELECT h.place_id FROM place_locals h WHERE " + whose + " AND h.searched LIKE :like ESCAPE '!'", params))
        ids += (ids.empty() ? "" : ",") + id.str();
    return ids;
}

/// What is known of places is read before, as ids, so that PostgreSQL can look up both in its indexes. Before the words
/// one by one stands a condition for all of them, which the indexes answer alone: the pairs of every word, or something
/// known.
void PlaceConditions::add_words_on_postgres(db::ReadTx& tx) {
    const auto or_known = [&](const std::string& name, const std::string& ids) {
        if (ids.empty())
            return std::string(")");
        params_.set(name, "{" + ids + "}");
        return " OR p.id = ANY(CAST(:" + name + " AS TEXT[])))";
    };
    std::string pairs;
    std::string all_known;
    std::string one_by_one;
    for (std::size_t i = 0; i < search_.words.size(); ++i) {
        const std::string at = std::to_string(i);
        const std::string known = known_ids(tx, search_.words[i]);
        one_by_one += " AND (p.searched LIKE :like" + at + " ESCAPE '!'" + or_known("known" + at, known);
        if (words_ == Words::row_by_row)
            continue;
        all_known += (all_known.empty() || known.empty() ? "" : ",") + known;
        const auto letters = runs_of(search_.words[i], 2);
        for (std::size_t pair = 0; pair < std::min<std::size_t>(letters.size(), 20); ++pair) {
            const std::string name = "pair" + at + "_" + std::to_string(pair);
            params_.set(name, letters[pair]);
            pairs += (pairs.empty() ? "" : ", ") + ("CAST(:" + name + " AS TEXT)");
        }
    }
    if (!pairs.empty())
        sql_ += " AND (place_pairs(p.searched) @> ARRAY[" + pairs + "]" + or_known("all_known", all_known);
    sql_ += one_by_one;
}

void PlaceConditions::add_areas() {
    std::string any;
    for (std::size_t i = 0; i < search_.areas.size(); ++i) {
        const std::string at = std::to_string(i);
        params_.set("first" + at, search_.areas[i].first).set("last" + at, search_.areas[i].last);
        any += (any.empty() ? "" : " OR ") + ("p.municipality_code BETWEEN :first" + at + " AND :last" + at);
    }
    if (!any.empty())
        sql_ += " AND (" + any + ")";
    few_ = few_ || !any.empty();
}

/// What a municipality knows; for Saturdays and holidays what is published of the services asked for does as well.
void PlaceConditions::add_times() {
    const PlaceFilter& filter = search_.filter;
    for (std::size_t i = 0; i < filter.open_time.size(); ++i) {
        const std::string time = "open_time" + std::to_string(i);
        params_.set(time, quoted(filter.open_time[i].value));
        params_.set("any_hour", quoted("always"));
        sql_ += " AND (p.id IN (SELECT h.place_id FROM place_locals h WHERE " + at_home() +
                " AND (h.open_times LIKE :" + time + " ESCAPE '!' OR h.open_times LIKE :any_hour ESCAPE '!'))";
        const auto days = days_of(filter.open_time[i].value);
        if (!days.empty()) {
            sql_ += " OR EXISTS (SELECT 1 FROM place_services s WHERE s.place_id = p.id";
            if (!filter.service.empty())
                sql_ += " AND " + record::in_list("s.service", filter.service, time + "_of", params_);
            std::string any;
            for (std::size_t at = 0; at < days.size(); ++at) {
                const std::string day = time + "_day" + std::to_string(at);
                params_.set(day, "%\"" + days[at] + "\"%");
                any += (at == 0 ? "" : " OR ") + ("s.open_days LIKE :" + day);
            }
            sql_ += " AND (" + any + "))";
        }
        sql_ += ")";
    }
}

void PlaceConditions::add_local() {
    const PlaceFilter& filter = search_.filter;
    std::string sql;
    const auto all_of = [&](const char* column, const std::string& name, const auto& codes) {
        for (std::size_t i = 0; i < codes.size(); ++i) {
            params_.set(name + std::to_string(i), quoted(codes[i].value));
            sql += std::string(" AND h.") + column + " LIKE :" + name + std::to_string(i) + " ESCAPE '!'";
        }
    };
    all_of("treatments", "treatment", filter.treatment);
    all_of("costs", "cost", filter.cost);
    std::string any;
    for (std::size_t i = 0; i < filter.district.size(); ++i) {
        params_.set("district" + std::to_string(i), record::anywhere(filter.district[i].str()));
        any += (i == 0 ? "" : " OR ") + ("h.district_ids LIKE :district" + std::to_string(i) + " ESCAPE '!'");
    }
    if (!any.empty())
        sql += " AND (" + any + ")";
    std::string languages;
    for (std::size_t i = 0; i < filter.language.size(); ++i) {
        params_.set("language" + std::to_string(i), quoted(filter.language[i].value));
        languages += (i == 0 ? "" : " OR ") + ("h.languages LIKE :language" + std::to_string(i) + " ESCAPE '!'");
    }
    if (!languages.empty())
        sql += " AND (" + languages + ")";
    if (!filter.contact.empty())
        sql += " AND " + record::in_list("h.contact", filter.contact, "contact", params_);
    if (search_.checked_since) {
        params_.set("checked_since", *search_.checked_since);
        sql += " AND h.checked_on >= :checked_since";
    }
    if (sql.empty() && !filter.local)
        return;
    const std::string layers = "(SELECT h.place_id FROM place_locals h WHERE " + at_home();
    few_ = few_ || !sql.empty() || filter.local.value_or(false);
    if (!sql.empty() || filter.local.value_or(false))
        sql_ += " AND p.id IN " + layers + sql + ")";
    if (filter.local && !*filter.local)
        sql_ += " AND p.id NOT IN " + layers + ")";
}

void PlaceConditions::add_near(const db::ReadTx& tx) {
    if (!search_.near)
        return;
    few_ = true;
    const Box box = around(*search_.near, search_.within_m);
    const SquareScale scale = square_scale(*search_.near);
    params_.set("spot_latitude", search_.near->latitude).set("spot_longitude", search_.near->longitude);
    params_.set("up", scale.latitude).set("across", scale.longitude);
    params_.set("farthest", search_.within_m * search_.within_m);
    sql_ += within(tx, box, "near_", params_) + " AND " + square() + " <= CAST(:farthest AS DOUBLE PRECISION)";
}

}  // namespace tsunagi::resources::store
