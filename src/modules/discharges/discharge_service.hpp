// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "db/database.hpp"
#include "modules/access/actor.hpp"
#include "modules/analysis/report_words.hpp"
#include "modules/audit/audit_service.hpp"
#include "modules/consultations/consultation_service.hpp"
#include "modules/discharges/discharge.hpp"
#include "modules/discharges/discharge_rules.hpp"
#include "modules/holidays/holiday_service.hpp"
#include "modules/packs/packs_service.hpp"
#include "record/exported_file.hpp"

namespace tsunagi::discharges {

struct Counting;
struct DischargeRecord;
struct FoundDischarge;

/// Coordinations of a discharge. Seen by whoever sees the case (without one: the desk and its municipality), written by
/// the people of the desk.
class DischargeService {
public:
    /// `folder` holds discharge_papers.yaml and report_words.yaml.
    DischargeService(db::Database& database, const audit::AuditService& audit, const packs::PacksService& packs,
                     const consultations::ConsultationService& consultations, const holidays::HolidayService& holidays,
                     const std::filesystem::path& folder, core::Clock clock);

    [[nodiscard]] DischargePage list(const access::Actor& actor, const DischargeFilter& filter) const;
    /// Four weeks from the Monday of the week asked for.
    [[nodiscard]] DischargeBoard board(const access::Actor& actor, const BoardFilter& filter) const;
    /// The rules of the papers, and the due days that follow from these days.
    [[nodiscard]] DueDays due_days(const access::Actor& actor, const DayQuery& query) const;
    [[nodiscard]] DischargeFigures figures(const access::Actor& actor, const FiguresQuery& query) const;
    [[nodiscard]] record::ExportedFile export_figures(const access::Actor& actor,
                                                      const FiguresExportQuery& query) const;
    /// Reading is written into the audit.
    [[nodiscard]] Discharge get(const access::Actor& actor, const DischargeId& id) const;
    [[nodiscard]] DischargeHistory history(const access::Actor& actor, const DischargeId& id) const;

    /// A repeated key answers the coordination of the first time.
    Discharge create(const access::Actor& actor, const NewDischarge& body, const std::string& idempotency_key) const;
    Discharge change(const access::Actor& actor, const DischargeId& id, std::int64_t version,
                     const DischargeChange& wanted) const;
    Discharge change_state(const access::Actor& actor, const DischargeId& id, std::int64_t version,
                           const DischargeStateChange& change) const;

    /// Due days that follow from a rule, of papers still to come, counted with other holidays than before. A day
    /// counted is no entry of anybody: the version stays. Says how many moved.
    std::int64_t recount_due_days(db::WriteTx& tx, const holidays::WorkingDays& working) const;

private:
    [[nodiscard]] Counting counting(const access::Actor& actor) const;
    void check_text(db::ReadTx& tx, const access::Actor& actor, const DischargeText& text, const std::string& root,
                    const DischargeText* before, std::vector<core::FieldError>& errors) const;
    /// A re-admission that is cancelled gives the earlier coordination its state back, one taken up again takes it.
    void follow_in_earlier(db::WriteTx& tx, const access::Actor& actor, const FoundDischarge& row,
                           const DischargeRecord& next) const;
    void readmit(db::WriteTx& tx, const access::Actor& actor, const FoundDischarge& earlier) const;
    void save(db::WriteTx& tx, const access::Actor& actor, const DischargeRecord& next, const DischargeText& text,
              const std::string& kind, const std::string& reason) const;
    void record(db::WriteTx& tx, const access::Actor& actor, const std::string& action, const DischargeId& id,
                const std::string& detail) const;

    db::Database& database_;                                   // NOLINT: the application owns them
    const audit::AuditService& audit_;                         // NOLINT
    const packs::PacksService& packs_;                         // NOLINT
    const consultations::ConsultationService& consultations_;  // NOLINT
    const holidays::HolidayService& holidays_;                 // NOLINT
    std::vector<PaperRule> rules_;
    analysis::ReportWords words_;
    core::Clock clock_;
};

}  // namespace tsunagi::discharges
