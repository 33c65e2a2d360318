// SPDX-License-Identifier: Apache-2.0
#include "modules/holidays/holiday_store.hpp"

#include <set>

namespace tsunagi::holidays {

std::vector<Holiday> rows(db::ReadTx& tx, std::int64_t from_year) {
    return tx.rows<Holiday>("SELECT day, name FROM holidays WHERE day >= :from ORDER BY day",
                            record::Params().set("from", std::to_string(from_year) + "-01-01"));
}

std::optional<Loaded> last_loading(db::ReadTx& tx) {
    return tx.row<Loaded>(
        "SELECT h.loaded_at, u.name FROM holidays h JOIN users u ON u.id = h.loaded_by ORDER BY h.loaded_at DESC, "
        "h.day "
        "DESC LIMIT 1");
}

void replace(db::WriteTx& tx, const std::vector<HolidayRecord>& days) {
    std::set<int> years;
    for (const auto& one : days)
        years.insert(one.day.year());
    for (const int year : years) {
        const std::string name = std::to_string(year);
        tx.send("DELETE FROM holidays WHERE day >= :from AND day <= :until",
                record::Params().set("from", name + "-01-01").set("until", name + "-12-31"));
    }
    for (const auto& one : days)
        tx.insert("holidays", one);
}

}  // namespace tsunagi::holidays
