// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <string>

#include "db/database.hpp"
#include "modules/access/actor.hpp"
#include "modules/analysis/report_words.hpp"
#include "modules/answer_pages/answer_page_service.hpp"
#include "modules/audit/audit_service.hpp"
#include "modules/packs/packs_service.hpp"
#include "modules/search/search_service.hpp"
#include "modules/vacancies/vacancy.hpp"
#include "record/exported_file.hpp"

namespace tsunagi::vacancies {

namespace store {
struct VacancyRecord;
struct VacancySearch;
}  // namespace store

/// What the desks and officers of a municipality were told of free beds and places. Another municipality's words do not
/// exist for the reader. A vacancy is named by the service of the place.
class VacancyService {
public:
    VacancyService(db::Database& database, const audit::AuditService& audit, const packs::PacksService& packs,
                   const search::Folding& folding, const answer_pages::AnswerPageService& pages,
                   const std::filesystem::path& report_words, core::Clock clock);

    /// Throws `invalid` at `?municipality_id`, `?municipality`, `?sort`, `?limit`, `?after`.
    [[nodiscard]] VacancyPage list(const access::Actor& actor, const VacancyFilter& filter) const;
    /// At most 10,000 lines.
    [[nodiscard]] record::ExportedFile export_list(const access::Actor& actor, const VacancyExportQuery& query) const;
    [[nodiscard]] Vacancy get(const access::Actor& actor, const resources::ServiceId& id,
                              const resources::LocalQuery& query) const;
    [[nodiscard]] VacancyHistory history(const access::Actor& actor, const resources::ServiceId& id,
                                         const resources::LocalQuery& query) const;
    /// Told by phone. `version` 0 writes the first word.
    Vacancy tell(const access::Actor& actor, const resources::ServiceId& id, const resources::LocalQuery& query,
                 std::int64_t version, const VacancyNote& note) const;
    /// The word before stands again, with its own age; after the first one nothing was told. Throws
    /// `not_allowed_in_state` after an undoing.
    Vacancy undo(const access::Actor& actor, const resources::ServiceId& id, const resources::LocalQuery& query,
                 std::int64_t version) const;
    /// A page on which the place tells by itself, again and again, for all its services. Told once.
    answer_pages::IssuedAnswerPage issue_page(const access::Actor& actor, const resources::ServiceId& id,
                                              const resources::LocalQuery& query, const VacancyPageDays& wanted) const;
    Vacancy withdraw_page(const access::Actor& actor, const resources::ServiceId& id,
                          const resources::LocalQuery& query) const;

private:
    [[nodiscard]] store::VacancySearch search_of(const access::Actor& actor, const VacancyFilter& filter) const;
    [[nodiscard]] Vacancy shown(db::ReadTx& tx, const access::Actor& actor, const resources::ServiceId& id,
                                const core::RegionId& home) const;
    Vacancy write(const access::Actor& actor, const resources::ServiceId& id, const core::RegionId& home,
                  std::int64_t version, const std::string& kind, const VacancyText* text) const;

    db::Database& database_;                        // NOLINT: the application owns them
    const audit::AuditService& audit_;              // NOLINT
    const packs::PacksService& packs_;              // NOLINT
    const search::Folding& folding_;                // NOLINT
    const answer_pages::AnswerPageService& pages_;  // NOLINT
    analysis::ReportWords words_;
    core::Clock clock_;
};

}  // namespace tsunagi::vacancies
