// SPDX-License-Identifier: Apache-2.0
#include "modules/consultations/facts_store.hpp"

#include <algorithm>
#include <map>

#include "modules/access/scope.hpp"

namespace tsunagi::consultations::store {
namespace {

using record::Params;

constexpr std::size_t rows_of_part = 4000;

/// What is kept in memory of one record, as the index consultations_by_change holds it.
struct FactsRow {
    std::int64_t change = 0;
    std::string id;
    core::Date listed_on;
    std::optional<core::Date> follow_up_on;
    core::Instant updated_at;
    std::int64_t fiscal_year = 0;
    std::int64_t sequence = 0;
    ConsultationState state{};
    std::string kind;
    std::string topic;
    std::string subtopic;
    std::string caller_profession;
    std::string urgency;
    std::string difficulty;
    std::string result;
    std::string receiver_id;
    std::string district_id;
    std::string marks;
};
BOOST_DESCRIBE_STRUCT(FactsRow, (),
                      (change, id, listed_on, follow_up_on, updated_at, fiscal_year, sequence, state, kind, topic,
                       subtopic, caller_profession, urgency, difficulty, result, receiver_id, district_id, marks))

/// A case of an agenda and the desk it belongs to.
struct DisclosedRow : FactsRow {
    core::DeskId desk_id;
};
BOOST_DESCRIBE_STRUCT(DisclosedRow, (FactsRow), (desk_id))

/// Takes what the marks say of how far the case has come into the facts; answers the others.
std::vector<Numbering::Number> read_marks(std::string_view marks, Facts& facts, Numbering& numbering) {
    static constexpr std::string_view awaiting = "awaiting_advice:";
    std::vector<Numbering::Number> numbers;
    for (std::size_t start = marks.find_first_not_of(' '); start < marks.size();) {
        const std::size_t end = std::min(marks.find(' ', start), marks.size());
        const std::string_view mark = marks.substr(start, end - start);
        if (mark == "worked_on") {
            facts.worked_on = true;
        } else if (mark.starts_with(awaiting)) {
            const DayNumber since = day_number(core::Date::parse(mark.substr(awaiting.size())).value());
            facts.awaiting_advice_since = static_cast<std::uint16_t>(std::clamp(since, 1, 0xFFFF));
        } else {
            numbers.push_back(numbering.number_of(mark));
        }
        start = marks.find_first_not_of(' ', end);
    }
    return numbers;
}

void add(Chunk& chunk, const FactsRow& row, FactWords& words) {
    Facts facts;
    facts.id = IdNumber::of(row.id);
    facts.updated_at =
        std::chrono::duration_cast<std::chrono::milliseconds>(row.updated_at.time().time_since_epoch()).count();
    facts.listed_on = day_number(row.listed_on);
    facts.follow_up_on = row.follow_up_on ? day_number(*row.follow_up_on) : no_day;
    facts.sequence = static_cast<std::uint32_t>(row.sequence);
    facts.fiscal_year = static_cast<std::uint16_t>(row.fiscal_year) & 0xFFFU;
    facts.state = row.state;
    facts.kind = words.codes.number_of(row.kind);
    facts.topic = words.codes.number_of(row.topic);
    facts.subtopic = words.codes.number_of(row.subtopic);
    facts.profession = words.codes.number_of(row.caller_profession);
    facts.urgency = words.codes.number_of(row.urgency);
    facts.difficulty = words.codes.number_of(row.difficulty);
    facts.result = words.codes.number_of(row.result);
    facts.receiver = words.people.number_of(row.receiver_id);
    facts.district = words.regions.number_of(row.district_id);
    const auto marks = read_marks(row.marks, facts, words.marks);
    chunk.add(facts, marks);
}

}  // namespace

std::vector<ShelfHead> shelves(db::ReadTx& tx, const access::Actor& actor, Purpose purpose) {
    // A shelf holds drafts and others, so the predicate is asked about one of each. No agenda names a whole shelf.
    Params params;
    const std::string scope = purpose == Purpose::counting ? access::consultations_countable(actor, "c", params)
                                                           : access::consultations_visible(actor, "c", params);
    return tx.rows<ShelfHead>(
        "SELECT c.desk_id, c.municipality_id, c.last_change, max(CASE WHEN c.state = 'draft' THEN 1 ELSE 0 END) FROM ("
        "SELECT s.desk_id, s.municipality_id, s.last_change, k.state, '' AS id FROM consultation_shelves s "
        "CROSS JOIN (SELECT 'draft' AS state UNION ALL SELECT 'open') k) c WHERE " +
            scope + " GROUP BY c.desk_id, c.municipality_id, c.last_change",
        params);
}

std::vector<ShelfHead> all_shelves(db::ReadTx& tx) {
    return tx.rows<ShelfHead>(
        "SELECT desk_id, municipality_id, last_change, 1 FROM consultation_shelves ORDER BY desk_id, municipality_id");
}

void changes(db::ReadTx& tx, const Shelves::Place& place, std::int64_t since, FactWords& words,
             const std::function<void(Changes)>& part) {
    static const std::string rows_sql =
        "SELECT " + record::columns<FactsRow>() +
        " FROM consultations WHERE desk_id = :desk AND municipality_id = :city AND (change, id) > (:change, :id) "
        "ORDER BY change, id LIMIT " +
        std::to_string(rows_of_part);
    const auto at_place = [&] { return Params().set("desk", place.desk).set("city", place.municipality); };
    std::int64_t change = since + 1;
    std::string id;
    for (;;) {
        const auto rows = tx.rows<FactsRow>(rows_sql, at_place().set("change", change).set("id", id));
        if (!rows.empty()) {
            change = rows.back().change;
            id = rows.back().id;
            Changes next;
            next.changed.rows.reserve(rows.size());
            for (const FactsRow& row : rows)
                add(next.changed, row, words);
            part(std::move(next));
        }
        if (rows.size() < rows_of_part)
            break;
    }
    if (since < 0)
        return;  // what was removed before was never here
    Changes gone;
    for (const auto& removed : tx.rows<std::string>("SELECT consultation_id FROM consultation_removals WHERE desk_id = "
                                                    ":desk AND municipality_id = :city AND change > :change",
                                                    at_place().set("change", since)))
        gone.removed.push_back(IdNumber::of(removed));
    if (!gone.removed.empty())
        part(std::move(gone));
}

std::vector<VisibleShelf> disclosed(db::ReadTx& tx, const access::Actor& actor, FactWords& words) {
    access::Actor guest = actor;
    guest.desks.clear();
    guest.municipalities.clear();
    guest.prefecture_municipalities.clear();
    Params params;
    const std::string scope = access::consultations_visible(guest, "c", params);
    std::map<core::DeskId, Changes> by_desk;
    for (const DisclosedRow& row : tx.rows<DisclosedRow>(
             "SELECT " + record::columns<DisclosedRow>("c") + " FROM consultations c WHERE " + scope, params))
        add(by_desk[row.desk_id].changed, row, words);
    std::vector<VisibleShelf> result;
    result.reserve(by_desk.size());
    for (auto& [desk, changes] : by_desk)
        result.push_back({desk, std::make_shared<const Shelf>(with_changes({}, std::move(changes), 0)), false, {}});
    return result;
}

std::vector<IdNumber> on_agendas(db::ReadTx& tx, const access::Actor& actor) {
    Params params;
    const std::string sql =
        "SELECT i.subject_id FROM agenda_items i JOIN meetings m ON m.id = i.meeting_id "
        "WHERE i.subject = 'consultation' AND m.state = 'planned' AND " +
        access::shared_visible(actor, access::Shared::meeting, "m", params);
    std::vector<IdNumber> result;
    for (const auto& id : tx.rows<std::string>(sql, params))
        result.push_back(IdNumber::of(id));
    return result;
}

std::vector<std::string> regions_below(db::ReadTx& tx, const std::vector<core::RegionId>& regions) {
    if (regions.empty())
        return {};
    Params params;
    std::string places;
    for (const auto& region : regions) {
        const std::string name = "region" + std::to_string(params.size());
        params.set(name, region);
        places += (places.empty() ? ":" : ", :") + name;
    }
    return tx.rows<std::string>("WITH RECURSIVE below (id) AS (SELECT b.id FROM regions b WHERE b.id IN (" + places +
                                    ") UNION SELECT b.id FROM regions b JOIN below ON b.parent_id = below.id) "
                                    "SELECT below.id FROM below",
                                params);
}

db::Question next_change_of(const core::DeskId& desk, const core::RegionId& municipality) {
    return {
        "INSERT INTO consultation_shelves (desk_id, municipality_id, last_change) VALUES (:desk, :city, 1) "
        "ON CONFLICT (desk_id, municipality_id) DO UPDATE SET last_change = consultation_shelves.last_change + 1 "
        "RETURNING last_change",
        Params().set("desk", desk).set("city", municipality)};
}

std::int64_t next_change(db::WriteTx& tx, const core::DeskId& desk, const core::RegionId& municipality) {
    return tx.numbers({next_change_of(desk, municipality)}).front().value();
}

}  // namespace tsunagi::consultations::store
