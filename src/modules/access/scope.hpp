// SPDX-License-Identifier: Apache-2.0
// The one scope predicate. Every query that reads a tenant table puts it into its WHERE: list, count, group, search,
// autocomplete, export and the checks behind error texts alike. What it hides does not exist for the reader.
#pragma once
#include <string>
#include <string_view>

#include "modules/access/actor.hpp"
#include "record/params.hpp"

namespace tsunagi::access {

/// Condition for rows of `consultations` under that alias: the person's desks; for officers the municipality's desks
/// without drafts; for advisors the cases (and the evidence of issues) on the agenda of meetings they attend, until
/// thirty days after the meeting. Never true for anybody else. Binds values named `scope_…`; several predicates of the
/// same person may stand in one statement.
[[nodiscard]] std::string consultations_visible(const Actor& actor, std::string_view alias, record::Params& params);

/// The same rows for counting only, plus those of the municipalities below a prefectural officer's prefecture.
/// Cases behind the figures must still be asked for with `consultations_visible`.
[[nodiscard]] std::string consultations_countable(const Actor& actor, std::string_view alias, record::Params& params);

/// Registered cases of other desks of the person's municipality which those share: of them nothing but codes and the
/// confirmed anonymised background may be shown. Never true for anybody but desk people.
[[nodiscard]] std::string consultations_shared_by_others(const Actor& actor, std::string_view alias,
                                                         record::Params& params);

/// Condition for rows of `activities` (alias `activity`) that are joined to their case (alias `consultation`, its
/// columns NULL where there is none): whoever may not see the case may not see what was done about it; what belongs to
/// no case is seen by the people of the desk and the officers of its municipality.
[[nodiscard]] std::string activities_visible(const Actor& actor, std::string_view activity,
                                             std::string_view consultation, record::Params& params);

/// Condition for rows with `desk_id` and `municipality_id` under that alias: the person works at the desk or for its
/// municipality. Beside another predicate it leaves out what an agenda alone discloses.
[[nodiscard]] std::string worked_with(const Actor& actor, std::string_view alias, record::Params& params);

/// Whether an agenda can disclose anything to the person: advisors and committee members.
[[nodiscard]] bool sees_agendas(const Actor& actor);

/// What an agenda item can point to.
enum class Shared { issue, meeting, measure, indicator, evaluation, body };

/// Condition for rows of a table that the municipality works on together (issues, meetings, measures, indicators,
/// evaluations, bodies; the alias has `id` and `municipality_id`).
[[nodiscard]] std::string shared_visible(const Actor& actor, Shared kind, std::string_view alias,
                                         record::Params& params);

/// May the person change a shared record (see `Shared`) of this desk and municipality that they can see? Desk people
/// those of their desks, officers those of their municipality. Consultations are changed by desk people alone: there
/// `Actor::works_at` decides.
[[nodiscard]] bool may_change(const Actor& actor, const std::optional<core::DeskId>& desk,
                              const core::RegionId& municipality);

}  // namespace tsunagi::access
