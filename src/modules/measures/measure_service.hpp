// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "db/database.hpp"
#include "modules/access/actor.hpp"
#include "modules/audit/audit_service.hpp"
#include "modules/measures/measure.hpp"
#include "modules/packs/packs_service.hpp"

namespace tsunagi::measures {

/// Use cases of measures. Read across the municipality, changed by the people of the desk and the officers.
/// A measure never moves the state of its issues.
class MeasureService {
public:
    MeasureService(db::Database& database, const audit::AuditService& audit, const packs::PacksService& packs,
                   core::Clock clock);

    [[nodiscard]] MeasurePage list(const access::Actor& actor, const MeasureFilter& filter) const;
    [[nodiscard]] Measure get(const access::Actor& actor, const core::MeasureId& id) const;
    [[nodiscard]] MeasureHistory history(const access::Actor& actor, const core::MeasureId& id) const;

    /// Starts as a draft. A repeated `idempotency_key` answers the measure of the first time.
    Measure create(const access::Actor& actor, const NewMeasure& measure, const std::string& idempotency_key) const;
    Measure change(const access::Actor& actor, const core::MeasureId& id, std::int64_t version,
                   const MeasureText& wanted) const;
    Measure change_state(const access::Actor& actor, const core::MeasureId& id, std::int64_t version,
                         const MeasureStateChange& change) const;
    /// Leaves the version of the text alone.
    Measure add_progress(const access::Actor& actor, const core::MeasureId& id, const NewProgress& progress,
                         const std::string& idempotency_key = {}) const;

private:
    db::Database& database_;            // NOLINT: the application owns them
    const audit::AuditService& audit_;  // NOLINT
    const packs::PacksService& packs_;  // NOLINT
    core::Clock clock_;
};

}  // namespace tsunagi::measures
