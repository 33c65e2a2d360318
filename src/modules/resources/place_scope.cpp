// SPDX-License-Identifier: Apache-2.0
#include "modules/resources/place_scope.hpp"

#include "record/sql_text.hpp"

namespace tsunagi::resources {

std::string place_visible(const std::vector<core::RegionId>& homes, const std::string& alias, record::Params& params) {
    const std::string owner = alias + ".municipality_id";
    if (homes.empty())
        return owner + " IS NULL";
    return "(" + owner + " IS NULL OR " + record::in_list(owner.c_str(), homes, "owner", params) + ")";
}

std::string place_standing(const std::string& alias) {
    return alias + ".joined_to IS NULL AND " + alias + ".closed_on IS NULL";
}

}  // namespace tsunagi::resources
