// SPDX-License-Identifier: Apache-2.0
// The kinds of which there may be a million: the index says which records may answer, and these are read and compared,
// newest first, until a page is full.
#include <algorithm>
#include <span>

#include "modules/access/scope.hpp"
#include "modules/search/hit_rules.hpp"
#include "modules/search/search_service.hpp"
#include "modules/search/sheet_sieve.hpp"
#include "modules/search/written_store.hpp"

namespace tsunagi::search {
namespace {

using consultations::Facts;
using consultations::Selection;
using consultations::VisibleShelf;

/// So many records are read and compared for one page; whoever wants more asks for the next one.
constexpr std::size_t most_compared = 600;
/// And so many at a time, where the first ones did not fill the page.
constexpr std::size_t most_at_once = 128;
/// Files of cases that are not shared with the reader are passed over without being compared, but not for ever.
constexpr std::size_t most_passed_over = 6000;
/// Of a shelf that is being indexed, the newest records stand for it.
constexpr std::size_t newest_of_unindexed = 300;
/// More of what may answer than one page can compare, even where a record is named twice.
constexpr std::ptrdiff_t most_ranked = 4096;

/// The records of the shelf that are among the ids and fit the filter. Both are in the order of the ids.
void add_fitting(const Selection& selection, const VisibleShelf& shelf, const std::vector<IdNumber>& ids,
                 std::vector<Rank>& out) {
    auto id = ids.begin();
    for (const auto& chunk : shelf.shelf->chunks) {
        if (id == ids.end())
            return;
        if (chunk->rows.back().id < *id)
            continue;
        const bool may_fit = selection.conditions.may_fit(*chunk);
        auto row = chunk->rows.begin();
        for (; id != ids.end() && *id <= chunk->rows.back().id; ++id) {
            if (!may_fit)
                continue;
            row = std::ranges::lower_bound(row, chunk->rows.end(), *id, {}, &Facts::id);
            if (row->id == *id && (shelf.drafts || row->state != consultations::ConsultationState::draft) &&
                selection.conditions.fits(*chunk, *row))
                out.push_back({row->listed_on, row->id});
        }
    }
}

/// The newest records of the shelf, whatever they hold.
void add_newest(const Selection& selection, const VisibleShelf& shelf, std::size_t most, std::vector<Rank>& out) {
    std::vector<Rank> all;
    for (const auto& chunk : shelf.shelf->chunks) {
        if (selection.conditions.may_fit(*chunk)) {
            selection.for_each_in(*chunk, shelf.drafts, [&](const consultations::Chunk&, const Facts& row) {
                all.push_back({row.listed_on, row.id});
            });
        }
    }
    std::ranges::sort(all, std::greater());
    out.insert(out.end(), all.begin(), all.begin() + static_cast<std::ptrdiff_t>(std::min(most, all.size())));
}

}  // namespace

HitGroup SearchService::consultation_hits(db::ReadTx& tx, const access::Actor& actor, const Query& query,
                                          const SearchFilter& filter) const {
    HitGroup group{.kind = HitKind::consultation, .items = {}, .next = {}, .indexing = false};
    consultations::ConsultationFilter rest;
    rest.desk = filter.desk;
    rest.fiscal_year = filter.fiscal_year;
    rest.from = filter.from;
    rest.to = filter.to;
    rest.state = states_of<consultations::ConsultationState>(filter);
    const Selection selection = consultations_.select(tx, actor, rest, consultations::Purpose::reading);

    std::vector<IndexService::Asked> asked;
    std::vector<const VisibleShelf*> shelves;
    std::vector<Rank> ranks;
    const auto after = after_of(filter);
    // At a million records most of what may answer is never looked at: it need not stay in memory either.
    const auto keep_newest = [&] {
        if (after)
            std::erase_if(ranks, [&](const Rank& rank) { return rank >= *after; });
        if (static_cast<std::ptrdiff_t>(ranks.size()) > most_ranked) {
            std::ranges::nth_element(ranks, ranks.begin() + most_ranked, std::greater());
            ranks.resize(static_cast<std::size_t>(most_ranked));
        }
    };
    for (const auto& shelf : selection.shelves) {
        if (shelf.municipality) {
            asked.push_back({{shelf.desk, *shelf.municipality}, actor.works_at(shelf.desk)});
            shelves.push_back(&shelf);
        } else {  // the cases of an agenda, few and of no index
            add_newest(selection, shelf, most_compared, ranks);
        }
    }
    const auto found = index_.candidates(tx, store::Source::consultation, query, asked);
    keep_newest();
    for (std::size_t i = 0; i < shelves.size(); ++i) {
        add_fitting(selection, *shelves[i], found[i].ids, ranks);
        if (!found[i].complete) {
            group.indexing = true;
            add_newest(selection, *shelves[i], newest_of_unindexed, ranks);
        }
        keep_newest();
    }
    std::ranges::make_heap(ranks);

    const std::size_t limit = limit_of(filter);
    const SheetSieve sieve(query, words_.folding);
    std::size_t at_once = 2 * limit + 2;
    std::size_t compared = 0;
    Rank last;
    while (!ranks.empty()) {
        std::vector<core::ConsultationId> ids;
        std::vector<Rank> batch;
        while (!ranks.empty() && batch.size() < at_once) {
            std::ranges::pop_heap(ranks);
            // A record may be named twice, by the index and as one of the newest.
            const Rank& before = batch.empty() ? last : batch.back();
            if (before != ranks.back()) {
                batch.push_back(ranks.back());
                ids.push_back(batch.back().id.id());
            }
            ranks.pop_back();
        }
        if (batch.empty())
            break;
        auto candidates = store::consultations(tx, actor, ids, sieve);
        auto rank = batch.begin();
        for (auto& one : candidates) {
            while (rank->id.id().str() != one.hit.id)
                ++rank;
            auto passages = match(query, one.document, words_.folding);
            if (!passages.empty()) {
                if (group.items.size() == limit) {
                    group.next = text_of(last);
                    return group;
                }
                one.hit.passages = std::move(passages);
                group.items.push_back(std::move(one.hit));
            }
            last = *rank;
        }
        last = batch.back();
        compared += batch.size();
        at_once = std::max(at_once, most_at_once);  // few of them answer
        if (compared >= most_compared && !ranks.empty()) {
            group.next = text_of(last);
            break;
        }
    }
    return group;
}

HitGroup SearchService::written_hits(db::ReadTx& tx, const access::Actor& actor, const Query& query,
                                     const SearchFilter& filter, HitKind kind) const {
    HitGroup group{.kind = kind, .items = {}, .next = {}, .indexing = false};
    const auto source = kind == HitKind::activity ? store::Source::activity : store::Source::attachment;
    consultations::ConsultationFilter rest;
    rest.desk = filter.desk;
    std::vector<IndexService::Asked> asked;
    std::vector<IdNumber> ids;
    const Selection selection = consultations_.select(tx, actor, rest, consultations::Purpose::reading);
    for (const auto& shelf : selection.shelves) {
        if (shelf.municipality)
            asked.push_back({{shelf.desk, *shelf.municipality}, actor.works_at(shelf.desk)});
    }
    for (auto& found : index_.candidates(tx, source, query, asked)) {
        ids.insert(ids.end(), found.ids.begin(), found.ids.end());
        if (!found.complete) {
            group.indexing = true;
            const auto newest = store::newest(tx, source, found.place, newest_of_unindexed);
            ids.insert(ids.end(), newest.begin(), newest.end());
        }
    }
    if (kind == HitKind::activity && access::sees_agendas(actor)) {
        const auto disclosed = store::activities_on_agendas(tx, actor, most_compared);
        ids.insert(ids.end(), disclosed.begin(), disclosed.end());
    }
    if (const auto after = after_of(filter))
        std::erase_if(ids, [&](const IdNumber& id) { return id >= after->id; });
    // An id may be named twice, by the index and as one of the newest.
    if (ids.size() > 2 * most_passed_over) {
        std::ranges::nth_element(ids, ids.begin() + static_cast<std::ptrdiff_t>(2 * most_passed_over), std::greater());
        ids.resize(2 * most_passed_over);
    }
    std::ranges::sort(ids, std::greater());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());

    const std::size_t limit = limit_of(filter);
    std::size_t compared = 0;
    std::size_t passed_over = 0;
    Rank last;
    for (std::span<const IdNumber> waiting = ids; !waiting.empty();) {
        const auto batch = waiting.first(std::min(waiting.size(), passed_over == 0 ? 2 * limit + 2 : most_at_once));
        waiting = waiting.subspan(batch.size());
        auto candidates =
            kind == HitKind::activity ? store::activities(tx, actor, batch) : store::attachments(tx, actor, batch);
        for (auto& one : candidates) {
            if (!fits(one.hit, filter))
                continue;
            ++compared;
            auto passages = match(query, one.document, words_.folding);
            if (!passages.empty()) {
                if (group.items.size() == limit) {
                    group.next = text_of(last);
                    return group;
                }
                one.hit.passages = std::move(passages);
                last.id = IdNumber::of(one.hit.id);
                group.items.push_back(std::move(one.hit));
            }
        }
        passed_over += batch.size();
        if ((compared >= most_compared || passed_over >= most_passed_over) && !waiting.empty()) {
            last.id = batch.back();
            group.next = text_of(last);
            break;
        }
    }
    return group;
}

}  // namespace tsunagi::search
