// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

#include "core/id.hpp"
#include "db/transaction.hpp"

namespace tsunagi::consultations {

/// Takes the next change number of the desk in the work that writes a record beside its cases (an activity, a file), so
/// that whoever follows the changes of the desk finds it. Until the transaction ends, nobody else gets one.
[[nodiscard]] std::int64_t next_change(db::WriteTx& tx, const core::DeskId& desk, const core::RegionId& municipality);

}  // namespace tsunagi::consultations
