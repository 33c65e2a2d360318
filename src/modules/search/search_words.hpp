// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "modules/search/folded_text.hpp"

namespace tsunagi::search {

/// A word of the list, as it is shown and as it is compared.
struct Synonym {
    std::string word;
    std::u32string folded;
};

/// Data of packs/standard/search_words.yaml, read once at the start.
struct SearchWords {
    Folding folding;
    std::vector<std::vector<Synonym>> synonyms;  ///< each group means one thing
    std::string fingerprint;                     ///< another one: an index made before does not fit any more
};

/// Throws std::runtime_error naming the file and what is wrong.
[[nodiscard]] SearchWords read_search_words(const std::filesystem::path& file);

}  // namespace tsunagi::search
