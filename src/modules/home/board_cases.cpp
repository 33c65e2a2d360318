// SPDX-License-Identifier: Apache-2.0
#include "modules/home/board_cases.hpp"

#include <array>
#include <utility>

#include "core/foremost.hpp"

namespace tsunagi::home {
namespace {

using consultations::CaseStanding;
using consultations::Chunk;
using consultations::ConsultationState;
using consultations::DayNumber;
using consultations::Facts;
using consultations::IdNumber;

/// Where a record stands in an order: its day or moment, then its id.
using Place = std::pair<std::int64_t, IdNumber>;

Card card_of(const IdNumber& id, DayNumber day) {
    Card card;
    card.kind = "consultation";
    card.id = id.id().str();
    card.on = core::Date().plus_days(day);
    return card;
}

std::int64_t milliseconds_of(const core::Instant& instant) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(instant.time().time_since_epoch()).count();
}

/// Stage 1: counts per state, the oldest and the two newest others.
class Consulting {
public:
    explicit Consulting(const consultations::StandingReader& standing) : standing_(standing) {}

    void add(const Chunk& chunk, const Facts& row) {
        ++counts_.at(state_of(chunk, row));
        const Place place{row.listed_on, row.id};
        oldest_.add(place);
        newest_.add(place);
    }

    [[nodiscard]] Stage stage() && {
        Stage result;
        result.stage = 1;
        for (std::size_t i = 0; i < counts_.size(); ++i) {
            result.states.push_back({names.at(i), counts_.at(i)});
            result.total += counts_.at(i);
        }
        const auto oldest = std::move(oldest_).in_order();
        if (!oldest.empty())
            result.oldest = card_of(oldest.front().second, static_cast<DayNumber>(oldest.front().first));
        for (const auto& [day, id] : std::move(newest_).in_order()) {
            if (id != oldest.front().second)
                result.newest.push_back(card_of(id, static_cast<DayNumber>(day)));
        }
        return result;
    }

private:
    static constexpr std::array<const char*, 4> names{"received", "open", "on_hold", "reopened"};

    [[nodiscard]] std::size_t state_of(const Chunk& chunk, const Facts& row) const {
        switch (static_cast<ConsultationState>(row.state)) {
            case ConsultationState::on_hold:
                return 2;
            case ConsultationState::reopened:
                return 3;
            default:
                return standing_.stands(CaseStanding::received, chunk, row) ? 0 : 1;
        }
    }

    const consultations::StandingReader& standing_;  // NOLINT: lives as long as the pass
    std::array<std::int64_t, 4> counts_{};
    core::Foremost<Place> oldest_{1};
    core::Foremost<Place, std::greater<>> newest_{2};
};

}  // namespace

consultations::ConsultationFilter filter_of(const access::Actor& actor, const HomeFilter& filter) {
    consultations::ConsultationFilter cases;
    cases.desk = filter.desk;
    if (filter.mine)
        cases.receiver = {actor.user_id};
    cases.state = {ConsultationState::open, ConsultationState::on_hold, ConsultationState::reopened};
    return cases;
}

OpenCases open_cases(const consultations::Selection& selection, const consultations::StandingReader& standing,
                     const core::Date& until, const core::Instant& before) {
    const DayNumber last_day = consultations::day_number(until);
    const std::int64_t last_moment = milliseconds_of(before);
    OpenCases result;
    Consulting consulting(standing);
    core::Foremost<Place> due(most_due);
    core::Foremost<Place> stuck(stuck_shown);
    selection.for_each([&](const Chunk& chunk, const Facts& row) {
        consulting.add(chunk, row);
        if (const auto since = standing.waits_for_advice_since(chunk, row))
            result.awaiting_advice.push_back({"awaiting_advice", card_of(row.id, *since)});
        if (row.follow_up_on <= last_day)
            due.add({row.follow_up_on, row.id});
        if (row.updated_at < last_moment) {
            ++result.stuck.total;
            stuck.add({row.updated_at, row.id});
        }
    });
    result.consulting = std::move(consulting).stage();
    for (const auto& [day, id] : std::move(due).in_order())
        result.due.push_back(card_of(id, static_cast<DayNumber>(day)));
    for (const auto& [moment, id] : std::move(stuck).in_order()) {
        Card card = card_of(id, 0);
        card.on =
            core::day_in_japan(core::Instant(std::chrono::system_clock::time_point(std::chrono::milliseconds(moment))));
        result.stuck.longest.push_back(std::move(card));
    }
    return result;
}

}  // namespace tsunagi::home
