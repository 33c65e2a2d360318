// SPDX-License-Identifier: Apache-2.0
#include "modules/resources/offered_store.hpp"

#include "modules/resources/place_scope.hpp"
#include "record/params.hpp"
#include "record/sql_text.hpp"

namespace tsunagi::resources::store {

using record::Params;

std::vector<OfferedRow> offering(db::ReadTx& tx, const ServiceCode& service, const core::RegionId& home,
                                 const std::optional<CodeRange>& area, const std::optional<PlaceId>& place,
                                 const std::optional<Spot>& near, std::size_t limit) {
    Params params;
    params.set("service", service).set("home", home);
    std::string sql =
        "SELECT p.id, p.name, p.municipality_code, p.address, COALESCE(NULLIF(l.phone, ''), p.phone), "
        "COALESCE(NULLIF(l.fax, ''), p.fax), COALESCE(l.mail, ''), p.latitude, p.longitude, s.capacity, s.open_days, "
        "s.days_note, CASE WHEN l.id IS NULL THEN 0 ELSE 1 END AS has_local, COALESCE(l.treatments, '[]'), "
        "COALESCE(l.district_ids, '[]'), l.distance_km, COALESCE(l.area, ''), COALESCE(l.hours, ''), "
        "COALESCE(l.open_times, '[]'), COALESCE(l.capacity, ''), COALESCE(l.languages, '[]'), COALESCE(l.costs, '[]'), "
        "l.contact, COALESCE(l.manners, ''), COALESCE(l.admission, ''), "
        "COALESCE(l.people, ''), l.checked_on FROM place_services s JOIN places p ON p.id = s.place_id LEFT JOIN "
        "place_locals l ON l.place_id = p.id AND l.municipality_id = :home WHERE s.service = :service AND "
        "s.missing_since IS NULL AND " +
        place_standing("p") + " AND " + place_visible({home}, "p", params);
    if (area) {
        params.set("first", area->first).set("last", area->last);
        sql += " AND p.municipality_code BETWEEN :first AND :last";
    }
    if (place) {
        params.set("place", *place);
        sql += " AND p.id = :place";
    }
    std::string order = " ORDER BY has_local DESC, ";
    if (near) {  // the cut leaves the nearest, those without a spot last
        const SquareScale scale = square_scale(*near);
        params.set("at_latitude", near->latitude).set("at_longitude", near->longitude);
        params.set("up", scale.latitude).set("across", scale.longitude);
        order +=
            "CASE WHEN p.latitude IS NULL OR p.longitude IS NULL THEN 1 ELSE 0 END, (p.latitude - :at_latitude) * "
            "(p.latitude - :at_latitude) * :up + (p.longitude - :at_longitude) * (p.longitude - :at_longitude) * "
            ":across, ";
    }
    return tx.rows<OfferedRow>(sql + order + "p.listed_as, p.id LIMIT " + std::to_string(limit), params);
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
