// SPDX-License-Identifier: Apache-2.0
#include "modules/access/scope.hpp"

#include <algorithm>

namespace tsunagi::access {
namespace {

/// What was on an agenda stays readable for those who attended until this many days after the meeting.
constexpr int disclosed_days = 30;

/// Several predicates share one list of values: a name that is bound already keeps its value.
void bind_once(record::Params& params, const std::string& name, const std::string& value) {
    const auto& items = params.items();
    if (std::ranges::none_of(items, [&](const auto& item) { return item.first == name; }))
        params.set(name, value);
}

template <class Id>
std::string in_list(const std::string& column, const std::vector<Id>& ids, std::string_view prefix,
                    record::Params& params) {
    std::string result = column + " IN (";
    for (std::size_t i = 0; i < ids.size(); ++i) {
        const std::string name = "scope_" + std::string(prefix) + std::to_string(i);
        bind_once(params, name, ids[i].str());
        result += (i == 0 ? ":" : ", :") + name;
    }
    return result + ")";
}

std::string any_of(const std::vector<std::string>& conditions) {
    if (conditions.empty())
        return "1 = 0";
    std::string result = "(";
    for (const std::string& condition : conditions) {
        if (result.size() > 1)
            result += " OR ";
        result += condition;
    }
    return result + ")";
}

void bind_agenda(const Actor& actor, record::Params& params) {
    bind_once(params, "scope_user", actor.user_id.str());
    bind_once(params, "scope_since", actor.today.plus_days(-disclosed_days).str());
}

/// Joins meetings (scope_m) and attendances (scope_a) to what stands before it and keeps the meetings the person
/// attends.
constexpr std::string_view attended =
    " JOIN attendances scope_a ON scope_a.meeting_id = scope_m.id "
    "WHERE scope_a.user_id = :scope_user AND scope_m.held_on >= :scope_since";

/// Ids of everything of that kind on the agendas of these meetings.
std::string on_agenda(std::string_view subject) {
    return "SELECT scope_i.subject_id FROM agenda_items scope_i JOIN meetings scope_m ON scope_m.id = "
           "scope_i.meeting_id" +
           std::string(attended) + " AND scope_i.subject = '" + std::string(subject) + "'";
}

/// Ids of another table's rows that belong to an issue or measure on these agendas.
std::string belonging_to(std::string_view what, std::string_view table, std::string_view owner,
                         std::string_view subject) {
    return "SELECT " + std::string(what) + " FROM " + std::string(table) + " WHERE " + std::string(owner) + " IN (" +
           on_agenda(subject) + ")";
}

std::string disclosed_consultations(const std::string& alias) {
    return "(" + alias + ".state <> 'draft' AND (" + alias + ".id IN (" + on_agenda("consultation") + ") OR " + alias +
           ".id IN (" + belonging_to("consultation_id", "issue_evidence", "candidate = 0 AND issue_id", "issue") +
           ")))";
}

std::string disclosed(Shared kind, const std::string& alias) {
    const std::string id = alias + ".id IN (";
    switch (kind) {
        case Shared::issue:
            return id + on_agenda("issue") + ")";
        case Shared::measure:
            return id + on_agenda("measure") + ")";
        case Shared::meeting:
            return id + "SELECT scope_m.id FROM meetings scope_m" + std::string(attended) + ")";
        case Shared::body:
            return id + "SELECT scope_m.body_id FROM meetings scope_m" + std::string(attended) + ")";
        case Shared::indicator:
            return "(" + id + belonging_to("indicator_id", "indicator_issues", "issue_id", "issue") + ") OR " + id +
                   belonging_to("indicator_id", "indicator_measures", "measure_id", "measure") + "))";
        case Shared::evaluation:
            return "(" + alias + ".issue_id IN (" + on_agenda("issue") + ") OR " + alias + ".measure_id IN (" +
                   on_agenda("measure") + "))";
    }
    return "1 = 0";
}

std::vector<std::string> consultation_conditions(const Actor& actor, const std::string& alias, record::Params& params) {
    std::vector<std::string> conditions;
    if (!actor.desks.empty())
        conditions.push_back(in_list(alias + ".desk_id", actor.desks, "desk", params));
    if (!actor.municipalities.empty()) {
        conditions.push_back("(" + in_list(alias + ".municipality_id", actor.municipalities, "city", params) + " AND " +
                             alias + ".state <> 'draft')");
    }
    if (sees_agendas(actor)) {
        bind_agenda(actor, params);
        conditions.push_back(disclosed_consultations(alias));
    }
    return conditions;
}

}  // namespace

bool sees_agendas(const Actor& actor) {
    return actor.disclosed_only || std::ranges::any_of(actor.assignments, [](const Assignment& assignment) {
               return assignment.role == Role::advisor || assignment.role == Role::committee;
           });
}

std::string consultations_visible(const Actor& actor, std::string_view alias, record::Params& params) {
    return any_of(consultation_conditions(actor, std::string(alias), params));
}

std::string consultations_shared_by_others(const Actor& actor, std::string_view alias, record::Params& params) {
    const std::string name(alias);
    if (actor.desks.empty() || actor.desk_municipalities.empty())
        return any_of({});
    // The index of what is shared is asked with the value as it stands in its condition.
    return "(" + name + ".shared_with_municipality = 1 AND " + name + ".state <> 'draft' AND " +
           in_list(name + ".municipality_id", actor.desk_municipalities, "home", params) + " AND NOT " +
           in_list(name + ".desk_id", actor.desks, "desk", params) + ")";
}

std::string worked_with(const Actor& actor, std::string_view alias, record::Params& params) {
    const std::string name(alias);
    std::vector<std::string> own;
    if (!actor.desks.empty())
        own.push_back(in_list(name + ".desk_id", actor.desks, "desk", params));
    if (!actor.municipalities.empty())
        own.push_back(in_list(name + ".municipality_id", actor.municipalities, "city", params));
    return any_of(own);
}

std::string activities_visible(const Actor& actor, std::string_view activity, std::string_view consultation,
                               record::Params& params) {
    return "((" + std::string(consultation) + ".id IS NOT NULL AND " +
           consultations_visible(actor, consultation, params) + ") OR (" + std::string(activity) +
           ".consultation_id IS NULL AND " + worked_with(actor, activity, params) + "))";
}

std::string consultations_countable(const Actor& actor, std::string_view alias, record::Params& params) {
    const std::string name(alias);
    auto conditions = consultation_conditions(actor, name, params);
    if (!actor.prefecture_municipalities.empty()) {
        conditions.push_back("(" +
                             in_list(name + ".municipality_id", actor.prefecture_municipalities, "below", params) +
                             " AND " + name + ".state <> 'draft')");
    }
    return any_of(conditions);
}

std::string shared_visible(const Actor& actor, Shared kind, std::string_view alias, record::Params& params) {
    const std::string name(alias);
    std::vector<std::string> conditions;
    if (!actor.desk_municipalities.empty()) {
        conditions.push_back(in_list(name + ".municipality_id", actor.desk_municipalities, "home", params));
    }
    if (!actor.municipalities.empty()) {
        conditions.push_back(in_list(name + ".municipality_id", actor.municipalities, "city", params));
    }
    if (sees_agendas(actor)) {
        bind_agenda(actor, params);
        conditions.push_back(disclosed(kind, name));
    }
    return any_of(conditions);
}

bool may_change(const Actor& actor, const std::optional<core::DeskId>& desk, const core::RegionId& municipality) {
    return (desk && actor.works_at(*desk)) || actor.works_for(municipality);
}

}  // namespace tsunagi::access
