// SPDX-License-Identifier: Apache-2.0
#include "modules/access/attachment_scope.hpp"

#include "modules/access/scope.hpp"
#include "record/sql_text.hpp"

namespace tsunagi::access {

std::string attachments_visible(const Actor& actor, const std::string& file, const std::string& consultation,
                                record::Params& params) {
    std::string sql =
        actor.desks.empty() ? "1 = 0" : record::in_list(file + ".desk_id", actor.desks, "own_desk", params);
    if (!actor.municipalities.empty()) {
        sql += " OR (" + consultation + ".shared_with_municipality = 1 AND " +
               record::in_list(file + ".municipality_id", actor.municipalities, "own_city", params) + ")";
    }
    return "(" + sql + ") AND (" + file + ".consultation_id IS NULL OR " +
           consultations_visible(actor, consultation, params) + ")";
}

}  // namespace tsunagi::access
