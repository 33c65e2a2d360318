// SPDX-License-Identifier: Apache-2.0
// What might be an identifier in one field: every finding for itself, whether or not it overlaps with others.
#pragma once
#include <string>
#include <vector>

#include "modules/anonymisation/finder.hpp"

namespace tsunagi::anonymisation {

/// From `from` up to before `to`, in letters.
struct Candidate {
    std::size_t from = 0;
    std::size_t to = 0;
    MarkKind kind{};
    MarkSource source{};
    /// Who or what it is: the same for all findings of one person or place. Empty: as it is written.
    std::string identity = {};
    std::string replacement = {};  ///< instead of the usual one
};

/// What is known, in the form in which it is looked for.
struct Sought {
    std::u32string sounds;
    MarkKind kind{};
    MarkSource source{};
    std::string identity;
    std::string replacement;
    bool part = false;  ///< a part of a name: in a longer word it means something else
};

[[nodiscard]] std::vector<Sought> sought(const Known& known, const AnonymisationWords& words,
                                         const Dictionary& dictionary);

[[nodiscard]] std::vector<Candidate> known_candidates(const WrittenText& text, const std::vector<Sought>& sought,
                                                      const AnonymisationWords& words);
[[nodiscard]] std::vector<Candidate> form_candidates(const WrittenText& text, const Known& known,
                                                     const AnonymisationWords& words);
/// `parsed` are the words of the text; none when no dictionary is installed.
[[nodiscard]] std::vector<Candidate> name_candidates(const WrittenText& text, const std::vector<Word>& parsed,
                                                     const AnonymisationWords& words);
[[nodiscard]] std::vector<Candidate> facility_candidates(const WrittenText& text, const std::vector<Word>& parsed,
                                                         const AnonymisationWords& words);

/// The first word of the list that stands at that place; empty when none does.
[[nodiscard]] std::u32string_view starts_with_one_of(std::u32string_view letters, const WordList& list);

/// Year, month and day as far as they are written; 0 where they are not.
struct WrittenDay {
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
};

/// Of a text that has the form of a date.
[[nodiscard]] WrittenDay day_of(std::u32string_view letters, const AnonymisationWords& words);
/// The whole number at the beginning, in digits or kanji; nothing when there is none.
[[nodiscard]] std::optional<int> number_of(std::u32string_view letters);

}  // namespace tsunagi::anonymisation
