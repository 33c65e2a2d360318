// SPDX-License-Identifier: Apache-2.0
// MeCab with the IPA dictionary: which pieces of a text are names of people and places.
#pragma once
#include <filesystem>
#include <memory>
#include <string_view>
#include <vector>

#include "modules/anonymisation/written_text.hpp"

namespace tsunagi::anonymisation {

/// A word of a text, `from` up to before `to` in letters.
struct Word {
    std::size_t from = 0;
    std::size_t to = 0;

    enum class Sort {
        family_name,
        given_name,
        person,  ///< a name of a person, whichever
        place,
        place_end,  ///< 市, 町, 駅 behind a name of a place
        organization,
        name,      ///< of anything else
        noun,      ///< that can be part of a name: no day, no pronoun, no counter
        unknown,   ///< in no dictionary
        counter,   ///< behind a number
        particle,  ///< and auxiliary verbs
        other,
    } sort = Sort::other;
};

/// Loaded at the first use and kept. For several threads.
class Dictionary {
public:
    /// The folders where Debian keeps the dictionary in UTF-8.
    Dictionary();
    /// Another folder; one without a dictionary in UTF-8 is as if none were installed.
    explicit Dictionary(std::filesystem::path folder);
    ~Dictionary();
    Dictionary(const Dictionary&) = delete;
    Dictionary& operator=(const Dictionary&) = delete;

    [[nodiscard]] bool installed() const;
    /// The words of these letters in their order; none when no dictionary is installed.
    [[nodiscard]] std::vector<Word> words(std::u32string_view letters) const;

private:
    struct Loaded;
    [[nodiscard]] const Loaded& loaded() const;

    std::vector<std::filesystem::path> folders_;
    std::unique_ptr<Loaded> loaded_;
};

}  // namespace tsunagi::anonymisation
