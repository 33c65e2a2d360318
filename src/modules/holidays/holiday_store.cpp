// SPDX-License-Identifier: Apache-2.0
#include "modules/holidays/holiday_store.hpp"

namespace tsunagi::holidays::store {

using record::Params;

std::vector<Holiday> days(db::ReadTx& tx, std::int64_t from_year) {
    return tx.rows<Holiday>("SELECT day, name FROM holiday_days WHERE day >= :from ORDER BY day",
                            Params().set("from", std::to_string(from_year) + "-01-01"));
}

std::optional<Loading> last_loading(db::ReadTx& tx) {
    return tx.row<Loading>("SELECT " + record::columns<Loading>("l") +
                           " FROM holiday_loadings l ORDER BY l.id DESC LIMIT 1");
}

std::optional<Loading> loading(db::ReadTx& tx, const HolidayLoadingId& id) {
    return tx.row<Loading>("SELECT " + record::columns<Loading>("l") + " FROM holiday_loadings l WHERE l.id = :id",
                           Params().set("id", id));
}

void insert(db::WriteTx& tx, const Loading& loading) {
    tx.insert("holiday_loadings", loading);
}

void remove(db::WriteTx& tx, const HolidayLoadingId& id) {
    tx.send("DELETE FROM holiday_loadings WHERE id = :id", Params().set("id", id));
}

void replace(db::WriteTx& tx, const std::vector<std::int64_t>& years, const std::vector<Holiday>& days) {
    for (const std::int64_t year : years) {
        const std::string name = std::to_string(year);
        tx.send("DELETE FROM holiday_days WHERE day >= :from AND day <= :until",
                Params().set("from", name + "-01-01").set("until", name + "-12-31"));
    }
    for (const Holiday& one : days)
        tx.insert("holiday_days", one);
}

}  // namespace tsunagi::holidays::store
