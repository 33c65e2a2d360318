// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "modules/search/search_query.hpp"

namespace tsunagi::search {

/// Says of a stored sheet that it cannot answer, without reading it as a sheet: in none of its texts stands what some
/// term asks for. Most records that the index names for a word of common pairs are held back so, at a fifth of the
/// work. What it lets through, `match` decides. Pure.
class SheetSieve {
public:
    /// Query and folding live longer than this.
    SheetSieve(const Query& query, const Folding& folding);

    /// `sheet` is the JSON as it is stored.
    [[nodiscard]] bool may_answer(std::string_view number, std::string_view sheet) const;

private:
    const Folding& folding_;          // NOLINT: lives longer
    std::vector<const Term*> terms_;  ///< that must be answered by letters
};

}  // namespace tsunagi::search
