// SPDX-License-Identifier: Apache-2.0
// Which records of a selection stand on a page. A page is the best few of all that fit; records are compared by the key
// of the sort and, where that is the same, by id, so that no record is shown twice or left out between two pages.
#include <algorithm>
#include <array>
#include <charconv>

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
struct Standing {
    std::int64_t key = 0;
    IdNumber id;

    friend auto operator<=>(const Standing&, const Standing&) = default;
};

std::string text_of(const Standing& standing) {
    return std::to_string(standing.key) + "~" + standing.id.id().str();
}

/// The last record of the page before, as `text_of` wrote it.
std::optional<Standing> after_of(const ConsultationFilter& filter) {
    if (filter.after.empty())
        return std::nullopt;
    const std::string_view text = filter.after.value;
    const std::size_t mark = std::min(text.find('~'), text.size());
    Standing standing;
    const auto [end, error] = std::from_chars(text.data(), text.data() + mark, standing.key);
    if (error != std::errc{} || end != text.data() + mark || mark == text.size() ||
        !core::is_uuid(text.substr(mark + 1)))
        throw core::invalid({{"?after", "format", ""}});
    standing.id = IdNumber::of(text.substr(mark + 1));
    return standing;
}

/// The first few records of an order, kept while they are found.
class Best {
public:
    Best(const Sort& sort, std::size_t most) : sort_(sort), most_(most) {}

    [[nodiscard]] bool before(const Standing& one, const Standing& other) const {
        return sort_.descending ? one > other : one < other;
    }

    void add(const Standing& standing) {
        const auto worst_first = [&](const Standing& one, const Standing& other) { return before(one, other); };
        if (kept_.size() == most_) {
            if (!before(standing, kept_.front()))
                return;
            std::ranges::pop_heap(kept_, worst_first);
            kept_.pop_back();
        }
        kept_.push_back(standing);
        std::ranges::push_heap(kept_, worst_first);
    }

    /// No record of the chunk can come among the first any more.
    [[nodiscard]] bool surpasses(const Chunk& chunk) const {
        if (!sort_.by_day || kept_.size() < most_)
            return false;
        return sort_.descending ? chunk.last_day < kept_.front().key : chunk.first_day > kept_.front().key;
    }

    [[nodiscard]] std::vector<Standing> in_order() && {
        std::ranges::sort(kept_, [&](const Standing& one, const Standing& other) { return before(one, other); });
        return std::move(kept_);
    }

private:
    const Sort& sort_;  // NOLINT: one of `sorts`
    std::size_t most_;
    std::vector<Standing> kept_;  // a heap, the worst in front
};

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
std::int64_t search(const Selection& selection, const Sort& sort, const std::optional<Standing>& after, Best& best) {
    std::int64_t total = 0;
    for (const Part& part : parts_of(selection, sort)) {
        if (total > most_counted && best.surpasses(*part.chunk))
            break;
        selection.for_each_in(*part.chunk, part.drafts, [&](const Chunk&, const Facts& row) {
            ++total;
            const Standing standing{sort.key(row), row.id};
            if (!after || best.before(*after, standing))
                best.add(standing);
        });
    }
    return std::min(total, most_counted + 1);
}

}  // namespace

Found find_page(const Selection& selection, const ConsultationFilter& filter) {
    const Sort& sort = sort_of(filter);
    const std::size_t limit = limit_of(filter);
    Best best(sort, limit + 1);
    Found found;
    found.total = search(selection, sort, after_of(filter), best);
    auto page = std::move(best).in_order();
    if (page.size() > limit) {
        page.pop_back();
        found.next = text_of(page.back());
    }
    for (const Standing& standing : page)
        found.ids.push_back(standing.id.id());
    return found;
}

std::vector<core::ConsultationId> find_newest(const Selection& selection, std::size_t most) {
    Best best(sorts.front(), most);
    search(selection, sorts.front(), std::nullopt, best);
    std::vector<core::ConsultationId> ids;
    for (const Standing& standing : std::move(best).in_order())
        ids.push_back(standing.id.id());
    return ids;
}

}  // namespace tsunagi::consultations
