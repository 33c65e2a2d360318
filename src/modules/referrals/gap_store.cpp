// SPDX-License-Identifier: Apache-2.0
#include "modules/referrals/gap_store.hpp"

#include "modules/referrals/match_store.hpp"
#include "record/sql_text.hpp"

namespace tsunagi::referrals::store {
namespace {

using record::Params;

/// Conditions for `matches m` and what was made at `made_at`.
std::string where(const access::Actor& actor, const GapFilter& filter, const std::string& made_at, Params& params) {
    std::string sql = visible(actor, "m", params);
    if (!filter.desk.empty())
        sql += " AND " + record::in_list("m.desk_id", filter.desk, "desk", params);
    if (!filter.service.empty())
        sql += " AND " + record::in_list("m.service", filter.service, "service", params);
    if (!filter.district.empty())
        sql += " AND " + record::in_list("m.district_id", filter.district, "district", params);
    if (filter.from) {
        params.set("from", core::start_in_japan(*filter.from));
        sql += " AND " + made_at + " >= :from";
    }
    if (filter.to) {
        params.set("to", core::start_in_japan(filter.to->plus_days(1)));
        sql += " AND " + made_at + " < :to";
    }
    return sql;
}

struct RegionName {
    core::RegionId id;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(RegionName, (), (id, name))

}  // namespace

std::vector<AskFact> ask_facts(db::ReadTx& tx, const access::Actor& actor, const GapFilter& filter) {
    Params params;
    std::string sql = where(actor, filter, "r.created_at", params);
    if (!filter.reason.empty())
        sql += " AND " + record::in_list("COALESCE(r.reason, r.outcome_reason)", filter.reason, "reason", params);
    return tx.rows<AskFact>(
        "SELECT m.district_id, m.service, r.consultation_id, r.answer, r.reason, r.outcome, r.outcome_reason, "
        "r.distance_km FROM referrals r JOIN matches m ON m.id = r.match_id JOIN consultations c ON c.id = "
        "r.consultation_id WHERE r.answer IS NOT NULL AND r.state <> 'withdrawn' AND " +
            sql + " ORDER BY r.created_at DESC, r.id",
        params);
}

std::vector<SearchFact> search_facts(db::ReadTx& tx, const access::Actor& actor, const GapFilter& filter) {
    Params params;
    std::string sql = where(actor, filter, "m.created_at", params);
    if (!filter.reason.empty())
        sql += " AND " + record::in_list("m.reason", filter.reason, "reason", params);
    return tx.rows<SearchFact>(
        "SELECT m.district_id, m.service, m.consultation_id, m.state, m.fitting, m.reason FROM matches m JOIN "
        "consultations c ON c.id = m.consultation_id WHERE m.state <> 'dropped' AND " +
            sql + " ORDER BY m.created_at DESC, m.id",
        params);
}

std::map<core::RegionId, std::string> region_names(db::ReadTx& tx, const std::vector<core::RegionId>& ids) {
    std::map<core::RegionId, std::string> names;
    if (ids.empty())
        return names;
    Params params;
    const std::string among = record::in_list("id", ids, "id", params);
    for (auto& row : tx.rows<RegionName>("SELECT id, name FROM regions WHERE " + among, params))
        names.emplace(std::move(row.id), std::move(row.name));
    return names;
}

}  // namespace tsunagi::referrals::store
