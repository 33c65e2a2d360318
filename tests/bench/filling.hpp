// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

#include "db/database.hpp"

namespace tsunagi::bench {

/// Fills a database that holds the demonstration to `size` consultations: copies of its own under new ids, spread over
/// ten years, with what belongs to them and callers of their own.
void fill(const db::DatabaseOptions& options, std::int64_t size);

/// Fills the directory to that many services: copies of its own places under new ids, in other prefectures.
void fill_places(const db::DatabaseOptions& options, std::int64_t services);

}  // namespace tsunagi::bench
