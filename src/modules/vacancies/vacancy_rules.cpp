// SPDX-License-Identifier: Apache-2.0
#include "modules/vacancies/vacancy_rules.hpp"

namespace tsunagi::vacancies {
namespace {

constexpr std::int64_t most_free = 999;
constexpr int usual_days = 14;
constexpr char between = ':';

bool is_blank(const std::string& text) {
    return text.find_first_not_of(" \t\r\n") == std::string::npos;
}

}  // namespace

std::vector<core::FieldError> check(const VacancyNote& note, const std::string& root) {
    std::vector<core::FieldError> errors;
    if (note.acceptance == Acceptance::no && note.free.value_or(0) != 0)
        errors.push_back({root + "/free", "none_when_no", ""});
    else if (note.acceptance == Acceptance::now && note.free && *note.free < 1)
        errors.push_back({root + "/free", "range", "1-" + std::to_string(most_free)});
    else if (note.free && (*note.free < 0 || *note.free > most_free))
        errors.push_back({root + "/free", "range", "0-" + std::to_string(most_free)});
    if (note.acceptance == Acceptance::conditional && is_blank(note.conditions))
        errors.push_back({root + "/conditions", "required", ""});
    return errors;
}

VacancyText text_of(const VacancyNote& note, const core::Date& today, bool by_page) {
    VacancyText text;
    text.acceptance = note.acceptance;
    text.unit = note.unit;
    if (note.acceptance != Acceptance::no)
        text.free = note.free;
    text.conditions = note.conditions;
    text.from_on = note.from_on;
    text.told_on = today;
    text.told_by = note.told_by;
    text.expires_on = today.plus_days(note.days ? static_cast<int>(note.days->value) : usual_days);
    text.by_page = by_page;
    return text;
}

VacancyState state_on(const std::optional<Acceptance>& acceptance, const std::optional<core::Date>& expires_on,
                      const core::Date& today) {
    if (!acceptance || !expires_on)
        return VacancyState::unknown;
    if (*expires_on < today)
        return VacancyState::expired;
    switch (*acceptance) {
        case Acceptance::now:
            return VacancyState::now;
        case Acceptance::conditional:
            return VacancyState::conditional;
        case Acceptance::no:
            return VacancyState::no;
    }
    return VacancyState::unknown;
}

std::string page_subject(const core::RegionId& home, const resources::PlaceId& place) {
    return home.str() + between + place.str();
}

resources::PlaceId place_of_subject(const std::string& subject) {
    return resources::PlaceId(subject.substr(subject.find(between) + 1));
}

}  // namespace tsunagi::vacancies
