// SPDX-License-Identifier: Apache-2.0
#include "modules/consultations/consultation_rules.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace tsunagi::consultations {
namespace {

using core::FieldError;

template <class T>
bool is_empty(const T& value) {
    if constexpr (record::is_optional<T>::value) {
        return !value.has_value();
    } else {
        return value.empty();
    }
}

void check_required(const ConsultationSheet& sheet, const SheetCheck& check, std::vector<FieldError>& errors) {
    const auto& fields = check.codes.sheet().fields;
    record::for_each_member<ConsultationSheet>([&](auto member) {
        const std::string_view name = member.name;
        // Number and place in the tables come from the day, whatever the sheet in force says.
        const bool always =
            name == "received_on" || (check.demand == Demand::closed && (name == "result" || name == "background"));
        const bool required = always || std::ranges::any_of(fields, [&](const packs::SheetField& field) {
                                  return field.required && field.field.value == name;
                              });
        if (required && is_empty(sheet.*member.pointer))
            errors.push_back({check.pointer + "/" + std::string(name), "required", ""});
    });
}

/// Checks every code of the sheet against its scheme on the day the call was received.
void check_codes(const ConsultationSheet& sheet, const SheetCheck& check, std::vector<FieldError>& errors) {
    const core::Date on = sheet.received_on.value_or(check.today);
    const auto one = [&](const auto& value, const char* name, const auto& before) {
        const bool kept = check.before != nullptr && before == value;
        check.codes.check(value, on, check.pointer + "/" + name, errors, kept);
    };
    const auto list = [&]<class Codes>(const Codes& values, const char* name, const Codes& before) {
        check.codes.check(values, on, check.pointer + "/" + name, errors, check.before != nullptr ? before : Codes{});
    };
    const ConsultationSheet& before = check.before != nullptr ? *check.before : sheet;
    one(sheet.kind, "kind", before.kind);
    one(sheet.caller_profession, "caller_profession", before.caller_profession);
    one(sheet.caller_contact, "caller_contact", before.caller_contact);
    one(sheet.method, "method", before.method);
    one(sheet.age_band, "age_band", before.age_band);
    one(sheet.household, "household", before.household);
    one(sheet.care_level, "care_level", before.care_level);
    list(sheet.treatments, "treatments", before.treatments);
    one(sheet.topic, "topic", before.topic);
    one(sheet.subtopic, "subtopic", before.subtopic);
    list(sheet.scenes, "scenes", before.scenes);
    one(sheet.urgency, "urgency", before.urgency);
    one(sheet.difficulty, "difficulty", before.difficulty);
    list(sheet.relisted, "relisted", before.relisted);
    list(sheet.supports, "supports", before.supports);
    one(sheet.result, "result", before.result);
    list(sheet.asked, "asked", before.asked);
}

void check_elements(const ConsultationSheet& sheet, const SheetCheck& check, std::vector<FieldError>& errors) {
    const core::Date on = sheet.received_on.value_or(check.today);
    const auto same = [](const Element& one) {
        return [&](const Element& other) { return other.element == one.element; };
    };
    for (std::size_t i = 0; i < sheet.elements.size(); ++i) {
        const Element& element = sheet.elements[i];
        const std::string place = check.pointer + "/elements/" + std::to_string(i);
        const auto earlier = sheet.elements.begin() + static_cast<std::ptrdiff_t>(i);
        if (std::find_if(sheet.elements.begin(), earlier, same(element)) != earlier)
            errors.push_back({place + "/element", "duplicate", ""});
        const bool kept = check.before != nullptr && std::ranges::any_of(check.before->elements, same(element));
        check.codes.check(element.element, on, place + "/element", errors, kept);
        if (element.value == ElementValue::text && element.text.empty())
            errors.push_back({place + "/text", "required", ""});
    }
}

void check_subtopic(const ConsultationSheet& sheet, const SheetCheck& check, std::vector<FieldError>& errors) {
    if (!sheet.subtopic)
        return;
    const auto* entry = check.codes.code("subtopic", sheet.subtopic->value);
    if (entry == nullptr || !entry->parent)
        return;
    if (!sheet.topic || entry->parent->value != sheet.topic->value)
        errors.push_back({check.pointer + "/subtopic", "not_allowed", ""});
}

void check_dates(const ConsultationSheet& sheet, const SheetCheck& check, std::vector<FieldError>& errors) {
    const auto not_before = [&](const auto& later, const auto& earlier, const char* name) {
        if (later && earlier && *later < *earlier)
            errors.push_back({check.pointer + "/" + name, "date_order", earlier->str()});
    };
    if (sheet.received_on && *sheet.received_on > check.latest_day)
        errors.push_back({check.pointer + "/received_on", "future", check.latest_day.str()});
    not_before(sheet.ended_at, sheet.started_at, "ended_at");
    not_before(sheet.result_on, sheet.received_on, "result_on");
    not_before(sheet.follow_up_on, sheet.received_on, "follow_up_on");
    not_before(sheet.physician_advised_on, sheet.physician_asked_on, "physician_advised_on");
}

}  // namespace

std::vector<FieldError> check_sheet(const ConsultationSheet& sheet, const SheetCheck& check) {
    std::vector<FieldError> errors;
    if (check.demand != Demand::nothing)
        check_required(sheet, check, errors);
    check_codes(sheet, check, errors);
    check_elements(sheet, check, errors);
    check_subtopic(sheet, check, errors);
    check_dates(sheet, check, errors);
    return errors;
}

VersionKind step(ConsultationState from, bool closed_before, const StateChange& change) {
    using enum ConsultationState;

    struct Step {
        ConsultationState from;
        ConsultationState to;
        VersionKind kind;
    };

    static constexpr std::array<Step, 9> steps{{{draft, open, VersionKind::registered},
                                                {open, on_hold, VersionKind::held},
                                                {reopened, on_hold, VersionKind::held},
                                                {on_hold, open, VersionKind::resumed},
                                                {on_hold, reopened, VersionKind::resumed},
                                                {open, closed, VersionKind::closed},
                                                {on_hold, closed, VersionKind::closed},
                                                {reopened, closed, VersionKind::closed},
                                                {closed, reopened, VersionKind::reopened}}};
    for (const Step& one : steps) {
        if (one.from != from || one.to != change.state)
            continue;
        if (one.kind == VersionKind::resumed && (one.to == reopened) != closed_before)
            continue;
        if (one.kind == VersionKind::reopened && change.reason.empty())
            throw core::invalid({{"/reason", "required", ""}});
        return one.kind;
    }
    throw core::not_allowed_in_state(record::to_text(from));
}

Standing standing_before_closing(const std::vector<ConsultationVersion>& history) {
    Standing now;
    Standing before;
    for (const ConsultationVersion& one : history) {
        switch (one.kind) {
            case VersionKind::held:
                now.state = ConsultationState::on_hold;
                break;
            case VersionKind::resumed:
                now.state = now.closed_at ? ConsultationState::reopened : ConsultationState::open;
                break;
            case VersionKind::closed:
                before = now;
                now = {.state = ConsultationState::closed, .closed_at = one.at};
                break;
            case VersionKind::reopened:
                // A record that came in closed, with a log of former years, has no version of its closing.
                if (!now.closed_at)
                    now.closed_at = history.front().at;
                now.state = ConsultationState::reopened;
                break;
            case VersionKind::unfinalised:
                now = before;
                break;
            case VersionKind::created:
            case VersionKind::edited:
            case VersionKind::registered:
            case VersionKind::correction:
            case VersionKind::person:
            case VersionKind::sharing:
                break;
        }
    }
    return before;
}

void require_editable(ConsultationState state) {
    if (state == ConsultationState::closed)
        throw core::not_allowed_in_state(record::to_text(state));
}

std::string sealed_for(const core::ConsultationId& id) {
    return "consultation_persons/" + id.str();
}

std::string paper_number(std::int64_t fiscal_year, std::int64_t sequence) {
    const core::EraYear era = core::era_of_fiscal_year(static_cast<int>(fiscal_year));
    std::array<char, 40> text{};
    const int size =
        std::snprintf(text.data(), text.size(), "%c%d-%04lld", era.letter, era.year, static_cast<long long>(sequence));
    return {text.data(), static_cast<std::size_t>(size)};
}

std::optional<core::Date> awaiting_advice_since(const ConsultationSheet& sheet) {
    const bool ordinary = sheet.difficulty && sheet.difficulty->value == "ordinary";
    return sheet.physician_advised_on || ordinary ? std::nullopt : sheet.physician_asked_on;
}

std::string marks_of(const ConsultationSheet& sheet) {
    std::string marks = " ";
    for (const auto& scene : sheet.scenes)
        marks += "scene:" + scene.value + " ";
    for (const auto& relisted : sheet.relisted)
        marks += "relisted:" + relisted.value + " ";
    for (const auto& element : sheet.elements) {
        marks += "element:" + element.element.value + " ";
        if (element.value == ElementValue::suspected)
            marks += "suspected:" + element.element.value + " ";
    }
    if (!sheet.support_text.empty() || sheet.result || sheet.physician_asked_on)
        marks += "worked_on ";
    if (const auto since = awaiting_advice_since(sheet))
        marks += "awaiting_advice:" + since->str() + " ";
    return marks;
}

Disclosure disclosure(const access::Actor& actor, const core::DeskId& desk, const core::RegionId& municipality,
                      bool shared) {
    if (actor.works_at(desk))
        return Disclosure::full;
    if (actor.works_for(municipality))
        return shared ? Disclosure::full : Disclosure::no_caller;
    return Disclosure::background;
}

void withhold(ConsultationSheet& sheet, Disclosure disclosure) {
    if (disclosure == Disclosure::full)
        return;
    sheet.caller_name = {};
    sheet.caller_kana = {};
    sheet.caller_phone = {};
    sheet.caller_contact.reset();
    if (disclosure == Disclosure::no_caller)
        return;
    sheet.receiver_id.reset();
    sheet.caller_affiliation = {};
    sheet.caller_profession_note = {};
    sheet.method_note = {};
    sheet.request = {};
    sheet.follow_up_note = {};
    sheet.asked.clear();
}

void withhold(Consultation& consultation, Disclosure disclosure) {
    if (disclosure == Disclosure::full)
        return;
    consultation.masked = true;
    consultation.has_person = false;
    withhold(consultation.sheet, disclosure);
    if (disclosure == Disclosure::background) {  // who took the call is part of the call
        consultation.created_by_name = {};
        consultation.updated_by_name = {};
    }
}

}  // namespace tsunagi::consultations
