// SPDX-License-Identifier: Apache-2.0
#include "modules/confirmations/confirmation_rules.hpp"

#include <algorithm>
#include <chrono>

#include <sodium.h>

#include "record/json_writer.hpp"
#include "record/text_columns.hpp"

namespace tsunagi::confirmations {
namespace {

constexpr std::size_t code_length = 7;
constexpr std::size_t digits_before_hyphen = 3;
constexpr int most_days_to_answer = 180;
/// The bytes of ０ in UTF-8; the other digits differ in the last one.
constexpr std::string_view wide_zero = "\xef\xbc\x90";

/// The digit that makes the whole number pass.
char check_digit(std::string_view digits) {
    int sum = 0;
    bool doubled = true;
    for (auto at = digits.rbegin(); at != digits.rend(); ++at, doubled = !doubled) {
        int digit = *at - '0';
        if (doubled) {
            digit *= 2;
            digit -= digit > 9 ? 9 : 0;
        }
        sum += digit;
    }
    return static_cast<char>('0' + (10 - sum % 10) % 10);
}

}  // namespace

std::string new_reply_code() {
    std::string code;
    for (std::size_t i = 0; i + 1 < code_length; ++i)
        code += static_cast<char>('0' + randombytes_uniform(10));
    return code + check_digit(code);
}

std::string written_code(const std::string& code) {
    return code.size() == code_length ? code.substr(0, digits_before_hyphen) + "-" + code.substr(digits_before_hyphen)
                                      : code;
}

std::optional<std::string> plain_reply_code(std::string_view typed) {
    std::string code;
    for (std::size_t i = 0; i < typed.size(); ++i) {
        const char c = typed[i];
        if (c >= '0' && c <= '9') {
            code += c;
        } else if (typed.substr(i).starts_with(wide_zero.substr(0, 2)) && i + 2 < typed.size()) {
            const int digit = static_cast<unsigned char>(typed[i + 2]) - static_cast<unsigned char>(wide_zero[2]);
            if (digit >= 0 && digit <= 9)
                code += static_cast<char>('0' + digit);
            i += 2;
        }
    }
    if (code.size() != code_length || check_digit(std::string_view(code).substr(0, code_length - 1)) != code.back())
        return std::nullopt;
    return code;
}

FacilityCard card_of(const resources::LocalText& text) {
    FacilityCard card;
    record::copy_members(text, card);
    return card;
}

resources::LocalText with_fields(resources::LocalText text, const FacilityCard& card,
                                 const std::vector<std::string>& fields) {
    record::for_each_member<FacilityCard>([&]<class Field>(Field) {
        if (std::ranges::find(fields, std::string_view(Field::name)) == fields.end())
            return;
        record::for_each_member<resources::LocalText>([&]<class Target>(Target) {
            if constexpr (std::string_view(Field::name) == Target::name)
                text.*Target::pointer = card.*Field::pointer;
        });
    });
    return text;
}

std::vector<std::string> differing(const FacilityCard& a, const FacilityCard& b) {
    std::vector<std::string> fields;
    record::for_each_member<FacilityCard>([&](auto field) {
        if (record::to_json(a.*field.pointer) != record::to_json(b.*field.pointer))
            fields.emplace_back(field.name);
    });
    return fields;
}

std::vector<core::FieldError> check(const FacilityCard& card, const FacilityCard& shown, const packs::CodeBook& codes,
                                    const core::Date& today, const std::string& root) {
    std::vector<core::FieldError> errors;
    codes.check(card.treatments, today, root + "/treatments", errors, shown.treatments);
    codes.check(card.open_times, today, root + "/open_times", errors, shown.open_times);
    codes.check(card.costs, today, root + "/costs", errors, shown.costs);
    codes.check(card.languages, today, root + "/languages", errors, shown.languages);
    codes.check(card.contact, today, root + "/contact", errors, card.contact == shown.contact);
    return errors;
}

ConfirmationState state_on(ConfirmationState kept, const core::Date& expires_on, const core::Date& today) {
    return kept == ConfirmationState::sent && expires_on < today ? ConfirmationState::expired : kept;
}

std::vector<core::FieldError> check_due(const core::Date& due_on, const core::Date& begun, const std::string& pointer) {
    if (due_on < begun)
        return {{pointer, "date_order", ""}};
    if (due_on.days_since(begun) > most_days_to_answer)
        return {{pointer, "too_far", std::to_string(most_days_to_answer)}};
    return {};
}

std::vector<core::FieldError> check(const ConfirmationDecision& decision, const std::vector<std::string>& different) {
    std::vector<core::FieldError> errors;
    const auto in = [](const auto& list, const std::string& field) {
        return std::ranges::any_of(list, [&](const auto& one) { return one.value == field; });
    };
    for (const auto* list : {&decision.approved, &decision.refused}) {
        const std::string root = list == &decision.approved ? "/approved/" : "/refused/";
        for (std::size_t i = 0; i < list->size(); ++i) {
            const std::string& field = list->at(i).value;
            if (std::ranges::find(different, field) == different.end())
                errors.push_back({root + std::to_string(i), "not_found", ""});
            else if (list == &decision.refused && in(decision.approved, field))
                errors.push_back({root + std::to_string(i), "duplicate", ""});
        }
    }
    for (const std::string& field : different) {
        if (!in(decision.approved, field) && !in(decision.refused, field))
            errors.push_back({"/approved", "undecided", field});
    }
    if (!decision.refused.empty() && decision.reason.value.find_first_not_of(" \t\r\n") == std::string::npos)
        errors.push_back({"/reason", "required", ""});
    return errors;
}

core::Date expiry_of(const core::Date& due_on, const core::Date& sent_on) {
    return std::max(due_on, std::min(due_on.plus_days(days_of_grace), sent_on.plus_days(most_days_open)));
}

core::Date months_before(const core::Date& day, int months) {
    using namespace std::chrono;
    const auto month = year{day.year()} / std::chrono::month{day.month()} - std::chrono::months{months};
    const auto last = (month / std::chrono::last).day();
    return core::Date(month / std::min(std::chrono::day{day.day()}, last));
}

}  // namespace tsunagi::confirmations
