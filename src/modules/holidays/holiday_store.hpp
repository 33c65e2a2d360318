// SPDX-License-Identifier: Apache-2.0
// SQL of loaded holidays.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "db/transaction.hpp"
#include "modules/holidays/holiday.hpp"

namespace tsunagi::holidays::store {

/// What takes a loading back: these years are as they were.
struct Undo {
    std::vector<std::int64_t> years;
    std::vector<Holiday> days;
};
BOOST_DESCRIBE_STRUCT(Undo, (), (years, days))

struct Loading {
    HolidayLoadingId id;
    std::string file_name;
    std::int64_t from_year = 0;
    std::int64_t until_year = 0;
    std::int64_t count = 0;
    core::Instant loaded_at;
    std::string loaded_by_name;
    std::string undo;  ///< JSON
};
BOOST_DESCRIBE_STRUCT(Loading, (), (id, file_name, from_year, until_year, count, loaded_at, loaded_by_name, undo))

/// From the first day of that year on, oldest first.
[[nodiscard]] std::vector<Holiday> days(db::ReadTx& tx, std::int64_t from_year);
/// The newest loading; nothing when there was none.
[[nodiscard]] std::optional<Loading> last_loading(db::ReadTx& tx);
[[nodiscard]] std::optional<Loading> loading(db::ReadTx& tx, const HolidayLoadingId& id);
void insert(db::WriteTx& tx, const Loading& loading);
void remove(db::WriteTx& tx, const HolidayLoadingId& id);
/// The days of these years give way.
void replace(db::WriteTx& tx, const std::vector<std::int64_t>& years, const std::vector<Holiday>& days);

}  // namespace tsunagi::holidays::store
