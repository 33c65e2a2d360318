// SPDX-License-Identifier: Apache-2.0
#include "modules/consultations/case_standing.hpp"

#include <algorithm>

namespace tsunagi::consultations {

StandingReader::StandingReader(const FactWords& words, std::vector<IdNumber> on_agendas)
    : begun_(words.marks.find("step:begun")),
      advised_(words.marks.find("step:advised")),
      ordinary_(words.codes.find("ordinary")),
      asked_on_(words.marks.size(), no_day),
      on_agendas_(std::move(on_agendas)) {
    static const std::string prefix = "asked:";
    for (std::size_t i = 1; i < asked_on_.size(); ++i) {
        const std::string text = words.marks.text(static_cast<Number>(i));
        if (!text.starts_with(prefix))
            continue;
        if (const auto day = core::Date::parse(std::string_view(text).substr(prefix.size())))
            asked_on_[i] = day_number(*day);
    }
    std::ranges::sort(on_agendas_);
}

bool StandingReader::stands(CaseStanding standing, const Chunk& chunk, const Facts& row) const {
    const auto state = static_cast<ConsultationState>(row.state);
    const auto begun = [&] {
        const auto marks = chunk.marks_of(row);
        return begun_ && std::ranges::find(marks, *begun_) != marks.end();
    };
    switch (standing) {
        case CaseStanding::received:
            return state == ConsultationState::open && !begun();
        case CaseStanding::worked_on:
            return state == ConsultationState::open && begun();
        case CaseStanding::awaiting_advice:
            return waits_for_advice_since(chunk, row).has_value();
        case CaseStanding::on_agenda:
            return state != ConsultationState::draft && std::ranges::binary_search(on_agendas_, row.id);
    }
    return false;
}

std::optional<DayNumber> StandingReader::waits_for_advice_since(const Chunk& chunk, const Facts& row) const {
    if (!is_unclosed(static_cast<ConsultationState>(row.state)) || row.difficulty == ordinary_)
        return std::nullopt;
    std::optional<DayNumber> since;
    for (const Number mark : chunk.marks_of(row)) {
        if (mark == advised_)
            return std::nullopt;
        if (mark < asked_on_.size() && asked_on_[mark] != no_day)
            since = asked_on_[mark];
    }
    return since;
}

}  // namespace tsunagi::consultations
