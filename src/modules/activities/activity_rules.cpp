// SPDX-License-Identifier: Apache-2.0
#include "modules/activities/activity_rules.hpp"

#include <algorithm>
#include <array>

namespace tsunagi::activities {
namespace {

constexpr std::string_view contact = "contact";
constexpr std::string_view oral_nutrition = "oral_nutrition";
constexpr std::string_view startup = "startup";
constexpr std::string_view two_physicians = "two_physicians";
/// Forms in which somebody besides the one spoken with takes part.
constexpr std::array<std::string_view, 3> with_partner{oral_nutrition, "two_physicians", "outreach"};

void check_days(const ActivityText& text, const ActivityCheck& check, std::vector<core::FieldError>& errors) {
    if (text.done_on > check.latest_day)
        errors.push_back({check.root + "/done_on", "future", check.latest_day.str()});
    for (const auto& [day, field] : {std::pair(text.agreed_on, "/agreed_on"), std::pair(text.begun_on, "/begun_on")}) {
        if (day && *day > check.latest_day)
            errors.push_back({check.root + field, "future", check.latest_day.str()});
    }
    if (text.follow_up_on && *text.follow_up_on < text.done_on)
        errors.push_back({check.root + "/follow_up_on", "date_order", text.done_on.str()});
    if (!text.settled_on)
        return;
    if (*text.settled_on > check.latest_day)
        errors.push_back({check.root + "/settled_on", "future", check.latest_day.str()});
    else if (*text.settled_on < text.done_on)
        errors.push_back({check.root + "/settled_on", "date_order", text.done_on.str()});
}

/// The fields of a register are there where the form has them, and nowhere else.
void check_form(const ActivityText& text, const ActivityCheck& check, std::vector<core::FieldError>& errors) {
    const std::string form = form_of(check.codes, text.kind.value);
    const auto only = [&](bool has, bool given, const std::string& field) {
        if (given && !has)
            errors.push_back({check.root + "/" + field, "not_allowed", ""});
    };
    const bool registered = form != contact;
    if (registered && !text.state)
        errors.push_back({check.root + "/state", "required", ""});
    only(registered, text.state.has_value(), "state");
    const bool settled = text.state == ActivityState::done || text.state == ActivityState::declined;
    only(registered && settled, text.settled_on.has_value(), "settled_on");
    only(form == oral_nutrition, text.advice_field.has_value(), "advice_field");
    only(std::ranges::find(with_partner, form) != with_partner.end(), !text.partner.empty(), "partner");
    only(form == startup, !text.startup_supports.empty(), "startup_supports");
    only(form == two_physicians, !text.conditions.empty(), "conditions");
    only(form == two_physicians, !text.candidates.empty(), "candidates");
    only(form == two_physicians, !text.agreement.empty(), "agreement");
    only(form == two_physicians, text.agreed_on.has_value(), "agreed_on");
    only(form == two_physicians || form == startup, text.begun_on.has_value(), "begun_on");
    only(registered, text.follow_up_on.has_value(), "follow_up_on");
    if (form == two_physicians && text.state == ActivityState::done && text.with_affiliation.empty() &&
        text.with_name.empty())
        errors.push_back({check.root + "/with_affiliation", "required", ""});
    if (form == oral_nutrition && !text.advice_field)
        errors.push_back({check.root + "/advice_field", "required", ""});
    if (form == startup && text.with_affiliation.empty())
        errors.push_back({check.root + "/with_affiliation", "required", ""});
    if (!registered && !check.of_case)
        errors.push_back({check.root + "/kind", "needs_case", ""});
    if (!registered && text.said.empty() && text.outcome.empty())
        errors.push_back({check.root + "/said", "required", ""});
}

}  // namespace

std::string form_of(const packs::CodeBook& codes, const std::string& kind) {
    const auto* entry = codes.code("activity_kind", kind);
    return entry != nullptr && entry->parent ? entry->parent->value : std::string(contact);
}

std::vector<core::FieldError> check(const ActivityText& text, const ActivityCheck& check) {
    static const ActivityText nothing;
    const ActivityText& old = check.before == nullptr ? nothing : *check.before;
    std::vector<core::FieldError> errors;
    const auto& codes = check.codes;
    codes.check(text.kind, check.today, check.root + "/kind", errors, text.kind == old.kind);
    codes.check(text.with_profession, check.today, check.root + "/with_profession", errors,
                text.with_profession == old.with_profession);
    codes.check(text.advice_field, check.today, check.root + "/advice_field", errors,
                text.advice_field == old.advice_field);
    codes.check(text.startup_supports, check.today, check.root + "/startup_supports", errors, old.startup_supports);
    check_days(text, check, errors);
    check_form(text, check, errors);
    return errors;
}

void withhold_names(ActivityText& text) {
    text.with_name = {};
    text.partner = {};
    text.candidates = {};
}

void withhold_words(ActivityText& text) {
    withhold_names(text);
    text.with_affiliation = {};
    text.said = {};
    text.outcome = {};
    text.conditions = {};
    text.agreement = {};
}

}  // namespace tsunagi::activities
