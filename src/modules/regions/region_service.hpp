// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/date.hpp"
#include "db/database.hpp"
#include "modules/access/actor.hpp"
#include "modules/audit/audit_service.hpp"
#include "modules/packs/packs_service.hpp"
#include "modules/regions/region.hpp"

namespace tsunagi::regions {

/// All places at one moment with their positions in the tree. Immutable; a change makes a new one.
class RegionTree {
public:
    explicit RegionTree(std::vector<Region> regions);
    ~RegionTree() = default;
    RegionTree(const RegionTree&) = delete;  // the index points into the list
    RegionTree& operator=(const RegionTree&) = delete;

    [[nodiscard]] const Region* find(const core::RegionId& id) const;
    /// The name, or an empty text for an unknown place.
    [[nodiscard]] std::string name(const core::RegionId& id) const;
    /// By position, ended ones included.
    [[nodiscard]] std::vector<const Region*> children(const core::RegionId& id) const;
    /// The place and everything below it.
    [[nodiscard]] std::vector<core::RegionId> with_descendants(const core::RegionId& id) const;
    /// Whether `id` is `ancestor` or stands somewhere below it.
    [[nodiscard]] bool within(const core::RegionId& id, const core::RegionId& ancestor) const;
    /// The place itself or the one above it that is a municipality.
    [[nodiscard]] std::optional<core::RegionId> municipality_of(const core::RegionId& id) const;
    /// Columns of the month table for where the person lives (図8): the wards of the municipality, or its districts
    /// when it has no wards, then what stands for 市外等. Places that ended before `from` are left out.
    [[nodiscard]] std::vector<const Region*> residence_columns(const core::RegionId& municipality,
                                                               const core::Date& from) const;
    /// The column in which a place is counted: the child of the municipality it is or stands below.
    [[nodiscard]] std::optional<core::RegionId> column_of(const core::RegionId& municipality,
                                                          const core::RegionId& place) const;

    [[nodiscard]] const std::vector<Region>& all() const { return regions_; }

private:
    std::vector<Region> regions_;
    std::map<core::RegionId, const Region*> by_id_;
    std::map<core::RegionId, std::vector<const Region*>> children_;
};

struct RegionList {
    std::vector<Region> items;
};
BOOST_DESCRIBE_STRUCT(RegionList, (), (items))

struct OrganizationList {
    std::vector<Organization> items;
};
BOOST_DESCRIBE_STRUCT(OrganizationList, (), (items))

struct DeskList {
    std::vector<Desk> items;
};
BOOST_DESCRIBE_STRUCT(DeskList, (), (items))

/// Makes places inside one transaction: each sees those made before it.
class PlaceMaker {
public:
    PlaceMaker(db::WriteTx& tx, const access::Actor& actor, const audit::AuditService& audit,
               const packs::CodeBook& codes, const core::Date& today)
        : tx_(tx), actor_(actor), audit_(audit), codes_(codes), today_(today) {}

    /// Throws core::Error `invalid` naming what cannot be.
    Region make(const NewRegion& region);
    Organization make(const NewOrganization& organization);
    Desk make(const NewDesk& desk);

private:
    db::WriteTx& tx_;                   // NOLINT: lives as long as the transaction
    const access::Actor& actor_;        // NOLINT
    const audit::AuditService& audit_;  // NOLINT
    const packs::CodeBook& codes_;      // NOLINT
    core::Date today_;
};

/// Places, organizations and desks. Everybody who is signed in reads them; `places.manage` changes them. Nothing is
/// deleted: what is no more gets a day on which it ended.
class RegionService {
public:
    RegionService(db::Database& database, const audit::AuditService& audit, const packs::PacksService& packs,
                  core::Clock clock);

    /// The tree as it is stored now. One statement when it did not change since the last call.
    [[nodiscard]] std::shared_ptr<const RegionTree> tree() const;

    [[nodiscard]] RegionList regions() const;
    Region create(const access::Actor& actor, const NewRegion& region, const std::string& idempotency_key);
    /// The kind of a region stays what it is.
    Region change(const access::Actor& actor, const core::RegionId& id, const NewRegion& region);

    [[nodiscard]] OrganizationList organizations() const;
    Organization create(const access::Actor& actor, const NewOrganization& organization,
                        const std::string& idempotency_key);
    Organization change(const access::Actor& actor, const core::OrganizationId& id,
                        const NewOrganization& organization);

    [[nodiscard]] DeskList desks() const;
    Desk create(const access::Actor& actor, const NewDesk& desk, const std::string& idempotency_key);
    /// Kind and municipality of a desk stay what they are: its records carry them.
    Desk change(const access::Actor& actor, const core::DeskId& id, const NewDesk& desk);

    /// All the places that `work` makes, or none of them when it throws. It may run more than once.
    void make_together(const access::Actor& actor, const std::function<void(PlaceMaker&)>& work);

private:
    template <class Made, class New>
    Made create(const access::Actor& actor, const std::string& operation, const New& body,
                const std::string& idempotency_key, const std::function<Made(db::ReadTx&, const std::string&)>& again);

    db::Database& database_;            // NOLINT: the application owns them
    const audit::AuditService& audit_;  // NOLINT
    const packs::PacksService& packs_;  // NOLINT
    core::Clock clock_;
    mutable std::mutex mutex_;
    mutable std::int64_t tree_version_ = -1;
    mutable std::shared_ptr<const RegionTree> tree_;
};

}  // namespace tsunagi::regions
