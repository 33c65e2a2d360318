// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "db/database.hpp"
#include "modules/answer_pages/answer_page_service.hpp"
#include "modules/audit/audit_service.hpp"
#include "modules/packs/packs_service.hpp"
#include "modules/vacancies/vacancy.hpp"

namespace tsunagi::vacancies {

/// The side of the place: it tells its own free beds and places on a page that stays open until it expires.
class ToldService {
public:
    ToldService(db::Database& database, const audit::AuditService& audit, const packs::PacksService& packs,
                const answer_pages::AnswerPageService& pages, core::Clock clock);

    [[nodiscard]] ToldVacancies open(const answer_pages::AnswerKey& key, const std::string& address) const;
    /// Throws `invalid` at `/service` (not_found) and below `/note`.
    ToldVacancies tell(const PageVacancy& told, const std::string& address) const;

private:
    [[nodiscard]] ToldVacancies shown(db::ReadTx& tx, const answer_pages::OpenedAnswerPage& page) const;

    db::Database& database_;                        // NOLINT: the application owns them
    const audit::AuditService& audit_;              // NOLINT
    const packs::PacksService& packs_;              // NOLINT
    const answer_pages::AnswerPageService& pages_;  // NOLINT
    core::Clock clock_;
};

}  // namespace tsunagi::vacancies
