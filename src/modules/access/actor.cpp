// SPDX-License-Identifier: Apache-2.0
#include "modules/access/actor.hpp"

#include <algorithm>

namespace tsunagi::access {

bool Actor::works_at(const core::DeskId& desk) const {
    return std::ranges::find(desks, desk) != desks.end();
}

bool Actor::works_for(const core::RegionId& municipality) const {
    return std::ranges::find(municipalities, municipality) != municipalities.end();
}

const Actor& actor_of(const std::shared_ptr<const core::Principal>& principal) {
    const auto* actor = dynamic_cast<const Actor*>(principal.get());
    if (actor == nullptr)
        throw core::Error(core::ErrorKind::unauthenticated, "unauthenticated");
    return *actor;
}

void require(const Actor& actor, std::string_view permission) {
    if (!actor.may(permission))
        throw core::Error(core::ErrorKind::forbidden, "forbidden");
}

core::DeskId desk_for_new_record(const Actor& actor, const std::optional<core::DeskId>& named) {
    const auto& open = actor.desks.empty() ? actor.municipality_desks : actor.desks;
    if (named) {
        if (std::ranges::find(open, *named) == open.end())
            throw core::invalid({{"/desk_id", "not_allowed", ""}});
        return *named;
    }
    if (open.size() != 1)
        throw core::invalid({{"/desk_id", "required", ""}});
    return open.front();
}

}  // namespace tsunagi::access
