// SPDX-License-Identifier: Apache-2.0
#include "modules/resources/offered_service.hpp"

#include <algorithm>

#include "modules/resources/offered_store.hpp"
#include "modules/resources/official_layout.hpp"
#include "modules/resources/spot_rules.hpp"
#include "record/json_reader.hpp"

namespace tsunagi::resources {
std::vector<OfferingPlace> places_offering(db::ReadTx& tx, const access::Actor& actor, const OfferedQuery& query) {
    access::require(actor, "resources.read");
    const bool own =
        actor.works_for(query.municipality_id) ||
        std::ranges::find(actor.desk_municipalities, query.municipality_id) != actor.desk_municipalities.end();
    if (!own)
        throw core::Error(core::ErrorKind::forbidden, "forbidden");
    std::optional<CodeRange> area;
    if (!query.place) {
        if (const auto home = store::region_code(tx, query.municipality_id); home && !home->municipality_code.empty())
            area = codes_of_area(query.beyond ? home->municipality_code.substr(0, 2) : home->municipality_code);
    }
    const auto near = query.near ? std::optional(Spot{query.near->latitude, query.near->longitude}) : std::nullopt;
    std::vector<OfferingPlace> result;
    for (const auto& row :
         store::offering(tx, query.service, query.municipality_id, area, query.place, near, most_offered)) {
        OfferingPlace place;
        place.id = row.id;
        place.name = row.name;
        place.municipality_code = row.municipality_code;
        place.address = row.address;
        place.phone = row.phone;
        place.fax = row.fax;
        place.mail = row.mail;
        place.latitude = row.latitude;
        place.longitude = row.longitude;
        place.places = row.places;
        place.open_days = record::from_stored_json<std::vector<std::string>>(row.open_days);
        place.days_note = row.days_note;
        place.has_local = row.has_local;
        place.treatments = record::from_stored_json<std::vector<record::Code<"treatment">>>(row.treatments);
        place.district_ids = record::from_stored_json<std::vector<core::RegionId>>(row.district_ids);
        place.distance_km = row.distance_km;
        place.area = row.area;
        place.hours = row.hours;
        place.open_times = record::from_stored_json<std::vector<record::Code<"open_time">>>(row.open_times);
        place.capacity = row.capacity;
        place.languages = record::from_stored_json<std::vector<record::Code<"language">>>(row.languages);
        place.costs = record::from_stored_json<std::vector<record::Code<"cost">>>(row.costs);
        place.contact = row.contact;
        place.manners = row.manners;
        place.admission = row.admission;
        place.people = row.people;
        place.checked_on = row.checked_on;
        result.push_back(std::move(place));
    }
    return result;
}

std::optional<Point> middle_of(db::ReadTx& tx, const core::RegionId& district) {
    const auto region = store::region_code(tx, district);
    if (!region || region->municipality_code.empty())
        return std::nullopt;
    const auto area = codes_of_area(region->municipality_code);
    if (!area)
        return std::nullopt;
    auto middle = store::middle(tx, *area, region->code.empty() ? region->name : std::string());
    if (!middle.latitude && region->code.empty())
        middle = store::middle(tx, *area, "");
    if (!middle.latitude || !middle.longitude)
        return std::nullopt;
    return Point{*middle.latitude, *middle.longitude};
}

std::string municipality_code_of(db::ReadTx& tx, const core::RegionId& district) {
    const auto region = store::region_code(tx, district);
    return region ? region->municipality_code : std::string();
}

double kilometres(const Point& from, const Point& to) {
    return metres_between({from.latitude, from.longitude}, {to.latitude, to.longitude}) / 1000;
}

}  // namespace tsunagi::resources
