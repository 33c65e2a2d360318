// SPDX-License-Identifier: Apache-2.0
#include "modules/referrals/match_store.hpp"

#include "modules/access/scope.hpp"
#include "record/params.hpp"

namespace tsunagi::referrals::store {
namespace {

using record::Params;

const std::string& select_match() {
    static const std::string sql =
        "SELECT " + record::columns<MatchRecord>("m") +
        ", c.number, c.subject, made.name, changed.name FROM matches m JOIN consultations c ON c.id = "
        "m.consultation_id JOIN users made ON made.id = m.created_by JOIN users changed ON changed.id = m.updated_by "
        "WHERE ";
    return sql;
}

}  // namespace

std::string visible(const access::Actor& actor, std::string_view alias, Params& params) {
    return access::consultations_visible(actor, "c", params) + " AND " + access::worked_with(actor, alias, params);
}

std::optional<FoundMatch> find_match(db::ReadTx& tx, const access::Actor& actor, const MatchId& id) {
    Params params;
    params.set("id", id);
    const std::string scope = visible(actor, "m", params);
    return tx.row<FoundMatch>(select_match() + "m.id = :id AND " + scope, params);
}

std::vector<FoundMatch> matches_of_case(db::ReadTx& tx, const access::Actor& actor, const core::ConsultationId& id) {
    Params params;
    params.set("id", id);
    const std::string scope = visible(actor, "m", params);
    return tx.rows<FoundMatch>(
        select_match() + "m.consultation_id = :id AND " + scope + " ORDER BY m.created_at DESC, m.id DESC LIMIT 100",
        params);
}

bool region_exists(db::ReadTx& tx, const core::RegionId& id) {
    return tx.number("SELECT count(*) FROM regions WHERE id = :id", Params().set("id", id)) == 1;
}

std::vector<EarlierRow> earlier_asks(db::ReadTx& tx, const access::Actor& actor, const resources::ServiceCode& service,
                                     const core::Instant& since) {
    Params params;
    params.set("service", service).set("since", since);
    const std::string scope = visible(actor, "m", params);
    return tx.rows<EarlierRow>(
        "SELECT r.place_id, r.id, r.match_id, r.created_at, r.answered_on, r.answer, r.reason FROM referrals r JOIN "
        "matches m ON m.id = r.match_id JOIN consultations c ON c.id = r.consultation_id WHERE m.service = :service "
        "AND r.created_at >= :since AND r.state <> 'withdrawn' AND " +
            scope + " ORDER BY r.created_at DESC, r.id DESC LIMIT 2000",
        params);
}

void insert(db::WriteTx& tx, const MatchRecord& match) {
    tx.insert("matches", match);
}

bool update(db::WriteTx& tx, const MatchRecord& match) {
    return db::update_versioned(tx, "matches", match);
}

}  // namespace tsunagi::referrals::store
