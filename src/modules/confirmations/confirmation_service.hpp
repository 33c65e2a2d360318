// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "db/database.hpp"
#include "modules/access/actor.hpp"
#include "modules/analysis/report_words.hpp"
#include "modules/answer_pages/answer_page_service.hpp"
#include "modules/audit/audit_service.hpp"
#include "modules/confirmations/confirmation.hpp"
#include "modules/packs/packs_service.hpp"
#include "modules/resources/local_service.hpp"
#include "record/exported_file.hpp"

namespace tsunagi::confirmations {

namespace store {
struct ConfirmationRecord;
struct DueSearch;
struct FoundConfirmation;
}  // namespace store

/// Looking again at what is known of places: the list of those due, one key, requests to the places, yearly rounds.
/// Everything belongs to one municipality, like the local layer; what is out of scope is `not_found`.
class ConfirmationService {
public:
    ConfirmationService(db::Database& database, const audit::AuditService& audit, const packs::PacksService& packs,
                        const search::Folding& folding, const answer_pages::AnswerPageService& pages,
                        const std::filesystem::path& report_words, core::Clock clock);

    /// Throws `invalid` at `?municipality_id`, `?municipality`, `?months`, `?sort`, `?limit`, `?after`.
    [[nodiscard]] DuePage due(const access::Actor& actor, const DueFilter& filter) const;
    /// Looked at, nothing changed. `version` is that of the local layer; 0 where nobody has written yet.
    PlaceChecked confirm(const access::Actor& actor, const resources::PlaceId& id, const resources::LocalQuery& query,
                         std::int64_t version) const;
    /// The day before it stands again. Throws `not_allowed_in_state` unless the newest version is a confirmation.
    PlaceChecked undo(const access::Actor& actor, const resources::PlaceId& id, const resources::LocalQuery& query,
                      std::int64_t version) const;

    [[nodiscard]] ConfirmationPage list(const access::Actor& actor, const ConfirmationFilter& filter) const;
    /// At most 10,000 lines.
    [[nodiscard]] record::ExportedFile export_list(const access::Actor& actor,
                                                   const ConfirmationExportQuery& query) const;
    [[nodiscard]] Confirmation get(const access::Actor& actor, const ConfirmationId& id) const;
    [[nodiscard]] ConfirmationHistory history(const access::Actor& actor, const ConfirmationId& id) const;

    /// Throws `invalid`: `/place_ids` required, too_many; `/place_ids/0` not_found, duplicate (a request is open);
    /// `/due_on`.
    Confirmations create(const access::Actor& actor, const resources::LocalQuery& query, const NewConfirmations& body,
                         const std::string& idempotency_key) const;
    Confirmation answer(const access::Actor& actor, const ConfirmationId& id, std::int64_t version,
                        const ConfirmationAnswer& note) const;
    /// Writes what was approved into the local layer, which is then confirmed as of the day of the answer. Throws
    /// `stale` when the card has changed since it was compared.
    Confirmation decide(const access::Actor& actor, const ConfirmationId& id, std::int64_t version,
                        const ConfirmationDecision& decision) const;
    Confirmation remind(const access::Actor& actor, const ConfirmationId& id, std::int64_t version,
                        const ReminderNote& note) const;
    Confirmation withdraw(const access::Actor& actor, const ConfirmationId& id, std::int64_t version,
                          const ConfirmationWithdrawal& withdrawal) const;
    /// A page for the place, open as long as the request; one issued before closes. Told once.
    answer_pages::IssuedAnswerPage issue_page(const access::Actor& actor, const ConfirmationId& id) const;

    [[nodiscard]] SurveyRounds rounds(const access::Actor& actor, const RoundQuery& query) const;
    [[nodiscard]] SurveyRound round(const access::Actor& actor, const RoundId& id) const;
    /// With a request to each place that is due by its choice and has none open. Throws `invalid`: `/places` required
    /// where nothing fits, too_many; `/text/due_on`.
    SurveyRound create_round(const access::Actor& actor, const resources::LocalQuery& query, const NewRound& body,
                             const std::string& idempotency_key) const;
    SurveyRound change_round(const access::Actor& actor, const RoundId& id, std::int64_t version,
                             const RoundText& text) const;

private:
    /// What all requests that are made together have in common.
    struct Asking {
        core::RegionId home;
        std::optional<core::DeskId> desk_id;
        std::optional<RoundId> round_id;
        ConfirmationMethod method{};
        std::string message;
        core::Date due_on;
    };

    using Apply = std::function<void(db::WriteTx&, const store::FoundConfirmation&, ConfirmationText&)>;
    [[nodiscard]] store::DueSearch search_of(const access::Actor& actor, const core::RegionId& home,
                                             const DueChoice& choice) const;
    ConfirmationId ask(db::WriteTx& tx, const access::Actor& actor, const Asking& asking,
                       const resources::PlaceBrief& place) const;
    Confirmation write(const access::Actor& actor, const ConfirmationId& id, std::int64_t version,
                       const std::string& kind, ConfirmationState state, const Apply& apply) const;
    [[nodiscard]] Confirmation shown(db::ReadTx& tx, const store::FoundConfirmation& row,
                                     const core::Date& today) const;
    [[nodiscard]] SurveyRound round_in(db::ReadTx& tx, const access::Actor& actor, const RoundId& id) const;
    void record(db::WriteTx& tx, const access::Actor& actor, const std::string& action, const std::string& kind,
                const std::string& id, const std::string& detail) const;

    db::Database& database_;                        // NOLINT: the application owns them
    const audit::AuditService& audit_;              // NOLINT
    const packs::PacksService& packs_;              // NOLINT
    const search::Folding& folding_;                // NOLINT
    const answer_pages::AnswerPageService& pages_;  // NOLINT
    resources::LocalService locals_;
    analysis::ReportWords words_;
    core::Clock clock_;
};

}  // namespace tsunagi::confirmations
