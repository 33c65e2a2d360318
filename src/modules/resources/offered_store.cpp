// SPDX-License-Identifier: Apache-2.0
#include "modules/resources/offered_store.hpp"

#include <cmath>
#include <numbers>

#include "modules/resources/place_scope.hpp"
#include "record/params.hpp"
#include "record/sql_text.hpp"

namespace tsunagi::resources::store {

using record::Params;

std::vector<OfferedRow> offering(db::ReadTx& tx, const OfferedQuery& query, const std::optional<CodeRange>& area,
                                 std::size_t limit) {
    Params params;
    params.set("service", query.service).set("home", query.municipality_id);
    std::string sql =
        "SELECT p.id, p.name, p.municipality_code, p.address, COALESCE(NULLIF(l.phone, ''), p.phone), "
        "COALESCE(NULLIF(l.fax, ''), p.fax), COALESCE(l.mail, ''), p.latitude, p.longitude, s.capacity, s.open_days, "
        "s.days_note, CASE WHEN l.id IS NULL THEN 0 ELSE 1 END AS has_local, COALESCE(l.treatments, '[]'), "
        "COALESCE(l.district_ids, '[]'), l.distance_km, COALESCE(l.area, ''), COALESCE(l.hours, ''), "
        "COALESCE(l.capacity, ''), l.contact, COALESCE(l.manners, ''), COALESCE(l.admission, ''), "
        "COALESCE(l.people, ''), l.checked_on FROM place_services s JOIN places p ON p.id = s.place_id LEFT JOIN "
        "place_locals l ON l.place_id = p.id AND l.municipality_id = :home WHERE s.service = :service AND "
        "s.missing_since IS NULL AND " +
        place_standing("p") + " AND " + place_visible({query.municipality_id}, "p", params);
    if (area) {
        params.set("first", area->first).set("last", area->last);
        sql += " AND p.municipality_code BETWEEN :first AND :last";
    }
    if (query.place) {
        params.set("place", *query.place);
        sql += " AND p.id = :place";
    }
    sql += " ORDER BY ";
    if (query.around) {
        // Flat enough within a prefecture to tell which are the nearest; `kilometres` says how far they are.
        const double narrow = std::cos(query.around->latitude * std::numbers::pi / 180);
        params.set("latitude", query.around->latitude)
            .set("longitude", query.around->longitude)
            .set("narrow", narrow * narrow);
        sql +=
            "(p.latitude - :latitude) * (p.latitude - :latitude) + (p.longitude - :longitude) * (p.longitude - "
            ":longitude) * :narrow NULLS LAST, ";
    }
    return tx.rows<OfferedRow>(sql + "has_local DESC, p.listed_as, p.id LIMIT " + std::to_string(limit), params);
}

std::optional<RegionCode> region_code(db::ReadTx& tx, const core::RegionId& id) {
    return tx.row<RegionCode>(
        "WITH RECURSIVE above (id, parent_id, code, depth) AS (SELECT r.id, r.parent_id, r.code, 0 FROM regions r "
        "WHERE "
        "r.id = :id UNION ALL SELECT r.id, r.parent_id, r.code, above.depth + 1 FROM regions r JOIN above ON r.id = "
        "above.parent_id WHERE above.depth < 8) SELECT r.code, r.name, COALESCE((SELECT a.code FROM above a WHERE "
        "a.code <> '' ORDER BY a.depth LIMIT 1), '') FROM regions r WHERE r.id = :id",
        Params().set("id", id));
}

Middle middle(db::ReadTx& tx, const CodeRange& area, const std::string& name) {
    Params params;
    params.set("first", area.first).set("last", area.last);
    std::string sql =
        "SELECT avg(p.latitude), avg(p.longitude) FROM places p WHERE p.municipality_code BETWEEN :first AND :last AND "
        "p.latitude IS NOT NULL AND p.longitude IS NOT NULL";
    if (!name.empty()) {
        params.set("name", record::anywhere(name));
        sql += " AND p.address LIKE :name ESCAPE '!'";
    }
    return tx.row<Middle>(sql, params).value_or(Middle{});
}

}  // namespace tsunagi::resources::store
