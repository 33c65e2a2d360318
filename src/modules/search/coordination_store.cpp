// SPDX-License-Identifier: Apache-2.0
#include "modules/search/coordination_store.hpp"

#include <map>

#include "modules/access/scope.hpp"
#include "record/json_reader.hpp"

namespace tsunagi::search::store {
namespace {

using record::Params;

struct ReferralRow {
    core::DeskId desk_id;
    core::RegionId municipality_id;
    bool shared_with_municipality = false;
    std::string id;
    core::ConsultationId consultation_id;
    std::string number;
    std::string subject;
    std::string state;
    core::Instant created_at;
    std::string place_name;
    std::string to_name;
    std::string reached_at;
    std::string message;
    std::string answer_words;
    std::string answered_by;
    std::string outcome_words;
    std::string follow_up_words;
    std::string area;
    std::string hours;
    std::string wishes;
    std::optional<core::Date> sent_on;
    std::optional<core::Date> reply_by;
    std::optional<core::Date> answered_on;
    std::optional<core::Date> outcome_on;
    std::optional<core::Date> follow_up_on;
    std::optional<core::Date> followed_on;
};
BOOST_DESCRIBE_STRUCT(ReferralRow, (),
                      (desk_id, municipality_id, shared_with_municipality, id, consultation_id, number, subject, state,
                       created_at, place_name, to_name, reached_at, message, answer_words, answered_by, outcome_words,
                       follow_up_words, area, hours, wishes, sent_on, reply_by, answered_on, outcome_on, follow_up_on,
                       followed_on))

struct DischargeRow {
    core::DeskId desk_id;
    core::RegionId municipality_id;
    bool shared_with_municipality = false;
    std::string id;
    std::optional<core::ConsultationId> consultation_id;
    std::string number;
    std::string state;
    core::Instant created_at;
    std::string subject;
    std::string hospital;
    std::string ward;
    std::string destination_name;
    std::string wishes;
    std::string family_wishes;
    std::string difficulties;
    std::string course;
    std::string parties;
    std::optional<core::Date> admitted_on;
    std::optional<core::Date> planned_on;
    std::optional<core::Date> decided_on;
    std::optional<core::Date> left_on;
};
BOOST_DESCRIBE_STRUCT(DischargeRow, (),
                      (desk_id, municipality_id, shared_with_municipality, id, consultation_id, number, state,
                       created_at, subject, hospital, ward, destination_name, wishes, family_wishes, difficulties,
                       course, parties, admitted_on, planned_on, decided_on, left_on))

struct PaperRow {
    std::string discharge_id;
    std::string with_whom;
    std::string note;
    std::optional<core::Date> due_on;
    std::optional<core::Date> received_on;
};
BOOST_DESCRIBE_STRUCT(PaperRow, (), (discharge_id, with_whom, note, due_on, received_on))

/// Of a party what is written.
struct PartyText {
    std::string affiliation;
    std::string name;
    std::string contact;
};
BOOST_DESCRIBE_STRUCT(PartyText, (), (affiliation, name, contact))

/// Whether names of people are withheld.
bool is_masked(const access::Actor& actor, const auto& row) {
    return consultations::disclosure(actor, row.desk_id, row.municipality_id, row.shared_with_municipality) !=
           consultations::Disclosure::full;
}

}  // namespace

std::vector<Candidate> referrals(db::ReadTx& tx, const access::Actor& actor) {
    Params params;
    const std::string scope =
        access::consultations_visible(actor, "c", params) + " AND " + access::worked_with(actor, "r", params);
    std::vector<Candidate> result;
    for (auto& row : tx.rows<ReferralRow>(
             "SELECT r.desk_id, r.municipality_id, c.shared_with_municipality, r.id, r.consultation_id, c.number, "
             "c.subject, r.state, r.created_at, r.place_name, r.to_name, r.reached_at, r.message, r.answer_words, "
             "r.answered_by, r.outcome_words, r.follow_up_words, m.area, m.hours, m.wishes, r.sent_on, r.reply_by, "
             "r.answered_on, r.outcome_on, r.follow_up_on, r.followed_on FROM referrals r JOIN consultations c ON c.id "
             "= r.consultation_id JOIN matches m ON m.id = r.match_id WHERE " +
                 scope,
             params)) {
        Candidate one;
        one.hit.kind = HitKind::referral;
        one.hit.id = row.id;
        one.hit.desk_id = row.desk_id;
        one.hit.consultation_id = row.consultation_id;
        one.hit.number = row.number;
        one.hit.title = row.place_name;
        one.hit.state = row.state;
        one.hit.on = row.sent_on.value_or(core::day_in_japan(row.created_at));
        Document& document = one.document;
        put(document, "place_name", row.place_name);
        put(document, "message", row.message);
        put(document, "answer_words", row.answer_words);
        put(document, "outcome_words", row.outcome_words);
        put(document, "follow_up_words", row.follow_up_words);
        put(document, "need", row.area);
        put(document, "need", row.hours);
        put(document, "need", row.wishes);
        put(document, "subject", row.subject);
        put(document, "number", row.number);
        put(document, "reached_at", row.reached_at);
        if (!is_masked(actor, row)) {
            put(document, "to_name", row.to_name);
            put(document, "answered_by", row.answered_by);
        }
        put(document, "sent_on", row.sent_on);
        put(document, "reply_by", row.reply_by);
        put(document, "answered_on", row.answered_on);
        put(document, "outcome_on", row.outcome_on);
        put(document, "follow_up_on", row.follow_up_on);
        put(document, "followed_on", row.followed_on);
        result.push_back(std::move(one));
    }
    return result;
}

std::vector<Candidate> discharges(db::ReadTx& tx, const access::Actor& actor) {
    Params params;
    const std::string scope =
        access::worked_with(actor, "d", params) + " AND " + access::activities_visible(actor, "d", "c", params);
    const std::string with_case = " discharges d LEFT JOIN consultations c ON c.id = d.consultation_id ";
    std::vector<Candidate> result;
    std::map<std::string, std::size_t> places;
    std::vector<bool> masked;
    for (auto& row : tx.rows<DischargeRow>(
             "SELECT d.desk_id, d.municipality_id, COALESCE(c.shared_with_municipality, 0), d.id, d.consultation_id, "
             "COALESCE(c.number, ''), d.state, d.created_at, d.subject, d.hospital, d.ward, d.destination_name, "
             "d.wishes, d.family_wishes, d.difficulties, d.course, d.parties, d.admitted_on, d.planned_on, "
             "d.decided_on, d.left_on FROM" +
                 with_case + "WHERE " + scope,
             params)) {
        Candidate one;
        one.hit.kind = HitKind::discharge;
        one.hit.id = row.id;
        one.hit.desk_id = row.desk_id;
        one.hit.consultation_id = row.consultation_id;
        one.hit.number = row.number;
        one.hit.title = row.subject;
        one.hit.state = row.state;
        one.hit.on = row.left_on ? row.left_on : row.planned_on.value_or(core::day_in_japan(row.created_at));
        masked.push_back(is_masked(actor, row));
        Document& document = one.document;
        put(document, "subject", row.subject);
        put(document, "hospital", row.hospital);
        put(document, "ward", row.ward);
        put(document, "destination_name", row.destination_name);
        put(document, "wishes", row.wishes);
        put(document, "wishes", row.family_wishes);
        put(document, "difficulties", row.difficulties);
        put(document, "course", row.course);
        put(document, "number", row.number);
        for (const auto& party : record::from_stored_json<std::vector<PartyText>>(row.parties)) {
            put(document, "parties", party.affiliation);
            if (!masked.back()) {
                put(document, "parties", party.name);
                put(document, "parties", party.contact);
            }
        }
        put(document, "admitted_on", row.admitted_on);
        put(document, "planned_on", row.planned_on);
        put(document, "decided_on", row.decided_on);
        put(document, "left_on", row.left_on);
        places.emplace(row.id, result.size());
        result.push_back(std::move(one));
    }
    for (const auto& paper :
         tx.rows<PaperRow>("SELECT p.discharge_id, p.with_whom, p.note, p.due_on, p.received_on FROM" + with_case +
                               "JOIN discharge_papers p ON p.discharge_id = d.id WHERE " + scope,
                           params)) {
        const auto found = places.find(paper.discharge_id);
        if (found == places.end())
            continue;
        Document& document = result[found->second].document;
        put(document, "papers", paper.note);
        if (!masked[found->second])
            put(document, "papers", paper.with_whom);
        put(document, "paper_due_on", paper.due_on);
        put(document, "paper_received_on", paper.received_on);
    }
    return result;
}

}  // namespace tsunagi::search::store
