// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include <unicode/regex.h>

#include "modules/anonymisation/anonymisation.hpp"
#include "modules/anonymisation/written_text.hpp"

namespace tsunagi::anonymisation {

/// Longest first, in the letters that are compared.
using WordList = std::vector<std::u32string>;

struct Form {
    MarkKind kind{};
    std::shared_ptr<const icu::RegexPattern> pattern;  ///< the mark is group 1 where there is one
};

/// Data of packs/standard/anonymisation_words.yaml, and the letters that are one of search_words.yaml beside it.
struct AnonymisationWords {
    SameLetters same;
    WordList polite;
    WordList titles;
    std::set<std::u32string> nobody;
    WordList relations;
    WordList facilities_behind;
    WordList facilities_before;
    WordList generic;
    std::set<std::u32string> not_names;
    std::vector<Form> forms;
    std::map<char32_t, int> eras;                     ///< the year before the first one
    std::map<std::string, std::string> replacements;  ///< by name of the list
};

/// Throws std::runtime_error naming the file and what is wrong.
[[nodiscard]] AnonymisationWords read_anonymisation_words(const std::filesystem::path& folder);

}  // namespace tsunagi::anonymisation
