// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <map>
#include <optional>
#include <vector>

#include "db/database.hpp"
#include "modules/access/actor.hpp"
#include "modules/audit/audit_service.hpp"
#include "modules/indicators/indicator.hpp"
#include "modules/packs/packs_service.hpp"

namespace tsunagi::indicators {

/// Figures by month (or fiscal year) of each desk together with the desks below it in its municipality, from a day to
/// today; the statements do not grow with the desks. Counts and means alone: who sees an indicator sees what it counts.
using CountFigures = std::function<std::map<core::DeskId, std::vector<PeriodFigures>>(
    db::ReadTx&, const std::vector<core::DeskId>&, bool monthly, const core::Date& from, const core::Date& today)>;

/// Use cases of indicators and evaluations. Read across the municipality, changed by the people of the desk and the
/// officers. An evaluation belongs to the desk of what it evaluates and never moves the state of a measure or an issue.
class IndicatorService {
public:
    IndicatorService(db::Database& database, const audit::AuditService& audit, const packs::PacksService& packs,
                     CountFigures figures, core::Clock clock);

    [[nodiscard]] IndicatorPage list(const access::Actor& actor, const IndicatorFilter& filter) const;
    [[nodiscard]] Indicator get(const access::Actor& actor, const core::IndicatorId& id) const;
    [[nodiscard]] IndicatorHistory history(const access::Actor& actor, const core::IndicatorId& id) const;
    Indicator create(const access::Actor& actor, const NewIndicator& indicator,
                     const std::string& idempotency_key) const;
    Indicator change(const access::Actor& actor, const core::IndicatorId& id, std::int64_t version,
                     const IndicatorText& wanted) const;
    /// Replaces values and targets as a whole.
    Indicator change_series(const access::Actor& actor, const core::IndicatorId& id, std::int64_t version,
                            const IndicatorSeries& wanted) const;

    [[nodiscard]] EvaluationPage evaluations(const access::Actor& actor, const EvaluationFilter& filter) const;
    [[nodiscard]] Evaluation evaluation(const access::Actor& actor, const core::EvaluationId& id) const;
    [[nodiscard]] EvaluationHistory evaluation_history(const access::Actor& actor, const core::EvaluationId& id) const;
    /// Judgements without value or target take them from the series, as they stood on the day of the evaluation.
    Evaluation evaluate(const access::Actor& actor, const EvaluationText& text,
                        const std::string& idempotency_key) const;
    /// What is evaluated stays the same.
    Evaluation change_evaluation(const access::Actor& actor, const core::EvaluationId& id, std::int64_t version,
                                 const EvaluationText& text) const;

private:
    [[nodiscard]] std::optional<Indicator> shown(db::ReadTx& tx, const access::Actor& actor,
                                                 const core::IndicatorId& id) const;
    [[nodiscard]] Counted count(db::ReadTx& tx, const access::Actor& actor,
                                const std::vector<CountingIndicator>& indicators) const;
    /// Values and targets of the indicators, what was counted of ended periods included.
    [[nodiscard]] std::map<core::IndicatorId, IndicatorSeries> judged_series(
        db::ReadTx& tx, const access::Actor& actor, const std::vector<core::IndicatorId>& ids) const;

    db::Database& database_;            // NOLINT: the application owns them
    const audit::AuditService& audit_;  // NOLINT
    const packs::PacksService& packs_;  // NOLINT
    CountFigures figures_;
    core::Clock clock_;
};

}  // namespace tsunagi::indicators
