// SPDX-License-Identifier: Apache-2.0
#include "modules/resources/brief_store.hpp"

#include "record/json_reader.hpp"
#include "record/sql_text.hpp"

namespace tsunagi::resources::store {
namespace {

using record::Params;

struct BriefLine {
    PlaceId place_id;
    std::string speciality;
    std::string treatments;
    std::string hours;
    std::string open_times;
    std::string capacity;
    std::string languages;
    std::string costs;
    std::string manners;
};
BOOST_DESCRIBE_STRUCT(BriefLine, (),
                      (place_id, speciality, treatments, hours, open_times, capacity, languages, costs, manners))

struct NameLine {
    std::string code;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(NameLine, (), (code, name))

}  // namespace

std::map<PlaceId, LocalBrief> briefs(db::ReadTx& tx, const std::vector<PlaceId>& places,
                                     const std::vector<core::RegionId>& homes) {
    std::map<PlaceId, LocalBrief> result;
    if (places.empty())
        return result;
    Params params;
    const std::string among = record::in_list("l.place_id", places, "place", params);
    for (auto& one :
         tx.rows<BriefLine>("SELECT l.place_id, l.speciality, l.treatments, l.hours, l.open_times, l.capacity, "
                            "l.languages, l.costs, l.manners FROM place_locals l WHERE " +
                                among + " AND " + record::in_list("l.municipality_id", homes, "home", params) +
                                " ORDER BY l.updated_at, l.id",
                            params)) {
        result[one.place_id] = {one.place_id,
                                std::move(one.speciality),
                                record::from_stored_json<std::vector<std::string>>(one.treatments),
                                std::move(one.hours),
                                record::from_stored_json<std::vector<std::string>>(one.open_times),
                                std::move(one.capacity),
                                record::from_stored_json<std::vector<std::string>>(one.languages),
                                record::from_stored_json<std::vector<std::string>>(one.costs),
                                std::move(one.manners)};
    }
    return result;
}

std::map<std::string, std::string, std::less<>> region_names(db::ReadTx& tx) {
    std::map<std::string, std::string, std::less<>> result;
    for (auto& one : tx.rows<NameLine>("SELECT code, name FROM regions WHERE code <> ''"))
        result[one.code] = std::move(one.name);
    return result;
}

}  // namespace tsunagi::resources::store
