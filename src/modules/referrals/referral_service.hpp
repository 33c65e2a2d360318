// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <functional>
#include <string>

#include "db/database.hpp"
#include "modules/access/actor.hpp"
#include "modules/analysis/report_words.hpp"
#include "modules/answer_pages/answer_page_service.hpp"
#include "modules/audit/audit_service.hpp"
#include "modules/consultations/consultation_service.hpp"
#include "modules/packs/packs_service.hpp"
#include "modules/referrals/match_service.hpp"
#include "modules/referrals/referral.hpp"
#include "record/exported_file.hpp"

namespace tsunagi::referrals {

namespace store {
struct FoundReferral;
}

/// Asking places on behalf of a case. Seen by whoever sees the case, written by the people of its desk. Every step is a
/// version; what is out of scope is `not_found`.
class ReferralService {
public:
    ReferralService(db::Database& database, const audit::AuditService& audit, const packs::PacksService& packs,
                    const consultations::ConsultationService& consultations, const MatchService& matches,
                    const answer_pages::AnswerPageService& pages, const std::filesystem::path& report_words,
                    core::Clock clock);

    [[nodiscard]] ReferralPage list(const access::Actor& actor, const ReferralFilter& filter) const;
    /// The same lines as a file, at most 10,000.
    [[nodiscard]] record::ExportedFile export_list(const access::Actor& actor, const ReferralExportQuery& query) const;
    /// Reading is a row of the audit.
    [[nodiscard]] Referral get(const access::Actor& actor, const ReferralId& id) const;
    [[nodiscard]] ReferralHistory history(const access::Actor& actor, const ReferralId& id) const;
    /// All searches on behalf of a case with their asks.
    [[nodiscard]] CaseMatches of_case(const access::Actor& actor, const core::ConsultationId& id) const;

    /// Asks one or several places; answers all asks of the search. A repeated key asks once. Throws `invalid`:
    /// `/asks` required, too_many; `/asks/0/place_id` not_found, duplicate; `/person_label`, `/message`, and
    /// `/match_id` for its conditions, identifies.
    Referrals create(const access::Actor& actor, const NewReferrals& body, const std::string& idempotency_key) const;
    Referral note_sent(const access::Actor& actor, const ReferralId& id, std::int64_t version,
                       const SentNote& note) const;
    /// Told once more, as the case says it today; an ask that waits.
    Referral tell_again(const access::Actor& actor, const ReferralId& id, std::int64_t version) const;
    /// What the other side said by phone, FAX or otherwise; its page closes.
    Referral answer(const access::Actor& actor, const ReferralId& id, std::int64_t version,
                    const AnswerNote& note) const;
    /// What came of it. When it began, the search has found.
    Referral settle(const access::Actor& actor, const ReferralId& id, std::int64_t version,
                    const OutcomeNote& note) const;
    Referral follow_up(const access::Actor& actor, const ReferralId& id, std::int64_t version,
                       const FollowUpNote& note) const;
    Referral withdraw(const access::Actor& actor, const ReferralId& id, std::int64_t version,
                      const ReferralWithdrawal& withdrawal) const;
    Referral correct(const access::Actor& actor, const ReferralId& id, std::int64_t version,
                     const ReferralChange& change) const;
    /// Takes the newest step back: the ask says again what it said before. Throws `not_allowed_in_state` for the first
    /// version and after an undoing.
    Referral undo(const access::Actor& actor, const ReferralId& id, std::int64_t version) const;
    /// A page for the other side; one issued before closes. Its address and code are told once.
    answer_pages::IssuedAnswerPage issue_page(const access::Actor& actor, const ReferralId& id,
                                              const PageDays& wanted) const;

private:
    struct Step;
    Referral write(const access::Actor& actor, const ReferralId& id, std::int64_t version, const Step& step) const;
    [[nodiscard]] Referral shown(db::ReadTx& tx, const access::Actor& actor, const store::FoundReferral& row) const;
    void record(db::WriteTx& tx, const access::Actor& actor, const std::string& action, const ReferralId& id,
                const std::string& detail) const;

    db::Database& database_;                                   // NOLINT: the application owns them
    const audit::AuditService& audit_;                         // NOLINT
    const packs::PacksService& packs_;                         // NOLINT
    const consultations::ConsultationService& consultations_;  // NOLINT
    const MatchService& matches_;                              // NOLINT
    const answer_pages::AnswerPageService& pages_;             // NOLINT
    analysis::ReportWords words_;
    core::Clock clock_;
};

}  // namespace tsunagi::referrals
