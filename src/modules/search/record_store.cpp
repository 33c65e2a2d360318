// SPDX-License-Identifier: Apache-2.0
#include "modules/search/record_store.hpp"

#include <map>

#include "modules/access/scope.hpp"
#include "modules/issues/issue.hpp"
#include "record/json_reader.hpp"
#include "record/sql_text.hpp"

namespace tsunagi::search::store {
namespace {

using record::Params;

struct ConsultationText {
    core::ConsultationId id;
    core::DeskId desk_id;
    core::RegionId municipality_id;
    bool shared_with_municipality = false;
    std::string number;
    std::string state;
    core::Date listed_on;
    std::string sheet;
};
BOOST_DESCRIBE_STRUCT(ConsultationText, (),
                      (id, desk_id, municipality_id, shared_with_municipality, number, state, listed_on, sheet))

struct IssueText {
    std::string id;
    std::optional<core::DeskId> desk_id;
    std::string number;
    std::string title;
    std::string state;
    core::Instant created_at;
    std::string description;
    std::string present;
    std::string goal;
    std::string gap;
    std::string causes;
    std::string waiting_for;
    std::optional<core::Date> due_on;
};
BOOST_DESCRIBE_STRUCT(IssueText, (),
                      (id, desk_id, number, title, state, created_at, description, present, goal, gap, causes,
                       waiting_for, due_on))

struct MeetingText {
    std::string id;
    std::optional<core::DeskId> desk_id;
    std::string title;
    std::string body_name;
    std::string state;
    core::Date held_on;
    std::string place;
    std::string minutes;
};
BOOST_DESCRIBE_STRUCT(MeetingText, (), (id, desk_id, title, body_name, state, held_on, place, minutes))

struct MeasureText {
    std::string id;
    std::optional<core::DeskId> desk_id;
    std::string title;
    std::string state;
    core::Instant created_at;
    std::string description;
    std::string feasibility_note;
    std::string parties;
    std::string departments;
    std::string outputs;
    std::optional<core::Date> starts_on;
    std::optional<core::Date> ends_on;
    std::optional<core::Date> evaluate_on;
};
BOOST_DESCRIBE_STRUCT(MeasureText, (),
                      (id, desk_id, title, state, created_at, description, feasibility_note, parties, departments,
                       outputs, starts_on, ends_on, evaluate_on))

struct IndicatorText {
    std::string id;
    std::optional<core::DeskId> desk_id;
    std::string code;
    std::string name;
    core::Instant created_at;
    std::string numerator;
    std::string denominator;
    std::string source;
    std::string obtained_by;
    std::string frequency;
    std::string comparison;
    std::string judgement_rule;
};
BOOST_DESCRIBE_STRUCT(IndicatorText, (),
                      (id, desk_id, code, name, created_at, numerator, denominator, source, obtained_by, frequency,
                       comparison, judgement_rule))

struct EvaluationText {
    std::string id;
    std::optional<core::DeskId> desk_id;
    std::string title;  ///< of the measure or the issue
    std::string outcome;
    core::Date evaluated_on;
    std::string finding;
    std::string next_policy;
};
BOOST_DESCRIBE_STRUCT(EvaluationText, (), (id, desk_id, title, outcome, evaluated_on, finding, next_policy))

struct UserText {
    std::string id;
    std::string name;
    std::string kana;
    bool active = false;
};
BOOST_DESCRIBE_STRUCT(UserText, (), (id, name, kana, active))

/// A text that belongs to a record of another table.
struct PartText {
    std::string id;
    std::string one;
    std::string two;
    std::string three;
    std::optional<core::Date> on;
};
BOOST_DESCRIBE_STRUCT(PartText, (), (id, one, two, three, on))

/// The candidates by id, while their parts are read.
class ById {
public:
    explicit ById(std::vector<Candidate>& candidates) {
        for (auto& one : candidates)
            places_.emplace(one.hit.id, &one.document);
    }

    [[nodiscard]] Document* find(const std::string& id) const {
        const auto found = places_.find(id);
        return found == places_.end() ? nullptr : found->second;
    }

private:
    std::map<std::string, Document*> places_;
};

}  // namespace

void put(Document& document, const char* name, const std::string& text) {
    if (!text.empty())
        document.fields.push_back({name, text});
}

void put(Document& document, const char* name, const std::optional<core::Date>& day) {
    if (day)
        document.days.push_back({name, *day});
}

std::string in_padded_list(const char* column, std::vector<core::ConsultationId> ids, record::Params& params) {
    std::size_t length = 8;
    while (length < ids.size())
        length *= 4;
    ids.resize(length, core::ConsultationId(ids.back()));
    return record::in_list(column, ids, "id", params);
}

Document document_of(const std::string& number, const consultations::ConsultationSheet& sheet) {
    Document document;
    put(document, "subject", sheet.subject);
    put(document, "request", sheet.request);
    put(document, "background", sheet.background);
    put(document, "support_text", sheet.support_text);
    put(document, "awareness", sheet.awareness);
    put(document, "illness", sheet.illness);
    put(document, "physician_question", sheet.physician_question);
    put(document, "physician_assessment", sheet.physician_assessment);
    put(document, "physician_direction", sheet.physician_direction);
    put(document, "follow_up_note", sheet.follow_up_note);
    for (const auto& element : sheet.elements)
        put(document, "elements", element.text);
    put(document, "caller_affiliation", sheet.caller_affiliation);
    put(document, "caller_profession_note", sheet.caller_profession_note);
    put(document, "method_note", sheet.method_note);
    put(document, "number", number);
    put(document, "caller_name", sheet.caller_name);
    put(document, "caller_kana", sheet.caller_kana);
    put(document, "caller_phone", sheet.caller_phone);
    put(document, "received_on", sheet.received_on);
    put(document, "follow_up_on", sheet.follow_up_on);
    put(document, "result_on", sheet.result_on);
    put(document, "physician_asked_on", sheet.physician_asked_on);
    put(document, "physician_advised_on", sheet.physician_advised_on);
    return document;
}

std::vector<Candidate> consultations(db::ReadTx& tx, const access::Actor& actor,
                                     const std::vector<core::ConsultationId>& ids, const SheetSieve& sieve) {
    if (ids.empty())
        return {};
    Params params;
    const std::string list = in_padded_list("c.id", ids, params);
    const std::string scope = access::consultations_visible(actor, "c", params);
    std::map<std::string, Candidate> found;
    const auto confirmed = consultations::confirmed_texts(tx, actor, ids);
    for (auto& row : tx.rows<ConsultationText>(
             "SELECT c.id, c.desk_id, c.municipality_id, c.shared_with_municipality, c.number, c.state, c.listed_on, "
             "v.sheet FROM consultations c JOIN consultation_versions v ON v.consultation_id = c.id AND "
             "v.version = c.version WHERE " +
                 list + " AND " + scope,
             params)) {
        const auto level =
            consultations::disclosure(actor, row.desk_id, row.municipality_id, row.shared_with_municipality);
        // Who reads anonymised words is shown others than those of the sheet.
        if (level != consultations::Disclosure::background && !sieve.may_answer(row.number, row.sheet))
            continue;
        auto sheet = record::from_stored_json<consultations::ConsultationSheet>(row.sheet);
        consultations::withhold(sheet, level);
        if (level == consultations::Disclosure::background)
            consultations::show_anonymised(sheet, consultations::confirmed_of(confirmed, row.id));
        Candidate one;
        one.hit.kind = HitKind::consultation;
        one.hit.id = row.id.str();
        one.hit.desk_id = row.desk_id;
        one.hit.number = row.number;
        one.hit.title = sheet.subject;
        one.hit.state = row.state;
        one.hit.on = row.listed_on;
        one.document = document_of(row.number, sheet);
        found.emplace(one.hit.id, std::move(one));
    }
    std::vector<Candidate> result;
    for (const auto& id : ids) {
        if (const auto one = found.find(id.str()); one != found.end())
            result.push_back(std::move(one->second));
    }
    return result;
}

std::vector<Candidate> issues(db::ReadTx& tx, const access::Actor& actor) {
    Params params;
    const std::string scope = access::shared_visible(actor, access::Shared::issue, "i", params);
    std::vector<Candidate> result;
    for (auto& row :
         tx.rows<IssueText>("SELECT " + record::columns<IssueText>("i") + " FROM issues i WHERE " + scope, params)) {
        Candidate one;
        one.hit.kind = HitKind::issue;
        one.hit.id = row.id;
        one.hit.desk_id = row.desk_id;
        one.hit.number = row.number;
        one.hit.title = row.title;
        one.hit.state = row.state;
        one.hit.on = core::day_in_japan(row.created_at);
        put(one.document, "title", row.title);
        put(one.document, "description", row.description);
        put(one.document, "present", row.present);
        put(one.document, "goal", row.goal);
        put(one.document, "gap", row.gap);
        for (const auto& cause : record::from_stored_json<std::vector<issues::Cause>>(row.causes)) {
            put(one.document, "causes", cause.text);
            put(one.document, "causes", cause.source);
        }
        put(one.document, "waiting_for", row.waiting_for);
        put(one.document, "number", row.number);
        put(one.document, "due_on", row.due_on);
        result.push_back(std::move(one));
    }
    const ById by_id(result);
    for (const auto& part : tx.rows<PartText>(
             "SELECT e.issue_id, e.text, '', '', NULL FROM issue_events e JOIN issues i ON i.id = e.issue_id "
             "WHERE e.kind IN ('note', 'feedback') AND " +
                 scope,
             params)) {
        if (Document* document = by_id.find(part.id))
            put(*document, "history", part.one);
    }
    return result;
}

std::vector<Candidate> meetings(db::ReadTx& tx, const access::Actor& actor) {
    Params params;
    const std::string scope = access::shared_visible(actor, access::Shared::meeting, "m", params);
    std::vector<Candidate> result;
    for (auto& row : tx.rows<MeetingText>(
             "SELECT m.id, m.desk_id, m.title, b.name, m.state, m.held_on, m.place, m.minutes FROM meetings m "
             "JOIN bodies b ON b.id = m.body_id WHERE " +
                 scope,
             params)) {
        Candidate one;
        one.hit.kind = HitKind::meeting;
        one.hit.id = row.id;
        one.hit.desk_id = row.desk_id;
        one.hit.title = row.title.empty() ? row.body_name : row.title;
        one.hit.state = row.state;
        one.hit.on = row.held_on;
        put(one.document, "title", row.title);
        put(one.document, "body", row.body_name);
        put(one.document, "minutes", row.minutes);
        put(one.document, "place", row.place);
        put(one.document, "held_on", std::optional(row.held_on));
        result.push_back(std::move(one));
    }
    const ById by_id(result);
    const auto add = [&](const std::string& sql, const char* first, const char* second, const char* third) {
        for (const auto& part : tx.rows<PartText>(sql + scope, params)) {
            if (Document* document = by_id.find(part.id)) {
                put(*document, first, part.one);
                put(*document, second, part.two);
                put(*document, third, part.three);
                put(*document, "due_on", part.on);
            }
        }
    };
    add("SELECT a.meeting_id, a.title, a.discussion, a.decision, NULL FROM agenda_items a "
        "JOIN meetings m ON m.id = a.meeting_id WHERE ",
        "agenda", "discussion", "decision");
    add("SELECT t.meeting_id, t.title, t.owner_name, '', t.due_on FROM tasks t JOIN meetings m ON m.id = t.meeting_id "
        "WHERE ",
        "tasks", "tasks", "tasks");
    add("SELECT a.meeting_id, a.name, a.affiliation, '', NULL FROM attendances a "
        "JOIN meetings m ON m.id = a.meeting_id WHERE ",
        "attendance", "attendance", "attendance");
    return result;
}

std::vector<Candidate> measures(db::ReadTx& tx, const access::Actor& actor) {
    Params params;
    const std::string scope = access::shared_visible(actor, access::Shared::measure, "m", params);
    std::vector<Candidate> result;
    for (auto& row : tx.rows<MeasureText>(
             "SELECT " + record::columns<MeasureText>("m") + " FROM measures m WHERE " + scope, params)) {
        Candidate one;
        one.hit.kind = HitKind::measure;
        one.hit.id = row.id;
        one.hit.desk_id = row.desk_id;
        one.hit.title = row.title;
        one.hit.state = row.state;
        one.hit.on = row.starts_on.value_or(core::day_in_japan(row.created_at));
        put(one.document, "title", row.title);
        put(one.document, "description", row.description);
        put(one.document, "feasibility_note", row.feasibility_note);
        put(one.document, "parties", row.parties);
        put(one.document, "departments", row.departments);
        put(one.document, "outputs", row.outputs);
        put(one.document, "starts_on", row.starts_on);
        put(one.document, "ends_on", row.ends_on);
        put(one.document, "evaluate_on", row.evaluate_on);
        result.push_back(std::move(one));
    }
    const ById by_id(result);
    for (const auto& part :
         tx.rows<PartText>("SELECT p.measure_id, p.note, '', '', p.reported_on FROM measure_progress p JOIN measures m "
                           "ON m.id = p.measure_id WHERE " +
                               scope,
                           params)) {
        if (Document* document = by_id.find(part.id)) {
            put(*document, "progress", part.one);
            put(*document, "reported_on", part.on);
        }
    }
    return result;
}

std::vector<Candidate> indicators(db::ReadTx& tx, const access::Actor& actor) {
    Params params;
    const std::string scope = access::shared_visible(actor, access::Shared::indicator, "i", params);
    std::vector<Candidate> result;
    for (auto& row : tx.rows<IndicatorText>(
             "SELECT " + record::columns<IndicatorText>("i") + " FROM indicators i WHERE " + scope, params)) {
        Candidate one;
        one.hit.kind = HitKind::indicator;
        one.hit.id = row.id;
        one.hit.desk_id = row.desk_id;
        one.hit.title = row.name;
        one.hit.on = core::day_in_japan(row.created_at);
        put(one.document, "indicator_name", row.name);
        put(one.document, "indicator_code", row.code);
        put(one.document, "numerator", row.numerator);
        put(one.document, "denominator", row.denominator);
        put(one.document, "source", row.source);
        put(one.document, "obtained_by", row.obtained_by);
        put(one.document, "frequency", row.frequency);
        put(one.document, "comparison", row.comparison);
        put(one.document, "judgement_rule", row.judgement_rule);
        result.push_back(std::move(one));
    }
    const ById by_id(result);
    for (const auto& [table, field] :
         {std::pair("indicator_values", "value_note"), std::pair("indicator_targets", "target_note")}) {
        for (const auto& part :
             tx.rows<PartText>(std::string("SELECT s.indicator_id, s.note, '', '', NULL FROM ") + table +
                                   " s JOIN indicators i ON i.id = s.indicator_id WHERE "
                                   "s.note <> '' AND " +
                                   scope,
                               params)) {
            if (Document* document = by_id.find(part.id))
                put(*document, field, part.one);
        }
    }
    return result;
}

std::vector<Candidate> evaluations(db::ReadTx& tx, const access::Actor& actor) {
    Params params;
    const std::string scope = access::shared_visible(actor, access::Shared::evaluation, "e", params);
    std::vector<Candidate> result;
    for (auto& row : tx.rows<EvaluationText>(
             "SELECT e.id, e.desk_id, COALESCE(m.title, i.title), e.outcome, e.evaluated_on, e.finding, e.next_policy "
             "FROM evaluations e LEFT JOIN measures m ON m.id = e.measure_id LEFT JOIN issues i ON i.id = e.issue_id "
             "WHERE " +
                 scope,
             params)) {
        Candidate one;
        one.hit.kind = HitKind::evaluation;
        one.hit.id = row.id;
        one.hit.desk_id = row.desk_id;
        one.hit.title = row.title;
        one.hit.state = row.outcome;
        one.hit.on = row.evaluated_on;
        put(one.document, "title", row.title);
        put(one.document, "finding", row.finding);
        put(one.document, "next_policy", row.next_policy);
        put(one.document, "evaluated_on", std::optional(row.evaluated_on));
        result.push_back(std::move(one));
    }
    const ById by_id(result);
    for (const auto& part :
         tx.rows<PartText>("SELECT j.evaluation_id, j.comment, n.name, '', NULL FROM evaluation_judgements j JOIN "
                           "evaluations e ON e.id = j.evaluation_id JOIN indicators n ON n.id = j.indicator_id WHERE " +
                               scope,
                           params)) {
        if (Document* document = by_id.find(part.id)) {
            put(*document, "judgements", part.one);
            put(*document, "judgements", part.two);
        }
    }
    return result;
}

std::vector<Candidate> users(db::ReadTx& tx, const access::Actor& actor) {
    Params params;
    std::string where;
    if (!actor.may("users.manage")) {
        std::vector<core::RegionId> here = actor.desk_municipalities;
        here.insert(here.end(), actor.municipalities.begin(), actor.municipalities.end());
        where = " WHERE u.id = :reader";
        params.set("reader", actor.user_id);
        if (!here.empty())
            where += " OR " + record::in_list("COALESCE(d.municipality_id, a.region_id)", here, "here", params);
    }
    std::vector<Candidate> result;
    for (auto& row : tx.rows<UserText>("SELECT DISTINCT u.id, u.name, u.kana, u.active FROM users u "
                                       "LEFT JOIN assignments a ON a.user_id = u.id LEFT JOIN desks d "
                                       "ON d.id = a.desk_id" +
                                           where,
                                       params)) {
        Candidate one;
        one.hit.kind = HitKind::user;
        one.hit.id = row.id;
        one.hit.title = row.name;
        one.hit.state = row.active ? "active" : "inactive";
        put(one.document, "name", row.name);
        put(one.document, "kana", row.kana);
        result.push_back(std::move(one));
    }
    return result;
}

}  // namespace tsunagi::search::store
