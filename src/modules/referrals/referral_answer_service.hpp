// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "db/database.hpp"
#include "modules/answer_pages/answer_page_service.hpp"
#include "modules/audit/audit_service.hpp"
#include "modules/packs/packs_service.hpp"
#include "modules/referrals/referral.hpp"

namespace tsunagi::referrals {

/// What somebody without an account sees and says: the one ask that their page was issued for. Whatever is wrong with
/// the page is `no_answer_page`.
class ReferralAnswerService {
public:
    ReferralAnswerService(db::Database& database, const audit::AuditService& audit, const packs::PacksService& packs,
                          const answer_pages::AnswerPageService& pages, core::Clock clock);

    /// Once it was answered the answer alone; none when the desk has taken that back or written another.
    [[nodiscard]] AskedReferral asked(const answer_pages::AnswerKey& key, const std::string& address) const;
    /// Takes the answer once. Throws `invalid`: `/answer` not_allowed, `/reason` and `/answer_words` required.
    AskedReferral answer(const PageAnswer& answer, const std::string& address) const;

private:
    [[nodiscard]] AskedReferral shown(db::ReadTx& tx, const ReferralId& id, bool used) const;

    db::Database& database_;                        // NOLINT: the application owns them
    const audit::AuditService& audit_;              // NOLINT
    const packs::PacksService& packs_;              // NOLINT
    const answer_pages::AnswerPageService& pages_;  // NOLINT
    core::Clock clock_;
};

}  // namespace tsunagi::referrals
