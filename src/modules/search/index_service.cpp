// SPDX-License-Identifier: Apache-2.0
#include "modules/search/index_service.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>
#include <tuple>

namespace tsunagi::search {
namespace {

/// A block is made as soon as so many records of a shelf changed, and takes at most so many.
constexpr std::int64_t smallest_block = 512;
constexpr std::int64_t largest_making = 4096;
/// Eight blocks of one size become one of the next, up to this many records.
constexpr std::size_t merged_at_once = 8;
constexpr std::int64_t largest_block = 262'144;
/// A shelf with more changes than this behind its index is being indexed: searches do not wait for it.
constexpr std::int64_t longest_tail = 3000;
/// Pieces are written so many at a time, so that nobody waits for the index to write a record.
constexpr std::size_t pieces_at_once = 64;
/// And read about so many at a time: those of all blocks together would be tens of megabytes for each search.
constexpr std::size_t pieces_compared_at_once = 48;
/// A block that nobody finished within an hour belongs to a server that is gone.
constexpr auto longest_making = std::chrono::hours(1);

int tier_of(const store::Block& block) {
    int tier = 0;
    for (std::int64_t size = smallest_block * static_cast<std::int64_t>(merged_at_once);
         block.documents >= size && size <= largest_block; size *= static_cast<std::int64_t>(merged_at_once))
        ++tier;
    return tier;
}

std::vector<std::uint32_t> buckets_asked(const Wanted& wanted, std::uint32_t buckets) {
    std::set<std::uint32_t> asked;
    for (const WantedTerm& term : wanted) {
        for (const auto& ranges : term) {
            for (const KeyRange& range : ranges)
                asked.insert(bucket_of(range.first, buckets));
        }
    }
    return {asked.begin(), asked.end()};
}

}  // namespace

IndexService::IndexService(db::Database& database, const SearchWords& words) : database_(database), words_(words) {}

store::Cursor IndexService::cursor_of(const store::ShelfState& shelf) const {
    if (shelf.form != words_.fingerprint)
        return {};
    return {shelf.indexed_change, shelf.indexed_id};
}

std::vector<ShelfCandidates> IndexService::candidates(db::ReadTx& tx, store::Source source, const Query& query,
                                                      const std::vector<Asked>& asked) const {
    std::map<store::Place, store::ShelfState> states;
    for (auto& state : store::shelves(tx)) {
        auto place = state.place();
        states.emplace(std::move(place), std::move(state));
    }
    const Wanted open = wanted(query, false);
    const Wanted with_caller = wanted(query, true);
    std::map<store::Place, std::size_t> places;
    std::vector<ShelfCandidates> result;
    for (const Asked& one : asked) {
        places.emplace(one.place, result.size());
        result.push_back({.place = one.place, .ids = {}, .complete = true});
    }
    const auto wanted_at = [&](std::size_t at) -> const Wanted& { return asked[at].with_caller ? with_caller : open; };

    std::vector<store::Block> blocks = store::blocks(tx, store::BlockState::ready);
    forget_documents(blocks);
    for (auto next = blocks.begin(); next != blocks.end();) {
        const auto first = next;
        std::map<std::int64_t, std::vector<std::uint32_t>> buckets;
        for (std::size_t count = 0; next != blocks.end() && count < pieces_compared_at_once; ++next) {
            const auto place = places.find(next->place());
            if (next->source != source || place == places.end() || states.at(next->place()).form != words_.fingerprint)
                continue;
            auto of_block = buckets_asked(wanted_at(place->second), static_cast<std::uint32_t>(next->buckets));
            count += of_block.size();
            buckets.emplace(next->number, std::move(of_block));
        }
        const auto pieces = store::pieces(tx, buckets);
        for (auto block = first; block != next; ++block) {
            const auto found = pieces.find(block->number);
            if (found == pieces.end())
                continue;
            const std::size_t at = places.at(block->place());
            const auto numbers =
                search::candidates(wanted_at(at), static_cast<std::uint32_t>(block->buckets), found->second);
            if (numbers.empty())
                continue;
            const auto documents = documents_of(tx, *block);
            auto& ids = result[at].ids;
            const auto middle = static_cast<std::ptrdiff_t>(ids.size());
            ids.reserve(ids.size() + numbers.size());
            for (const std::uint32_t number : numbers) {
                if (number < documents->size())
                    ids.push_back((*documents)[number]);
            }
            std::inplace_merge(ids.begin(), ids.begin() + middle, ids.end());
        }
    }
    for (std::size_t at = 0; at < asked.size(); ++at) {
        auto& ids = result[at].ids;
        const auto state = states.find(asked[at].place);
        if (state == states.end())
            continue;
        if (const auto changed = tail(tx, state->second)) {
            for (const Entry& entry : changed->entries) {
                if (entry.source == source && entry.signature.may_answer(wanted_at(at)))
                    ids.push_back(entry.id);
            }
            std::ranges::sort(ids);
        } else {
            result[at].complete = false;
        }
        ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    }
    return result;
}

std::shared_ptr<const IndexService::Tail> IndexService::tail(db::ReadTx& tx, const store::ShelfState& shelf) const {
    const store::Cursor indexed = cursor_of(shelf);
    std::shared_ptr<const Tail> known;
    {
        const std::lock_guard lock(mutex_);
        known = tails_[shelf.place()];
    }
    const bool reaches_back = known && known->from <= indexed;
    if (reaches_back && known->to.change >= shelf.last_change && known->entries.size() < longest_tail)
        return known;
    auto newer = std::make_shared<Tail>();
    newer->from = indexed;
    store::Cursor behind = indexed;
    if (reaches_back) {
        for (const Entry& entry : known->entries) {
            if (entry.cursor > indexed)
                newer->entries.push_back(entry);
        }
        behind = std::max(known->to, indexed);
    }
    std::int64_t room = longest_tail - static_cast<std::int64_t>(newer->entries.size());
    const auto has_room = [&] { return room > 0 && store::changed(tx, shelf.place(), behind, room + 1) <= room; };
    if (!has_room()) {
        // Every save of a record has left an entry. Read anew each record has one, or saves of the same few records
        // would fill the tail for good.
        if (newer->entries.empty())
            return nullptr;
        newer->entries.clear();
        behind = indexed;
        room = longest_tail;
        if (!has_room())
            return nullptr;
    }
    for (const auto& text : store::texts(tx, shelf.place(), behind, room).texts)
        newer->entries.push_back(
            {text.source, text.cursor, text.id, Signature(keys_of(text.document, words_.folding))});
    // Behind every record of this change, whatever its id.
    newer->to = {std::max(shelf.last_change, behind.change), "~"};
    const std::lock_guard lock(mutex_);
    tails_[shelf.place()] = newer;
    return newer;
}

std::shared_ptr<const std::vector<IdNumber>> IndexService::documents_of(db::ReadTx& tx,
                                                                        const store::Block& block) const {
    const auto key = std::pair(block.number, block.created_at);
    {
        const std::lock_guard lock(mutex_);
        if (const auto known = documents_.find(key); known != documents_.end())
            return known->second;
    }
    auto read = std::make_shared<const std::vector<IdNumber>>(store::documents(tx, block.number));
    const std::lock_guard lock(mutex_);
    return documents_.emplace(key, std::move(read)).first->second;
}

void IndexService::forget_documents(const std::vector<store::Block>& in_use) const {
    const std::lock_guard lock(mutex_);
    if (documents_.size() <= in_use.size())
        return;
    std::set<std::pair<std::int64_t, std::string>> kept;
    for (const auto& block : in_use)
        kept.emplace(block.number, block.created_at);
    std::erase_if(documents_, [&](const auto& one) { return !kept.contains(one.first); });
}

// ---- Making

bool IndexService::advance() {
    for (const auto& shelf : database_.read([](db::ReadTx& tx) { return store::shelves(tx); })) {
        auto& looked_at = looked_at_.try_emplace(shelf.place(), -1).first->second;
        if (looked_at == shelf.last_change)
            continue;
        if (seal_some(shelf))
            return true;
        looked_at = shelf.last_change;
    }
    if (merge_some(database_.read([](db::ReadTx& tx) { return store::blocks(tx, store::BlockState::ready); })))
        return true;
    return sweep_some();
}

bool IndexService::seal_some(const store::ShelfState& shelf) {
    const store::Cursor behind = cursor_of(shelf);
    const auto place = shelf.place();
    if (database_.read([&](db::ReadTx& tx) { return store::changed(tx, place, behind, smallest_block); }) <
        smallest_block) {
        // What searches will look through is read now rather than when somebody waits.
        database_.read([&](db::ReadTx& tx) { (void)tail(tx, shelf); });
        return false;
    }
    const bool begins_anew = shelf.form != words_.fingerprint;
    const auto made = make_blocks(place, behind);
    if (!made)
        return false;
    database_.write([&](db::WriteTx& tx) {
        if (begins_anew) {
            for (const auto& block : store::blocks(tx, store::BlockState::ready)) {
                if (block.place() == place)
                    store::set_state(tx, block.number, store::BlockState::dropped);
            }
        }
        const bool ours = store::move_on(tx, place, words_.fingerprint, behind, made->to);
        for (const std::int64_t block : made->blocks)
            store::set_state(tx, block, ours ? store::BlockState::ready : store::BlockState::dropped);
    });
    return true;
}

std::optional<IndexService::Made> IndexService::make_blocks(const store::Place& place, const store::Cursor& behind) {
    auto changed = database_.read([&](db::ReadTx& tx) { return store::texts(tx, place, behind, largest_making); });
    if (changed.records == 0)
        return std::nullopt;
    Made made{.blocks = {}, .to = changed.to, .records = changed.records};
    std::ranges::sort(changed.texts, {}, &store::Text::id);
    std::map<store::Source, std::vector<const store::Text*>> by_source;
    for (const auto& text : changed.texts)
        by_source[text.source].push_back(&text);
    for (const auto& [source, texts] : by_source)
        made.blocks.push_back(make_block(place, source, texts));
    return made;
}

std::int64_t IndexService::make_block(const store::Place& place, store::Source source,
                                      const std::vector<const store::Text*>& texts) {
    store::Block block{.number = 0,
                       .desk_id = place.desk,
                       .municipality_id = place.municipality,
                       .documents = static_cast<std::int64_t>(texts.size()),
                       .buckets = buckets_for(texts.size()),
                       .state = store::BlockState::making,
                       .created_at = core::Clock().now().str(),
                       .source = source};
    std::vector<IdNumber> ids;
    PieceMaker maker(static_cast<std::uint32_t>(block.buckets));
    for (const store::Text* text : texts) {
        for (const Key key : keys_of(text->document, words_.folding))
            maker.add(key, static_cast<std::uint32_t>(ids.size()));
        ids.push_back(text->id);
    }
    database_.write([&](db::WriteTx& tx) {
        store::begin_block(tx, block);
        store::add_documents(tx, block.number, ids);
    });
    Pieces waiting;
    maker.take([&](std::uint32_t bucket, std::string piece) {
        waiting.emplace(bucket, std::move(piece));
        write_pieces(block.number, waiting, pieces_at_once);
    });
    write_pieces(block.number, waiting, 1);
    return block.number;
}

void IndexService::write_pieces(std::int64_t block, Pieces& waiting, std::size_t at_least) {
    if (waiting.size() < at_least)
        return;
    database_.write([&](db::WriteTx& tx) { store::add_pieces(tx, block, waiting); });
    waiting.clear();
}

bool IndexService::merge_some(const std::vector<store::Block>& blocks) {
    std::map<std::tuple<store::Place, store::Source, int>, std::vector<store::Block>> alike;
    for (const auto& block : blocks) {
        const int tier = tier_of(block);
        if (block.documents >= largest_block)
            continue;
        auto& group = alike[{block.place(), block.source, tier}];
        group.push_back(block);
        if (group.size() == merged_at_once) {
            merge(group);
            return true;
        }
    }
    return false;
}

void IndexService::merge(const std::vector<store::Block>& sources) {
    std::vector<std::vector<IdNumber>> ids;
    std::vector<IdNumber> all;
    std::uint32_t fewest = 65'536;
    for (const auto& source : sources) {
        ids.push_back(database_.read([&](db::ReadTx& tx) { return store::documents(tx, source.number); }));
        all.insert(all.end(), ids.back().begin(), ids.back().end());
        fewest = std::min(fewest, static_cast<std::uint32_t>(source.buckets));
    }
    std::ranges::sort(all);
    all.erase(std::unique(all.begin(), all.end()), all.end());
    std::vector<std::vector<std::uint32_t>> numbers;  // of each source's documents among all
    for (const auto& of_source : ids) {
        auto& mapped = numbers.emplace_back();
        mapped.reserve(of_source.size());
        for (const IdNumber& id : of_source)
            mapped.push_back(static_cast<std::uint32_t>(std::ranges::lower_bound(all, id) - all.begin()));
    }
    store::Block block{.number = 0,
                       .desk_id = sources.front().desk_id,
                       .municipality_id = sources.front().municipality_id,
                       .documents = static_cast<std::int64_t>(all.size()),
                       .buckets = std::max(buckets_for(all.size()), fewest),
                       .state = store::BlockState::making,
                       .created_at = core::Clock().now().str(),
                       .source = sources.front().source};
    database_.write([&](db::WriteTx& tx) {
        store::begin_block(tx, block);
        store::add_documents(tx, block.number, all);
    });
    // Numbers of buckets are powers of two: what shares a bucket of the fewest comes from the buckets of the others
    // that leave the same rest, so the blocks pass through memory some buckets at a time.
    Pieces waiting;
    PieceMaker maker(static_cast<std::uint32_t>(block.buckets));
    for (std::uint32_t rest = 0; rest < fewest; ++rest) {
        std::map<std::int64_t, std::vector<std::uint32_t>> buckets;
        for (const auto& source : sources) {
            for (std::uint32_t bucket = rest; bucket < source.buckets; bucket += fewest)
                buckets[source.number].push_back(bucket);
        }
        const auto pieces = database_.read([&](db::ReadTx& tx) { return store::pieces(tx, buckets); });
        for (std::size_t i = 0; i < sources.size(); ++i) {
            const auto of_source = pieces.find(sources[i].number);
            if (of_source == pieces.end())
                continue;
            for (const auto& [bucket, piece] : of_source->second) {
                read_piece(piece, {0, ~Key{0}}, [&](Key key, const std::vector<std::uint32_t>& documents) {
                    for (const std::uint32_t document : documents)
                        maker.add(key, numbers[i].at(document));
                });
            }
        }
        maker.take([&](std::uint32_t bucket, std::string piece) { waiting.emplace(bucket, std::move(piece)); });
        write_pieces(block.number, waiting, pieces_at_once);
    }
    write_pieces(block.number, waiting, 1);
    database_.write([&](db::WriteTx& tx) {
        std::set<std::int64_t> ready;
        for (const auto& one : store::blocks(tx, store::BlockState::ready))
            ready.insert(one.number);
        const bool all_there =
            std::ranges::all_of(sources, [&](const auto& one) { return ready.contains(one.number); });
        store::set_state(tx, block.number, all_there ? store::BlockState::ready : store::BlockState::dropped);
        for (const auto& source : sources) {
            if (all_there)
                store::set_state(tx, source.number, store::BlockState::dropped);
        }
    });
}

bool IndexService::sweep_some() {
    const auto dropped = database_.read([](db::ReadTx& tx) {
        auto result = store::blocks(tx, store::BlockState::dropped);
        const std::string long_ago = core::Clock().now().plus(-longest_making).str();
        for (auto& block : store::blocks(tx, store::BlockState::making)) {
            if (block.created_at < long_ago)
                result.push_back(std::move(block));
        }
        return result;
    });
    for (const auto& block : dropped) {
        database_.write([&](db::WriteTx& tx) {
            store::set_state(tx, block.number, store::BlockState::dropped);  // whoever still makes it sees that
            store::sweep(tx, block.number);
        });
        return true;
    }
    return false;
}

void IndexService::rebuild(const std::function<void(std::int64_t done, std::int64_t of)>& progress) {
    const auto shelves = database_.read([](db::ReadTx& tx) { return store::shelves(tx); });
    const std::int64_t of = database_.read([](db::ReadTx& tx) { return store::records(tx); });
    std::int64_t done = 0;
    progress(done, of);
    for (const auto& shelf : shelves) {
        const auto place = shelf.place();
        std::vector<std::int64_t> made;
        store::Cursor to;
        while (const auto some = make_blocks(place, to)) {
            made.insert(made.end(), some->blocks.begin(), some->blocks.end());
            to = some->to;
            done += some->records;
            progress(std::min(done, of), of);
            if (some->records < largest_making)
                break;
        }
        database_.write([&](db::WriteTx& tx) {
            for (const auto& block : store::blocks(tx, store::BlockState::ready)) {
                if (block.place() == place)
                    store::set_state(tx, block.number, store::BlockState::dropped);
            }
            std::set<std::int64_t> making;
            for (const auto& block : store::blocks(tx, store::BlockState::making))
                making.insert(block.number);
            for (const std::int64_t block : made) {
                // Or records of a block that was swept as left over would never be found again.
                if (!making.contains(block))
                    throw std::runtime_error("the index took too long to make; run `tsunagi reindex` again");
                store::set_state(tx, block, store::BlockState::ready);
            }
            store::put_cursor(tx, place, words_.fingerprint, to);
        });
    }
    while (merge_some(database_.read([](db::ReadTx& tx) { return store::blocks(tx, store::BlockState::ready); })) ||
           sweep_some()) {
    }
}

}  // namespace tsunagi::search
