// SPDX-License-Identifier: Apache-2.0
// How far a case has come, read from its facts; what stands on an agenda is told from outside.
#pragma once
#include <optional>
#include <vector>

#include "modules/consultations/consultation.hpp"
#include "modules/consultations/consultation_facts.hpp"

namespace tsunagi::consultations {

/// Reads the standing of records whose marks have their numbers already.
class StandingReader {
public:
    /// `on_agendas` are the cases on the agendas of planned meetings that the reader sees.
    StandingReader(const FactWords& words, std::vector<IdNumber> on_agendas);

    [[nodiscard]] bool stands(CaseStanding standing, const Chunk& chunk, const Facts& row) const;
    /// The day a physician was asked who has not answered yet. Nothing for a case that is closed or marked ordinary.
    [[nodiscard]] std::optional<DayNumber> waits_for_advice_since(const Chunk& chunk, const Facts& row) const;

private:
    using Number = Numbering::Number;

    std::optional<Number> begun_;
    std::optional<Number> advised_;
    std::optional<Number> ordinary_;
    std::vector<DayNumber> asked_on_;  ///< by the number of the mark; `no_day` for every other mark
    std::vector<IdNumber> on_agendas_;
};

/// Registered and not closed.
[[nodiscard]] constexpr bool is_unclosed(ConsultationState state) {
    return state == ConsultationState::open || state == ConsultationState::on_hold ||
           state == ConsultationState::reopened;
}

}  // namespace tsunagi::consultations
