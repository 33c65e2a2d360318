// SPDX-License-Identifier: Apache-2.0
// Pieces of SQL conditions that many lists share. Values are bound, never written into the text.
#pragma once
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "record/params.hpp"

namespace tsunagi::record {

/// `column IN (:name0, :name1, …)`. The list is not empty.
template <class T>
[[nodiscard]] std::string in_list(std::string_view column, const std::vector<T>& values, std::string_view name,
                                  Params& params) {
    std::string result = std::string(column) + " IN (";
    for (std::size_t i = 0; i < values.size(); ++i) {
        const std::string place = std::string(name) + std::to_string(i);
        params.set(place, values[i]);
        result += (i == 0 ? ":" : ", :") + place;
    }
    return result + ")";
}

/// A LIKE pattern that finds the text anywhere; goes with `ESCAPE '!'`.
[[nodiscard]] std::string anywhere(std::string_view text);

/// The words between blanks, the full-width blank included.
[[nodiscard]] std::vector<std::string> words_of(std::string text);

/// ` AND (…)` for each word of the text: it stands in at least one of the columns, whatever its case. Binds `:word0`
/// on. `also` is a further place, a condition with `:word` where the pattern stands.
[[nodiscard]] std::string all_words_in(std::initializer_list<std::string_view> columns, const std::string& text,
                                       Params& params, std::string_view also = {});

}  // namespace tsunagi::record
