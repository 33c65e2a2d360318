// SPDX-License-Identifier: Apache-2.0
#include "modules/consultations/shelf_service.hpp"

#include "modules/consultations/facts_store.hpp"

namespace tsunagi::consultations {

std::int64_t next_change(db::WriteTx& tx, const core::DeskId& desk, const core::RegionId& municipality) {
    return store::next_change(tx, desk, municipality);
}

}  // namespace tsunagi::consultations
