// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "db/database.hpp"
#include "modules/access/actor.hpp"
#include "modules/access/scope.hpp"
#include "modules/audit/audit_service.hpp"
#include "modules/consultations/confirmed_text.hpp"  // part of what other modules call
#include "modules/consultations/consultation.hpp"
#include "modules/consultations/consultation_rules.hpp"
#include "modules/consultations/consultation_selection.hpp"
#include "modules/consultations/follow_up_service.hpp"  // part of what other modules call
#include "modules/consultations/unfinalisation.hpp"
#include "modules/packs/packs_service.hpp"

namespace tsunagi::consultations {

namespace store {
struct ShelfHead;
struct Surroundings;
}  // namespace store

/// The confirmed words of those of the cases that have some and that the reader sees. Nothing is read for people to
/// whom no agenda discloses anything: they see the words as they were written.
[[nodiscard]] ConfirmedTexts confirmed_texts(db::ReadTx& tx, const access::Actor& actor,
                                             const std::vector<core::ConsultationId>& ids);

/// The words of the case in what `confirmed_texts` answered; null where there are none.
[[nodiscard]] inline const ConfirmedText* confirmed_of(const ConfirmedTexts& texts, const core::ConsultationId& id) {
    const auto found = texts.find(id);
    return found == texts.end() ? nullptr : &found->second;
}

/// Everything that can be done with a consultation. What the reader may not see is `not_found`; what a role may not
/// do is `forbidden`; a `version` that is no longer the newest is `stale`.
class ConsultationService {
public:
    /// `person_key` is the key that seals the data of persons, 32 bytes.
    ConsultationService(db::Database& database, const audit::AuditService& audit, const packs::PacksService& packs,
                        std::string person_key, core::Clock clock);

    [[nodiscard]] ConsultationPage list(const access::Actor& actor, const ConsultationFilter& filter) const;
    /// The background of each case behind a figure.
    [[nodiscard]] CasePage cases(const access::Actor& actor, const ConsultationFilter& filter) const;
    /// What the person may see of the filter's records, for counting and for going on to the cases. Throws `invalid`
    /// for a filter that cannot be understood.
    [[nodiscard]] Selection select(db::ReadTx& tx, const access::Actor& actor, const ConsultationFilter& filter,
                                   Purpose purpose) const;
    /// The background of these cases in their order; those outside the scope are left out.
    [[nodiscard]] std::vector<CaseBackground> backgrounds(db::ReadTx& tx, const access::Actor& actor,
                                                          const std::vector<core::ConsultationId>& ids) const;
    /// The headlines of these cases, likewise.
    [[nodiscard]] std::vector<Headline> headlines(db::ReadTx& tx, const access::Actor& actor,
                                                  const std::vector<core::ConsultationId>& ids) const;
    /// The cases that wait for a physician's early view, as the weekly conference discusses them.
    [[nodiscard]] Conference conference(const access::Actor& actor, const ConferenceFilter& filter) const;
    /// The case, for writing down something about it outside its sheet. Throws `not_found`, `forbidden`, and
    /// `not_allowed_in_state` for a draft.
    [[nodiscard]] Consultation open_for_entry(db::ReadTx& tx, const access::Actor& actor,
                                              const core::ConsultationId& id) const;
    /// The whole case with nothing withheld, for a module that shows a part of it: `disclosed` says how much. Throws
    /// `not_found`.
    [[nodiscard]] Consultation seen(db::ReadTx& tx, const access::Actor& actor, const core::ConsultationId& id) const;
    /// The data of the person of a case that somebody may write, for finding them in its words; nothing where there are
    /// none. Opening them is a row of the audit like every other reading; `purpose` is its detail.
    [[nodiscard]] std::optional<Person> person_to_find(db::WriteTx& tx, const access::Actor& actor,
                                                       const Consultation& consultation,
                                                       const std::string& purpose) const;
    /// How much of the case the reader sees; `not_found` when nothing.
    [[nodiscard]] Disclosure disclosed(db::ReadTx& tx, const access::Actor& actor,
                                       const core::ConsultationId& id) const;
    /// Something was written down about the case: it counts as its newest entry. `activities`: how many more there are.
    void enter(db::WriteTx& tx, const access::Actor& actor, const Consultation& consultation, int activities) const;
    /// Reads into memory what lists and figures need, so that the first of them need not wait.
    void warm_up(const std::stop_token& stop) const;

    Consultation create(const access::Actor& actor, const NewConsultation& body, const std::string& idempotency_key);
    /// Reading is written into the audit before the record is answered.
    [[nodiscard]] Consultation get(const access::Actor& actor, const core::ConsultationId& id) const;
    Consultation replace(const access::Actor& actor, const core::ConsultationId& id, std::int64_t version,
                         const ConsultationSheet& sheet);
    /// Drafts only. Without a version the newest one is meant.
    void remove(const access::Actor& actor, const core::ConsultationId& id, std::optional<std::int64_t> version);
    Consultation change_state(const access::Actor& actor, const core::ConsultationId& id, std::int64_t version,
                              const StateChange& change);
    /// The paper ledger's numbers go on here: the next consultation of that desk and fiscal year gets `last` + 1.
    /// Numbers never run backwards; a smaller one is a `conflict` with reason `number_taken`.
    void continue_numbering(const access::Actor& actor, const core::DeskId& desk, std::int64_t fiscal_year,
                            std::int64_t last);
    /// A new version of a finalised record; the versions before stay as they are.
    Consultation correct(const access::Actor& actor, const core::ConsultationId& id, std::int64_t version,
                         const Correction& correction);
    [[nodiscard]] ConsultationHistory history(const access::Actor& actor, const core::ConsultationId& id) const;
    Consultation put_person(const access::Actor& actor, const core::ConsultationId& id, std::int64_t version,
                            const Person& person);
    /// The data that identify the person, opened for a reason that the audit keeps.
    [[nodiscard]] Person read_person(const access::Actor& actor, const core::ConsultationId& id,
                                     const PersonReading& reading) const;
    Consultation share(const access::Actor& actor, const core::ConsultationId& id, std::int64_t version,
                       const Sharing& sharing);
    /// Callers of the person's own desks that fit a part of a name, its reading, an affiliation or a phone number.
    [[nodiscard]] Callers callers(const access::Actor& actor, const std::string& words) const;
    /// The drafts that the person has begun, oldest first.
    [[nodiscard]] BegunSheets begun(const access::Actor& actor) const;

    /// What waits for a second person, to whom may write in the record.
    [[nodiscard]] Finalisation finalisation(const access::Actor& actor, const core::ConsultationId& id) const;
    /// Throws `undo_asked_already` while another one's request waits.
    Finalisation ask_to_undo(const access::Actor& actor, const core::ConsultationId& id, std::int64_t version,
                             const UndoRequest& request) const;
    /// Throws `second_person` when the one who asked would agree, and `undo_not_asked` when nothing waits.
    Consultation answer_undo(const access::Actor& actor, const core::ConsultationId& id, std::int64_t version,
                             const UndoAnswer& answer);

private:
    /// One change of an existing record: what it does to it, and what its version row says.
    struct Step {
        /// Checks and alters the record; answers the kind of the step. Runs inside the transaction.
        std::function<VersionKind(db::WriteTx&, Consultation&)> apply;
        std::string reason = {};
        std::string action = "change";
    };

    Consultation change(const access::Actor& actor, const core::ConsultationId& id, std::int64_t version,
                        const Step& step);
    /// Throws every fault of the sheet at once; answers the municipality of the desk.
    core::RegionId check(const store::Surroundings& around, const Consultation& consultation, Demand demand,
                         const std::string& pointer, const ConsultationSheet* before, const access::Actor& actor) const;
    [[nodiscard]] Person opened(const std::string& sealed, const core::ConsultationId& id) const;
    void record(db::WriteTx& tx, const access::Actor& actor, const std::string& action, const Consultation& subject,
                const std::string& detail) const;
    [[nodiscard]] std::vector<VisibleShelf> visible_shelves(db::ReadTx& tx, const access::Actor& actor,
                                                            const ConsultationFilter& filter, Purpose purpose) const;
    [[nodiscard]] std::shared_ptr<const Shelf> shelf(db::ReadTx& tx, const store::ShelfHead& head) const;

    db::Database& database_;            // NOLINT: the application owns them
    const audit::AuditService& audit_;  // NOLINT
    const packs::PacksService& packs_;  // NOLINT
    std::string person_key_;
    core::Clock clock_;
    mutable Shelves shelves_;
};

}  // namespace tsunagi::consultations
