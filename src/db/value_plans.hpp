// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "db/transaction.hpp"

namespace tsunagi::db {

/// To the end of the transaction PostgreSQL plans every statement for its values instead of for any: for searches of
/// which one value leaves a handful of rows and the next one most of them. No helping processes: to start them takes
/// longer than such a search, and many people search at once. SQLite plans by the text alone.
inline void plan_for_values(ReadTx& tx) {
    if (tx.engine() == Engine::postgres)
        static_cast<void>(
            tx.row<std::string>("SELECT set_config('plan_cache_mode', 'force_custom_plan', true) || "
                                "set_config('max_parallel_workers_per_gather', '0', true)"));
}

}  // namespace tsunagi::db
