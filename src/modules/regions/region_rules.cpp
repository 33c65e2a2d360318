// SPDX-License-Identifier: Apache-2.0
#include "modules/regions/region_rules.hpp"

#include <algorithm>

#include "core/municipality_code.hpp"

namespace tsunagi::regions {
namespace {

void check_parent(const RegionTree& tree, const Region* present, const NewRegion& region,
                  std::vector<core::FieldError>& errors) {
    if (!region.parent_id) {
        if (region.kind != RegionKind::prefecture)
            errors.push_back({"/parent_id", "required", ""});
        return;
    }
    const Region* parent = tree.find(*region.parent_id);
    if (parent == nullptr) {
        errors.push_back({"/parent_id", "not_found", ""});
    } else if (present != nullptr && tree.within(parent->id, present->id)) {
        errors.push_back({"/parent_id", "circle", ""});
    } else if (!fits_below(region.kind, parent->kind)) {
        errors.push_back({"/parent_id", "not_allowed", ""});
    }
}

void check_parent(const std::vector<Desk>& desks, const Desk* present, const NewDesk& desk,
                  std::vector<core::FieldError>& errors) {
    if (desk.kind != DeskKind::station) {
        if (desk.parent_id)
            errors.push_back({"/parent_id", "not_allowed", ""});
        return;
    }
    if (!desk.parent_id) {
        errors.push_back({"/parent_id", "required", ""});
        return;
    }
    const auto center = std::ranges::find(desks, *desk.parent_id, &Desk::id);
    if (center == desks.end()) {
        errors.push_back({"/parent_id", "not_found", ""});
        return;
    }
    const auto& served = center->region_ids;
    const bool same = center->municipality_id == desk.municipality_id ||
                      std::ranges::find(served, desk.municipality_id) != served.end();
    const bool itself = present != nullptr && center->id == present->id;
    if (center->kind != DeskKind::center || !same || itself)
        errors.push_back({"/parent_id", "not_allowed", ""});
}

/// Parts of the own municipality; a centre may also serve other municipalities as a whole.
void check_served(const RegionTree& tree, const NewDesk& desk, std::vector<core::FieldError>& errors) {
    for (std::size_t i = 0; i < desk.region_ids.size(); ++i) {
        const std::string at = "/region_ids/" + std::to_string(i);
        const Region* region = tree.find(desk.region_ids[i]);
        const auto first = std::ranges::find(desk.region_ids, desk.region_ids[i]);
        if (region == nullptr) {
            errors.push_back({at, "not_found", ""});
        } else if (first != desk.region_ids.begin() + static_cast<std::ptrdiff_t>(i)) {
            errors.push_back({at, "duplicate", ""});
        } else if (!tree.within(region->id, desk.municipality_id) &&
                   (desk.kind == DeskKind::station || region->kind != RegionKind::municipality)) {
            errors.push_back({at, "not_allowed", ""});
        }
    }
}

}  // namespace

bool fits_below(RegionKind kind, RegionKind parent) {
    switch (kind) {
        case RegionKind::prefecture:
            return false;
        case RegionKind::medical_area:
            return parent == RegionKind::prefecture;
        case RegionKind::municipality:
            return parent == RegionKind::prefecture || parent == RegionKind::medical_area;
        case RegionKind::ward:
        case RegionKind::outside:
            return parent == RegionKind::municipality;
        case RegionKind::district:
            return parent == RegionKind::ward || parent == RegionKind::municipality;
        case RegionKind::block:
            return parent == RegionKind::municipality || parent == RegionKind::medical_area;
    }
    return false;
}

std::vector<core::FieldError> check(const RegionTree& tree, const Region* present, const NewRegion& region) {
    std::vector<core::FieldError> errors;
    if (present != nullptr && present->kind != region.kind)
        errors.push_back({"/kind", "not_allowed", ""});
    check_parent(tree, present, region, errors);
    if (!region.code.empty()) {
        if (!core::is_municipality_code(region.code.str()))
            errors.push_back({"/code", "format", ""});
        for (const Region& other : tree.all()) {
            const bool another = present == nullptr || other.id != present->id;
            if (another && other.code == region.code && !other.ended_on) {
                errors.push_back({"/code", "duplicate", ""});
                break;
            }
        }
    }
    return errors;
}

std::vector<core::FieldError> check(const RegionTree& tree, const std::vector<Desk>& desks, const Desk* present,
                                    const NewDesk& desk) {
    std::vector<core::FieldError> errors;
    const Region* municipality = tree.find(desk.municipality_id);
    if (municipality == nullptr) {
        errors.push_back({"/municipality_id", "not_found", ""});
    } else if (municipality->kind != RegionKind::municipality) {
        errors.push_back({"/municipality_id", "not_allowed", "municipality"});
    }
    if (present != nullptr && present->municipality_id != desk.municipality_id) {
        errors.push_back({"/municipality_id", "not_allowed", ""});
    }
    if (present != nullptr && present->kind != desk.kind)
        errors.push_back({"/kind", "not_allowed", ""});
    check_parent(desks, present, desk, errors);
    check_served(tree, desk, errors);
    return errors;
}

}  // namespace tsunagi::regions
