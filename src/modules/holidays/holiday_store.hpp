// SPDX-License-Identifier: Apache-2.0
// SQL of loaded holidays.
#pragma once
#include <vector>

#include "db/transaction.hpp"
#include "modules/holidays/holiday.hpp"

namespace tsunagi::holidays {

struct HolidayRecord {
    core::Date day;
    std::string name;
    core::Instant loaded_at;
    core::UserId loaded_by;
};
BOOST_DESCRIBE_STRUCT(HolidayRecord, (), (day, name, loaded_at, loaded_by))

struct Loaded {
    core::Instant at;
    std::string by_name;
};
BOOST_DESCRIBE_STRUCT(Loaded, (), (at, by_name))

/// From the first day of that year on, oldest first.
[[nodiscard]] std::vector<Holiday> rows(db::ReadTx& tx, std::int64_t from_year);
/// The newest loading; nothing when there was none.
[[nodiscard]] std::optional<Loaded> last_loading(db::ReadTx& tx);
/// The days of these years give way to those of the file.
void replace(db::WriteTx& tx, const std::vector<HolidayRecord>& days);

}  // namespace tsunagi::holidays
