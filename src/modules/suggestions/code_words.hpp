// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "modules/suggestions/read_text.hpp"

namespace tsunagi::suggestions {

/// A code that can be suggested.
struct CodeKey {
    std::string scheme;
    std::string code;

    friend auto operator<=>(const CodeKey&, const CodeKey&) = default;
};

/// Data of the classify_words.yaml of the packs, read once at the start: words that speak for a code.
struct CodeWords {
    std::map<CodeKey, std::vector<std::u32string>> words;  ///< folded
    std::vector<std::u32string> doubts;                    ///< behind a word they put it in doubt
    std::vector<std::u32string> denials;                   ///< behind a word they say that it is not so
};

/// The schemes that codes are suggested of.
[[nodiscard]] const std::vector<std::string>& suggested_schemes();

/// All files of that name below the folder of packs. Throws std::runtime_error naming the file and what is wrong.
[[nodiscard]] CodeWords read_code_words(const std::filesystem::path& packs, const search::Folding& folding);

/// Where a word of the list stands in the text.
struct WordFound {
    Word place;
    bool doubted = false;
};

/// Words that the text denies right behind them are left out.
[[nodiscard]] std::vector<WordFound> find_words(const CodeWords& words, const CodeKey& code, const ReadText& text);

}  // namespace tsunagi::suggestions
