// SPDX-License-Identifier: Apache-2.0
#include "modules/analysis/figures_store.hpp"

#include <algorithm>
#include <functional>

#include "modules/regions/region.hpp"

namespace tsunagi::analysis::store {
namespace {

using record::Params;

struct RegionRow {
    std::string id;
    std::string parent_id;
    std::string name;
    std::optional<core::Date> ended_on;
};
BOOST_DESCRIBE_STRUCT(RegionRow, (), (id, parent_id, name, ended_on))

/// `:prefix0, :prefix1, …` for the values, bound as they are named.
template <class Id>
std::string places_of(const std::vector<Id>& ids, Params& params, const std::string& prefix = "place_") {
    std::string places;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        const std::string name = prefix + std::to_string(i);
        params.set(name, ids[i]);
        places += (i == 0 ? ":" : ", :") + name;
    }
    return places;
}

}  // namespace

std::vector<CountedRegion> regions(db::ReadTx& tx, const std::vector<core::RegionId>& municipalities,
                                   const core::Date& from, bool whole) {
    if (municipalities.empty())
        return {};
    Params params;
    const std::string places = places_of(municipalities, params);
    const auto rows = tx.rows<RegionRow>(
        "WITH RECURSIVE tree (id, parent_id, name, ended_on, position) AS ("
        "SELECT r.id, r.parent_id, r.name, r.ended_on, r.position FROM regions r WHERE r.id IN (" +
            places +
            ") UNION SELECT r.id, r.parent_id, r.name, r.ended_on, r.position FROM regions r "
            "JOIN tree ON r.parent_id = tree.id) "
            "SELECT tree.id, tree.parent_id, tree.name, tree.ended_on FROM tree ORDER BY tree.position, tree.id",
        params);
    std::vector<CountedRegion> result;
    const std::function<void(const RegionRow&, const std::string&)> add = [&](const RegionRow& row,
                                                                              const std::string& column) {
        result.push_back({.id = row.id,
                          .column = column,
                          .name = row.name,
                          .is_column = column == row.id && (!row.ended_on || *row.ended_on > from)});
        for (const auto& child : rows) {
            if (child.parent_id == row.id)
                add(child, column);
        }
    };
    for (const auto& row : rows) {
        if (std::ranges::find(municipalities, core::RegionId(row.id)) == municipalities.end())
            continue;
        if (whole) {
            add(row, row.id);
            continue;
        }
        for (const auto& child : rows) {
            if (child.parent_id == row.id)
                add(child, child.id);
        }
    }
    return result;
}

std::vector<core::RegionId> municipalities_of(db::ReadTx& tx, const std::vector<core::DeskId>& desks) {
    if (desks.empty())
        return {};
    Params params;
    const std::string places = places_of(desks, params);
    return tx.rows<core::RegionId>(
        "SELECT DISTINCT d.municipality_id FROM desks d WHERE d.id IN (" + places + ") ORDER BY d.municipality_id",
        params);
}

std::vector<std::string> desk_names(db::ReadTx& tx, const std::vector<core::DeskId>& desks,
                                    const std::vector<core::RegionId>& municipalities) {
    if (desks.empty() || municipalities.empty())
        return {};
    Params params;
    const std::string places = places_of(desks, params);
    const std::string cities = places_of(municipalities, params, "city_");
    return tx.rows<std::string>("SELECT d.name FROM desks d WHERE d.id IN (" + places + ") AND d.municipality_id IN (" +
                                    cities + ") ORDER BY d.name",
                                params);
}

}  // namespace tsunagi::analysis::store
