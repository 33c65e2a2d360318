// SPDX-License-Identifier: Apache-2.0
// SQL of the sheets that are learned from. Nobody is shown what is read here: what a person gets are codes, and words
// of the text they have typed themselves.
#pragma once
#include <string>
#include <vector>

#include "db/transaction.hpp"
#include "modules/consultations/consultation_service.hpp"

namespace tsunagi::suggestions::store {

using Place = consultations::Shelves::Place;

struct ShelfState {
    core::DeskId desk_id;
    core::RegionId municipality_id;
    std::int64_t last_change = 0;

    [[nodiscard]] Place place() const { return {desk_id, municipality_id}; }
};
BOOST_DESCRIBE_STRUCT(ShelfState, (), (desk_id, municipality_id, last_change))

/// Every desk, the one that changed most first; one without records with its municipality.
[[nodiscard]] std::vector<ShelfState> shelves(db::ReadTx& tx);

/// How far the reading has come.
struct Cursor {
    std::int64_t change = 0;
    std::string id;
};

struct LearnedSheet {
    Cursor cursor;
    consultations::ConsultationSheet sheet;
};

/// Registered sheets of the desk, the newest change first, from before the cursor on.
[[nodiscard]] std::vector<LearnedSheet> before(db::ReadTx& tx, const Place& place, const Cursor& cursor,
                                               std::int64_t most);
/// Those behind it, the oldest change first.
[[nodiscard]] std::vector<LearnedSheet> behind(db::ReadTx& tx, const Place& place, const Cursor& cursor,
                                               std::int64_t most);

}  // namespace tsunagi::suggestions::store
