// SPDX-License-Identifier: Apache-2.0
#include "modules/resources/resource_export_store.hpp"

#include <algorithm>
#include <unordered_map>

#include "modules/resources/place_scope.hpp"
#include "record/json_reader.hpp"
#include "record/sql_text.hpp"
#include "record/text_columns.hpp"

namespace tsunagi::resources::store {
namespace {

using record::Params;

struct PlaceColumns {
    PlaceId id;
    std::string name;
    std::string kana;
    std::string municipality_code;
    std::string address;
    std::string building;
    std::optional<double> latitude;
    std::optional<double> longitude;
    std::string phone;
    std::string fax;
    std::string url;
    std::string corporate_number;
    std::string corporation;
};
BOOST_DESCRIBE_STRUCT(PlaceColumns, (),
                      (id, name, kana, municipality_code, address, building, latitude, longitude, phone, fax, url,
                       corporate_number, corporation))

/// The days are JSON.
struct ServiceColumns {
    ServiceId id;
    PlaceId place_id;
    std::string service;
    std::optional<std::int64_t> capacity;
    std::string open_days;
    std::string days_note;
    std::optional<core::Date> missing_since;
    std::string as_of;
};
BOOST_DESCRIBE_STRUCT(ServiceColumns, (), (id, place_id, service, capacity, open_days, days_note, missing_since, as_of))

constexpr const char* service_columns =
    "s.id, s.place_id, s.service, s.capacity, s.open_days, s.days_note, s.missing_since, COALESCE((SELECT "
    "max(i.as_of) FROM source_records r JOIN official_imports i ON i.id = r.import_id WHERE r.service_id = s.id), '')";

ExportedService service_of(ServiceColumns line) {
    ExportedService service;
    service.id = std::move(line.id);
    service.place_id = std::move(line.place_id);
    service.service = std::move(line.service);
    service.capacity = line.capacity;
    service.open_days = record::from_stored_json<std::vector<std::string>>(line.open_days);
    service.days_note = std::move(line.days_note);
    service.missing_since = line.missing_since;
    service.as_of = core::Date::parse(line.as_of);
    return service;
}

/// ` AND …` for rows of `place_services s`.
std::string of_service(const ExportSearch& search, Params& params) {
    std::string sql;
    if (!search.services.empty())
        sql += " AND " + record::in_list("s.service", search.services, "service", params);
    if (!search.service_ids.empty())
        sql += " AND " + record::in_list("s.id", search.service_ids, "service_id", params);
    if (!search.sources.empty()) {
        sql += " AND EXISTS (SELECT 1 FROM source_records t WHERE t.service_id = s.id AND " +
               record::in_list("t.source", search.sources, "source", params) + ")";
    }
    return sql;
}

/// ` AND …` for rows of `places p`.
std::string of_place(const ExportConditions& conditions, Params& params) {
    const ExportSearch& search = conditions.search;
    // What a municipality registered itself is its own, and no file tells of it.
    std::string sql = " AND " + place_visible({}, "p", params) + " AND " + place_standing("p");
    const auto equals = [&](const char* column, const char* name, const std::string& value) {
        if (value.empty())
            return;
        params.set(name, value);
        sql += std::string(" AND ") + column + " = :" + name;
    };
    const auto part = [&](const std::string& column, const std::string& name) {
        return "lower(" + column + ") LIKE lower(:" + name + ") ESCAPE '!'";
    };
    int number = 0;
    for (const std::string& word : conditions.words) {
        const std::string place = "word" + std::to_string(number++);
        params.set(place, record::anywhere(word));
        sql += " AND p.searched LIKE :" + place + " ESCAPE '!'";
    }
    if (!conditions.areas.empty()) {
        std::string any;
        for (std::size_t i = 0; i < conditions.areas.size(); ++i) {
            const std::string at = std::to_string(i);
            params.set("first" + at, conditions.areas[i].first).set("last" + at, conditions.areas[i].last);
            any += (any.empty() ? "" : " OR ") + ("p.municipality_code BETWEEN :first" + at + " AND :last" + at);
        }
        sql += " AND (" + any + ")";
    }
    if (!search.number.empty()) {
        params.set("number", search.number);
        sql += " AND p.id IN (SELECT r.place_id FROM source_records r WHERE r.source_key = :number";
        if (!search.number_sources.empty())
            sql += " AND " + record::in_list("r.source", search.number_sources, "number_source", params);
        sql += ")";
    }
    if (!search.places.empty())
        sql += " AND " + record::in_list("p.id", search.places, "place", params);
    if (!search.name.empty()) {
        params.set("name", record::anywhere(search.name));
        sql += " AND (" + part("p.name", "name") + " OR " + part("p.kana", "name") + ")";
    }
    if (!search.address.empty()) {
        params.set("address", record::anywhere(search.address));
        sql += " AND " + part("p.address", "address");
    }
    if (!search.corporation.empty()) {
        params.set("corporation", record::anywhere(search.corporation));
        sql += " AND " + part("p.corporation", "corporation");
    }
    equals("p.corporate_number", "corporate_number", search.corporate_number);
    return sql;
}

/// Places, narrowed by their services too.
std::string places_where(const ExportConditions& conditions, Params& params) {
    std::string sql = "places p WHERE 1 = 1" + of_place(conditions, params);
    if (const std::string service = of_service(conditions.search, params); !service.empty())
        sql += " AND EXISTS (SELECT 1 FROM place_services s WHERE s.place_id = p.id" + service + ")";
    return sql;
}

std::string services_where(const ExportConditions& conditions, Params& params) {
    return "place_services s JOIN places p ON p.id = s.place_id WHERE 1 = 1" + of_service(conditions.search, params) +
           of_place(conditions, params);
}

std::string corporations_where(const ExportConditions& conditions, Params& params) {
    return places_where(conditions, params) +
           " AND length(p.corporate_number) = 13 AND ltrim(p.corporate_number, '0123456789') = ''";
}

std::string page(const char* key, const ExportPart& part, Params& params) {
    std::string sql;
    if (!part.after.empty()) {
        params.set("after", part.after);
        sql = std::string(" AND ") + key + " > :after";
    }
    return sql;
}

std::string bounds(const ExportPart& part) {
    return " LIMIT " + std::to_string(part.limit) + " OFFSET " + std::to_string(part.offset);
}

}  // namespace

std::vector<ExportedPlace> exported_places(db::ReadTx& tx, const ExportConditions& conditions, const ExportPart& part) {
    Params params;
    std::string from = places_where(conditions, params) + page("p.id", part, params);
    std::vector<ExportedPlace> result;
    std::unordered_map<std::string, std::size_t> at;
    std::vector<PlaceId> ids;
    for (auto& line : tx.rows<PlaceColumns>(
             "SELECT " + record::columns<PlaceColumns>("p") + " FROM " + from + " ORDER BY p.id" + bounds(part),
             params)) {
        at[line.id.str()] = result.size();
        ids.push_back(line.id);
        ExportedPlace place;
        record::copy_members(line, place);
        result.push_back(std::move(place));
    }
    if (ids.empty())
        return result;
    Params of_these;
    const std::string among = record::in_list("s.place_id", ids, "place", of_these);
    const std::string narrowed = of_service(conditions.search, of_these);
    for (auto& line :
         tx.rows<ServiceColumns>(std::string("SELECT ") + service_columns + " FROM place_services s WHERE " + among +
                                     narrowed + " ORDER BY s.place_id, s.service, s.id",
                                 of_these))
        result[at.at(line.place_id.str())].services.push_back(service_of(std::move(line)));
    return result;
}

std::int64_t count_places(db::ReadTx& tx, const ExportConditions& conditions) {
    Params params;
    const std::string from = places_where(conditions, params);
    return tx.number("SELECT count(*) FROM " + from, params);
}

std::vector<ExportedService> exported_services(db::ReadTx& tx, const ExportConditions& conditions,
                                               const ExportPart& part) {
    Params params;
    const std::string from = services_where(conditions, params) + page("s.id", part, params);
    std::vector<ExportedService> result;
    for (auto& line : tx.rows<ServiceColumns>(
             std::string("SELECT ") + service_columns + " FROM " + from + " ORDER BY s.id" + bounds(part), params))
        result.push_back(service_of(std::move(line)));
    return result;
}

std::int64_t count_services(db::ReadTx& tx, const ExportConditions& conditions) {
    Params params;
    const std::string from = services_where(conditions, params);
    return tx.number("SELECT count(*) FROM " + from, params);
}

std::vector<ExportedCorporation> corporations(db::ReadTx& tx, const ExportConditions& conditions,
                                              const ExportPart& part) {
    Params params;
    const std::string from = corporations_where(conditions, params) + page("p.corporate_number", part, params);
    return tx.rows<ExportedCorporation>("SELECT p.corporate_number, max(p.corporation) FROM " + from +
                                            " GROUP BY p.corporate_number ORDER BY p.corporate_number" + bounds(part),
                                        params);
}

std::int64_t count_corporations(db::ReadTx& tx, const ExportConditions& conditions) {
    Params params;
    const std::string from = corporations_where(conditions, params);
    return tx.number("SELECT count(DISTINCT p.corporate_number) FROM " + from, params);
}

namespace {

struct AreaLine {
    std::string code;
    std::string prefecture;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(AreaLine, (), (code, prefecture, name))

}  // namespace

std::map<std::string, AreaName, std::less<>> area_names(db::ReadTx& tx, const std::vector<std::string>& codes) {
    std::map<std::string, AreaName, std::less<>> result;
    if (codes.empty())
        return result;
    Params params;
    const std::string named = record::in_list("m.code", codes, "code", params);
    const std::string regions = record::in_list("r.code", codes, "region", params);
    // A ward stands below its city, a city below its prefecture. What files say comes last and holds.
    for (auto& line : tx.rows<AreaLine>(
             "SELECT r.code, COALESCE(CASE WHEN u.kind = 'prefecture' THEN u.name WHEN t.kind = 'prefecture' THEN "
             "t.name END, ''), CASE WHEN r.kind = 'ward' THEN COALESCE(u.name, '') || r.name ELSE r.name END FROM "
             "regions r LEFT JOIN regions u ON u.id = r.parent_id LEFT JOIN regions t ON t.id = u.parent_id WHERE "
             "r.kind IN ('municipality', 'ward') AND " +
                 regions + " UNION ALL SELECT m.code, m.prefecture, m.name FROM municipality_names m WHERE " + named,
             params)) {
        AreaName& area = result[line.code];
        if (!line.prefecture.empty())
            area.prefecture = std::move(line.prefecture);
        if (!line.name.empty())
            area.municipality = std::move(line.name);
    }
    return result;
}

std::vector<NumberLine> numbers_of(db::ReadTx& tx, const std::vector<PlaceId>& places,
                                   const std::vector<std::string>& with_cells) {
    if (places.empty())
        return {};
    Params params;
    const std::string among = record::in_list("r.place_id", places, "place", params);
    const std::string told =
        with_cells.empty()
            ? "''"
            : "CASE WHEN " + record::in_list("r.source", with_cells, "source", params) + " THEN r.cells ELSE '' END";
    return tx.rows<NumberLine>("SELECT r.place_id, r.source, r.source_key, " + told + " FROM source_records r WHERE " +
                                   among + " ORDER BY r.place_id, r.source, r.source_key, r.id",
                               params);
}

std::vector<localities::Town> towns_named(db::ReadTx& tx, const std::vector<PlaceId>& places) {
    Params params;
    const std::string among = record::in_list("p.id", places, "place", params);
    return tx.rows<localities::Town>(
        "SELECT DISTINCT t.postal_code, t.municipality_code, t.prefecture, t.municipality, t.town FROM places p JOIN "
        "postal_towns t ON t.municipality_code = p.municipality_code AND t.town <> '' AND p.address LIKE '%' || t.town "
        "|| '%' WHERE " +
            among,
        params);
}

std::vector<UsedFile> used_files(db::ReadTx& tx) {
    auto files = tx.rows<UsedFile>(
        "SELECT i.source, i.service, i.file_name, i.as_of, i.applied_at, count(*) FROM official_imports i JOIN "
        "source_records r ON r.import_id = i.id WHERE i.applied_at IS NOT NULL GROUP BY i.id, i.source, i.service, "
        "i.file_name, i.as_of, i.applied_at UNION ALL SELECT m.source, '', m.file_name, NULL, m.imported_at, (SELECT "
        "count(*) FROM map_regions g WHERE g.import_id = m.id AND g.replaced_by = '') + (SELECT count(*) FROM "
        "map_labels l WHERE l.import_id = m.id AND l.replaced_by = '') FROM map_imports m UNION ALL SELECT 'locality_' "
        "|| k.kind, '', k.file_name, NULL, k.loaded_at, "
        "k.count FROM locality_loadings k WHERE k.id = (SELECT MAX(id) FROM locality_loadings WHERE kind = k.kind) "
        "UNION ALL SELECT 'holidays', '', h.file_name, NULL, h.loaded_at, h.count FROM holiday_loadings h WHERE h.id = "
        "(SELECT MAX(id) FROM holiday_loadings) ORDER BY 1, 2, 5 DESC, 3");
    std::erase_if(files, [](const UsedFile& one) { return one.records == 0; });  // later files have taken its place
    return files;
}

}  // namespace tsunagi::resources::store
