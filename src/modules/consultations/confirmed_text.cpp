// SPDX-License-Identifier: Apache-2.0
#include "modules/consultations/confirmed_text.hpp"

#include <algorithm>
#include <array>

namespace tsunagi::consultations {
namespace {

/// Calls `each(name, text)` for every field of the sheet that holds sentences.
template <class Sheet, class F>
void for_each_text(Sheet& sheet, F&& each) {
    each("subject", sheet.subject);
    each("request", sheet.request);
    each("background", sheet.background);
    each("illness", sheet.illness);
    each("support_text", sheet.support_text);
    each("follow_up_note", sheet.follow_up_note);
    each("awareness", sheet.awareness);
    each("physician_question", sheet.physician_question);
    each("physician_assessment", sheet.physician_assessment);
    each("physician_direction", sheet.physician_direction);
}

std::string field_of(const Element& element) {
    return "elements/" + element.element.value;
}

void show_elements(std::vector<Element>& elements, const ConfirmedText* confirmed) {
    for (Element& element : elements)
        element.text.value = confirmed != nullptr ? confirmed->of(field_of(element)) : std::string();
}

}  // namespace

std::string ConfirmedText::of(const std::string& field) const {
    const auto found = std::ranges::find(fields, field, &FieldText::field);
    return found == fields.end() ? std::string() : found->text;
}

std::vector<FieldText> words_of(const ConsultationSheet& sheet) {
    std::vector<FieldText> result;
    for_each_text(sheet, [&](const char* name, const auto& text) {
        if (!text.empty())
            result.push_back({name, text.str()});
    });
    for (const Element& element : sheet.elements) {
        if (!element.text.empty())
            result.push_back({field_of(element), element.text.str()});
    }
    return result;
}

void show_anonymised(ConsultationSheet& sheet, const ConfirmedText* confirmed) {
    show_elements(sheet.elements, confirmed);
    if (confirmed == nullptr) {
        sheet.support_text = {};
        sheet.awareness = {};
        return;
    }
    for_each_text(sheet, [&](const char* name, auto& text) { text.value = confirmed->of(name); });
    sheet.age_band = confirmed->age_band;
    sheet.household = confirmed->household;
    sheet.care_level = confirmed->care_level;
    sheet.district_id = confirmed->district_id;
}

void show_anonymised(CaseBackground& background, const ConfirmedText* confirmed) {
    show_elements(background.elements, confirmed);
    if (confirmed == nullptr) {
        background.support_text.clear();
        return;
    }
    background.subject = confirmed->of("subject");
    background.background = confirmed->of("background");
    background.support_text = confirmed->of("support_text");
    background.age_band = confirmed->age_band;
    background.household = confirmed->household;
    background.care_level = confirmed->care_level;
    background.district_id = confirmed->district_id;
}

}  // namespace tsunagi::consultations
