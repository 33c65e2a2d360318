// SPDX-License-Identifier: Apache-2.0
// SQL of the index, and of the texts it is made from. Nobody is shown what is read here: what a reader gets is read by
// record_store and written_store, through their scope.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "db/transaction.hpp"
#include "modules/search/postings.hpp"

namespace tsunagi::search::store {

using Place = consultations::Shelves::Place;

/// Whose texts are looked up: cases, what was done about them and for the region, and the files of both. They take
/// their change numbers from the same shelf, so one cursor follows all of them.
enum class Source { consultation, activity, attachment };
BOOST_DESCRIBE_ENUM(Source, consultation, activity, attachment)

/// How far something has come along the changes of a shelf: everything up to this change and record.
struct Cursor {
    std::int64_t change = -1;
    std::string id;

    friend auto operator<=>(const Cursor&, const Cursor&) = default;
};
BOOST_DESCRIBE_STRUCT(Cursor, (), (change, id))

struct ShelfState {
    core::DeskId desk_id;
    core::RegionId municipality_id;
    std::int64_t last_change = 0;
    std::string form;  ///< what the index was made with; empty when there is none
    std::int64_t indexed_change = 0;
    std::string indexed_id;

    [[nodiscard]] Place place() const { return {desk_id, municipality_id}; }
};
BOOST_DESCRIBE_STRUCT(ShelfState, (), (desk_id, municipality_id, last_change, form, indexed_change, indexed_id))

[[nodiscard]] std::vector<ShelfState> shelves(db::ReadTx& tx);

enum class BlockState { making, ready, dropped };
BOOST_DESCRIBE_ENUM(BlockState, making, ready, dropped)

struct Block {
    std::int64_t number = 0;
    core::DeskId desk_id;
    core::RegionId municipality_id;
    std::int64_t documents = 0;
    std::int64_t buckets = 0;
    BlockState state{};
    std::string created_at;
    Source source{};

    [[nodiscard]] Place place() const { return {desk_id, municipality_id}; }
};
BOOST_DESCRIBE_STRUCT(Block, (), (number, desk_id, municipality_id, documents, buckets, state, created_at, source))

[[nodiscard]] std::vector<Block> blocks(db::ReadTx& tx, BlockState state);

/// Of each block the pieces of these buckets, in one reading for all of them.
[[nodiscard]] std::map<std::int64_t, Pieces> pieces(db::ReadTx& tx,
                                                    const std::map<std::int64_t, std::vector<std::uint32_t>>& buckets);
/// The ids of a block's documents, in order.
[[nodiscard]] std::vector<IdNumber> documents(db::ReadTx& tx, std::int64_t block);

/// Gives the block its number.
void begin_block(db::WriteTx& tx, Block& block);
void add_pieces(db::WriteTx& tx, std::int64_t block, const Pieces& pieces);
void add_documents(db::WriteTx& tx, std::int64_t block, std::span<const IdNumber> ids);
void set_state(db::WriteTx& tx, std::int64_t block, BlockState state);
/// Deletes some pieces of a dropped block; false when none were left, and the block is gone too.
bool sweep(db::WriteTx& tx, std::int64_t block);

/// Moves the shelf's index on, unless another server did. A shelf without an index of this form begins one.
[[nodiscard]] bool move_on(db::WriteTx& tx, const Place& place, const std::string& form, const Cursor& from,
                           const Cursor& to);
/// Says how far the shelf's index has come, whatever it said before.
void put_cursor(db::WriteTx& tx, const Place& place, const std::string& form, const Cursor& to);

/// A record as the index reads it.
struct Text {
    Source source{};
    Cursor cursor;
    IdNumber id;
    Document document;
};

/// Some of what changed on a shelf.
struct Changed {
    std::vector<Text> texts;   ///< without those that were withdrawn
    std::int64_t records = 0;  ///< with them
    Cursor to;                 ///< how far these reach
};

/// What changed on the shelf behind the cursor, at most so many records.
[[nodiscard]] Changed texts(db::ReadTx& tx, const Place& place, const Cursor& behind, std::int64_t most);
/// How many records changed, counted up to `most`.
[[nodiscard]] std::int64_t changed(db::ReadTx& tx, const Place& place, const Cursor& behind, std::int64_t most);
/// All that there are in the installation.
[[nodiscard]] std::int64_t records(db::ReadTx& tx);

}  // namespace tsunagi::search::store
