// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "db/database.hpp"
#include "modules/access/actor.hpp"
#include "modules/audit/audit_service.hpp"
#include "modules/consultations/consultation_service.hpp"
#include "modules/packs/packs_service.hpp"
#include "modules/referrals/match.hpp"
#include "modules/resources/offered_service.hpp"

namespace tsunagi::referrals {

/// A place that is to be asked, and how far it is from the middle of the district.
struct AskedPlace {
    resources::OfferingPlace place;
    std::optional<double> distance_km;
};

/// Pointer into the body, and the words that stand there.
using LeavingWords = std::vector<std::pair<std::string, std::string>>;

/// The case whose person was looked at, to see whether words name that person.
using Look = std::optional<core::ConsultationId>;

/// Searches on behalf of cases: conditions, and the places of the directory that could take it. Seen by whoever sees
/// the case, written by the people of its desk.
class MatchService {
public:
    MatchService(db::Database& database, const audit::AuditService& audit, const packs::PacksService& packs,
                 const consultations::ConsultationService& consultations, core::Clock clock);

    [[nodiscard]] Match get(const access::Actor& actor, const MatchId& id) const;
    [[nodiscard]] MatchHistory history(const access::Actor& actor, const MatchId& id) const;
    [[nodiscard]] Candidates candidates(const access::Actor& actor, const MatchId& id,
                                        const CandidateQuery& query) const;

    /// A repeated key answers the search of the first time. Throws `invalid`, also for words that name the person.
    Match create(const access::Actor& actor, const NewMatch& body, const std::string& idempotency_key) const;
    Match change(const access::Actor& actor, const MatchId& id, std::int64_t version, const MatchText& text) const;
    Match change_state(const access::Actor& actor, const MatchId& id, std::int64_t version,
                       const MatchStateChange& change) const;

    /// Free words that leave the desk must not name the person of the case: `identifies` at the pointer of each that
    /// does. Looking opens the person's data, which the audit tells.
    [[nodiscard]] std::vector<core::FieldError> identifying(db::WriteTx& tx, const access::Actor& actor,
                                                            const consultations::Consultation& about,
                                                            const LeavingWords& words, Look& look) const;

    /// A work that may look at a person. Where it is refused nothing of it is kept, but the audit tells of the look.
    template <class Work>
    [[nodiscard]] auto looking(const access::Actor& actor, const Work& work) const {
        Look look;
        try {
            return database_.write([&](db::WriteTx& tx) {
                look.reset();
                return work(tx, look);
            });
        } catch (const core::Error&) {
            if (look)
                keep_look(actor, *look);
            throw;
        }
    }

    /// Within the work of an ask. Throws `not_found`, `forbidden`, and `not_allowed_in_state` when nobody searches any
    /// more.
    [[nodiscard]] Match open_for_ask(db::ReadTx& tx, const access::Actor& actor, const MatchId& id) const;
    /// These places in their order, nothing for one that does not offer the service.
    [[nodiscard]] static std::vector<std::optional<AskedPlace>> asked_places(
        db::ReadTx& tx, const access::Actor& actor, const Match& match, const std::vector<resources::PlaceId>& ids);
    /// Somebody has begun with a place: what is still searched for is found.
    void settle(db::WriteTx& tx, const access::Actor& actor, const MatchId& id) const;
    [[nodiscard]] std::vector<Match> of_case(db::ReadTx& tx, const access::Actor& actor,
                                             const core::ConsultationId& id) const;

private:
    void keep_look(const access::Actor& actor, const core::ConsultationId& about) const;
    [[nodiscard]] Candidates candidates_for(db::ReadTx& tx, const access::Actor& actor, const Match& match,
                                            bool beyond) const;
    Match save(db::WriteTx& tx, const access::Actor& actor, Match match, const std::string& kind,
               const std::string& reason) const;

    db::Database& database_;                                   // NOLINT: the application owns them
    const audit::AuditService& audit_;                         // NOLINT
    const packs::PacksService& packs_;                         // NOLINT
    const consultations::ConsultationService& consultations_;  // NOLINT
    core::Clock clock_;
};

}  // namespace tsunagi::referrals
