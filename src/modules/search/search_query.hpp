// SPDX-License-Identifier: Apache-2.0
// What somebody typed into the box, understood, and where a text answers it. Pure.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/date.hpp"
#include "modules/search/search.hpp"
#include "modules/search/search_words.hpp"
#include "modules/search/written_days.hpp"

namespace tsunagi::search {

/// One way to write what a term asks for.
struct Alternative {
    std::u32string letters;  ///< empty for a day
    DayValue day = 0;
    std::string shown = {};  ///< the synonym that it comes from
};

/// All terms must be answered, each by one of its alternatives; those with a minus must not be.
struct Term {
    std::string typed;
    bool excluded = false;
    bool phrase = false;  ///< exactly so: no synonyms
    std::vector<Alternative> alternatives;
};

struct Query {
    std::vector<Term> terms;
};

/// Words between blanks, "phrases", -without. Throws core::Error `invalid` at `?q`: `too_many` (10 terms), `too_short`
/// when nothing is asked for that could be looked up (a single kana, only exclusions).
[[nodiscard]] Query parse_query(std::string_view typed, const SearchWords& words);

/// What is looked through of one record, its title first.
struct Document {
    struct Field {
        const char* name;
        std::string text;
    };

    struct Day {
        const char* name;
        core::Date day;
    };

    std::vector<Field> fields;
    std::vector<Day> days;
};

/// The passages that together answer the query, at most three, the one that answers most of it first; none when the
/// document does not answer all of it. The title is shown anyway, so it is one of them only where nothing else answers
/// a term.
[[nodiscard]] std::vector<Passage> match(const Query& query, const Document& document, const Folding& folding);

}  // namespace tsunagi::search
