// SPDX-License-Identifier: Apache-2.0
#include "modules/anonymisation/anonymisation_rules.hpp"

#include <algorithm>
#include <array>
#include <map>

#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf16.h>

namespace tsunagi::anonymisation {
namespace {

constexpr std::array<std::string_view, 4> coded_fields{"age_band", "household", "care_level", "district_id"};

using FieldTexts = std::map<std::string, icu::UnicodeString>;

FieldTexts texts_of(const std::vector<consultations::FieldText>& fields) {
    FieldTexts result;
    for (const auto& field : fields)
        result[field.field] = icu::UnicodeString::fromUTF8(field.text);
    return result;
}

/// Whether a place lies between two letters.
bool is_border(const icu::UnicodeString& text, std::int64_t at) {
    if (at <= 0 || at >= text.length())
        return at == 0 || at == text.length();
    return !(U16_IS_LEAD(text[static_cast<std::int32_t>(at) - 1]) && U16_IS_TRAIL(text[static_cast<std::int32_t>(at)]));
}

bool says_something(const std::string& text) {
    const auto letters = icu::UnicodeString::fromUTF8(text);
    for (std::int32_t at = 0; at < letters.length(); ++at) {
        if (u_isUWhiteSpace(letters[at]) == 0)
            return true;
    }
    return false;
}

/// Whether the mark is decided: as it was found, or every letter of it by decisions that replace.
bool is_decided(const Mark& mark, const std::vector<MarkDecision>& decisions) {
    std::int64_t covered = mark.start;
    bool any = false;
    for (const auto& one : decisions) {  // in their order within the field
        if (one.field.str() != mark.field)
            continue;
        if (one.start.value == mark.start && one.end.value == mark.end)
            return true;
        if (one.replace && one.start.value <= covered && one.end.value > covered) {
            covered = one.end.value;
            any = true;
        }
    }
    return any && covered >= mark.end;
}

bool stays(const MarkDecision& decision, const Mark& mark) {
    return !decision.replace && decision.field.str() == mark.field && decision.start.value < mark.end &&
           mark.start < decision.end.value;
}

std::vector<MarkDecision> in_order(std::vector<MarkDecision> decisions) {
    std::ranges::stable_sort(decisions, [](const MarkDecision& a, const MarkDecision& b) {
        return std::pair(a.field.str(), a.start.value) < std::pair(b.field.str(), b.start.value);
    });
    return decisions;
}

}  // namespace

bool is_coded(const std::string& field) {
    return std::ranges::find(coded_fields, field) != coded_fields.end();
}

std::vector<core::FieldError> check_decisions(const std::vector<consultations::FieldText>& fields,
                                              const std::vector<Mark>& marks,
                                              const std::vector<MarkDecision>& decisions) {
    std::vector<core::FieldError> errors;
    const auto texts = texts_of(fields);
    std::map<std::string, std::vector<std::pair<std::int64_t, std::int64_t>>> taken;
    for (std::size_t i = 0; i < decisions.size(); ++i) {
        const MarkDecision& one = decisions[i];
        const std::string place = "/decisions/" + std::to_string(i);
        const std::pair range(one.start.value, one.end.value);
        if (is_coded(one.field)) {
            if (range.first != 0 || range.second != 0)
                errors.push_back({place + "/end", "not_allowed", ""});
            if (!taken[one.field.str()].empty())
                errors.push_back({place, "duplicate", ""});
            taken[one.field.str()].push_back(range);
            continue;
        }
        const auto text = texts.find(one.field.str());
        if (text == texts.end()) {
            errors.push_back({place + "/field", "not_found", ""});
            continue;
        }
        if (range.first >= range.second || !is_border(text->second, range.first) ||
            !is_border(text->second, range.second)) {
            errors.push_back({place + "/end", "not_allowed", ""});
            continue;
        }
        auto& others = taken[one.field.str()];
        if (std::ranges::any_of(
                others, [&](const auto& other) { return range.first < other.second && other.first < range.second; }))
            errors.push_back({place, "overlap", ""});
        others.push_back(range);
        // To be replaced by what stands there is to stay.
        MarkDecision left = one;
        const auto there = text->second.tempSubStringBetween(static_cast<std::int32_t>(range.first),
                                                             static_cast<std::int32_t>(range.second));
        if (there == icu::UnicodeString::fromUTF8(one.replacement.str()))
            left.replace = false;
        const bool certain =
            std::ranges::any_of(marks, [&](const Mark& mark) { return mark.certain && stays(left, mark); });
        if (certain && !says_something(one.reason))
            errors.push_back({place + "/reason", "required", ""});
    }
    const auto sorted = in_order(decisions);
    for (const Mark& mark : marks) {
        if (!is_decided(mark, sorted))
            errors.push_back({"/decisions", "undecided",
                              mark.field + ":" + std::to_string(mark.start) + "-" + std::to_string(mark.end)});
    }
    return errors;
}

consultations::ConfirmedText anonymised(const std::vector<consultations::FieldText>& fields,
                                        const CodedBackground& coded, const std::vector<MarkDecision>& decisions) {
    consultations::ConfirmedText result;
    const auto sorted = in_order(decisions);
    for (const auto& field : fields) {
        icu::UnicodeString text = icu::UnicodeString::fromUTF8(field.text);
        for (auto one = sorted.rbegin(); one != sorted.rend(); ++one) {
            if (one->field.str() == field.field && one->replace)
                text.replaceBetween(static_cast<std::int32_t>(one->start.value),
                                    static_cast<std::int32_t>(one->end.value),
                                    icu::UnicodeString::fromUTF8(one->replacement.str()));
        }
        std::string words;
        text.toUTF8String(words);
        result.fields.push_back({field.field, std::move(words)});
    }
    const auto left_out = [&](std::string_view field) {
        return std::ranges::any_of(decisions,
                                   [&](const MarkDecision& one) { return one.replace && one.field.str() == field; });
    };
    if (!left_out("age_band"))
        result.age_band = coded.age_band;
    if (!left_out("household"))
        result.household = coded.household;
    if (!left_out("care_level"))
        result.care_level = coded.care_level;
    if (!left_out("district_id"))
        result.district_id = coded.district_id;
    return result;
}

}  // namespace tsunagi::anonymisation
