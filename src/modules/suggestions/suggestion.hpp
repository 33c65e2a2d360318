// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/id.hpp"
#include "record/describe.hpp"
#include "record/types.hpp"

namespace tsunagi::suggestions {

/// The texts of a sheet as far as they are typed.
struct TypedTexts {
    std::optional<core::DeskId> desk_id;    ///< the person's only desk when absent
    std::optional<core::Date> received_on;  ///< codes are suggested that may be chosen on that day
    record::Text<100> subject;
    record::Text<4000> request;
    record::Text<4000> background;
    record::Text<200> illness;
};
BOOST_DESCRIBE_STRUCT(TypedTexts, (), (desk_id, received_on, subject, request, background, illness))

/// A code that the texts speak for.
struct Suggestion {
    record::CodeName scheme;  ///< topic, scene, element or relisted
    record::CodeName code;
    bool suspected = false;          ///< of an element: the texts put it in doubt
    std::int64_t likelihood = 0;     ///< in percent, as the model sees it
    std::vector<std::string> words;  ///< what led to it, as it stands in the texts, the strongest first
};
BOOST_DESCRIBE_STRUCT(Suggestion, (), (scheme, code, suspected, likelihood, words))

/// What the suggestions are made from.
enum class SuggestionBasis {
    words,         ///< the word lists of the packs alone
    municipality,  ///< also the sheets of the municipality's desks: the own ones are still few
    desk,          ///< also the desk's own sheets
};
BOOST_DESCRIBE_ENUM(SuggestionBasis, words, municipality, desk)

/// Likeliest first within each scheme; at most one topic.
struct Suggestions {
    SuggestionBasis basis{};
    std::int64_t learned_from = 0;  ///< sheets
    bool learning = false;          ///< the sheets are being read; ask again later for more
    std::vector<Suggestion> items;
};
BOOST_DESCRIBE_STRUCT(Suggestions, (), (basis, learned_from, learning, items))

}  // namespace tsunagi::suggestions
