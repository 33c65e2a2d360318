// SPDX-License-Identifier: Apache-2.0
// How callers are compared with what somebody types while the phone is at the ear.
#pragma once
#include <string>
#include <string_view>

#include "modules/consultations/consultation.hpp"

namespace tsunagi::consultations {

/// The one form in which names are compared: NFKC, small letters, katakana as hiragana, the most frequent old forms of
/// kanji in names as the present ones, without blanks, variation selectors and long vowel marks.
[[nodiscard]] std::string folded_name(std::string_view text);

/// Name, reading, affiliation and the digits of the phone, each in its line.
[[nodiscard]] std::string searched_text(const Caller& caller);

/// What is looked for in `searched_text`: the words folded, digits alone where it is a piece of a phone number.
[[nodiscard]] std::string looked_for(std::string_view words);

/// The caller of a sheet that is registered; no name where it says none.
[[nodiscard]] Caller caller_of(const ConsultationSheet& sheet);

}  // namespace tsunagi::consultations
