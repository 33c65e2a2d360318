// SPDX-License-Identifier: Apache-2.0
// Who may do what, and what an account and its password must look like. Pure.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/date.hpp"
#include "core/error.hpp"
#include "modules/access/account_words.hpp"
#include "modules/access/actor.hpp"

namespace tsunagi::access {

/// What a role may do. Where it may do it is decided by the scope. docs/security.md carries the same table.
[[nodiscard]] const std::vector<std::string>& permissions_of(Role role);
/// Every permission there is, in the order of the table.
[[nodiscard]] const std::vector<std::string>& all_permissions();

/// One assignment in force with the desks that come with it: for a lead the stations of the desk, for an officer the
/// desks of the municipality; one row for each of these desks, one without if there is none.
struct PlaceRow {
    core::AssignmentId id;
    core::UserId user_id;
    Role role{};
    std::optional<core::DeskId> desk_id;
    std::optional<core::RegionId> region_id;
    core::Date from_on;
    std::optional<core::Date> until_on;
    std::optional<core::RegionId> own_municipality;
    std::optional<core::DeskId> below_id;
    std::optional<core::RegionId> below_municipality;
};
BOOST_DESCRIBE_STRUCT(PlaceRow, (),
                      (id, user_id, role, desk_id, region_id, from_on, until_on, own_municipality, below_id,
                       below_municipality))

/// Fills assignments, desks, municipalities and permissions from the assignments in force.
void apply_places(Actor& actor, const std::vector<PlaceRow>& rows);

/// Full-width and capital letters become plain small ones; blanks around are dropped.
[[nodiscard]] std::string normalised_login(std::string_view login);

/// `format` unless the login consists of small letters, digits and . _ - @; `shared_account` when login or name are
/// among the words for accounts of several people.
void check_account(const std::string& login, const std::string& name, const AccountWords& words,
                   std::vector<core::FieldError>& errors);
void check_name(const std::string& name, const AccountWords& words, std::vector<core::FieldError>& errors);

/// `too_short` (8 characters), `too_simple` (fewer than two kinds of characters), `same_as_login`, `too_common`.
void check_password(const std::string& password, const std::string& login, const AccountWords& words,
                    const std::string& pointer, std::vector<core::FieldError>& errors);

/// How long the account stays closed after that many failures in a row: 2, 4, 8 … seconds, fifteen minutes from ten on.
[[nodiscard]] std::chrono::seconds delay_after(std::int64_t failures);

/// The place that goes with the role is given and no other, and the days are in order.
void check_assignment(const NewAssignment& assignment, const std::string& pointer,
                      std::vector<core::FieldError>& errors);

/// The roles of a stored list, `lead,municipal`.
[[nodiscard]] std::vector<Role> roles_of(std::string_view list);

}  // namespace tsunagi::access
