// SPDX-License-Identifier: Apache-2.0
// What SQLite's index of letters (place_words) says of words before any place is read.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "db/transaction.hpp"

namespace tsunagi::resources::store {

/// The letters of a word, `length` by `length`, in their order; none where it has fewer.
[[nodiscard]] std::vector<std::string> runs_of(const std::string& word, std::size_t length);

struct IndexedWords {
    std::string matching;    ///< a query of place_words; whoever has every word answers it, and some who do not
    std::int64_t found = 0;  ///< how many answer, up to `db::counted_exactly` and one more
};

/// Of folded words, on SQLite. Nothing where its index does not help: words of one letter, or of two that too many of
/// its threes begin with.
[[nodiscard]] std::optional<IndexedWords> indexed_words(db::ReadTx& tx, const std::vector<std::string>& words);

}  // namespace tsunagi::resources::store
