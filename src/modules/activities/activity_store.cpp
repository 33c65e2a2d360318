// SPDX-License-Identifier: Apache-2.0
#include "modules/activities/activity_store.hpp"

#include <array>

#include "db/keyset_page.hpp"
#include "modules/access/scope.hpp"
#include "record/sql_text.hpp"
#include "record/text_columns.hpp"

namespace tsunagi::activities {
namespace {

using record::Params;

constexpr const char* with_case = "activities a LEFT JOIN consultations c ON c.id = a.consultation_id";

const std::string& select_found() {
    static const std::string sql =
        "SELECT " + record::columns<ActivityRecord>("a") +
        ", made.name, changed.name, v.reason, COALESCE(c.shared_with_municipality, 1), COALESCE(c.finalised, 0) FROM " +
        with_case +
        " JOIN users made ON made.id = a.created_by JOIN users changed ON changed.id = a.updated_by "
        "JOIN activity_versions v ON v.activity_id = a.id AND v.version = a.version WHERE ";
    return sql;
}

/// Who is not told the names and words of an activity finds nothing by them either: they are searched in those of the
/// reader's own desks.
std::string where(const access::Actor& actor, const ActivityFilter& filter, const std::vector<std::string>& kinds,
                  Params& params) {
    std::string sql = "a.withdrawn = 0 AND " + access::activities_visible(actor, "a", "c", params);
    if (!filter.desk.empty())
        sql += " AND " + record::in_list("a.desk_id", filter.desk, "desk", params);
    if (!filter.kind.empty())
        sql += " AND " + record::in_list("a.kind", filter.kind, "kind", params);
    if (!filter.form.empty())
        sql += kinds.empty() ? " AND 1 = 0" : " AND " + record::in_list("a.kind", kinds, "form", params);
    if (!filter.state.empty())
        sql += " AND " + record::in_list("a.state", filter.state, "state", params);
    if (filter.from) {
        params.set("from", *filter.from);
        sql += " AND a.done_on >= :from";
    }
    if (filter.to) {
        params.set("to", *filter.to);
        sql += " AND a.done_on <= :to";
    }
    if (filter.consultation) {
        params.set("case", *filter.consultation);
        sql += " AND a.consultation_id = :case";
    }
    if (record::words_of(filter.words).empty())
        return sql;
    const std::string own =
        actor.desks.empty() ? std::string("1 = 0") : record::in_list("a.desk_id", actor.desks, "own", params);
    const auto of_own_desk = [&](const std::string& column) {
        return "CASE WHEN " + own + " THEN a." + column + " ELSE '' END";
    };
    const std::string seen =
        actor.municipalities.empty()
            ? own
            : "(" + own + " OR " + record::in_list("a.municipality_id", actor.municipalities, "own_city", params) + ")";
    const std::string subject = "CASE WHEN " + seen + " THEN COALESCE(c.subject, '') ELSE '' END";
    return sql + record::all_words_in({"COALESCE(c.number, '')", subject, of_own_desk("with_name"),
                                       of_own_desk("with_affiliation"), of_own_desk("partner"), of_own_desk("outcome")},
                                      filter.words, params);
}

constexpr std::array<db::ListOrder, 2> orders{{
    {"-done_on", "a.done_on", true},
    {"done_on", "a.done_on"},
}};

/// The columns of RegisterRow as they stand in the database: a list is JSON there.
struct StoredRow {
    core::ActivityId id;
    core::DeskId desk_id;
    std::optional<core::ConsultationId> consultation_id;
    std::string number;
    std::string subject;
    record::Code<"activity_kind"> kind;
    core::Date done_on;
    std::optional<std::int64_t> minutes;
    std::optional<ActivityState> state;
    std::optional<core::Date> settled_on;
    std::string with_name;
    std::string with_affiliation;
    std::optional<record::Code<"profession">> with_profession;
    std::string partner;
    std::optional<record::Code<"advice_field">> advice_field;
    std::string startup_supports;
    std::optional<core::Date> agreed_on;
    std::optional<core::Date> begun_on;
    std::optional<core::Date> follow_up_on;
    std::string outcome;
    std::string created_by_name;
    core::RegionId municipality_id;
    bool shared_with_municipality = false;
};
BOOST_DESCRIBE_STRUCT(StoredRow, (),
                      (id, desk_id, consultation_id, number, subject, kind, done_on, minutes, state, settled_on,
                       with_name, with_affiliation, with_profession, partner, advice_field, startup_supports, agreed_on,
                       begun_on, follow_up_on, outcome, created_by_name, municipality_id, shared_with_municipality))

struct DeskName {
    core::DeskId id;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(DeskName, (), (id, name))

}  // namespace

std::optional<FoundActivity> find(db::ReadTx& tx, const access::Actor& actor, const core::ActivityId& id) {
    Params params;
    params.set("id", id);
    const std::string scope = access::activities_visible(actor, "a", "c", params);
    return tx.row<FoundActivity>(select_found() + "a.id = :id AND " + scope, params);
}

std::vector<FoundActivity> of_case(db::ReadTx& tx, const access::Actor& actor, const core::ConsultationId& id) {
    Params params;
    params.set("id", id);
    const std::string scope = access::activities_visible(actor, "a", "c", params);
    return tx.rows<FoundActivity>(select_found() + "a.consultation_id = :id AND " + scope +
                                      " ORDER BY a.done_on DESC, a.started_at DESC NULLS LAST, a.id DESC LIMIT 500",
                                  params);
}

Spent spent(db::ReadTx& tx, const access::Actor& actor, const core::ConsultationId& id) {
    Params params;
    params.set("id", id);
    const std::string scope = access::activities_visible(actor, "a", "c", params);
    return tx
        .row<Spent>(std::string("SELECT count(*), COALESCE(sum(a.minutes), 0) FROM ") + with_case +
                        " WHERE a.consultation_id = :id AND a.withdrawn = 0 AND " + scope,
                    params)
        .value_or(Spent{});
}

RegisterPage list(db::ReadTx& tx, const access::Actor& actor, const ActivityFilter& filter,
                  const std::vector<std::string>& kinds) {
    db::ListQuery query;
    query.columns =
        "a.id, a.desk_id, a.consultation_id, COALESCE(c.number, ''), COALESCE(c.subject, ''), a.kind, a.done_on, "
        "a.minutes, a.state, a.settled_on, a.with_name, a.with_affiliation, a.with_profession, a.partner, "
        "a.advice_field, a.startup_supports, a.agreed_on, a.begun_on, a.follow_up_on, a.outcome, "
        "w.name, a.municipality_id, "
        "COALESCE(c.shared_with_municipality, 1)";
    query.from = std::string(with_case) + " JOIN users w ON w.id = a.created_by WHERE " +
                 where(actor, filter, kinds, query.params);
    query.id = "a.id";
    query.order = db::order_for(orders, filter.sort);
    auto page = db::keyset_page<StoredRow>(tx, query, filter, [](const StoredRow& row) { return row.done_on.str(); });
    RegisterPage result{.items = {}, .next = page.next, .total = page.total, .total_capped = page.total_capped};
    for (const StoredRow& row : page.items) {
        RegisterRow line;
        record::copy_members(row, line);
        line.startup_supports =
            record::from_stored_json<std::vector<record::Code<"startup_support">>>(row.startup_supports);
        result.items.push_back(std::move(line));
    }
    return result;
}

std::map<core::DeskId, std::string> desk_names(db::ReadTx& tx, const access::Actor& actor) {
    std::map<core::DeskId, std::string> names;
    std::vector<core::DeskId> desks = actor.desks;
    desks.insert(desks.end(), actor.municipality_desks.begin(), actor.municipality_desks.end());
    if (desks.empty())
        return names;
    Params params;
    const std::string among = record::in_list("d.id", desks, "desk", params);
    for (auto& row : tx.rows<DeskName>("SELECT d.id, d.name FROM desks d WHERE " + among, params))
        names.emplace(std::move(row.id), std::move(row.name));
    return names;
}

std::vector<StateSum> sums(db::ReadTx& tx, const access::Actor& actor, const ActivityFilter& filter,
                           const std::vector<std::string>& kinds) {
    Params params;
    const std::string condition = where(actor, filter, kinds, params);
    return tx.rows<StateSum>(std::string("SELECT a.state, count(*), COALESCE(sum(a.minutes), 0) FROM ") + with_case +
                                 " WHERE " + condition + " GROUP BY a.state ORDER BY a.state NULLS LAST",
                             params);
}

void insert(db::WriteTx& tx, ActivityRecord record, const ActivityText& text) {
    record::put_text(text, record);
    tx.insert("activities", record);
}

bool update(db::WriteTx& tx, ActivityRecord record, const ActivityText& text) {
    record::put_text(text, record);
    return db::update_versioned(tx, "activities", record);
}

}  // namespace tsunagi::activities
