// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "db/database.hpp"
#include "modules/access/actor.hpp"
#include "modules/analysis/figures.hpp"
#include "modules/analysis/report_words.hpp"
#include "modules/analysis/reports.hpp"
#include "modules/audit/audit_service.hpp"
#include "modules/consultations/consultation_service.hpp"
#include "modules/packs/packs_service.hpp"
#include "record/exported_file.hpp"

namespace tsunagi::analysis {

/// Month table of 図8 and element matrix of 図3, on the screen and as files. Both count exactly the consultations that
/// the list shows for the same filter, drafts left out.
class AnalysisService {
public:
    /// `words` is the file packs/standard/report_words.yaml.
    AnalysisService(db::Database& database, const audit::AuditService& audit, const packs::PacksService& packs,
                    const consultations::ConsultationService& consultations, const std::filesystem::path& words);

    /// A prefectural officer may ask for a fiscal year only: tables of other periods or parts, compared with each
    /// other, would tell what one of them withholds. Throws `invalid`, `not_allowed` at the filter otherwise.
    [[nodiscard]] MonthTable months(const access::Actor& actor, const consultations::ConsultationFilter& filter) const;
    [[nodiscard]] Matrix matrix(const access::Actor& actor, const MatrixQuery& query) const;

    /// Files; who exported what is written into the audit first.
    [[nodiscard]] record::ExportedFile export_months(const access::Actor& actor, const MonthExportQuery& query) const;
    [[nodiscard]] record::ExportedFile export_matrix(const access::Actor& actor, const MatrixExportQuery& query) const;

private:
    [[nodiscard]] MonthTable months(db::ReadTx& tx, const access::Actor& actor,
                                    const consultations::ConsultationFilter& filter, const Period& period) const;
    [[nodiscard]] Matrix matrix(db::ReadTx& tx, const access::Actor& actor, const MatrixQuery& query,
                                const Period& period) const;
    [[nodiscard]] std::vector<consultations::CaseBackground> newest_cases(db::ReadTx& tx, const access::Actor& actor,
                                                                          const consultations::Selection& selection,
                                                                          std::int64_t most) const;
    [[nodiscard]] ReportHead head(db::ReadTx& tx, const access::Actor& actor, Language language, const Period& period,
                                  const std::vector<core::DeskId>& desks) const;
    void record_export(const access::Actor& actor, const std::string& subject, FileFormat format,
                       const Period& period) const;

    db::Database& database_;                                   // NOLINT: the application owns them
    const audit::AuditService& audit_;                         // NOLINT
    const packs::PacksService& packs_;                         // NOLINT
    const consultations::ConsultationService& consultations_;  // NOLINT
    ReportWords words_;
};

}  // namespace tsunagi::analysis
