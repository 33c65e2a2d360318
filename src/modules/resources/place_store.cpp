// SPDX-License-Identifier: Apache-2.0
#include "modules/resources/place_store.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>

#include "db/keyset_page.hpp"
#include "db/value_plans.hpp"
#include "modules/resources/place_conditions_store.hpp"
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

template <class Line>
std::string key_of(const db::ListOrder& order, const Line& line) {
    return order.name == "name" ? line.listed_as : line.municipality_code;
}

/// Tables, ` WHERE ` and condition of what fits a filter.
struct Fitting {
    std::string from;
    Params params;
};

/// A list of which one look gives the page and the total: what fits is gone through once, up to the number that is
/// counted exactly, in the order of the list. As all that fits is sorted for that, it is counted first where it may be
/// more; then the page is the first of them that the order's own index comes to.
struct OneLook {
    std::string columns;  ///< of `places p`, `place_locals l` and what `rows` joins beside; the answer's last two are
                          ///< the key where it is a number and how many fit
    std::string rows;     ///< what `page`, which has `id`, is joined with
    std::string id;
    db::ListOrder order;
    Fitting fitting;
    bool may_be_many = true;  ///< more may fit than are counted
    Fitting in_order;         ///< the same as `fitting`, for one row after the other in the order of the list
    Params row_params;        ///< of `rows`
};

/// The last row of the page before.
struct PageEnd {
    std::string id;
    std::string key;
    std::optional<std::int64_t> square;
};

/// Nothing for the first page.
std::optional<PageEnd> page_end(const std::string& after, bool by_distance) {
    if (after.empty())
        return std::nullopt;
    constexpr std::size_t id_length = 36;
    PageEnd end{after.substr(0, id_length), after.size() > id_length ? after.substr(id_length) : std::string(), {}};
    std::int64_t number = 0;
    const char* last = end.key.data() + end.key.size();
    if (end.key.empty() || !core::is_uuid(end.id) ||
        (by_distance && std::from_chars(end.key.data(), last, number).ptr != last))
        throw core::invalid({{"?after", "format", ""}});
    if (by_distance)
        end.square = number;
    return end;
}

void add(Params& params, const Params& more) {
    for (const auto& [name, cell] : more.items())
        params.set_cell(name, cell);
}

template <class Line>
class Looking {
public:
    Looking(db::ReadTx& tx, const OneLook& list, const PlaceFilter& filter)
        : tx_(tx),
          list_(list),
          by_distance_(list.order.name == "distance"),
          key_(by_distance_ ? PlaceConditions::square() : std::string(list.order.key)),
          limit_(db::detail::page_limit(filter.limit)),
          before_(page_end(filter.after, by_distance_)) {}

    db::ListPage<Line> page() {
        if (list_.may_be_many && !by_distance_ && counted() > db::counted_exactly)
            first_of_many();
        else
            gone_through();
        db::ListPage<Line> page;
        if (static_cast<std::int64_t>(items_.size()) > limit_) {
            items_.pop_back();
            const Line& last = items_.back();
            page.next = last.id.str() + (by_distance_ ? std::to_string(last.square) : key_of(list_.order, last));
        }
        page.items = std::move(items_);
        page.total_capped = found_ > db::counted_exactly;
        page.total = std::min(found_, db::counted_exactly);
        return page;
    }

private:
    std::int64_t counted() {
        return tx_.number("SELECT count(*) FROM (SELECT 1 FROM " + list_.fitting.from + " LIMIT " + most_ + ") few",
                          list_.fitting.params);
    }

    [[nodiscard]] std::string every(const std::string& from) const {
        return "SELECT " + list_.id + " AS id, " + key_ + " AS hit_key FROM " + from;
    }

    [[nodiscard]] std::string rows(const std::string& count) const {
        return " SELECT " + list_.columns + ", " + (by_distance_ ? "page.hit_key" : "0") + ", " + count +
               " FROM page " + list_.rows + " ORDER BY page.hit_key, page.id";
    }

    Params bound(const Params& fitting) const {
        Params params = fitting;
        add(params, list_.row_params);
        if (before_) {
            params.set("after_id", before_->id);
            if (before_->square)
                params.set("after_key", *before_->square);
            else
                params.set("after_key", before_->key);
        }
        return params;
    }

    void first_of_many() {
        // Written out, as a number that the planner does not know makes it sort everything.
        const std::string behind =
            before_ ? " AND (" + key_ + ", " + list_.id + ") > (:after_key, :after_id)" : std::string();
        items_ = tx_.rows<Line>("WITH page AS (" + every(list_.in_order.from) + behind + " ORDER BY 2, 1 LIMIT " +
                                    std::to_string(limit_ + 1) + ")" + rows(most_),
                                bound(list_.in_order.params));
        found_ = db::counted_exactly + 1;
    }

    void gone_through() {
        Params params = bound(list_.fitting.params);
        params.set("limit", limit_ + 1);
        const auto sql = [&](const std::string& hits, const std::string& count) {
            return "WITH hit AS MATERIALIZED (" + hits + "), page AS (SELECT id, hit_key FROM hit" +
                   (before_ ? " WHERE (hit_key, id) > (:after_key, :after_id)" : "") +
                   " ORDER BY hit_key, id LIMIT :limit)" + rows(count);
        };
        const std::string all = every(list_.fitting.from);
        items_ = tx_.rows<Line>(sql(all + " ORDER BY 2, 1 LIMIT " + most_, "(SELECT count(*) FROM hit)"), params);
        if (!items_.empty())
            found_ = items_.back().found;
        if (before_ && static_cast<std::int64_t>(items_.size()) <= limit_) {
            if (items_.empty())
                found_ = counted();
            if (found_ > db::counted_exactly)  // deeper than what is counted
                items_ = tx_.rows<Line>(sql(all, most_), params);
        }
    }

    db::ReadTx& tx_;       // NOLINT: lives as long as the list is read
    const OneLook& list_;  // NOLINT
    bool by_distance_;
    std::string key_;
    std::int64_t limit_;
    std::optional<PageEnd> before_;
    std::string most_ = std::to_string(db::counted_exactly + 1);
    std::int64_t found_ = 0;
    std::vector<Line> items_;
};

template <class Line>
db::ListPage<Line> look(db::ReadTx& tx, const OneLook& list, const PlaceFilter& filter) {
    return Looking<Line>(tx, list, filter).page();
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

/// Places that lie close together, at their average.
struct CellLine {
    std::int64_t row = 0;
    std::int64_t column = 0;
    std::int64_t count = 0;
    double latitude = 0;
    double longitude = 0;
};
BOOST_DESCRIBE_STRUCT(CellLine, (), (row, column, count, latitude, longitude))

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

/// The places of the box by fields. On a wide map eighths of a degree are counted in the order of their index, which
/// spares sorting every place, and gathered afterwards; on others a field is counted as such.
void gather(db::ReadTx& tx, const std::string& from, Params& params, const Box& box, MapPoints& result) {
    const double field = std::max((box.east - box.west) / fields_across, 1e-6);
    const bool wide = field >= 0.25;
    if (!wide)
        params.set("field", field);
    const auto cell = [&](const char* degrees, const char* border) {
        return wide ? eighths(degrees) : "CAST((" + std::string(degrees) + " - :" + border + ") / :field AS BIGINT)";
    };
    std::map<std::pair<std::int64_t, std::int64_t>, MapPoint> fields;
    MapPoint empty;
    empty.count = 0;
    for (const auto& line :
         tx.rows<CellLine>("SELECT " + cell("p.latitude", "box_south") + ", " + cell("p.longitude", "box_west") +
                               ", count(*), avg(p.latitude), avg(p.longitude) FROM " + from + " GROUP BY 1, 2",
                           params)) {
        const auto place = [&](double degrees, double border) {
            return static_cast<std::int64_t>(std::floor((degrees - border) / field));
        };
        const std::pair where{place(line.longitude, box.west), place(line.latitude, box.south)};
        MapPoint& one = fields.try_emplace(where, empty).first->second;
        const auto weight = static_cast<double>(line.count) / static_cast<double>(one.count + line.count);
        one.latitude += (line.latitude - one.latitude) * weight;
        one.longitude += (line.longitude - one.longitude) * weight;
        one.count += line.count;
    }
    result.gathered = true;
    result.total = 0;
    for (const auto& [where, one] : fields) {
        result.items.push_back(one);
        result.total += one.count;
    }
}

}  // namespace

PlacePage places(db::ReadTx& tx, const PlaceSearch& search) {
    db::plan_for_values(tx);
    OneLook list;
    const auto fitting = [&](Words words) {
        Fitting result;
        PlaceConditions conditions(tx, search, result.params, words);
        result.from = "places p WHERE 1 = 1" + conditions.of_place();
        result.from += conditions.has_service();
        list.may_be_many = list.may_be_many && conditions.may_be_many();
        return result;
    };
    list.fitting = fitting(Words::by_index);
    list.in_order = fitting(Words::row_by_row);
    list.columns =
        "p.id, p.name, p.kana, p.listed_as, p.municipality_code, p.address, p.building, "
        "COALESCE(NULLIF(l.phone, ''), p.phone), COALESCE(NULLIF(l.fax, ''), p.fax), l.contact, "
        "(SELECT max(i.as_of) FROM source_records r JOIN official_imports i ON i.id = r.import_id WHERE r.place_id = "
        "p.id), l.checked_on, CASE WHEN l.id IS NULL THEN 0 ELSE 1 END, p.latitude, p.longitude";
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
    db::plan_for_values(tx);
    OneLook list;
    const auto fitting = [&](Words words) {
        Fitting result;
        PlaceConditions conditions(tx, search, result.params, words);
        // SQLite takes the left side of a CROSS JOIN first, as the order of the list needs it.
        result.from = std::string(words == Words::row_by_row ? "places p CROSS JOIN place_services s"
                                                             : "place_services s CROSS JOIN places p") +
                      " WHERE s.place_id = p.id" + conditions.of_place() + conditions.of_service();
        list.may_be_many = list.may_be_many && conditions.may_be_many();
        return result;
    };
    list.fitting = fitting(Words::by_index);
    list.in_order = fitting(Words::row_by_row);
    list.columns =
        "s.id, s.service, p.id, p.name, p.listed_as, p.municipality_code, p.address, COALESCE(NULLIF(l.phone, ''), "
        "p.phone), s.capacity, s.open_days, s.days_note, s.missing_since, p.latitude, p.longitude";
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
    db::plan_for_values(tx);
    Params params;
    PlaceConditions conditions(tx, search, params);
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
    from += within(tx, box, "box_", params);
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
    gather(tx, from, params, box, result);
    return result;
}

}  // namespace tsunagi::resources::store
