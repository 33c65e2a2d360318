// SPDX-License-Identifier: Apache-2.0
// What lists, totals and figures need of a consultation, as numbers in memory: a million records take about 70 MB, and
// any filter over them some milliseconds. Pure: the store reads them, the service keeps them current.
#pragma once
#include <compare>
#include <cstdint>
#include <deque>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/id.hpp"
#include "modules/consultations/consultation.hpp"

namespace tsunagi::consultations {

/// A UUID as a number; the order is that of its text.
struct IdNumber {
    std::uint64_t high = 0;
    std::uint64_t low = 0;

    /// The text is a UUID in canonical form.
    [[nodiscard]] static IdNumber of(std::string_view uuid);
    [[nodiscard]] core::ConsultationId id() const;

    friend auto operator<=>(const IdNumber&, const IdNumber&) = default;
};

/// Numbers texts as they come, for as long as the process runs. 0 stands for "nothing". For several threads.
class Numbering {
public:
    using Number = std::uint16_t;

    Numbering();
    /// The number of the text, a new one when it has none yet. Throws core::Error `internal` after 65,535 texts.
    Number number_of(std::string_view text);
    /// The number of the text if any record ever carried it.
    [[nodiscard]] std::optional<Number> find(std::string_view text) const;
    [[nodiscard]] std::string text(Number number) const;
    /// Greater than every number given out.
    [[nodiscard]] std::size_t size() const;

private:
    mutable std::shared_mutex mutex_;
    std::deque<std::string> texts_;  // never move
    std::unordered_map<std::string_view, Number> numbers_;
};

/// The numbers' meanings, shared by all shelves.
struct FactWords {
    Numbering codes;
    Numbering marks;  ///< `scene:daily`, `element:dementia`
    Numbering people;
    Numbering regions;
};

/// Days since 1970-01-01.
using DayNumber = std::int32_t;
constexpr DayNumber no_day = std::numeric_limits<DayNumber>::max();

[[nodiscard]] DayNumber day_number(const core::Date& day);
[[nodiscard]] core::Date date_of(DayNumber day);

/// One record in 64 bytes.
struct Facts {
    IdNumber id;
    std::int64_t updated_at = 0;  ///< milliseconds since 1970
    DayNumber listed_on = 0;
    DayNumber follow_up_on = no_day;
    std::uint32_t sequence = 0;
    std::uint32_t first_mark = 0;  ///< where its marks begin among those of its chunk
    std::uint16_t fiscal_year : 12 = 0;
    ConsultationState state : 3 = ConsultationState::draft;
    bool worked_on : 1 = false;               ///< more than received
    std::uint16_t awaiting_advice_since = 0;  ///< a day from 1970-01-02 to 2149-06-06; 0: no advice is awaited
    std::uint16_t marks = 0;
    Numbering::Number kind = 0;
    Numbering::Number topic = 0;
    Numbering::Number subtopic = 0;
    Numbering::Number profession = 0;
    Numbering::Number urgency = 0;
    Numbering::Number difficulty = 0;
    Numbering::Number result = 0;
    Numbering::Number receiver = 0;
    Numbering::Number district = 0;

    [[nodiscard]] bool is_unclosed() const {
        return state == ConsultationState::open || state == ConsultationState::on_hold ||
               state == ConsultationState::reopened;
    }

    [[nodiscard]] bool awaits_advice() const { return is_unclosed() && awaiting_advice_since != 0; }
};

static_assert(sizeof(Facts) == 64);

/// Records beside each other by id, with the bounds that let a search pass over all of them at once.
struct Chunk {
    std::vector<Facts> rows;
    std::vector<Numbering::Number> marks;
    DayNumber first_day = no_day;
    DayNumber last_day = std::numeric_limits<DayNumber>::min();

    [[nodiscard]] std::span<const Numbering::Number> marks_of(const Facts& row) const {
        return std::span(marks).subspan(row.first_mark, row.marks);
    }

    void add(const Facts& row, std::span<const Numbering::Number> its_marks);
};

/// Records that are new or changed (their marks stand in `changed.marks`), and ids of those that are gone.
struct Changes {
    Chunk changed;
    std::vector<IdNumber> removed;
};

/// All records of one desk in one municipality as of one change. Never altered: a newer one shares its chunks.
struct Shelf {
    std::int64_t last_change = 0;
    std::vector<std::shared_ptr<const Chunk>> chunks;  ///< by id

    [[nodiscard]] std::size_t size() const;
};

/// The shelf after these changes.
[[nodiscard]] Shelf with_changes(const Shelf& shelf, Changes changes, std::int64_t last_change);

/// The newest shelf of every desk that was asked for. For several threads.
class Shelves {
public:
    struct Place {
        core::DeskId desk;
        core::RegionId municipality;

        friend auto operator<=>(const Place&, const Place&) = default;
    };

    /// Reads the changes after `since` and hands them over in one or more parts.
    using Load = std::function<void(std::int64_t since, const std::function<void(Changes)>& part)>;

    /// The shelf as of `last_change`, or a newer one that another reader has brought in a moment ago. One thread loads;
    /// the others wait for it.
    [[nodiscard]] std::shared_ptr<const Shelf> at(const Place& place, std::int64_t last_change, const Load& load);

    FactWords words;

private:
    struct Slot {
        std::mutex mutex;
        std::shared_ptr<const Shelf> shelf = std::make_shared<const Shelf>(Shelf{.last_change = -1, .chunks = {}});
    };

    std::mutex mutex_;
    std::map<Place, std::unique_ptr<Slot>> slots_;
};

}  // namespace tsunagi::consultations
