// SPDX-License-Identifier: Apache-2.0
#include "modules/access/shared_store.hpp"

namespace tsunagi::access {

using record::Params;

Authors authors(db::ReadTx& tx, const core::UserId& created_by, const core::UserId& updated_by) {
    return tx
        .row<Authors>("SELECT c.name, u.name FROM users c CROSS JOIN users u WHERE c.id = :created AND u.id = :updated",
                      Params().set("created", created_by).set("updated", updated_by))
        .value_or(Authors{});
}

bool active_user_exists(db::ReadTx& tx, const core::UserId& id) {
    return tx.number("SELECT count(*) FROM users WHERE id = :id AND active = 1", Params().set("id", id)) > 0;
}

std::optional<core::RegionId> municipality_of(db::ReadTx& tx, const core::DeskId& desk) {
    return tx.row<core::RegionId>("SELECT municipality_id FROM desks WHERE id = :id", Params().set("id", desk));
}

void require_change(const Actor& actor, const std::optional<core::DeskId>& desk, const core::RegionId& municipality) {
    if (!may_change(actor, desk, municipality))
        throw core::Error(core::ErrorKind::forbidden, "forbidden");
}

}  // namespace tsunagi::access
