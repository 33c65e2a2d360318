// SPDX-License-Identifier: Apache-2.0
// Places whose knowledge is old, was never confirmed, or is contradicted.
#include <algorithm>
#include <array>

#include "modules/confirmations/confirmation_rules.hpp"
#include "modules/confirmations/confirmation_store.hpp"
#include "modules/resources/place_scope.hpp"
#include "record/sql_text.hpp"
#include "record/text_columns.hpp"

namespace tsunagi::confirmations::store {
namespace {

using record::Params;

constexpr std::array<db::ListOrder, 2> orders{{
    {"checked_on", "COALESCE(l.checked_on, '-')"},  // a page goes on behind a key that is not empty
    {"name", "p.listed_as"},
}};

constexpr const char* places_with_local =
    "places p LEFT JOIN place_locals l ON l.place_id = p.id AND l.municipality_id = :home";

/// A service that the newest file no longer has, and nobody has looked since.
constexpr const char* is_missing =
    "EXISTS (SELECT 1 FROM place_services s WHERE s.place_id = p.id AND s.missing_since IS NOT NULL AND "
    "(l.checked_on IS NULL OR l.checked_on < s.missing_since))";

/// The place answered something else than was known, and nobody has decided yet.
constexpr const char* is_contradicted =
    "EXISTS (SELECT 1 FROM confirmations q WHERE q.municipality_id = :home AND q.place_id = p.id AND q.state = "
    "'answered' AND (q.nothing_changed = 0 OR q.words <> ''))";

std::string condition_of(DueReason why) {
    switch (why) {
        case DueReason::never:
            return "l.checked_on IS NULL";
        case DueReason::old:
            return "l.checked_on < :old_before";
        case DueReason::missing:
            return is_missing;
        case DueReason::differs:
            return is_contradicted;
    }
    return "1 = 0";
}

std::string where(const DueSearch& search, const DueChoice& choice, Params& params) {
    params.set("home", search.home);
    std::vector<DueReason> reasons = choice.why;
    if (reasons.empty())
        reasons = {DueReason::never, DueReason::old, DueReason::missing, DueReason::differs};
    std::string any;
    for (const DueReason why : reasons)
        any += (any.empty() ? "" : " OR ") + condition_of(why);
    if (std::ranges::find(reasons, DueReason::old) != reasons.end())
        params.set("old_before", search.old_before);
    std::string sql = resources::place_standing("p") + " AND " + resources::place_visible({search.home}, "p", params) +
                      " AND (" + any + ")";
    int number = 0;
    for (const std::string& word : search.words) {
        const std::string name = "word" + std::to_string(number++);
        params.set(name, record::anywhere(word));
        sql += " AND (p.searched LIKE :" + name + " ESCAPE '!' OR l.searched LIKE :" + name + " ESCAPE '!')";
    }
    std::string areas;
    for (std::size_t i = 0; i < search.areas.size(); ++i) {
        const std::string at = std::to_string(i);
        params.set("first" + at, search.areas[i].first).set("last" + at, search.areas[i].second);
        areas += (areas.empty() ? "" : " OR ") + ("p.municipality_code BETWEEN :first" + at + " AND :last" + at);
    }
    if (!areas.empty())
        sql += " AND (" + areas + ")";
    if (!choice.service.empty())
        sql += " AND EXISTS (SELECT 1 FROM place_services o WHERE o.place_id = p.id AND " +
               record::in_list("o.service", choice.service, "service", params) + ")";
    return sql;
}

/// A row of the list without its services; reasons as they hold.
struct DueLine {
    resources::PlaceId id;
    std::string name;
    std::string listed_as;
    std::string municipality_code;
    std::string phone;
    std::string fax;
    std::optional<Contact> contact;
    std::int64_t local_version = 0;
    std::optional<core::Date> checked_on;
    std::string checked_by_name;
    bool missing = false;
    bool differs = false;
};
BOOST_DESCRIBE_STRUCT(DueLine, (),
                      (id, name, listed_as, municipality_code, phone, fax, contact, local_version, checked_on,
                       checked_by_name, missing, differs))

struct ServiceOfPlace {
    resources::PlaceId place_id;
    std::string service;
    std::optional<core::Date> missing_since;
};
BOOST_DESCRIBE_STRUCT(ServiceOfPlace, (), (place_id, service, missing_since))

struct NewestRequest {
    resources::PlaceId place_id;
    ConfirmationId id;
    ConfirmationState state{};
    core::Date expires_on;
};
BOOST_DESCRIBE_STRUCT(NewestRequest, (), (place_id, id, state, expires_on))

std::vector<DueReason> reasons_of(const DueLine& line, const core::Date& old_before) {
    std::vector<DueReason> why;
    if (line.differs)
        why.push_back(DueReason::differs);
    if (line.missing)
        why.push_back(DueReason::missing);
    if (!line.checked_on)
        why.push_back(DueReason::never);
    else if (*line.checked_on < old_before)
        why.push_back(DueReason::old);
    return why;
}

void add_services(db::ReadTx& tx, const std::vector<resources::PlaceId>& ids, std::vector<DueRow>& rows) {
    Params params;
    const std::string among = record::in_list("s.place_id", ids, "place", params);
    for (auto& one :
         tx.rows<ServiceOfPlace>("SELECT s.place_id, s.service, s.missing_since FROM place_services s WHERE " + among +
                                     " ORDER BY s.service",
                                 params))
        std::ranges::find(rows, one.place_id, &DueRow::id)->services.push_back({one.service, one.missing_since});
}

void add_requests(db::ReadTx& tx, const DueSearch& search, const std::vector<resources::PlaceId>& ids,
                  std::vector<DueRow>& rows) {
    Params params;
    params.set("home", search.home);
    const std::string among = record::in_list("q.place_id", ids, "place", params);
    // Oldest first: the newest one of each place is written last.
    for (const auto& one : tx.rows<NewestRequest>("SELECT q.place_id, q.id, q.state, q.expires_on FROM confirmations "
                                                  "q WHERE q.municipality_id = :home AND " +
                                                      among + " ORDER BY q.created_at, q.id",
                                                  params)) {
        const auto row = std::ranges::find(rows, one.place_id, &DueRow::id);
        row->request_id = one.id;
        row->request_state = state_on(one.state, one.expires_on, search.today);
    }
}

}  // namespace

DuePage due(db::ReadTx& tx, const DueSearch& search, const DueFilter& filter) {
    db::ListQuery query;
    query.columns =
        std::string(
            "p.id, p.name, p.listed_as, p.municipality_code, COALESCE(NULLIF(l.phone, ''), p.phone), "
            "COALESCE(NULLIF(l.fax, ''), p.fax), l.contact, COALESCE(l.version, 0), l.checked_on, COALESCE(u.name, "
            "''), CASE WHEN ") +
        is_missing + " THEN 1 ELSE 0 END, CASE WHEN " + is_contradicted + " THEN 1 ELSE 0 END";
    query.from = std::string(places_with_local) + " LEFT JOIN users u ON u.id = l.checked_by WHERE " +
                 where(search, filter, query.params);
    query.id = "p.id";
    query.order = db::order_for(orders, filter.sort);
    const auto page = db::keyset_page<DueLine>(tx, query, filter, [&](const DueLine& line) {
        return query.order.name == "name" ? line.listed_as
               : line.checked_on          ? line.checked_on->str()
                                          : std::string("-");
    });
    std::vector<DueRow> items;
    std::vector<resources::PlaceId> ids;
    for (const DueLine& line : page.items) {
        DueRow row;
        record::copy_members(line, row);
        row.why = reasons_of(line, search.old_before);
        items.push_back(std::move(row));
        ids.push_back(line.id);
    }
    if (!ids.empty()) {
        add_services(tx, ids, items);
        add_requests(tx, search, ids, items);
    }
    return db::framed<DuePage>(page, std::move(items));
}

std::vector<resources::PlaceId> due_places(db::ReadTx& tx, const DueSearch& search, const DueChoice& choice,
                                           std::int64_t most) {
    Params params;
    const std::string condition = where(search, choice, params);
    params.set("today", search.today);
    return tx.rows<resources::PlaceId>(
        std::string("SELECT p.id FROM ") + places_with_local + " WHERE " + condition +
            " AND NOT EXISTS (SELECT 1 FROM confirmations w WHERE w.municipality_id = :home AND w.place_id = p.id AND "
            "(w.state = 'answered' OR (w.state = 'sent' AND w.expires_on >= :today))) ORDER BY p.listed_as, p.id "
            "LIMIT " +
            std::to_string(most),
        params);
}

}  // namespace tsunagi::confirmations::store
