// SPDX-License-Identifier: Apache-2.0
#include "modules/issues/issue_store.hpp"

#include <array>

#include "db/keyset_page.hpp"
#include "db/record_versions.hpp"
#include "modules/access/shared_store.hpp"
#include "modules/consultations/consultation_service.hpp"
#include "modules/issues/issue_rules.hpp"
#include "record/text_columns.hpp"

namespace tsunagi::issues {
namespace {

using record::Params;

std::string where(const access::Actor& actor, const IssueFilter& filter, Params& params) {
    std::string sql = access::shared_visible(actor, access::Shared::issue, "i", params);
    if (!filter.desk.empty())
        sql += " AND " + record::in_list("i.desk_id", filter.desk, "desk", params);
    if (!filter.state.empty())
        sql += " AND " + record::in_list("i.state", filter.state, "state", params);
    if (!filter.kind.empty())
        sql += " AND " + record::in_list("i.kind", filter.kind, "kind", params);
    if (filter.fiscal_year) {
        sql += " AND i.fiscal_year = :fiscal_year";
        params.set("fiscal_year", *filter.fiscal_year);
    }
    if (!filter.scene.empty()) {
        std::string any;
        for (std::size_t i = 0; i < filter.scene.size(); ++i) {
            const std::string place = "scene" + std::to_string(i);
            params.set(place, record::anywhere("\"" + filter.scene[i].str() + "\""));
            any += (i == 0 ? "" : " OR ") + ("i.scenes LIKE :" + place) + " ESCAPE '!'";
        }
        sql += " AND (" + any + ")";
    }
    if (filter.consultation) {
        params.set("consultation", *filter.consultation);
        sql +=
            " AND EXISTS (SELECT 1 FROM issue_evidence e JOIN consultations c ON c.id = e.consultation_id "
            "WHERE e.issue_id = i.id AND e.consultation_id = :consultation AND " +
            access::consultations_visible(actor, "c", params) + ")";
    }
    if (!filter.owner.empty())
        sql += " AND " + record::in_list("i.owner_id", filter.owner, "owner", params);
    if (filter.on_agenda) {
        sql +=
            " AND i.state <> 'solved' AND EXISTS (SELECT 1 FROM agenda_items a JOIN meetings m ON m.id = a.meeting_id "
            "WHERE a.subject = 'issue' AND a.subject_id = i.id AND m.state = 'planned' AND " +
            access::shared_visible(actor, access::Shared::meeting, "m", params) + ")";
    }
    sql += record::all_words_in({"i.number", "i.title", "i.description", "i.present", "i.goal", "i.gap"}, filter.words,
                                params);
    return sql;
}

/// Numbers are given in the order in which issues are made.
constexpr std::array<db::ListOrder, 4> orders{{
    {"-updated_at", "i.updated_at", true},
    {"number", "i.created_at"},
    {"-number", "i.created_at", true},
    {"due_on", "COALESCE(i.due_on, '9999-12-31')"},
}};

std::string key_of(const IssueRow& row, const db::ListOrder& order) {
    if (order.name == "-updated_at")
        return row.updated_at.str();
    if (order.name == "due_on")
        return row.due_on ? row.due_on->str() : "9999-12-31";
    return row.created_at.str();
}

struct EvidenceRow {
    core::ConsultationId consultation_id;
    std::string note;
    bool candidate = false;
    core::Instant added_at;
    std::string added_by_name;
    bool readable = false;
    std::string background;
};
BOOST_DESCRIBE_STRUCT(EvidenceRow, (),
                      (consultation_id, note, candidate, added_at, added_by_name, readable, background))

struct BackgroundRow {
    core::ConsultationId id;
    std::string number;
    consultations::ConsultationState state{};
    std::optional<core::Date> received_on;
    std::string subject;
    std::string background;
    std::optional<record::Code<"age_band">> age_band;
    std::optional<record::Code<"household">> household;
    std::optional<record::Code<"care_level">> care_level;
    std::optional<core::RegionId> district_id;
    std::optional<record::Code<"result">> result;
    std::string support_text;
    core::DeskId desk_id;
    core::RegionId municipality_id;
};
BOOST_DESCRIBE_STRUCT(BackgroundRow, (),
                      (id, number, state, received_on, subject, background, age_band, household, care_level,
                       district_id, result, support_text, desk_id, municipality_id))

struct ElementRow {
    core::ConsultationId consultation_id;
    record::Code<"element"> element;
    consultations::ElementValue value{};
    record::Text<60> text;
};
BOOST_DESCRIBE_STRUCT(ElementRow, (), (consultation_id, element, value, text))

std::vector<Evidence> evidence_of(db::ReadTx& tx, const access::Actor& actor, const core::IssueId& id) {
    Params params;
    const std::string visible = access::consultations_visible(actor, "c", params);
    params.set("id", id);
    auto rows = tx.rows<EvidenceRow>(
        "SELECT e.consultation_id, e.note, e.candidate, e.added_at, u.name, "
        "CASE WHEN c.state <> 'draft' AND (" +
            visible +
            ") THEN 1 ELSE 0 END, e.background "
            "FROM issue_evidence e JOIN consultations c ON c.id = e.consultation_id JOIN users u ON u.id = e.added_by "
            "WHERE e.issue_id = :id ORDER BY e.candidate, e.added_at, e.consultation_id",
        params);
    std::vector<core::ConsultationId> readable;
    for (const auto& row : rows) {
        if (row.readable)
            readable.push_back(row.consultation_id);
    }
    const auto now = backgrounds(tx, actor, readable);
    std::vector<Evidence> result;
    for (auto& row : rows) {
        const auto found = now.find(row.consultation_id);
        const bool open = found != now.end();
        auto background =
            open ? found->second : anonymous(record::from_stored_json<consultations::CaseBackground>(row.background));
        result.push_back({row.consultation_id, std::move(row.note), row.candidate, row.added_at,
                          std::move(row.added_by_name), open, std::move(background)});
    }
    return result;
}

struct EventRow {
    std::string id;
    core::Instant at;
    std::string by_name;
    std::string kind;
    std::string text;
    std::int64_t version = 0;
    std::string document;
};
BOOST_DESCRIBE_STRUCT(EventRow, (), (id, at, by_name, kind, text, version, document))

}  // namespace

IssuePage list(db::ReadTx& tx, const access::Actor& actor, const IssueFilter& filter) {
    db::ListQuery query;
    query.columns =
        "i.id, i.desk_id, i.number, i.state, i.title, i.kind, i.owner_id, i.due_on, "
        "(SELECT count(*) FROM issue_evidence e WHERE e.issue_id = i.id AND e.candidate = 0), "
        "i.created_at, i.updated_at";
    query.from = "issues i WHERE " + where(actor, filter, query.params);
    query.id = "i.id";
    query.order = db::order_for(orders, filter.sort);
    auto page =
        db::keyset_page<IssueRow>(tx, query, filter, [&](const IssueRow& row) { return key_of(row, query.order); });
    return db::framed<IssuePage>(page, std::move(page.items));
}

std::optional<IssueRecord> find(db::ReadTx& tx, const access::Actor& actor, const core::IssueId& id) {
    Params params;
    const std::string visible = access::shared_visible(actor, access::Shared::issue, "i", params);
    return tx.row<IssueRecord>(
        "SELECT " + record::columns<IssueRecord>("i") + " FROM issues i WHERE i.id = :id AND " + visible,
        params.set("id", id));
}

std::optional<Issue> load(db::ReadTx& tx, const access::Actor& actor, const core::IssueId& id) {
    const auto record = find(tx, actor, id);
    if (!record)
        return std::nullopt;
    const auto names = access::authors(tx, record->created_by, record->updated_by);
    return Issue{record->id,
                 record->desk_id,
                 record->municipality_id,
                 record->fiscal_year,
                 record->sequence,
                 record->number,
                 record->state,
                 record->version,
                 record->origin,
                 record->origin_id,
                 record->created_at,
                 names.created_by,
                 record->updated_at,
                 names.updated_by,
                 record->state_since,
                 record::text_from<IssueText>(*record),
                 evidence_of(tx, actor, id)};
}

std::vector<IssueEvent> history(db::ReadTx& tx, const access::Actor& actor, const core::IssueId& id) {
    auto rows = tx.rows<EventRow>(
        "SELECT e.id, e.at, u.name, e.kind, e.text, e.version, e.document FROM issue_events e "
        "JOIN users u ON u.id = e.by_id WHERE e.issue_id = :id ORDER BY e.at DESC, e.id DESC",
        Params().set("id", id));
    // Of evidence the document holds what was done and the case.
    const auto case_of = [](const EventRow& row) {
        return core::ConsultationId(row.document.substr(row.document.find(' ') + 1));
    };
    std::vector<core::ConsultationId> cases;
    for (const auto& row : rows) {
        if (row.kind == "evidence")
            cases.push_back(case_of(row));
    }
    const auto known = backgrounds(tx, actor, cases);
    std::vector<IssueEvent> events;
    for (auto& row : rows) {
        IssueEvent event{row.id, row.at, row.by_name, row.kind, "", row.text, row.version, {}};
        if (row.kind == "created" || row.kind == "edited") {
            event.written = record::from_stored_json<IssueText>(row.document);
        } else if (row.kind == "evidence") {
            event.detail = row.document.substr(0, row.document.find(' '));
            if (const auto found = known.find(case_of(row)); found != known.end())
                event.text = found->second.number;
        } else {
            event.detail = std::move(row.document);
        }
        events.push_back(std::move(event));
    }
    return events;
}

std::map<core::ConsultationId, consultations::CaseBackground> backgrounds(
    db::ReadTx& tx, const access::Actor& actor, const std::vector<core::ConsultationId>& ids) {
    std::map<core::ConsultationId, consultations::CaseBackground> result;
    if (ids.empty())
        return result;
    Params params;
    const std::string among = record::in_list("c.id", ids, "id", params);
    const std::string condition =
        among + " AND c.state <> 'draft' AND " + access::consultations_visible(actor, "c", params);
    std::vector<core::ConsultationId> anonymised;
    for (auto& row : tx.rows<BackgroundRow>(
             "SELECT " + record::columns<BackgroundRow>("c") + " FROM consultations c WHERE " + condition, params)) {
        result[row.id] = {row.id,
                          row.number,
                          row.state,
                          row.received_on,
                          row.subject,
                          row.background,
                          row.age_band,
                          row.household,
                          row.care_level,
                          row.district_id,
                          row.result,
                          row.support_text,
                          {}};
        if (!actor.works_at(row.desk_id) && !actor.works_for(row.municipality_id))
            anonymised.push_back(row.id);
    }
    for (auto& row : tx.rows<ElementRow>("SELECT e.consultation_id, e.element, e.value, e.text "
                                         "FROM consultation_elements e JOIN consultations c "
                                         "ON c.id = e.consultation_id WHERE " +
                                             condition + " ORDER BY e.consultation_id, e.position",
                                         params)) {
        result[row.consultation_id].elements.push_back({row.element, row.value, row.text});
    }
    const auto confirmed = consultations::confirmed_texts(tx, actor, anonymised);
    for (const auto& id : anonymised)
        consultations::show_anonymised(result.at(id), consultations::confirmed_of(confirmed, id));
    return result;
}

bool origin_exists(db::ReadTx& tx, const access::Actor& actor, IssueOrigin origin, const std::string& origin_id) {
    const bool meeting = origin == IssueOrigin::meeting;
    Params params;
    const std::string visible =
        access::shared_visible(actor, meeting ? access::Shared::meeting : access::Shared::evaluation, "o", params);
    return tx.number(std::string("SELECT count(*) FROM ") + (meeting ? "meetings" : "evaluations") +
                         " o WHERE o.id = :id AND " + visible,
                     params.set("id", origin_id)) > 0;
}

bool region_exists(db::ReadTx& tx, const core::RegionId& id) {
    return tx.number("SELECT count(*) FROM regions WHERE id = :id", Params().set("id", id)) > 0;
}

std::int64_t next_sequence(db::WriteTx& tx, const core::RegionId& municipality, int fiscal_year) {
    const auto params = Params().set("owner", municipality).set("year", static_cast<std::int64_t>(fiscal_year));
    // The row stays locked until the end of the work.
    tx.send(
        "INSERT INTO counters (name, owner_id, fiscal_year, last_number) VALUES ('issue', :owner, :year, 1) "
        "ON CONFLICT (name, owner_id, fiscal_year) DO UPDATE SET last_number = counters.last_number + 1",
        params);
    return tx.number(
        "SELECT last_number FROM counters WHERE name = 'issue' AND owner_id = :owner "
        "AND fiscal_year = :year",
        params);
}

void insert(db::WriteTx& tx, IssueRecord record, const IssueText& text) {
    record::put_text(text, record);
    tx.insert("issues", record);
}

bool update(db::WriteTx& tx, IssueRecord record, const IssueText& text) {
    record::put_text(text, record);
    return db::update_versioned(tx, "issues", record);
}

void touch(db::WriteTx& tx, const core::IssueId& id, const core::UserId& by, const core::Instant& at) {
    tx.send("UPDATE issues SET updated_at = :at, updated_by = :by WHERE id = :id",
            Params().set("at", at).set("by", by).set("id", id));
}

void add_event(db::WriteTx& tx, const EventRecord& event) {
    tx.insert("issue_events", event);
}

void put_evidence(db::WriteTx& tx, const core::IssueId& id, const NewEvidence& evidence,
                  const consultations::CaseBackground& background, const core::UserId& by, const core::Instant& at) {
    tx.send(
        "INSERT INTO issue_evidence (issue_id, consultation_id, note, candidate, added_at, added_by, "
        "background) VALUES (:id, :consultation, :note, :candidate, :at, :by, :background) "
        "ON CONFLICT (issue_id, consultation_id) DO UPDATE SET note = excluded.note, "
        "candidate = excluded.candidate, background = excluded.background",
        Params()
            .set("id", id)
            .set("consultation", evidence.consultation_id)
            .set("note", evidence.note)
            .set("candidate", evidence.candidate)
            .set("at", at)
            .set("by", by)
            .set("background", record::to_json(background)));
}

bool remove_evidence(db::WriteTx& tx, const core::IssueId& id, const core::ConsultationId& consultation) {
    return tx.execute("DELETE FROM issue_evidence WHERE issue_id = :id AND consultation_id = :consultation",
                      Params().set("id", id).set("consultation", consultation)) > 0;
}

}  // namespace tsunagi::issues
