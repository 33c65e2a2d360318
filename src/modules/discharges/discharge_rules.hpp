// SPDX-License-Identifier: Apache-2.0
// Pure decisions about coordinations of a discharge. No database, no clock.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "modules/discharges/discharge.hpp"
#include "modules/holidays/holiday_service.hpp"
#include "modules/packs/packs_service.hpp"

namespace tsunagi::discharges {

/// A re-admission within this many days of the day left counts as one.
constexpr std::int64_t readmission_days = 30;

/// packs/standard/discharge_papers.yaml. Throws std::runtime_error naming file and what is wrong.
[[nodiscard]] std::vector<PaperRule> read_paper_rules(const std::filesystem::path& folder);

/// Nothing when none of the days the rule counts from is known, and for a kind without a rule.
[[nodiscard]] std::optional<core::Date> due_day(const std::vector<PaperRule>& rules,
                                                const record::Code<"discharge_paper">& kind, const DayQuery& days,
                                                const holidays::WorkingDays& working);
[[nodiscard]] DayQuery days_of(const DischargeText& text);
/// Sets the due day of every paper that has none set by hand.
void set_due_days(DischargeText& text, const std::vector<PaperRule>& rules, const holidays::WorkingDays& working);
/// The kinds whose absence is a missed hand-over.
[[nodiscard]] std::vector<std::string> handover_kinds(const std::vector<PaperRule>& rules);

struct DischargeCheck {
    const packs::CodeBook& codes;  // NOLINT: lives as long as the check
    core::Date today;
    core::Date latest_day;
    std::string root = {};
    const DischargeText* before = nullptr;  ///< its codes stay allowed after their retirement
};

/// Every fault at once: codes of the day, order of days, what is decided needs a day and a destination, parties that
/// say who, papers that make sense.
[[nodiscard]] std::vector<core::FieldError> check(const DischargeText& text, const DischargeCheck& check);

/// planning, decided or discharged.
[[nodiscard]] DischargeState state_by_days(const DischargeText& text);
[[nodiscard]] bool is_closed(DischargeState state);
/// The state after what a person says. Throws `not_allowed_in_state`, or `invalid` at `/reason` without one.
[[nodiscard]] DischargeState after_step(DischargeState state, const DischargeText& text,
                                        const DischargeStateChange& change);

/// Discharged or ended: what a coordination was before its re-admission, which did not come about. `kinds` of its
/// versions, oldest first.
[[nodiscard]] DischargeState state_before_readmission(const std::vector<std::string>& kinds);

/// What a municipality reads of a coordination whose case is not shared with it.
void withhold_names(DischargeText& text);

/// A discharge as figures count it.
struct CountedDischarge {
    DischargeId id;
    core::DeskId desk_id;
    core::Date left_on;
    std::optional<core::Date> admitted_on;
    std::optional<core::Date> decided_on;
    std::string hospital;
    std::optional<record::Code<"discharge_destination">> destination;
    std::optional<std::int64_t> readmitted_after;
};
BOOST_DESCRIBE_STRUCT(CountedDischarge, (),
                      (id, desk_id, left_on, admitted_on, decided_on, hospital, destination, readmitted_after))

/// A hand-over paper of one of them that was needed and has a day.
struct CountedPaper {
    DischargeId discharge_id;
    core::Date due_on;
    std::optional<core::Date> received_on;
};
BOOST_DESCRIBE_STRUCT(CountedPaper, (), (discharge_id, due_on, received_on))

/// Lines by key; with months and fiscal years every one of the period, empty ones too. A paper whose day has not come
/// counts nowhere.
[[nodiscard]] DischargeFigures figures_of(const FiguresQuery& query, const std::vector<CountedDischarge>& discharges,
                                          const std::vector<CountedPaper>& papers, const core::Date& today);

}  // namespace tsunagi::discharges
