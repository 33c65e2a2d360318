// SPDX-License-Identifier: Apache-2.0
#include "modules/discharges/form_rules.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>
#include <stdexcept>

#include "core/utf8.hpp"
#include "modules/packs/yaml_values.hpp"

namespace tsunagi::discharges {
namespace {

const std::set<std::string, std::less<>> kinds{"line", "text", "day", "number", "choice", "choices"};
constexpr std::size_t longest_line = 200;

const FormField* field_named(const FormDefinition& form, const record::CodeName& code) {
    for (const FormSection& section : form.sections) {
        const auto field = std::ranges::find(section.fields, code, &FormField::code);
        if (field != section.fields.end())
            return &*field;
    }
    return nullptr;
}

bool is_number(const std::string& text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size() && std::isfinite(value);  // no `nan`, no `inf`
}

void check_form(const FormDefinition& form, const std::string& file) {
    std::set<std::string> names;
    const auto fail = [&](const FormField& field, const std::string& what) {
        throw std::runtime_error(file + ": the field `" + field.code.str() + "` of the form `" + form.code.str() +
                                 "` " + what);
    };
    for (const FormSection& section : form.sections) {
        for (const FormField& field : section.fields) {
            const bool chooses = field.kind.str() == "choice" || field.kind.str() == "choices";
            if (!names.insert(field.code.str()).second)
                fail(field, "stands twice");
            if (!kinds.contains(field.kind.str()))
                fail(field, "has a kind that there is not");
            if (chooses == field.options.empty())
                fail(field, chooses ? "has nothing to choose from" : "has options and no choice");
            std::set<std::string> codes;
            for (const FormOption& option : field.options) {
                if (!codes.insert(option.code.str()).second)
                    fail(field, "has the option `" + option.code.str() + "` twice");
            }
        }
    }
}

/// What is wrong with an answer; empty when nothing.
std::string fault_of(const FormAnswer& answer, const FormField& field) {
    const std::string& kind = field.kind.str();
    const bool chooses = kind == "choice" || kind == "choices";
    if (chooses ? !answer.text.empty() : !answer.choices.empty())
        return "not_allowed";
    if (answer.text.empty() && answer.choices.empty())
        return {};
    if (kind == "day")
        return core::Date::parse(answer.text.str()) ? "" : "date";
    if (kind == "number")
        return is_number(answer.text.str()) ? "" : "number";
    if (kind == "line")
        return core::utf8_length(answer.text.str()).value_or(0) > longest_line ? "too_long" : "";
    if (kind == "choice" && answer.choices.size() > 1)
        return "too_many";
    for (const auto& choice : answer.choices) {
        if (std::ranges::find(field.options, choice, &FormOption::code) == field.options.end())
            return "unknown_code";
        if (std::ranges::count(answer.choices, choice) > 1)
            return "duplicate";
    }
    return {};
}

}  // namespace

FormDefinitions read_forms(const std::filesystem::path& folder) {
    const auto file = folder / "discharge_forms.yaml";
    auto forms = packs::value_of_yaml_file<FormDefinitions>(file);
    std::set<std::string> codes;
    for (const FormDefinition& form : forms.forms) {
        if (!codes.insert(form.code.str()).second)
            throw std::runtime_error(file.string() + ": the form `" + form.code.str() + "` stands twice");
        check_form(form, file.string());
    }
    return forms;
}

const FormDefinition* form_named(const FormDefinitions& forms, const record::CodeName& code) {
    const auto form = std::ranges::find(forms.forms, code, &FormDefinition::code);
    return form == forms.forms.end() ? nullptr : &*form;
}

std::vector<core::FieldError> check(const FormText& text, const FormDefinition& form, const core::Date& latest_day,
                                    const std::string& root) {
    std::vector<core::FieldError> errors;
    if (text.written_on > latest_day)
        errors.push_back({root + "/written_on", "future", latest_day.str()});
    std::set<std::string> answered;
    for (std::size_t i = 0; i < text.answers.size(); ++i) {
        const FormAnswer& answer = text.answers[i];
        const std::string place = root + "/answers/" + std::to_string(i);
        const FormField* field = field_named(form, answer.field);
        if (field == nullptr) {
            errors.push_back({place + "/field", "unknown_code", ""});
            continue;
        }
        if (!answered.insert(answer.field.str()).second)
            errors.push_back({place + "/field", "duplicate", ""});
        const std::string fault = fault_of(answer, *field);
        if (!fault.empty()) {
            const bool chooses = !field->options.empty();
            errors.push_back({place + (chooses ? "/choices" : "/text"), fault,
                              fault == "too_long" ? std::to_string(longest_line) : std::string()});
        }
    }
    return errors;
}

void drop_empty(FormText& text) {
    std::erase_if(text.answers,
                  [](const FormAnswer& one) { return one.choices.empty() && core::is_blank(one.text.str()); });
}

}  // namespace tsunagi::discharges
