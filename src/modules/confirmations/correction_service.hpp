// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "db/database.hpp"
#include "modules/answer_pages/answer_page_service.hpp"
#include "modules/audit/audit_service.hpp"
#include "modules/confirmations/confirmation.hpp"
#include "modules/packs/packs_service.hpp"

namespace tsunagi::confirmations {

/// The side of the place: its card, and what it says should stand there, by answer page. Nothing of it is written into
/// the local layer before somebody of the municipality approves.
class CorrectionService {
public:
    CorrectionService(db::Database& database, const audit::AuditService& audit, const packs::PacksService& packs,
                      const answer_pages::AnswerPageService& pages, core::Clock clock);

    [[nodiscard]] AskedConfirmation asked(const answer_pages::AnswerKey& key, const std::string& address) const;
    /// Throws `invalid` at the fields of the card, `no_answer_page` when the request is closed.
    AskedConfirmation answer(const PageCorrection& correction, const std::string& address) const;

private:
    [[nodiscard]] AskedConfirmation shown(db::ReadTx& tx, const ConfirmationId& id) const;

    db::Database& database_;                        // NOLINT: the application owns them
    const audit::AuditService& audit_;              // NOLINT
    const packs::PacksService& packs_;              // NOLINT
    const answer_pages::AnswerPageService& pages_;  // NOLINT
    core::Clock clock_;
};

}  // namespace tsunagi::confirmations
