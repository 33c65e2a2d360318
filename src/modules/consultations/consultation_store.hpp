// SPDX-License-Identifier: Apache-2.0
// SQL of consultations and nothing else. Every reading query carries the reader's scope.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "db/transaction.hpp"
#include "modules/access/actor.hpp"
#include "modules/consultations/consultation.hpp"
#include "modules/consultations/consultation_selection.hpp"

namespace tsunagi::consultations::store {

/// What only the database knows about a sheet.
struct Surroundings {
    core::RegionId municipality_id;
    bool desk_ended = false;
    bool receiver_fits = true;  ///< an active person of the desk or of the desk above it
    bool district_fits = true;  ///< below the desk's municipality
};

[[nodiscard]] Surroundings surroundings(db::ReadTx& tx, const core::DeskId& desk, const ConsultationSheet& sheet,
                                        const core::Date& today);

/// The whole record, nothing withheld yet; nothing when it is outside the reader's scope.
[[nodiscard]] std::optional<Consultation> find(db::ReadTx& tx, const access::Actor& actor,
                                               const core::ConsultationId& id);

/// The running number of the desk in that fiscal year goes on behind `last`. False when a larger one was given out.
[[nodiscard]] bool continue_numbering(db::WriteTx& tx, const core::DeskId& desk, std::int64_t fiscal_year,
                                      std::int64_t last);
/// The next one. Two writers never get the same.
[[nodiscard]] std::int64_t next_number(db::WriteTx& tx, const core::DeskId& desk, std::int64_t fiscal_year);

/// What a new record takes of its desk.
struct Taken {
    std::int64_t sequence = 0;    ///< its running number; none for a draft
    std::int64_t change = 0;      ///< see `next_change`
    bool caller_counted = false;  ///< the caller is known, the sheet says nothing new of them, and the call is counted
};

/// Takes all of it with one wait.
[[nodiscard]] Taken take_for_new(db::WriteTx& tx, const Consultation& consultation);

/// Writes a new record and its version row.
void insert(db::WriteTx& tx, const Consultation& consultation, VersionKind kind, std::int64_t change);
/// Overwrites the record when its version is still the one before; false when somebody was faster.
[[nodiscard]] bool update(db::WriteTx& tx, const Consultation& consultation, VersionKind kind,
                          const std::string& reason);
/// Something was entered about the case outside its sheet: it is the newest thing that happened to it, and its next
/// follow-up is read anew. `activities` is how many more there are. The case keeps its version.
void enter(db::WriteTx& tx, const access::Actor& actor, const Consultation& consultation, const core::Instant& now,
           int activities);
void remove(db::WriteTx& tx, const Consultation& consultation);

[[nodiscard]] std::vector<ConsultationVersion> history(db::ReadTx& tx, const access::Actor& actor,
                                                       const core::ConsultationId& id);

/// The sealed data of the person; nothing when there are none.
[[nodiscard]] std::optional<std::string> sealed_person(db::ReadTx& tx, const access::Actor& actor,
                                                       const core::ConsultationId& id);
void put_sealed_person(db::WriteTx& tx, const Consultation& consultation, const std::string& sealed);

/// The records in this order; those outside the reader's scope are left out.
[[nodiscard]] std::vector<ConsultationRow> rows(db::ReadTx& tx, const access::Actor& actor,
                                                const std::vector<core::ConsultationId>& ids);
/// The background of these cases, likewise.
[[nodiscard]] std::vector<CaseBackground> cases(db::ReadTx& tx, const access::Actor& actor,
                                                const std::vector<core::ConsultationId>& ids);

/// What the conference asks of these cases, likewise.
[[nodiscard]] std::vector<ConferenceCase> conference_cases(db::ReadTx& tx, const access::Actor& actor,
                                                           const std::vector<core::ConsultationId>& ids);

/// A headline, nothing withheld yet.
struct HeadlineRow : Headline {
    core::DeskId desk_id;
    core::RegionId municipality_id;
    bool shared_with_municipality = false;
};
BOOST_DESCRIBE_STRUCT(HeadlineRow, (Headline), (desk_id, municipality_id, shared_with_municipality))

/// The headlines of these cases, likewise.
[[nodiscard]] std::vector<HeadlineRow> headlines(db::ReadTx& tx, const access::Actor& actor,
                                                 const std::vector<core::ConsultationId>& ids);
/// Those of the records that hold every one of the words in their number, subject, background or request. An advisor
/// does not see the request, so nothing is found in it either.
[[nodiscard]] std::vector<IdNumber> with_words(db::ReadTx& tx, const access::Actor& actor,
                                               const std::vector<core::ConsultationId>& ids, const std::string& words);

/// The drafts that the person has begun, oldest first.
[[nodiscard]] std::vector<BegunSheet> begun(db::ReadTx& tx, const access::Actor& actor);

}  // namespace tsunagi::consultations::store
