// SPDX-License-Identifier: Apache-2.0
// Which records of a selection stand on a page. A page is the best few of all that fit; records are compared by the key
// of the sort and, where that is the same, by id, so that no record is shown twice or left out between two pages.
#include <algorithm>
#include <array>
#include <charconv>

#include "core/first_few.hpp"
#include "modules/consultations/consultation_selection.hpp"

namespace tsunagi::consultations {
namespace {

struct Sort {
    std::string_view name;
    std::int64_t (*key)(const Facts& row);
    bool descending;
    bool by_day = false;  ///< the key is `listed_on`, whose bounds a chunk knows
};

std::int64_t listed_on(const Facts& row) {
    return row.listed_on;
}

constexpr std::array<Sort, 5> sorts{{
    {"-received_on", listed_on, true, true},
    {"received_on", listed_on, false, true},
    {"-updated_at", [](const Facts& row) { return row.updated_at; }, true},
    {"follow_up_on", [](const Facts& row) { return std::int64_t{row.follow_up_on}; }, false},
    {"number", [](const Facts& row) { return row.fiscal_year * std::int64_t{100'000'000} + row.sequence; }, false},
}};

const Sort& sort_of(const ConsultationFilter& filter) {
    if (filter.sort.empty())
        return sorts.front();
    const auto found = std::ranges::find(sorts, std::string_view(filter.sort.value), &Sort::name);
    if (found == sorts.end())
        throw core::invalid({{"?sort", "unknown", ""}});
    return *found;
}

std::size_t limit_of(const ConsultationFilter& filter) {
    const std::int64_t limit = filter.limit.value_or(25);
    if (limit < 1 || limit > 200)
        throw core::invalid({{"?limit", "range", "1-200"}});
    return static_cast<std::size_t>(limit);
}

/// Where a record stands in the order of a sort.
struct Rank {
    std::int64_t key = 0;
    IdNumber id;

    friend auto operator<=>(const Rank&, const Rank&) = default;
};

std::string text_of(const Rank& rank) {
    return std::to_string(rank.key) + "~" + rank.id.id().str();
}

/// The last record of the page before, as `text_of` wrote it.
std::optional<Rank> after_of(const ConsultationFilter& filter) {
    if (filter.after.empty())
        return std::nullopt;
    const std::string_view text = filter.after.value;
    const std::size_t mark = std::min(text.find('~'), text.size());
    Rank rank;
    const auto [end, error] = std::from_chars(text.data(), text.data() + mark, rank.key);
    if (error != std::errc{} || end != text.data() + mark || mark == text.size() ||
        !core::is_uuid(text.substr(mark + 1)))
        throw core::invalid({{"?after", "format", ""}});
    rank.id = IdNumber::of(text.substr(mark + 1));
    return rank;
}

/// Which of two records comes first.
struct Before {
    bool descending;

    bool operator()(const Rank& one, const Rank& other) const { return descending ? one > other : one < other; }
};

using Best = core::FirstFew<Rank, Before>;

/// No record of the chunk can come among the best any more.
bool surpassed(const Chunk& chunk, const Sort& sort, const Best& best) {
    if (!sort.by_day || !best.is_full())
        return false;
    return sort.descending ? chunk.last_day < best.last().key : chunk.first_day > best.last().key;
}

struct Part {
    const Chunk* chunk;
    bool drafts;
};

/// The chunks that may hold something, those first that hold the first records of the order.
std::vector<Part> parts_of(const Selection& selection, const Sort& sort) {
    std::vector<Part> parts;
    for (const auto& visible : selection.shelves) {
        for (const auto& chunk : visible.shelf->chunks) {
            if (selection.conditions.may_fit(*chunk))
                parts.push_back({chunk.get(), visible.drafts});
        }
    }
    if (sort.by_day) {
        std::ranges::sort(parts, [&](const Part& one, const Part& other) {
            return sort.descending ? one.chunk->last_day > other.chunk->last_day
                                   : one.chunk->first_day < other.chunk->first_day;
        });
    }
    return parts;
}

/// Counts the selection up to `most_counted` + 1 and fills `best` with what comes after `after`.
std::int64_t search(const Selection& selection, const Sort& sort, const std::optional<Rank>& after, Best& best) {
    const Before before{sort.descending};
    std::int64_t total = 0;
    for (const Part& part : parts_of(selection, sort)) {
        if (total > most_counted && surpassed(*part.chunk, sort, best))
            break;
        selection.for_each_in(*part.chunk, part.drafts, [&](const Chunk&, const Facts& row) {
            ++total;
            const Rank rank{sort.key(row), row.id};
            if (!after || before(*after, rank))
                best.add(rank);
        });
    }
    return std::min(total, most_counted + 1);
}

}  // namespace

Found find_page(const Selection& selection, const ConsultationFilter& filter) {
    const Sort& sort = sort_of(filter);
    const std::size_t limit = limit_of(filter);
    Best best(limit + 1, {sort.descending});
    Found found;
    found.total = search(selection, sort, after_of(filter), best);
    auto page = std::move(best).in_order();
    if (page.size() > limit) {
        page.pop_back();
        found.next = text_of(page.back());
    }
    for (const Rank& rank : page)
        found.ids.push_back(rank.id.id());
    return found;
}

std::vector<core::ConsultationId> find_newest(const Selection& selection, std::size_t most) {
    Best best(most, {sorts.front().descending});
    search(selection, sorts.front(), std::nullopt, best);
    std::vector<core::ConsultationId> ids;
    for (const Rank& rank : std::move(best).in_order())
        ids.push_back(rank.id.id());
    return ids;
}

}  // namespace tsunagi::consultations
