// SPDX-License-Identifier: Apache-2.0
#include "modules/similarities/similarity_store.hpp"

#include "modules/access/scope.hpp"
#include "record/json_reader.hpp"
#include "record/sql_text.hpp"

namespace tsunagi::similarities::store {
namespace {

using consultations::ConsultationSheet;
using record::Params;

struct CaseRow {
    core::ConsultationId id;
    core::DeskId desk_id;
    core::RegionId municipality_id;
    bool shared_with_municipality = false;
    std::string number;
    consultations::ConsultationState state{};
    core::Date listed_on;
    std::string sheet;
};
BOOST_DESCRIBE_STRUCT(CaseRow, (),
                      (id, desk_id, municipality_id, shared_with_municipality, number, state, listed_on, sheet))

struct FollowingRow {
    core::ConsultationId consultation_id;
    FollowingKind kind{};
    std::string id;
    std::string number;
    std::string title;
    std::string state;
};
BOOST_DESCRIBE_STRUCT(FollowingRow, (), (consultation_id, kind, id, number, title, state))

/// Few lengths of the list, so that there are few texts to prepare.
std::vector<core::ConsultationId> filled_up(std::vector<core::ConsultationId> ids) {
    std::size_t length = 8;
    while (length < ids.size())
        length *= 4;
    const auto last = ids.back();
    ids.resize(length, last);
    return ids;
}

struct SharedRow {
    core::ConsultationId id;
    std::string sheet;
    std::string confirmed;
};
BOOST_DESCRIBE_STRUCT(SharedRow, (), (id, sheet, confirmed))

/// What of a sheet of another desk may be shown at all: codes, and of the words those that somebody confirmed.
ConsultationSheet background_of(const SharedRow& row) {
    auto whole = record::from_stored_json<ConsultationSheet>(row.sheet);
    if (row.confirmed.empty()) {
        whole.background = {};
    } else {
        const auto confirmed = record::from_stored_json<consultations::ConfirmedText>(row.confirmed);
        consultations::show_anonymised(whole, &confirmed);
    }
    ConsultationSheet sheet;
    sheet.background = std::move(whole.background);
    sheet.age_band = std::move(whole.age_band);
    sheet.household = std::move(whole.household);
    sheet.care_level = std::move(whole.care_level);
    sheet.topic = std::move(whole.topic);
    sheet.result = std::move(whole.result);
    for (auto& element : whole.elements)
        sheet.elements.push_back({.element = std::move(element.element), .value = element.value, .text = {}});
    return sheet;
}

}  // namespace

std::vector<ReadCase> cases(db::ReadTx& tx, const access::Actor& actor, const std::vector<core::ConsultationId>& ids) {
    if (ids.empty())
        return {};
    Params params;
    const std::string list = record::in_list("c.id", filled_up(ids), "id", params);
    const std::string scope = access::consultations_visible(actor, "c", params);
    const auto confirmed = consultations::confirmed_texts(tx, actor, ids);
    std::vector<ReadCase> result;
    for (auto& row : tx.rows<CaseRow>(
             "SELECT c.id, c.desk_id, c.municipality_id, c.shared_with_municipality, c.number, c.state, c.listed_on, "
             "v.sheet FROM consultations c JOIN consultation_versions v ON v.consultation_id = c.id AND "
             "v.version = c.version WHERE " +
                 list + " AND " + scope,
             params)) {
        ReadCase one{.id = row.id,
                     .desk_id = row.desk_id,
                     .number = row.number,
                     .state = row.state,
                     .listed_on = row.listed_on,
                     .sheet = record::from_stored_json<ConsultationSheet>(row.sheet)};
        const auto disclosure =
            consultations::disclosure(actor, row.desk_id, row.municipality_id, row.shared_with_municipality);
        consultations::withhold(one.sheet, disclosure);
        if (disclosure == consultations::Disclosure::background) {
            const auto words = confirmed.find(row.id);
            consultations::show_anonymised(one.sheet, words == confirmed.end() ? nullptr : &words->second);
        }
        result.push_back(std::move(one));
    }
    return result;
}

std::optional<ReadCase> find(db::ReadTx& tx, const access::Actor& actor, const core::ConsultationId& id) {
    auto found = cases(tx, actor, {id});
    return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

std::vector<SharedCase> shared_by_others(db::ReadTx& tx, const access::Actor& actor, std::int64_t most) {
    Params params;
    const std::string scope = access::consultations_shared_by_others(actor, "c", params);
    params.set("most", most);
    std::vector<SharedCase> result;
    // First which, then their texts: of all that are shared only these are read.
    for (const auto& row : tx.rows<SharedRow>(
             "SELECT n.id, v.sheet, COALESCE(a.document, '') FROM (SELECT c.id, c.version, c.listed_on FROM "
             "consultations c WHERE " +
                 scope +
                 " ORDER BY c.listed_on DESC, c.id DESC LIMIT :most) n JOIN consultation_versions v ON "
                 "v.consultation_id = n.id AND v.version = n.version LEFT JOIN anonymised_texts a ON "
                 "a.consultation_id = n.id "
                 "ORDER BY n.listed_on DESC, n.id DESC",
             params))
        result.push_back({row.id, background_of(row)});
    return result;
}

std::map<core::ConsultationId, std::vector<Following>> followings(db::ReadTx& tx, const access::Actor& actor,
                                                                  const std::vector<core::ConsultationId>& ids) {
    std::map<core::ConsultationId, std::vector<Following>> result;
    if (ids.empty())
        return result;
    Params params;
    const std::string list = record::in_list("e.consultation_id", filled_up(ids), "id", params);
    const std::string issues = access::shared_visible(actor, access::Shared::issue, "i", params);
    const std::string measures = access::shared_visible(actor, access::Shared::measure, "m", params);
    std::string sql;
    if (actor.may("issues.read"))
        sql =
            "SELECT e.consultation_id, 'issue' AS kind, i.id, i.number, i.title, i.state FROM issue_evidence e "
            "JOIN issues i ON i.id = e.issue_id WHERE e.candidate = 0 AND " +
            list + " AND " + issues;
    if (actor.may("issues.read") && actor.may("measures.read"))
        sql +=
            " UNION SELECT e.consultation_id, 'measure' AS kind, m.id, '' AS number, m.title, m.state FROM "
            "issue_evidence e JOIN issues i ON i.id = e.issue_id JOIN measure_issues mi ON mi.issue_id = i.id JOIN "
            "measures m ON m.id = mi.measure_id WHERE e.candidate = 0 AND " +
            list + " AND " + issues + " AND " + measures;
    if (sql.empty())
        return result;
    for (auto& row : tx.rows<FollowingRow>("SELECT * FROM (" + sql + ") AS f ORDER BY f.kind, f.number, f.id", params))
        result[row.consultation_id].push_back({.kind = row.kind,
                                               .id = std::move(row.id),
                                               .number = std::move(row.number),
                                               .title = std::move(row.title),
                                               .state = std::move(row.state)});
    return result;
}

}  // namespace tsunagi::similarities::store
