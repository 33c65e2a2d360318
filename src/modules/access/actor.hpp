// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "core/date.hpp"
#include "core/error.hpp"
#include "core/id.hpp"
#include "core/principal.hpp"
#include "modules/access/user.hpp"

namespace tsunagi::access {

/// The signed-in person with everything that decides what may be seen and done on that day.
/// Made once per request from the session and the assignments in force.
class Actor final : public core::Principal {
public:
    core::UserId user_id;
    std::string login;
    std::string name;
    core::Date today;
    core::Date latest_day;                ///< what lies behind it is the future; `today` but in a demonstration
    std::vector<Assignment> assignments;  ///< in force today

    /// Desks whose records the person works with: the own ones, and for a lead the stations below them.
    std::vector<core::DeskId> desks;
    /// Municipalities of these desks. Issues, meetings, measures and indicators are read across the municipality.
    std::vector<core::RegionId> desk_municipalities;
    /// Municipalities the person works for as an officer: all their desks, without identifying data unless shared.
    std::vector<core::RegionId> municipalities;
    /// Desks of these municipalities: an officer writes issues, measures and indicators down for one of them.
    std::vector<core::DeskId> municipality_desks;
    /// Municipalities below the person's prefecture: figures only.
    std::vector<core::RegionId> prefecture_municipalities;
    /// Advisor or committee member: only what is on the agenda of a meeting they attend.
    bool disclosed_only = false;

    std::set<std::string, std::less<>> permissions;
    std::string csrf;
    std::string restriction_reason;

    [[nodiscard]] bool may(std::string_view permission) const override { return permissions.contains(permission); }

    [[nodiscard]] std::string restriction() const override { return restriction_reason; }

    [[nodiscard]] const std::string& csrf_token() const override { return csrf; }

    [[nodiscard]] bool works_at(const core::DeskId& desk) const;
    [[nodiscard]] bool works_for(const core::RegionId& municipality) const;
};

/// The actor of a request; the router has let nobody else through.
[[nodiscard]] const Actor& actor_of(const std::shared_ptr<const core::Principal>& principal);

/// Throws `forbidden` unless the person holds the permission. Services ask as well as routes, so that a command or a
/// second route does not open a way around.
void require(const Actor& actor, std::string_view permission);

/// Where a new record goes: the desk that was named if the person works there, else the only desk they have.
/// For an officer without a desk the desks of the municipality take their place.
/// Throws `invalid` at `/desk_id` (`required`, `not_allowed`).
[[nodiscard]] core::DeskId desk_for_new_record(const Actor& actor, const std::optional<core::DeskId>& named);

}  // namespace tsunagi::access
