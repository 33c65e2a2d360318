// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

#include "db/database.hpp"

namespace tsunagi::bench {

/// Fills a database that holds the demonstration to `size` consultations: copies of its own under new ids, spread over
/// ten years, with what belongs to them and callers of their own.
void fill(const db::DatabaseOptions& options, std::int64_t size);

}  // namespace tsunagi::bench
