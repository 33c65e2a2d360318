// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace tsunagi::db {

/// PostgreSQL: the first number of every advisory lock of this program; one per schema, so that two installations in
/// one database do not meet. The second number: 0 and up for the chains of the writers, -1 for migrating and restoring.
constexpr const char* lock_class = "hashtext(current_schema() || '.tsunagi')";

}  // namespace tsunagi::db
