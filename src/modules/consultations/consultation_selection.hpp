// SPDX-License-Identifier: Apache-2.0
// One selection serves every question about consultations: list, total, cases, month table, matrix and their exports.
// The reader's scope decides in SQL which shelves are in it at all; what it hides cannot be inferred from any answer.
#pragma once
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "modules/consultations/consultation.hpp"
#include "modules/consultations/consultation_facts.hpp"
#include "modules/packs/packs_service.hpp"

namespace tsunagi::consultations {

/// What the rows are wanted for.
enum class Purpose {
    reading,   ///< the records themselves, drafts among them
    cases,     ///< the same without drafts: what a figure leads to
    counting,  ///< how many there are: a prefectural officer counts what they may not read; no drafts
};

/// The filter, understood: which records of a shelf it asks for. Words are another matter, they stand in no fact.
class Conditions {
public:
    /// `districts` are the regions of the filter with all below them. Throws core::Error `invalid` (`?to` date_order,
    /// `?fiscal_year` range, `?missing` unknown).
    Conditions(const ConsultationFilter& filter, const packs::CodeBook& codes, const FactWords& words,
               const std::vector<std::string>& districts);

    /// Nothing of the chunk fits when this is false.
    [[nodiscard]] bool may_fit(const Chunk& chunk) const;
    [[nodiscard]] bool fits(const Chunk& chunk, const Facts& row) const;

    /// What no fact knows: the records that stand on an agenda.
    void put_on_agenda(std::vector<IdNumber> ids);
    /// Of the records that fit, only these.
    void keep_only(std::vector<IdNumber> ids);
    /// Only records with one of these marks.
    void require_mark(const std::vector<Numbering::Number>& marks);

private:
    /// Which numbers a column may hold; without any, the column is not asked about.
    class Numbers {
    public:
        void allow(Numbering::Number number);

        void allow_nothing_else() { asked_ = true; }

        [[nodiscard]] bool allows(Numbering::Number number) const {
            return !asked_ || (number < allowed_.size() && allowed_[number]);
        }

        [[nodiscard]] bool asked() const { return asked_; }

    private:
        bool asked_ = false;
        std::vector<bool> allowed_;
    };

    template <class T>
    static void allow_each(Numbers& column, const std::vector<T>& values, const Numbering& numbering);
    void add_marks(const std::string& scheme, const auto& codes, const Numbering& numbering);
    void add_period(const ConsultationFilter& filter);
    [[nodiscard]] bool stands_at(const Facts& row, CaseStanding standing) const;

    DayNumber from_ = std::numeric_limits<DayNumber>::min();
    DayNumber to_ = std::numeric_limits<DayNumber>::max();
    DayNumber due_by_ = no_day;
    std::vector<std::pair<Numbering::Number Facts::*, Numbers>> columns_;
    std::vector<Numbers> marks_;  ///< one of each
    Numbers states_;
    std::vector<CaseStanding> standings_;  ///< any of them
    std::vector<IdNumber> on_agenda_;
    bool by_id_ = false;
    std::vector<IdNumber> ids_;
};

/// A shelf that the reader may see, and whether its drafts are among what they see.
struct VisibleShelf {
    core::DeskId desk;
    std::shared_ptr<const Shelf> shelf;
    bool drafts = false;
    /// Absent for the cases that an agenda discloses.
    std::optional<core::RegionId> municipality = {};
};

/// Records that the person may see and asked for, as of one snapshot.
struct Selection {
    std::vector<VisibleShelf> shelves;
    Conditions conditions;
    const FactWords* words = nullptr;
    /// How many of the newest records were searched for the words of the filter, when not all of them were.
    std::optional<std::int64_t> searched;

    /// Calls `each(const Chunk&, const Facts&)` for every record, in no particular order.
    template <class F>
    void for_each(F&& each) const {
        for (const auto& visible : shelves) {
            for (const auto& chunk : visible.shelf->chunks) {
                if (conditions.may_fit(*chunk))
                    for_each_in(*chunk, visible.drafts, each);
            }
        }
    }

    template <class F>
    void for_each_in(const Chunk& chunk, bool drafts, F&& each) const {
        for (const Facts& row : chunk.rows) {
            if ((drafts || row.state != ConsultationState::draft) && conditions.fits(chunk, row))
                each(chunk, row);
        }
    }
};

/// Totals of lists are counted exactly up to this many.
constexpr std::int64_t most_counted = 10'000;

/// The records of one page in their order, and the total.
struct Found {
    std::vector<core::ConsultationId> ids;
    std::optional<std::string> next;  ///< where the next page begins
    std::int64_t total = 0;           ///< `most_counted` + 1 stands for more
};

/// The page that `sort`, `limit` and `after` of the filter ask for.
/// Throws core::Error `invalid` (`?sort` unknown, `?limit` range, `?after` format).
[[nodiscard]] Found find_page(const Selection& selection, const ConsultationFilter& filter);

/// The newest records of the selection, at most `most`.
[[nodiscard]] std::vector<core::ConsultationId> find_newest(const Selection& selection, std::size_t most);

}  // namespace tsunagi::consultations
