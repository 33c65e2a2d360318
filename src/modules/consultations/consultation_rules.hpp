// SPDX-License-Identifier: Apache-2.0
// Pure decisions about one consultation: what a sheet must hold, which step follows which, who sees how much.
#pragma once
#include <string>
#include <vector>

#include "core/error.hpp"
#include "modules/access/actor.hpp"
#include "modules/consultations/consultation.hpp"
#include "modules/packs/packs_service.hpp"

namespace tsunagi::consultations {

/// How much a sheet must hold.
enum class Demand {
    nothing,     ///< a draft may be empty
    registered,  ///< what the sheet in force requires
    closed,      ///< and background and result (dictionary section 6): what a finalised case is never without
};

/// What a sheet is checked against.
struct SheetCheck {
    const packs::CodeBook& codes;  // NOLINT: lives as long as the check
    core::Date today;
    core::Date latest_day;  ///< `Actor::latest_day`
    Demand demand = Demand::registered;
    std::string pointer = {};                   ///< where the sheet stands in the body: "" or "/sheet"
    const ConsultationSheet* before = nullptr;  ///< codes that the record had stay allowed after their retirement
};

/// Every fault of the sheet that shows without a database: required fields, codes of the day, a subtopic of another
/// topic, order of dates, words of an element, duplicates.
[[nodiscard]] std::vector<core::FieldError> check_sheet(const ConsultationSheet& sheet, const SheetCheck& check);

/// The step from one state to another (dictionary 7.5). A record that was closed once goes on as `reopened`, after a
/// pause too. Throws `not_allowed_in_state`, or `invalid` at `/reason` when reopening without one.
[[nodiscard]] VersionKind step(ConsultationState from, bool closed_before, const StateChange& change);

/// How a record stood.
struct Standing {
    ConsultationState state = ConsultationState::open;
    std::optional<core::Instant> closed_at;  ///< the closing before, if there was one
};

/// How a closed record stood before its last closing. `history`: all its versions, oldest first.
[[nodiscard]] Standing standing_before_closing(const std::vector<ConsultationVersion>& history);

/// Throws `not_allowed_in_state` unless the sheet may be overwritten (all states but closed).
void require_editable(ConsultationState state);

/// What the sealed data of the person of a case are bound to.
[[nodiscard]] std::string sealed_for(const core::ConsultationId& id);

/// As written on paper: R8-0412.
[[nodiscard]] std::string paper_number(std::int64_t fiscal_year, std::int64_t sequence);

/// The day a physician was asked who has not answered; nothing for a case that is marked ordinary.
[[nodiscard]] std::optional<core::Date> awaiting_advice_since(const ConsultationSheet& sheet);

/// The words of `consultations.marks` between blanks: scenes, re-listed items, elements, which of these are only
/// suspected, and how far the case has come: `worked_on`, `awaiting_advice:2026-11-02`.
[[nodiscard]] std::string marks_of(const ConsultationSheet& sheet);

/// How much of a record a reader sees.
enum class Disclosure {
    full,        ///< the desk's own people, and the municipality when the record is shared with it
    no_caller,   ///< the municipality: without the caller's name and phone
    background,  ///< an advisor: the anonymised case alone
};
[[nodiscard]] Disclosure disclosure(const access::Actor& actor, const core::DeskId& desk,
                                    const core::RegionId& municipality, bool shared);
/// Blanks what the reader may not see.
void withhold(ConsultationSheet& sheet, Disclosure disclosure);
void withhold(Consultation& consultation, Disclosure disclosure);

}  // namespace tsunagi::consultations
