// SPDX-License-Identifier: Apache-2.0
// SQL of what is kept in memory: which shelves the reader may see, and what changed on them.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "db/transaction.hpp"
#include "modules/access/actor.hpp"
#include "modules/consultations/consultation_facts.hpp"
#include "modules/consultations/consultation_selection.hpp"

namespace tsunagi::consultations::store {

/// A shelf within the reader's scope as of this snapshot.
struct ShelfHead {
    core::DeskId desk_id;
    core::RegionId municipality_id;
    std::int64_t last_change = 0;
    bool drafts = false;  ///< the reader sees its drafts
};
BOOST_DESCRIBE_STRUCT(ShelfHead, (), (desk_id, municipality_id, last_change, drafts))

[[nodiscard]] std::vector<ShelfHead> shelves(db::ReadTx& tx, const access::Actor& actor, Purpose purpose);

/// Every shelf there is, for a server that fills its memory. Nobody is shown them.
[[nodiscard]] std::vector<ShelfHead> all_shelves(db::ReadTx& tx);

/// Hands over what changed on the shelf after `since`, in parts of some thousand records.
void changes(db::ReadTx& tx, const Shelves::Place& place, std::int64_t since, FactWords& words,
             const std::function<void(Changes)>& part);

/// The cases that an agenda discloses to the reader, whatever else they see; one shelf per desk.
[[nodiscard]] std::vector<VisibleShelf> disclosed(db::ReadTx& tx, const access::Actor& actor, FactWords& words);

/// The cases on the agendas of planned meetings that the reader sees, whether or not they see the case.
[[nodiscard]] std::vector<IdNumber> on_agendas(db::ReadTx& tx, const access::Actor& actor);

/// These regions and all below them.
[[nodiscard]] std::vector<std::string> regions_below(db::ReadTx& tx, const std::vector<core::RegionId>& regions);

/// Takes the next change number of the desk. Until the transaction ends, nobody else gets one.
[[nodiscard]] db::Question next_change_of(const core::DeskId& desk, const core::RegionId& municipality);
[[nodiscard]] std::int64_t next_change(db::WriteTx& tx, const core::DeskId& desk, const core::RegionId& municipality);

}  // namespace tsunagi::consultations::store
