// SPDX-License-Identifier: Apache-2.0
#include "modules/referrals/telling_store.hpp"

#include "record/json_reader.hpp"

namespace tsunagi::referrals::store {
namespace {

struct TellingRow {
    core::Instant at;
    std::string by_name;
    ToldWay way{};
    std::string document;
};
BOOST_DESCRIBE_STRUCT(TellingRow, (), (at, by_name, way, document))

}  // namespace

void insert(db::WriteTx& tx, const TellingRecord& telling) {
    tx.insert("referral_tellings", telling);
}

std::vector<Telling> tellings(db::ReadTx& tx, const ReferralId& id) {
    std::vector<Telling> result;
    for (auto& row : tx.rows<TellingRow>(
             "SELECT t.at, u.name, t.way, t.document FROM referral_tellings t JOIN users u ON u.id = t.by_id WHERE "
             "t.referral_id = :id ORDER BY t.at DESC, t.id DESC",
             record::Params().set("id", id)))
        result.push_back({row.at, std::move(row.by_name), row.way, record::from_stored_json<ToldText>(row.document)});
    return result;
}

CaseFacts case_facts(db::ReadTx& tx, const ReferralId& id) {
    return tx
        .row<CaseFacts>(
            "SELECT c.age_band, c.household, c.care_level, c.illness, city.name, COALESCE(quarter.name, '') FROM "
            "referrals r JOIN consultations c ON c.id = r.consultation_id JOIN regions city ON city.id = "
            "r.municipality_id LEFT JOIN regions quarter ON quarter.id = c.district_id WHERE r.id = :id",
            record::Params().set("id", id))
        .value_or(CaseFacts{});
}

}  // namespace tsunagi::referrals::store
