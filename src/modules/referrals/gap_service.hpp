// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>

#include "db/database.hpp"
#include "modules/access/actor.hpp"
#include "modules/analysis/report_words.hpp"
#include "modules/audit/audit_service.hpp"
#include "modules/packs/packs_service.hpp"
#include "modules/referrals/gap.hpp"
#include "record/exported_file.hpp"

namespace tsunagi::referrals {

/// What the region lacks, counted over the cases the person sees.
class GapService {
public:
    GapService(db::Database& database, const audit::AuditService& audit, const packs::PacksService& packs,
               const std::filesystem::path& report_words);

    [[nodiscard]] GapTable table(const access::Actor& actor, const GapFilter& filter) const;
    [[nodiscard]] record::ExportedFile export_table(const access::Actor& actor, const GapExportQuery& query) const;

private:
    db::Database& database_;            // NOLINT: the application owns them
    const audit::AuditService& audit_;  // NOLINT
    const packs::PacksService& packs_;  // NOLINT
    analysis::ReportWords words_;
};

}  // namespace tsunagi::referrals
