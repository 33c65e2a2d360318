// SPDX-License-Identifier: Apache-2.0
#include "modules/consultations/caller_rules.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

namespace tsunagi::consultations {
namespace {

/// Old form, present form: what people type for a name they hear.
constexpr std::array<std::pair<char32_t, char32_t>, 49> present_forms{{
    {0x9089, 0x8FBA},  {0x908A, 0x8FBA}, {0x9AD9, 0x9AD8}, {0xFA11, 0x5D0E}, {0x6FF5, 0x6D5C}, {0x6FF1, 0x6D5C},
    {0x20BB7, 0x5409}, {0x9F4B, 0x658E}, {0x9F4A, 0x658E}, {0x6589, 0x658E}, {0x6FA4, 0x6CA2}, {0x5EE3, 0x5E83},
    {0x570B, 0x56FD},  {0x5D8B, 0x5CF6}, {0x5D8C, 0x5CF6}, {0x6AFB, 0x685C}, {0x9F8D, 0x7ADC}, {0x7027, 0x6EDD},
    {0x5B78, 0x5B66},  {0x6A9C, 0x6867}, {0x69D9, 0x69C7}, {0x9ED1, 0x9ED2}, {0x842C, 0x4E07}, {0x6DF5, 0x6E15},
    {0x60E0, 0x6075},  {0x771E, 0x771F}, {0x4F5B, 0x4ECF}, {0x8606, 0x82A6}, {0x66FE, 0x66FD}, {0x8597, 0x5712},
    {0x58FD, 0x5BFF},  {0x5FB7, 0x5FB3}, {0x689D, 0x6761}, {0x589E, 0x5897}, {0x69AE, 0x6804}, {0x6852, 0x6851},
    {0x8218, 0x9928},  {0x57DC, 0x91CE}, {0x51A8, 0x5BCC}, {0x5CEF, 0x5CF0}, {0x687A, 0x67F3}, {0x6DFA, 0x6D45},
    {0x79AE, 0x793C},  {0x5F4C, 0x5F25}, {0x85CF, 0x8535}, {0x8C50, 0x8C4A}, {0x5BEC, 0x5BDB}, {0x4F86, 0x6765},
    {0x6801, 0x67F3},
}};

char32_t present_form(char32_t letter) {
    for (const auto& [old_form, form] : present_forms) {
        if (old_form == letter)
            return form;
    }
    return letter;
}

bool falls_away(char32_t letter) {
    return u_isUWhiteSpace(static_cast<UChar32>(letter)) != 0 || letter == 0x30FC ||
           (letter >= 0xFE00 && letter <= 0xFE0F) || (letter >= 0xE0100 && letter <= 0xE01EF);
}

std::string digits_of(std::string_view folded) {
    std::string digits;
    std::ranges::copy_if(folded, std::back_inserter(digits), [](char c) { return c >= '0' && c <= '9'; });
    return digits;
}

}  // namespace

std::string folded_name(std::string_view text) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* fold = icu::Normalizer2::getNFKCCasefoldInstance(status);
    if (U_FAILURE(status) != 0)
        return std::string(text);
    // Variation selectors are no letters of the name; the case folding of ICU drops them as well.
    const auto form = fold->normalize(
        icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size()))), status);
    if (U_FAILURE(status) != 0)
        return std::string(text);
    icu::UnicodeString result;
    for (std::int32_t i = 0; i < form.length(); i = form.moveIndex32(i, 1)) {
        auto letter = static_cast<char32_t>(form.char32At(i));
        if (falls_away(letter))
            continue;
        if (letter >= 0x30A1 && letter <= 0x30F6)
            letter -= 0x60;
        result.append(static_cast<UChar32>(present_form(letter)));
    }
    std::string bytes;
    result.toUTF8String(bytes);
    return bytes;
}

std::string searched_text(const Caller& caller) {
    return folded_name(caller.name) + "\n" + folded_name(caller.kana) + "\n" + folded_name(caller.affiliation) + "\n" +
           digits_of(folded_name(caller.phone));
}

std::string looked_for(std::string_view words) {
    std::string folded = folded_name(words);
    const bool phone = !folded.empty() && std::ranges::all_of(folded, [](char c) {
        return (c >= '0' && c <= '9') || c == '-' || c == '(' || c == ')';
    });
    std::string digits = phone ? digits_of(folded) : std::string();
    return digits.empty() ? folded : digits;
}

Caller caller_of(const ConsultationSheet& sheet) {
    return {.name = sheet.caller_name,
            .kana = sheet.caller_kana,
            .affiliation = sheet.caller_affiliation,
            .profession = sheet.caller_profession,
            .phone = sheet.caller_phone,
            .contact = sheet.caller_contact,
            .times = 1,
            .last_on = sheet.received_on};
}

}  // namespace tsunagi::consultations
