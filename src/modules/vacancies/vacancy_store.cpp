// SPDX-License-Identifier: Apache-2.0
#include "modules/vacancies/vacancy_store.hpp"

#include <array>

#include "db/keyset_page.hpp"
#include "modules/resources/place_scope.hpp"
#include "record/sql_text.hpp"

namespace tsunagi::vacancies::store {
namespace {

using record::Params;

/// Every service, the municipality's word of it, and the day on which it is read.
constexpr const char* with_words =
    "place_services s JOIN places p ON p.id = s.place_id JOIN (SELECT CAST(:today AS TEXT) AS today) d ON 1 = 1 LEFT "
    "JOIN vacancies v ON v.municipality_id = :home AND v.place_id = s.place_id AND v.service = s.service LEFT JOIN "
    "place_locals l ON l.municipality_id = :home AND l.place_id = s.place_id LEFT JOIN users u ON u.id = v.updated_by";

constexpr const char* state_today =
    "CASE WHEN v.id IS NULL THEN 'unknown' WHEN v.expires_on < d.today THEN 'expired' ELSE v.acceptance END";

/// Who can take somebody first; one letter, so that the name may follow.
constexpr const char* rank_and_name =
    "CASE WHEN v.id IS NULL THEN '4' WHEN v.expires_on < d.today THEN '3' WHEN v.acceptance = 'now' THEN '0' WHEN "
    "v.acceptance = 'conditional' THEN '1' ELSE '2' END || p.listed_as";

constexpr std::array<db::ListOrder, 2> orders{{
    {"state", rank_and_name},
    {"name", "p.listed_as"},
}};

std::string columns() {
    return std::string(
               "s.id, p.id, p.name, p.listed_as, p.municipality_code, s.service, COALESCE(NULLIF(l.phone, ''), "
               "p.phone), COALESCE(NULLIF(l.fax, ''), p.fax), s.capacity, COALESCE(v.version, 0), ") +
           state_today +
           ", v.acceptance, v.unit, v.free, COALESCE(v.conditions, ''), v.from_on, v.told_on, COALESCE(v.told_by, ''), "
           "v.expires_on, COALESCE(v.by_page, 0), CASE WHEN v.by_page = 1 THEN '' ELSE COALESCE(u.name, '') END";
}

char rank_of(VacancyState state) {
    switch (state) {
        case VacancyState::now:
            return '0';
        case VacancyState::conditional:
            return '1';
        case VacancyState::no:
            return '2';
        case VacancyState::expired:
            return '3';
        case VacancyState::unknown:
            return '4';
    }
    return '4';
}

/// Everything but the state. A service that the newest file no longer has is none to be asked, but what it told stays.
std::string where(const VacancySearch& search, const VacancyFilter& filter, Params& params) {
    params.set("home", search.home).set("today", search.today);
    std::string sql = resources::place_standing("p") + " AND " + resources::place_visible({search.home}, "p", params) +
                      " AND (s.missing_since IS NULL OR v.id IS NOT NULL)";
    if (!filter.service.empty())
        sql += " AND " + record::in_list("s.service", filter.service, "service", params);
    if (filter.place) {
        params.set("place", *filter.place);
        sql += " AND s.place_id = :place";
    }
    std::string areas;
    for (std::size_t i = 0; i < search.areas.size(); ++i) {
        const std::string at = std::to_string(i);
        params.set("first" + at, search.areas[i].first).set("last" + at, search.areas[i].second);
        areas += (areas.empty() ? "" : " OR ") + ("p.municipality_code BETWEEN :first" + at + " AND :last" + at);
    }
    if (!areas.empty())
        sql += " AND (" + areas + ")";
    int number = 0;
    for (const std::string& word : search.words) {
        const std::string name = "word" + std::to_string(number++);
        params.set(name, record::anywhere(word));
        sql += " AND (p.searched LIKE :" + name + " ESCAPE '!' OR l.searched LIKE :" + name + " ESCAPE '!')";
    }
    return sql;
}

}  // namespace

VacancyPage list(db::ReadTx& tx, const VacancySearch& search, const VacancyFilter& filter) {
    db::ListQuery query;
    query.columns = columns();
    query.from = std::string(with_words) + " WHERE " + where(search, filter, query.params);
    if (!filter.state.empty())
        query.from += " AND " + record::in_list(state_today, filter.state, "state", query.params);
    query.id = "s.id";
    query.order = db::order_for(orders, filter.sort);
    auto read = db::keyset_page<VacancyRow>(tx, query, filter, [&](const VacancyRow& row) {
        return query.order.name == "name" ? row.listed_as : rank_of(row.state) + row.listed_as;
    });
    auto page = db::framed<VacancyPage>(read, std::move(read.items));
    Params params;
    const std::string condition = where(search, filter, params);
    page.states = tx.rows<VacancyStateCount>(std::string("SELECT state, count(*) FROM (SELECT ") + state_today +
                                                 " AS state FROM " + with_words + " WHERE " + condition +
                                                 ") counted GROUP BY state ORDER BY state",
                                             params);
    return page;
}

std::optional<VacancyRow> row(db::ReadTx& tx, const core::RegionId& home, const core::Date& today,
                              const resources::ServiceId& id) {
    Params params;
    const std::string visible = resources::place_visible({home}, "p", params);
    return tx.row<VacancyRow>("SELECT " + columns() + " FROM " + with_words + " WHERE s.id = :id AND " + visible,
                              params.set("home", home).set("today", today).set("id", id));
}

std::optional<VacancyRecord> find(db::ReadTx& tx, const core::RegionId& home, const resources::PlaceId& place,
                                  const std::string& service) {
    return tx.row<VacancyRecord>(
        "SELECT " + record::columns<VacancyRecord>("v") +
            " FROM vacancies v WHERE v.municipality_id = :home AND v.place_id = :place AND v.service = :service",
        Params().set("home", home).set("place", place).set("service", service));
}

std::vector<VacancyRecord> of_place(db::ReadTx& tx, const core::RegionId& home, const resources::PlaceId& place) {
    return tx.rows<VacancyRecord>("SELECT " + record::columns<VacancyRecord>("v") +
                                      " FROM vacancies v WHERE v.municipality_id = :home AND v.place_id = :place",
                                  Params().set("home", home).set("place", place));
}

std::vector<OfferedService> offered(db::ReadTx& tx, const resources::PlaceId& place) {
    return tx.rows<OfferedService>(
        "SELECT place_id, service FROM place_services WHERE place_id = :place AND missing_since IS NULL ORDER BY "
        "service",
        Params().set("place", place));
}

std::optional<Receiver> receiver_of(db::ReadTx& tx, const core::RegionId& home, const std::optional<core::DeskId>& desk,
                                    const resources::PlaceId& place) {
    return tx.row<Receiver>(
        "SELECT city.name, COALESCE(k.name, ''), COALESCE(k.header, ''), COALESCE(k.phone, ''), p.name FROM places p "
        "JOIN regions city ON city.id = :home LEFT JOIN desks k ON k.id = :desk WHERE p.id = :place",
        Params().set("home", home).set("desk", desk ? desk->str() : std::string()).set("place", place));
}

std::optional<core::UserId> issuer_of(db::ReadTx& tx, const answer_pages::AnswerPageId& page) {
    return tx.row<core::UserId>("SELECT created_by FROM answer_pages WHERE id = :id", Params().set("id", page));
}

void insert(db::WriteTx& tx, const VacancyRecord& record) {
    tx.insert("vacancies", record);
}

bool update(db::WriteTx& tx, const VacancyRecord& record) {
    return db::update_versioned(tx, "vacancies", record);
}

void remove(db::WriteTx& tx, const VacancyId& id) {
    tx.execute("DELETE FROM vacancies WHERE id = :id", Params().set("id", id));
}

}  // namespace tsunagi::vacancies::store
