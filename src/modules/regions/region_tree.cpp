// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "modules/regions/region_service.hpp"

namespace tsunagi::regions {

RegionTree::RegionTree(std::vector<Region> regions) : regions_(std::move(regions)) {
    for (const Region& region : regions_) {
        by_id_[region.id] = &region;
        if (region.parent_id)
            children_[*region.parent_id].push_back(&region);
    }
    for (auto& [parent, children] : children_)
        std::ranges::stable_sort(children, {}, &Region::position);
}

const Region* RegionTree::find(const core::RegionId& id) const {
    const auto found = by_id_.find(id);
    return found == by_id_.end() ? nullptr : found->second;
}

std::string RegionTree::name(const core::RegionId& id) const {
    const Region* region = find(id);
    return region == nullptr ? "" : region->name.str();
}

std::vector<const Region*> RegionTree::children(const core::RegionId& id) const {
    const auto found = children_.find(id);
    return found == children_.end() ? std::vector<const Region*>{} : found->second;
}

std::vector<core::RegionId> RegionTree::with_descendants(const core::RegionId& id) const {
    std::vector<core::RegionId> result{id};
    for (std::size_t i = 0; i < result.size() && result.size() <= regions_.size(); ++i) {
        for (const Region* child : children(result[i]))
            result.push_back(child->id);
    }
    return result;
}

bool RegionTree::within(const core::RegionId& id, const core::RegionId& ancestor) const {
    const Region* region = find(id);
    // The number of steps is bounded, so that even a circle in the data ends.
    for (std::size_t steps = 0; region != nullptr && steps <= regions_.size(); ++steps) {
        if (region->id == ancestor)
            return true;
        region = region->parent_id ? find(*region->parent_id) : nullptr;
    }
    return false;
}

std::optional<core::RegionId> RegionTree::municipality_of(const core::RegionId& id) const {
    const Region* region = find(id);
    for (std::size_t steps = 0; region != nullptr && steps <= regions_.size(); ++steps) {
        if (region->kind == RegionKind::municipality)
            return region->id;
        region = region->parent_id ? find(*region->parent_id) : nullptr;
    }
    return std::nullopt;
}

std::vector<const Region*> RegionTree::residence_columns(const core::RegionId& municipality,
                                                         const core::Date& from) const {
    const auto of_kind = [&](RegionKind kind) {
        std::vector<const Region*> result;
        for (const Region* child : children(municipality)) {
            if (child->kind == kind && (!child->ended_on || *child->ended_on > from))
                result.push_back(child);
        }
        return result;
    };
    auto columns = of_kind(RegionKind::ward);
    if (columns.empty())
        columns = of_kind(RegionKind::district);
    for (const Region* outside : of_kind(RegionKind::outside))
        columns.push_back(outside);
    return columns;
}

std::optional<core::RegionId> RegionTree::column_of(const core::RegionId& municipality,
                                                    const core::RegionId& place) const {
    const Region* region = find(place);
    for (std::size_t steps = 0; region != nullptr && steps <= regions_.size(); ++steps) {
        if (region->parent_id == municipality)
            return region->id;
        region = region->parent_id ? find(*region->parent_id) : nullptr;
    }
    return std::nullopt;
}

}  // namespace tsunagi::regions
