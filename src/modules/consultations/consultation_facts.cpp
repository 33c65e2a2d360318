// SPDX-License-Identifier: Apache-2.0
#include "modules/consultations/consultation_facts.hpp"

#include <algorithm>

#include "core/error.hpp"

namespace tsunagi::consultations {
namespace {

/// Rows of a chunk after a change; small, since a change copies its chunk.
constexpr std::size_t rows_of_chunk = 1024;

std::uint64_t hex(std::string_view digits, std::uint64_t before) {
    for (const char c : digits) {
        const auto digit = static_cast<std::uint64_t>(c <= '9' ? c - '0' : c - 'a' + 10);
        before = before << 4U | digit;
    }
    return before;
}

/// The rows of two chunks by id, without those that are gone; what stands in both is taken from `newer`.
void merge(std::span<const Facts> older, const Chunk& of_older, std::span<const Facts> newer, const Chunk& of_newer,
           std::span<const IdNumber> removed, std::vector<std::shared_ptr<const Chunk>>& out) {
    const std::size_t most = older.size() + newer.size();
    const std::size_t parts = std::max<std::size_t>(1, (most + rows_of_chunk - 1) / rows_of_chunk);
    const std::size_t rows_of_part = (most + parts - 1) / parts;
    auto chunk = std::make_shared<Chunk>();
    const auto add = [&](const Facts& row, const Chunk& from) {
        if (std::ranges::binary_search(removed, row.id))
            return;
        if (chunk->rows.size() == rows_of_part) {
            out.push_back(std::move(chunk));
            chunk = std::make_shared<Chunk>();
        }
        if (chunk->rows.empty())
            chunk->rows.reserve(rows_of_part);
        chunk->add(row, from.marks_of(row));
    };
    std::size_t at = 0;
    for (const Facts& row : newer) {
        for (; at < older.size() && older[at].id < row.id; ++at)
            add(older[at], of_older);
        if (at < older.size() && older[at].id == row.id)
            ++at;
        add(row, of_newer);
    }
    for (; at < older.size(); ++at)
        add(older[at], of_older);
    chunk->marks.shrink_to_fit();
    if (!chunk->rows.empty())
        out.push_back(std::move(chunk));
}

}  // namespace

IdNumber IdNumber::of(std::string_view uuid) {
    IdNumber number;
    number.high = hex(uuid.substr(14, 4), hex(uuid.substr(9, 4), hex(uuid.substr(0, 8), 0)));
    number.low = hex(uuid.substr(24, 12), hex(uuid.substr(19, 4), 0));
    return number;
}

core::ConsultationId IdNumber::id() const {
    static constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    text.reserve(36);
    for (const std::uint64_t half : {high, low}) {
        for (int shift = 60; shift >= 0; shift -= 4) {
            if (text.size() == 8 || text.size() == 13 || text.size() == 18 || text.size() == 23)
                text += '-';
            text += digits[half >> static_cast<unsigned>(shift) & 15U];
        }
    }
    return core::ConsultationId(std::move(text));
}

Numbering::Numbering() : texts_{""} {
    numbers_.emplace(texts_.front(), 0);
}

Numbering::Number Numbering::number_of(std::string_view text) {
    if (const auto known = find(text))
        return *known;
    const std::unique_lock lock(mutex_);
    if (const auto known = numbers_.find(text); known != numbers_.end())
        return known->second;
    if (texts_.size() > std::numeric_limits<Number>::max())
        throw core::Error(core::ErrorKind::internal, "internal", {}, "more different codes than can be numbered");
    const auto number = static_cast<Number>(texts_.size());
    numbers_.emplace(texts_.emplace_back(text), number);
    return number;
}

std::optional<Numbering::Number> Numbering::find(std::string_view text) const {
    const std::shared_lock lock(mutex_);
    const auto found = numbers_.find(text);
    return found == numbers_.end() ? std::nullopt : std::optional(found->second);
}

std::string Numbering::text(Number number) const {
    const std::shared_lock lock(mutex_);
    return texts_.at(number);
}

std::size_t Numbering::size() const {
    const std::shared_lock lock(mutex_);
    return texts_.size();
}

DayNumber day_number(const core::Date& day) {
    return day.days_since(core::Date());
}

core::Date date_of(DayNumber day) {
    return core::Date().plus_days(day);
}

void Chunk::add(const Facts& row, std::span<const Numbering::Number> its_marks) {
    Facts& added = rows.emplace_back(row);
    added.first_mark = static_cast<std::uint32_t>(marks.size());
    added.marks = static_cast<std::uint16_t>(its_marks.size());
    marks.insert(marks.end(), its_marks.begin(), its_marks.end());
    first_day = std::min(first_day, row.listed_on);
    last_day = std::max(last_day, row.listed_on);
}

std::size_t Shelf::size() const {
    std::size_t rows = 0;
    for (const auto& chunk : chunks)
        rows += chunk->rows.size();
    return rows;
}

Shelf with_changes(const Shelf& shelf, Changes changes, std::int64_t last_change) {
    std::ranges::sort(changes.changed.rows, {}, &Facts::id);
    std::ranges::sort(changes.removed);
    std::span<const Facts> rows = changes.changed.rows;
    std::span<const IdNumber> removed = changes.removed;
    Shelf result{.last_change = last_change, .chunks = {}};
    result.chunks.reserve(shelf.chunks.size() + rows.size() / rows_of_chunk + 1);
    for (std::size_t i = 0; i < shelf.chunks.size(); ++i) {
        // What belongs before the next chunk's first record belongs to this one.
        const bool last = i + 1 == shelf.chunks.size();
        const auto before_next = [&](const IdNumber& id) { return last || id < shelf.chunks[i + 1]->rows.front().id; };
        const auto own =
            static_cast<std::size_t>(std::ranges::partition_point(rows, before_next, &Facts::id) - rows.begin());
        const auto gone =
            static_cast<std::size_t>(std::ranges::partition_point(removed, before_next) - removed.begin());
        if (own == 0 && gone == 0) {
            result.chunks.push_back(shelf.chunks[i]);
        } else {
            merge(shelf.chunks[i]->rows, *shelf.chunks[i], rows.first(own), changes.changed, removed.first(gone),
                  result.chunks);
        }
        rows = rows.subspan(own);
        removed = removed.subspan(gone);
    }
    if (shelf.chunks.empty())
        merge({}, {}, rows, changes.changed, removed, result.chunks);
    return result;
}

std::shared_ptr<const Shelf> Shelves::at(const Place& place, std::int64_t last_change, const Load& load) {
    Slot* slot = nullptr;
    {
        const std::lock_guard lock(mutex_);
        auto& owned = slots_[place];
        if (!owned)
            owned = std::make_unique<Slot>();
        slot = owned.get();
    }
    const std::lock_guard lock(slot->mutex);
    if (slot->shelf->last_change >= last_change)
        return slot->shelf;
    Shelf newer = *slot->shelf;
    load(newer.last_change, [&](Changes part) { newer = with_changes(newer, std::move(part), newer.last_change); });
    newer.last_change = last_change;
    slot->shelf = std::make_shared<const Shelf>(std::move(newer));
    return slot->shelf;
}

}  // namespace tsunagi::consultations
