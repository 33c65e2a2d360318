// SPDX-License-Identifier: Apache-2.0
#include "modules/meetings/meeting_rules.hpp"

#include <algorithm>
#include <set>

#include "core/utf8.hpp"

namespace tsunagi::meetings {
namespace {

/// Every id that an item of the list keeps must stand in `known`, once.
template <class Item>
void check_ids(const std::vector<Item>& items, const std::vector<Item>* known, const std::string& pointer,
               std::vector<core::FieldError>& errors) {
    std::set<std::string> seen;
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (!items[i].id)
            continue;
        const std::string place = pointer + "/" + std::to_string(i) + "/id";
        const bool is_known =
            known != nullptr && std::ranges::any_of(*known, [&](const Item& item) { return item.id == items[i].id; });
        if (!is_known)
            errors.push_back({place, "not_found", ""});
        if (!seen.insert(items[i].id->str()).second)
            errors.push_back({place, "duplicate", ""});
    }
}

template <class Item>
const Item* same(const std::vector<Item>* items, const Item& item) {
    if (items == nullptr || !item.id)
        return nullptr;
    const auto found = std::ranges::find_if(*items, [&](const Item& other) { return other.id == item.id; });
    return found == items->end() ? nullptr : &*found;
}

void check_subject(AgendaSubject subject, const std::optional<std::string>& id, const std::string& pointer,
                   std::vector<core::FieldError>& errors) {
    if (subject == AgendaSubject::other) {
        if (id)
            errors.push_back({pointer, "not_allowed", ""});
    } else if (!id) {
        errors.push_back({pointer, "required", ""});
    } else if (!core::is_uuid(*id)) {
        errors.push_back({pointer, "format", ""});
    }
}

bool has_owner(const Task& task) {
    return task.owner_id || !core::is_blank(task.owner_name.value);
}

}  // namespace

std::vector<core::FieldError> check(const NewBody& body, const packs::CodeBook& codes, const core::Date& today,
                                    const NewBody* before) {
    static const NewBody nothing;
    const NewBody& old = before == nullptr ? nothing : *before;
    std::vector<core::FieldError> errors;
    codes.check(body.kind, today, "/kind", errors, body.kind == old.kind);
    codes.check(body.layer, today, "/layer", errors, body.layer == old.layer);
    codes.check(body.member_categories, today, "/member_categories", errors, old.member_categories);
    return errors;
}

bool makes_circle(const std::vector<Body>& bodies, const core::BodyId& body, const core::BodyId& parent) {
    std::optional<core::BodyId> at = parent;
    for (std::size_t steps = 0; at && steps <= bodies.size(); ++steps) {
        if (*at == body)
            return true;
        const auto found = std::ranges::find_if(bodies, [&](const Body& other) { return other.id == *at; });
        at = found == bodies.end() ? std::nullopt : found->text.parent_id;
    }
    return at.has_value();
}

std::vector<core::FieldError> check(const MeetingText& text, const packs::CodeBook& codes, const core::Date& today,
                                    const core::Date& latest_day, const MeetingText* before) {
    std::vector<core::FieldError> errors;
    codes.check(text.form, today, "/form", errors, before != nullptr && before->form == text.form);
    if (text.state == MeetingState::held && text.held_on > latest_day)
        errors.push_back({"/held_on", "future", ""});
    if (text.started_at && text.ended_at && *text.ended_at < *text.started_at) {
        errors.push_back({"/ended_at", "date_order", ""});
    }
    check_ids(text.agenda, before == nullptr ? nullptr : &before->agenda, "/agenda", errors);
    check_ids(text.tasks, before == nullptr ? nullptr : &before->tasks, "/tasks", errors);
    for (std::size_t i = 0; i < text.agenda.size(); ++i) {
        const std::string pointer = "/agenda/" + std::to_string(i);
        const AgendaItem& item = text.agenda[i];
        const AgendaItem* old = same(before == nullptr ? nullptr : &before->agenda, item);
        check_subject(item.subject, item.subject_id, pointer + "/subject_id", errors);
        codes.check(item.outcome, today, pointer + "/outcome", errors, old != nullptr && old->outcome == item.outcome);
    }
    for (std::size_t i = 0; i < text.attendance.size(); ++i) {
        const auto& category = text.attendance[i].category;
        const bool kept = before != nullptr && std::ranges::any_of(before->attendance, [&](const Attendance& other) {
                              return other.category == category;
                          });
        codes.check(category, today, "/attendance/" + std::to_string(i) + "/category", errors, kept);
    }
    for (std::size_t i = 0; i < text.tasks.size(); ++i) {
        const std::string pointer = "/tasks/" + std::to_string(i);
        const Task& task = text.tasks[i];
        const Task* old = same(before == nullptr ? nullptr : &before->tasks, task);
        if (!has_owner(task) && (old == nullptr || has_owner(*old)))
            errors.push_back({pointer + "/owner_name", "required", ""});
        if (!task.due_on && (old == nullptr || old->due_on))
            errors.push_back({pointer + "/due_on", "required", ""});
        if (old != nullptr && old->state != task.state && !may_follow(old->state, task.state))
            errors.push_back({pointer + "/state", "not_allowed", ""});
    }
    return errors;
}

std::vector<core::FieldError> check(const NewAgendaItem& item) {
    std::vector<core::FieldError> errors;
    check_subject(item.subject, item.subject_id, "/subject_id", errors);
    return errors;
}

bool may_follow(TaskState from, TaskState to) {
    using enum TaskState;
    switch (from) {
        case todo:
            return to == doing || to == done;
        case doing:
            return to == done || to == todo;
        case done:
            return to == returned;
        case returned:
            return to == doing || to == done;
    }
    return false;
}

}  // namespace tsunagi::meetings
