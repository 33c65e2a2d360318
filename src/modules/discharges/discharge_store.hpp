// SPDX-License-Identifier: Apache-2.0
// SQL of coordinations. What the reader may not see is in no result.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "db/record_versions.hpp"
#include "db/transaction.hpp"
#include "modules/access/actor.hpp"
#include "modules/discharges/discharge.hpp"
#include "modules/discharges/discharge_rules.hpp"

namespace tsunagi::discharges {

/// A row of `discharges`; the parties are kept as JSON, the papers in their own table.
struct DischargeRecord {
    DischargeId id;
    core::DeskId desk_id;
    core::RegionId municipality_id;
    std::optional<core::ConsultationId> consultation_id;
    std::optional<DischargeId> earlier_id;
    std::optional<std::int64_t> readmitted_after;  ///< days from the day left to the next admission
    std::int64_t version = 1;
    DischargeState state{};
    core::Instant created_at;
    core::UserId created_by;
    core::Instant updated_at;
    core::UserId updated_by;
    std::string subject;
    std::string hospital;
    std::optional<resources::PlaceId> hospital_place_id;
    std::string ward;
    std::optional<core::Date> admitted_on;
    std::optional<core::Date> planned_on;
    std::optional<core::Date> decided_on;
    std::optional<core::Date> left_on;
    std::optional<record::Code<"discharge_destination">> destination;
    std::string destination_name;
    std::string wishes;
    std::string family_wishes;
    std::string difficulties;
    std::string course;
    std::optional<core::UserId> owner_id;
    std::string parties;
};
BOOST_DESCRIBE_STRUCT(DischargeRecord, (),
                      (id, desk_id, municipality_id, consultation_id, earlier_id, readmitted_after, version, state,
                       created_at, created_by, updated_at, updated_by, subject, hospital, hospital_place_id, ward,
                       admitted_on, planned_on, decided_on, left_on, destination, destination_name, wishes,
                       family_wishes, difficulties, course, owner_id, parties))

constexpr db::VersionTable version_table{"discharge_versions", "discharge_id"};

/// A row as it is read: with names, the newest reason, its neighbours, and what decides how much the reader sees.
struct FoundDischarge : DischargeRecord {
    std::string created_by_name;
    std::string updated_by_name;
    std::string owner_name;
    std::string reason;
    std::string number;
    std::string case_subject;
    std::optional<DischargeId> later_id;
    bool shared_with_municipality = false;
};
BOOST_DESCRIBE_STRUCT(FoundDischarge, (DischargeRecord),
                      (created_by_name, updated_by_name, owner_name, reason, number, case_subject, later_id,
                       shared_with_municipality))

/// Values that several conditions need.
struct Counting {
    core::Date today;
    std::vector<std::string> handover;  ///< kinds of paper
};

[[nodiscard]] std::optional<FoundDischarge> find(db::ReadTx& tx, const access::Actor& actor, const DischargeId& id);
[[nodiscard]] std::vector<Paper> papers_of(db::ReadTx& tx, const DischargeId& id);

struct RowsPage {
    std::vector<DischargeRow> items;
    std::optional<std::string> next;
    std::int64_t total = 0;
    bool total_capped = false;
};

[[nodiscard]] RowsPage list(db::ReadTx& tx, const access::Actor& actor, const DischargeFilter& filter,
                            const Counting& counting);
[[nodiscard]] std::vector<DischargeStateCount> states(db::ReadTx& tx, const access::Actor& actor,
                                                      const DischargeSelection& selection, const Counting& counting);
/// Those of the board: not cancelled, and with the day left or planned in the period, or not left and planned before it
/// or without a planned day. At most `limit`.
[[nodiscard]] std::vector<DischargeRow> board(db::ReadTx& tx, const access::Actor& actor, const BoardFilter& filter,
                                              const core::Date& from, const core::Date& until, std::size_t limit);
[[nodiscard]] std::vector<CountedDischarge> counted(db::ReadTx& tx, const access::Actor& actor,
                                                    const FiguresQuery& query);
[[nodiscard]] std::vector<CountedPaper> counted_papers(db::ReadTx& tx, const access::Actor& actor,
                                                       const FiguresQuery& query,
                                                       const std::vector<std::string>& kinds);

/// The same for desks instead of a person: what stands at each desk and at the desks below it in its municipality.
struct DeskPeriod {
    std::vector<core::DeskId> desks;
    core::Date from;  ///< days left, both included
    core::Date to;
};

/// Each with the desk it was asked for as `desk_id`; it comes twice where both a desk and the one above are asked for.
[[nodiscard]] std::vector<CountedDischarge> counted(db::ReadTx& tx, const DeskPeriod& asked);
[[nodiscard]] std::vector<CountedPaper> counted_papers(db::ReadTx& tx, const DeskPeriod& asked,
                                                       const std::vector<std::string>& kinds);
[[nodiscard]] bool place_exists(db::ReadTx& tx, const resources::PlaceId& id, const std::vector<core::RegionId>& homes);

void insert(db::WriteTx& tx, DischargeRecord record, const DischargeText& text);
/// False when the version is no longer the one before.
[[nodiscard]] bool update(db::WriteTx& tx, DischargeRecord record, const DischargeText& text);

/// A due day that follows from the rule of its paper and the days of its coordination.
struct CountedDue {
    DischargeId id;
    std::int64_t position = 0;
    record::Code<"discharge_paper"> kind;
    std::optional<core::Date> due_on;
    std::optional<core::Date> admitted_on;
    std::optional<core::Date> planned_on;
    std::optional<core::Date> decided_on;
    std::optional<core::Date> left_on;
};
BOOST_DESCRIBE_STRUCT(CountedDue, (), (id, position, kind, due_on, admitted_on, planned_on, decided_on, left_on))

/// Of papers that are still waited for, of coordinations that are not closed, everywhere.
[[nodiscard]] std::vector<CountedDue> counted_due_days(db::ReadTx& tx);
void set_due_day(db::WriteTx& tx, const DischargeId& id, std::int64_t position,
                 const std::optional<core::Date>& due_on);
/// Writes how long after the day left the next admission was, nothing when that one was cancelled; of the coordination
/// and of the one before it.
void count_readmission(db::WriteTx& tx, const DischargeRecord& record);

}  // namespace tsunagi::discharges
