// SPDX-License-Identifier: Apache-2.0
// Places, organizations and desks are no tenant data: everybody who is signed in reads all of them.
#pragma once
#include <vector>

#include "db/transaction.hpp"
#include "modules/regions/region.hpp"

namespace tsunagi::regions {

/// Counts every change of the tree of regions, so that a copy in memory knows when it is out of date.
[[nodiscard]] std::int64_t tree_version(db::ReadTx& tx);

[[nodiscard]] std::vector<Region> load_regions(db::ReadTx& tx);
void insert_region(db::WriteTx& tx, const Region& region);
void update_region(db::WriteTx& tx, const Region& region);

[[nodiscard]] std::vector<Organization> load_organizations(db::ReadTx& tx);
[[nodiscard]] bool organization_exists(db::ReadTx& tx, const core::OrganizationId& id);
void insert_organization(db::WriteTx& tx, const Organization& organization);
void update_organization(db::WriteTx& tx, const Organization& organization);

/// With the regions each serves; two statements.
[[nodiscard]] std::vector<Desk> load_desks(db::ReadTx& tx);
void insert_desk(db::WriteTx& tx, const Desk& desk);
void update_desk(db::WriteTx& tx, const Desk& desk);

}  // namespace tsunagi::regions
