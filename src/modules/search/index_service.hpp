// SPDX-License-Identifier: Apache-2.0
// Which cases, activities and files may answer a query. A search costs nothing when a record is written: every change
// already takes a number of its shelf in its own transaction. What changed last is looked through from signatures in
// memory; the rest stands in blocks that a background thread makes and merges. So an answer holds exactly what its
// snapshot holds.
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <vector>

#include "db/database.hpp"
#include "modules/search/index_store.hpp"

namespace tsunagi::search {

/// One shelf's records that may answer.
struct ShelfCandidates {
    store::Place place;
    std::vector<IdNumber> ids;  ///< in order, each once
    bool complete = true;       ///< false: the index is being made and knows only a part of the shelf
};

/// How often pairs of letters stand in some shelves, and the records that hold most of the rare ones.
struct PairsFound {
    std::int64_t records = 0;           ///< how many were looked through
    std::vector<std::int64_t> holding;  ///< of each pair: how many of them hold it
    std::vector<IdNumber> ids;          ///< most of the rare pairs first; some may be of drafts
    bool complete = true;               ///< false: the index of a shelf is being made
};

class IndexService {
public:
    IndexService(db::Database& database, const SearchWords& words);

    struct Asked {
        store::Place place;
        bool with_caller = false;  ///< the reader may read who called
    };

    /// The records of one kind, in the order of `asked`; a superset of what answers.
    [[nodiscard]] std::vector<ShelfCandidates> candidates(db::ReadTx& tx, store::Source source, const Query& query,
                                                          const std::vector<Asked>& asked) const;

    /// Looks these pairs up in the cases of these shelves; answers at most so many records. What follows from texts
    /// that were changed since may be a little off, so the records themselves decide.
    [[nodiscard]] PairsFound pairs(db::ReadTx& tx, const std::vector<Key>& keys,
                                   const std::vector<store::Place>& places, std::size_t most) const;

    /// Does some of the work that waits: makes blocks of what changed, merges small ones, sweeps dropped ones.
    /// False when nothing waits. For one thread.
    bool advance();

    /// Makes the whole index anew beside the one in use, which it then replaces. `progress` hears how many of the
    /// records are done.
    void rebuild(const std::function<void(std::int64_t done, std::int64_t of)>& progress);

private:
    struct Entry {
        store::Source source{};
        store::Cursor cursor;
        IdNumber id;
        Signature signature;
    };

    /// What changed on a shelf behind `from`, up to `to`.
    struct Tail {
        store::Cursor from;
        store::Cursor to;
        std::vector<Entry> entries;
    };

    /// Blocks of the next changes of a shelf, one of each kind that is among them.
    struct Made {
        std::vector<std::int64_t> blocks;
        store::Cursor to;
        std::int64_t records = 0;
    };

    [[nodiscard]] std::shared_ptr<const Tail> tail(db::ReadTx& tx, const store::ShelfState& shelf) const;
    [[nodiscard]] std::shared_ptr<const std::vector<IdNumber>> documents_of(db::ReadTx& tx,
                                                                            const store::Block& block) const;
    void forget_documents(const std::vector<store::Block>& in_use) const;
    [[nodiscard]] store::Cursor cursor_of(const store::ShelfState& shelf) const;
    bool seal_some(const store::ShelfState& shelf);
    std::optional<Made> make_blocks(const store::Place& place, const store::Cursor& behind);
    std::int64_t make_block(const store::Place& place, store::Source source,
                            const std::vector<const store::Text*>& texts);
    bool merge_some(const std::vector<store::Block>& blocks);
    void merge(const std::vector<store::Block>& sources);
    bool sweep_some();
    void write_pieces(std::int64_t block, Pieces& waiting, std::size_t at_least);

    db::Database& database_;    // NOLINT: the application owns them
    const SearchWords& words_;  // NOLINT
    mutable std::mutex mutex_;
    mutable std::map<store::Place, std::shared_ptr<const Tail>> tails_;
    mutable std::map<std::pair<std::int64_t, std::string>, std::shared_ptr<const std::vector<IdNumber>>> documents_;
    std::map<store::Place, std::int64_t> looked_at_;  ///< the last change when the shelf was looked at
};

}  // namespace tsunagi::search
