// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>

#include "db/database.hpp"
#include "modules/access/actor.hpp"
#include "modules/activities/activity.hpp"
#include "modules/analysis/report_words.hpp"
#include "modules/audit/audit_service.hpp"
#include "modules/consultations/consultation_service.hpp"
#include "modules/packs/packs_service.hpp"
#include "record/exported_file.hpp"

namespace tsunagi::activities {

struct FoundActivity;

/// What was done about cases and for the region. Seen by whoever sees the case, written by the people of its desk.
class ActivityService {
public:
    ActivityService(db::Database& database, const audit::AuditService& audit, const packs::PacksService& packs,
                    const consultations::ConsultationService& consultations,
                    const consultations::FollowUpService& follow_ups, const std::filesystem::path& report_words,
                    core::Clock clock);

    /// Lines of a register with their totals.
    [[nodiscard]] ActivityPage list(const access::Actor& actor, const ActivityFilter& filter) const;
    /// The same lines as a file, at most 10,000.
    [[nodiscard]] record::ExportedFile export_register(const access::Actor& actor,
                                                       const ActivityExportQuery& query) const;
    /// Everything about one case. Reading it is written into the audit.
    [[nodiscard]] Timeline timeline(const access::Actor& actor, const core::ConsultationId& id) const;
    [[nodiscard]] Activity get(const access::Actor& actor, const core::ActivityId& id) const;
    [[nodiscard]] ActivityHistory history(const access::Actor& actor, const core::ActivityId& id) const;

    /// A repeated key answers the activity of the first time.
    Activity create(const access::Actor& actor, const NewActivity& body, const std::string& idempotency_key) const;
    Activity change(const access::Actor& actor, const core::ActivityId& id, std::int64_t version,
                    const ActivityChange& wanted) const;
    /// It was written down by mistake: it stays in the timeline, and is in no sum and no register.
    Activity withdraw(const access::Actor& actor, const core::ActivityId& id, std::int64_t version,
                      const Withdrawal& withdrawal) const;

private:
    struct Step;
    Activity write(const access::Actor& actor, const core::ActivityId& id, std::int64_t version,
                   const Step& step) const;
    void record(db::WriteTx& tx, const access::Actor& actor, const std::string& action, const FoundActivity& activity,
                const std::string& detail) const;

    db::Database& database_;                                   // NOLINT: the application owns them
    const audit::AuditService& audit_;                         // NOLINT
    const packs::PacksService& packs_;                         // NOLINT
    const consultations::ConsultationService& consultations_;  // NOLINT
    const consultations::FollowUpService& follow_ups_;         // NOLINT
    analysis::ReportWords words_;
    core::Clock clock_;
};

}  // namespace tsunagi::activities
