// SPDX-License-Identifier: Apache-2.0
#include "modules/resources/place_conditions_store.hpp"

#include <algorithm>

#include "modules/resources/place_scope.hpp"
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

/// The letters of the word two by two, as `place_pairs` makes them of a text.
std::vector<std::string> pairs_of(const std::string& word) {
    std::vector<std::size_t> begins;
    for (std::size_t i = 0; i < word.size(); ++i) {
        if ((static_cast<unsigned char>(word[i]) & 0xC0U) != 0x80U)
            begins.push_back(i);
    }
    begins.push_back(word.size());
    std::vector<std::string> result;
    for (std::size_t i = 0; i + 2 < begins.size(); ++i)
        result.push_back(word.substr(begins[i], begins[i + 2] - begins[i]));
    return result;
}

}  // namespace

PlaceConditions::PlaceConditions(const db::ReadTx& tx, const PlaceSearch& search, Params& params, Words words)
    : search_(search), params_(params) {
    sql_ = " AND " + place_standing("p") + " AND " + place_visible(search.homes, "p", params);
    for (std::size_t i = 0; i < search.words.size(); ++i)
        add_word(tx.engine(), words, i);
    // One set of ids, not one look for each word: PostgreSQL takes the first to leave a handful and makes the next
    // anew for every row of it.
    if (!found_by_words_.empty())
        sql_ += " AND p.id IN (" + found_by_words_ + ")";
    add_areas();
    add_times();
    add_local();
    add_near();
}

std::string PlaceConditions::has_service() {
    const std::string service = of_service();
    if (service.empty())
        return {};
    if (few_)
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

/// SQLite looks through the index that holds the texts in the order of the list; PostgreSQL has one of their pairs.
void PlaceConditions::add_word(db::Engine engine, Words words, std::size_t number) {
    const std::string& word = search_.words[number];
    const std::string at = std::to_string(number);
    params_.set("like" + at, record::anywhere(word));
    const std::string known =
        "SELECT h.place_id FROM place_locals h WHERE " + at_home() + " AND h.searched LIKE :like" + at + " ESCAPE '!'";
    if (engine == db::Engine::sqlite) {
        params_.set("word" + at, word);
        sql_ += " AND (instr(p.searched, :word" + at + ") > 0 OR p.id IN (" + known + "))";
        return;
    }
    const std::string like = "searched LIKE :like" + at + " ESCAPE '!'";
    if (words == Words::row_by_row) {
        sql_ += " AND (p." + like + " OR p.id IN (" + known + "))";
        return;
    }
    std::string pairs;
    const auto letters = pairs_of(word);
    for (std::size_t i = 0; i < std::min<std::size_t>(letters.size(), 20); ++i) {
        const std::string name = "pair" + at + "_" + std::to_string(i);
        params_.set(name, letters[i]);
        pairs += (pairs.empty() ? "" : ", ") + ("CAST(:" + name + " AS TEXT)");
    }
    const auto holds = [&](const std::string& place) {
        return (pairs.empty() ? "" : "place_pairs(" + place + ".searched) @> ARRAY[" + pairs + "] AND ") + place + "." +
               like;
    };
    if (words == Words::published)
        sql_ += " AND " + holds("p");
    else
        found_by_words_ += std::string(found_by_words_.empty() ? "" : " INTERSECT ") +
                           "(SELECT w.id FROM places w WHERE " + holds("w") + " UNION ALL " + known + ")";
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

void PlaceConditions::add_near() {
    if (!search_.near)
        return;
    few_ = true;
    const Box box = around(*search_.near, search_.within_m);
    const SquareScale scale = square_scale(*search_.near);
    params_.set("south", box.south).set("north", box.north).set("west", box.west).set("east", box.east);
    params_.set("spot_latitude", search_.near->latitude).set("spot_longitude", search_.near->longitude);
    params_.set("up", scale.latitude).set("across", scale.longitude);
    params_.set("farthest", search_.within_m * search_.within_m);
    sql_ += " AND p.latitude BETWEEN :south AND :north AND p.longitude BETWEEN :west AND :east AND " + square() +
            " <= CAST(:farthest AS DOUBLE PRECISION)";
}

}  // namespace tsunagi::resources::store
