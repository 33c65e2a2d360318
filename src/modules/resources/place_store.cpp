// SPDX-License-Identifier: Apache-2.0
#include "modules/resources/place_store.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "db/keyset_page.hpp"
#include "modules/resources/place_scope.hpp"
#include "record/json_reader.hpp"
#include "record/sql_text.hpp"
#include "record/text_columns.hpp"

namespace tsunagi::resources::store {
namespace {

using record::Params;

constexpr std::array<db::ListOrder, 3> orders{{
    {"name", "p.listed_as"},
    {"municipality", "p.municipality_code"},
    {"distance", ""},
}};

/// Joins to `places p` the local layer that the person reads of it, as `l`.
std::string with_local(const std::vector<core::RegionId>& homes, Params& params) {
    return " LEFT JOIN place_locals l ON l.id = (SELECT h.id FROM place_locals h WHERE h.place_id = p.id AND " +
           record::in_list("h.municipality_id", homes, "whose", params) + " ORDER BY h.updated_at DESC, h.id LIMIT 1)";
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

/// What the lists have in common: conditions for rows of `places p`, each with its ` AND `.
class Conditions {
public:
    Conditions(const db::ReadTx& tx, const PlaceSearch& search, Params& params) : search_(search), params_(params) {
        sql_ = " AND " + place_standing("p") + " AND " + place_visible(search.homes, "p", params);
        for (std::size_t i = 0; i < search.words.size(); ++i)
            add_word(tx.engine(), i);
        // One set of ids, not one look for each word: PostgreSQL takes the first to leave a handful and makes the next
        // anew for every row of it.
        if (!found_by_words_.empty())
            sql_ += " AND p.id IN (" + found_by_words_ + ")";
        add_areas();
        add_times();
        add_local();
        add_near();
    }

    [[nodiscard]] const std::string& of_place() const { return sql_; }

    /// That a service of `places p` fits; nothing when every one does. Where something else leaves few places, each is
    /// asked for its services; else the services name the places.
    [[nodiscard]] std::string has_service() {
        const std::string service = of_service();
        if (service.empty())
            return {};
        if (few_)
            return " AND EXISTS (SELECT 1 FROM place_services s WHERE s.place_id = p.id" + service + ")";
        return " AND p.id IN (SELECT s.place_id FROM place_services s WHERE 1 = 1" + service + ")";
    }

    /// For a row of `place_services s`; empty when every service fits.
    [[nodiscard]] std::string of_service() {
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

    /// Whole square metres to the spot, which order like the distance.
    [[nodiscard]] static std::string square() {
        return "CAST((p.latitude - :spot_latitude) * (p.latitude - :spot_latitude) * :up + (p.longitude - "
               ":spot_longitude) * (p.longitude - :spot_longitude) * :across AS BIGINT)";
    }

private:
    /// For a row of `place_locals h`; bound when it is first needed, as SQLite refuses what stands nowhere.
    const std::string& at_home() {
        if (at_home_.empty())
            at_home_ = record::in_list("h.municipality_id", search_.homes, "home", params_);
        return at_home_;
    }

    /// SQLite looks through the index that holds the texts in the order of the list; PostgreSQL has one of their pairs.
    void add_word(db::Engine engine, std::size_t number) {
        const std::string& word = search_.words[number];
        const std::string at = std::to_string(number);
        params_.set("like" + at, record::anywhere(word));
        const std::string known = "SELECT h.place_id FROM place_locals h WHERE " + at_home() +
                                  " AND h.searched LIKE :like" + at + " ESCAPE '!'";
        if (engine == db::Engine::sqlite) {
            params_.set("word" + at, word);
            sql_ += " AND (instr(p.searched, :word" + at + ") > 0 OR p.id IN (" + known + "))";
            return;
        }
        std::string holds;
        const auto pairs = pairs_of(word);
        for (std::size_t i = 0; i < std::min<std::size_t>(pairs.size(), 20); ++i) {
            const std::string pair = "pair" + at + "_" + std::to_string(i);
            params_.set(pair, pairs[i]);
            holds += (holds.empty() ? "" : ", ") + ("CAST(:" + pair + " AS TEXT)");
        }
        found_by_words_ += std::string(found_by_words_.empty() ? "" : " INTERSECT ") +
                           "(SELECT w.id FROM places w WHERE " +
                           (holds.empty() ? std::string() : "place_pairs(w.searched) @> ARRAY[" + holds + "] AND ") +
                           "w.searched LIKE :like" + at + " ESCAPE '!' UNION ALL " + known + ")";
    }

    void add_areas() {
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
    void add_times() {
        const PlaceFilter& filter = search_.filter;
        for (std::size_t i = 0; i < filter.open_time.size(); ++i) {
            const std::string time = "open_time" + std::to_string(i);
            params_.set(time, record::anywhere("\"" + filter.open_time[i].value + "\""));
            params_.set("any_hour", record::anywhere("\"always\""));
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

    /// The published days that a code of `open_time` means.
    static std::vector<std::string> days_of(const std::string& time) {
        if (time == "saturday")
            return {"sat"};
        if (time == "sunday")
            return {"sun", "holiday"};
        return {};
    }

    void add_local() {
        const PlaceFilter& filter = search_.filter;
        std::string sql;
        for (std::size_t i = 0; i < filter.treatment.size(); ++i) {
            params_.set("treatment" + std::to_string(i), record::anywhere("\"" + filter.treatment[i].value + "\""));
            sql += " AND h.treatments LIKE :treatment" + std::to_string(i) + " ESCAPE '!'";
        }
        std::string any;
        for (std::size_t i = 0; i < filter.district.size(); ++i) {
            params_.set("district" + std::to_string(i), record::anywhere(filter.district[i].str()));
            any += (i == 0 ? "" : " OR ") + ("h.district_ids LIKE :district" + std::to_string(i) + " ESCAPE '!'");
        }
        if (!any.empty())
            sql += " AND (" + any + ")";
        std::string languages;
        for (std::size_t i = 0; i < filter.language.size(); ++i) {
            params_.set("language" + std::to_string(i), record::anywhere("\"" + filter.language[i].value + "\""));
            languages += (i == 0 ? "" : " OR ") + ("h.languages LIKE :language" + std::to_string(i) + " ESCAPE '!'");
        }
        if (!languages.empty())
            sql += " AND (" + languages + ")";
        for (std::size_t i = 0; i < filter.cost.size(); ++i) {
            params_.set("cost" + std::to_string(i), record::anywhere("\"" + filter.cost[i].value + "\""));
            sql += " AND h.costs LIKE :cost" + std::to_string(i) + " ESCAPE '!'";
        }
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

    void add_near() {
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

    const PlaceSearch& search_;   // NOLINT: lives as long as the query is made
    Params& params_;              // NOLINT
    bool few_ = false;            ///< an area, a spot or local knowledge narrows the places
    std::string found_by_words_;  ///< ids of places, on PostgreSQL
    std::string at_home_;
    std::string sql_;
};

template <class Line>
std::string key_of(const db::ListOrder& order, const Line& line) {
    return order.name == "name" ? line.listed_as : line.municipality_code;
}

/// A list of which one look gives the page and the total: what fits is gone through once, up to the number that is
/// counted exactly, in the order of the list.
struct OneLook {
    std::string columns;  ///< of `places p`, `place_locals l` and what `rows` joins beside; the answer's last two are
                          ///< the key where it is a number and how many fit
    std::string from;     ///< tables, ` WHERE ` and condition of what fits
    std::string rows;     ///< what `page`, which has `id`, is joined with
    std::string id;
    db::ListOrder order;
    Params params;      ///< of `from`
    Params row_params;  ///< of `rows`
};

template <class Line>
db::ListPage<Line> look(db::ReadTx& tx, const OneLook& list, const PlaceFilter& filter) {
    const bool by_distance = list.order.name == "distance";
    const std::string key = by_distance ? Conditions::square() : std::string(list.order.key);
    const std::int64_t limit = db::detail::page_limit(filter.limit);
    Params params = list.params;
    for (const auto& [name, cell] : list.row_params.items())
        params.set_cell(name, cell);
    params.set("limit", limit + 1);
    std::string behind;
    if (const std::string& after = filter.after; !after.empty()) {
        constexpr std::size_t id_length = 36;
        std::int64_t number = 0;
        const char* end = after.data() + after.size();
        if (after.size() <= id_length || !core::is_uuid(after.substr(0, id_length)) ||
            (by_distance && std::from_chars(after.data() + id_length, end, number).ptr != end))
            throw core::invalid({{"?after", "format", ""}});
        params.set("after_id", after.substr(0, id_length));
        if (by_distance)
            params.set("after_key", number);
        else
            params.set("after_key", after.substr(id_length));
        behind = "(hit_key, id) > (:after_key, :after_id)";
    }
    const std::string most = std::to_string(db::counted_exactly + 1);
    const std::string all = "SELECT " + list.id + " AS id, " + key + " AS hit_key FROM " + list.from;
    const auto sql = [&](const std::string& hits, const std::string& count) {
        return "WITH hit AS MATERIALIZED (" + hits + "), page AS (SELECT id, hit_key FROM hit" +
               (behind.empty() ? "" : " WHERE " + behind) + " ORDER BY hit_key, id LIMIT :limit) SELECT " +
               list.columns + ", " + (by_distance ? "page.hit_key" : "0") + ", " + count + " FROM page " + list.rows +
               " ORDER BY page.hit_key, page.id";
    };
    db::ListPage<Line> page;
    page.items = tx.rows<Line>(sql(all + " ORDER BY 2, 1 LIMIT " + most, "(SELECT count(*) FROM hit)"), params);
    std::int64_t found = page.items.empty() ? 0 : page.items.back().found;
    if (!behind.empty() && static_cast<std::int64_t>(page.items.size()) <= limit) {
        if (page.items.empty())
            found = tx.number("SELECT count(*) FROM (" + all + " LIMIT " + most + ") counted", list.params);
        if (found > db::counted_exactly)  // deeper than what is counted
            page.items = tx.rows<Line>(sql(all, std::to_string(found)), params);
    }
    if (static_cast<std::int64_t>(page.items.size()) > limit) {
        page.items.pop_back();
        const Line& last = page.items.back();
        page.next = last.id.str() + (by_distance ? std::to_string(last.square) : key_of(list.order, last));
    }
    page.total_capped = found > db::counted_exactly;
    page.total = std::min(found, db::counted_exactly);
    return page;
}

const db::ListOrder& order_of(const PlaceSearch& search) {
    const db::ListOrder& order = db::order_for(orders, search.filter.sort);
    if (order.name == "distance" && !search.near)
        throw core::invalid({{"?sort", "needs_near", ""}});
    return order;
}

std::optional<std::int64_t> distance_of(const PlaceSearch& search, const std::optional<double>& latitude,
                                        const std::optional<double>& longitude) {
    if (!search.near || !latitude || !longitude)
        return std::nullopt;
    return std::llround(metres_between(*search.near, {*latitude, *longitude}));
}

/// A row of the list without its services.
struct PlaceLine {
    PlaceId id;
    std::string name;
    std::string kana;
    std::string listed_as;
    std::string municipality_code;
    std::string address;
    std::string building;
    std::string phone;
    std::string fax;
    std::optional<record::Code<"resource_contact">> contact;
    std::optional<core::Date> as_of;
    std::optional<core::Date> checked_on;
    bool has_local = false;
    std::optional<double> latitude;
    std::optional<double> longitude;
    std::int64_t square = 0;
    std::int64_t found = 0;
};
BOOST_DESCRIBE_STRUCT(PlaceLine, (),
                      (id, name, kana, listed_as, municipality_code, address, building, phone, fax, contact, as_of,
                       checked_on, has_local, latitude, longitude, square, found))

struct ServiceOfPlace {
    PlaceId place_id;
    std::string service;
    std::optional<core::Date> missing_since;
};
BOOST_DESCRIBE_STRUCT(ServiceOfPlace, (), (place_id, service, missing_since))

/// A row of the list of services; the days are JSON.
struct ServiceLine {
    ServiceId id;
    std::string service;
    PlaceId place_id;
    std::string name;
    std::string listed_as;
    std::string municipality_code;
    std::string address;
    std::string phone;
    std::optional<std::int64_t> capacity;
    std::string open_days;
    std::string days_note;
    std::optional<core::Date> missing_since;
    std::optional<double> latitude;
    std::optional<double> longitude;
    std::int64_t square = 0;
    std::int64_t found = 0;
};
BOOST_DESCRIBE_STRUCT(ServiceLine, (),
                      (id, service, place_id, name, listed_as, municipality_code, address, phone, capacity, open_days,
                       days_note, missing_since, latitude, longitude, square, found))

/// A place of the map with one of its services.
struct PointLine {
    PlaceId id;
    std::string name;
    double latitude = 0;
    double longitude = 0;
    std::optional<std::string> service;
};
BOOST_DESCRIBE_STRUCT(PointLine, (), (id, name, latitude, longitude, service))

struct CellLine {
    std::int64_t column = 0;
    std::int64_t row = 0;
    std::int64_t count = 0;
    double latitude = 0;
    double longitude = 0;
};
BOOST_DESCRIBE_STRUCT(CellLine, (), (column, row, count, latitude, longitude))

struct BoxLine {
    std::optional<double> west;
    std::optional<double> south;
    std::optional<double> east;
    std::optional<double> north;
};
BOOST_DESCRIBE_STRUCT(BoxLine, (), (west, south, east, north))

/// As many places as a map shows one by one.
constexpr std::int64_t most_points = 1500;
/// Fields across a map on which they are gathered.
constexpr double fields_across = 28;

}  // namespace

PlacePage places(db::ReadTx& tx, const PlaceSearch& search) {
    OneLook list;
    Conditions conditions(tx, search, list.params);
    list.columns =
        "p.id, p.name, p.kana, p.listed_as, p.municipality_code, p.address, p.building, "
        "COALESCE(NULLIF(l.phone, ''), p.phone), COALESCE(NULLIF(l.fax, ''), p.fax), l.contact, "
        "(SELECT max(i.as_of) FROM source_records r JOIN official_imports i ON i.id = r.import_id WHERE r.place_id = "
        "p.id), l.checked_on, CASE WHEN l.id IS NULL THEN 0 ELSE 1 END, p.latitude, p.longitude";
    list.from = "places p WHERE 1 = 1" + conditions.of_place();
    list.from += conditions.has_service();
    list.rows = "JOIN places p ON p.id = page.id" + with_local(search.homes, list.row_params);
    list.id = "p.id";
    list.order = order_of(search);
    const auto page = look<PlaceLine>(tx, list, search.filter);
    std::vector<PlaceRow> items;
    std::vector<PlaceId> ids;
    for (const PlaceLine& line : page.items) {
        PlaceRow row;
        record::copy_members(line, row);
        row.distance_m = distance_of(search, line.latitude, line.longitude);
        items.push_back(std::move(row));
        ids.push_back(line.id);
    }
    if (!ids.empty()) {
        Params params;
        const std::string among = record::in_list("s.place_id", ids, "place", params);
        for (auto& one :
             tx.rows<ServiceOfPlace>("SELECT s.place_id, s.service, s.missing_since FROM place_services s WHERE " +
                                         among + " ORDER BY s.service",
                                     params)) {
            const auto row = std::ranges::find(items, one.place_id, &PlaceRow::id);
            row->services.push_back({std::move(one.service), one.missing_since});
        }
    }
    return db::framed<PlacePage>(page, std::move(items));
}

ServicePage services(db::ReadTx& tx, const PlaceSearch& search) {
    OneLook list;
    Conditions conditions(tx, search, list.params);
    list.columns =
        "s.id, s.service, p.id, p.name, p.listed_as, p.municipality_code, p.address, COALESCE(NULLIF(l.phone, ''), "
        "p.phone), s.capacity, s.open_days, s.days_note, s.missing_since, p.latitude, p.longitude";
    list.from = "place_services s JOIN places p ON p.id = s.place_id WHERE 1 = 1" + conditions.of_place() +
                conditions.of_service();
    list.rows = "JOIN place_services s ON s.id = page.id JOIN places p ON p.id = s.place_id" +
                with_local(search.homes, list.row_params);
    list.id = "s.id";
    list.order = order_of(search);
    const auto page = look<ServiceLine>(tx, list, search.filter);
    std::vector<ServiceRow> items;
    for (const ServiceLine& line : page.items) {
        ServiceRow row;
        record::copy_members(line, row);
        row.open_days = record::from_stored_json<std::vector<std::string>>(line.open_days);
        row.distance_m = distance_of(search, line.latitude, line.longitude);
        items.push_back(std::move(row));
    }
    return db::framed<ServicePage>(page, std::move(items));
}

MapPoints points(db::ReadTx& tx, const PlaceSearch& search, const std::optional<Box>& asked) {
    Params params;
    Conditions conditions(tx, search, params);
    std::string from = "places p WHERE p.latitude IS NOT NULL AND p.longitude IS NOT NULL" + conditions.of_place();
    from += conditions.has_service();
    MapPoints result;
    Box box;
    if (asked) {
        box = *asked;
    } else {
        const auto whole = tx.row<BoxLine>(
            "SELECT min(p.longitude), min(p.latitude), max(p.longitude), max(p.latitude) FROM " + from, params);
        if (!whole || !whole->west)
            return result;
        box = {*whole->west, *whole->south, *whole->east, *whole->north};
        record::copy_members(*whole, result);
    }
    params.set("box_west", box.west).set("box_east", box.east).set("box_south", box.south).set("box_north", box.north);
    from += " AND p.latitude BETWEEN :box_south AND :box_north AND p.longitude BETWEEN :box_west AND :box_east";
    result.total = tx.number(
        "SELECT count(*) FROM (SELECT 1 FROM " + from + " LIMIT " + std::to_string(most_points + 1) + ") few", params);
    if (result.total <= most_points) {
        for (auto& line : tx.rows<PointLine>("SELECT p.id, p.name, p.latitude, p.longitude, s.service FROM " +
                                                 ("places p LEFT JOIN place_services s ON s.place_id = p.id" +
                                                  from.substr(std::string("places p").size())) +
                                                 " ORDER BY p.listed_as, p.id, s.service",
                                             params)) {
            if (result.items.empty() || result.items.back().id != line.id)
                result.items.push_back({line.id, std::move(line.name), line.latitude, line.longitude, 1, {}});
            if (line.service)
                result.items.back().services.push_back(std::move(*line.service));
        }
        return result;
    }
    result.gathered = true;
    result.total = 0;
    const double field = std::max((box.east - box.west) / fields_across, 1e-6);
    params.set("field", field);
    for (const auto& cell : tx.rows<CellLine>(
             "SELECT CAST((p.longitude - :box_west) / :field AS BIGINT), CAST((p.latitude - :box_south) / :field AS "
             "BIGINT), count(*), avg(p.latitude), avg(p.longitude) FROM " +
                 from + " GROUP BY 1, 2 ORDER BY 1, 2",
             params)) {
        result.items.push_back({std::nullopt, {}, cell.latitude, cell.longitude, cell.count, {}});
        result.total += cell.count;
    }
    return result;
}

}  // namespace tsunagi::resources::store
