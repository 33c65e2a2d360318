// SPDX-License-Identifier: Apache-2.0
#include "modules/regions/region_service.hpp"

#include <algorithm>

#include "db/idempotency.hpp"
#include "modules/regions/region_rules.hpp"
#include "modules/regions/region_store.hpp"
#include "record/json_writer.hpp"

namespace tsunagi::regions {
namespace {

constexpr const char* permission = "places.manage";

Region made(const core::RegionId& id, const NewRegion& region, std::int64_t position) {
    return {.id = id,
            .parent_id = region.parent_id,
            .kind = region.kind,
            .code = region.code,
            .name = region.name,
            .kana = region.kana,
            .position = region.position.value_or(position),
            .ended_on = region.ended_on};
}

Organization made(const core::OrganizationId& id, const NewOrganization& organization) {
    return {.id = id,
            .name = organization.name,
            .kana = organization.kana,
            .kind = organization.kind,
            .region_id = organization.region_id,
            .phone = organization.phone,
            .fax = organization.fax,
            .corporate_number = organization.corporate_number,
            .office_number = organization.office_number,
            .ended_on = organization.ended_on};
}

Desk made(const core::DeskId& id, const NewDesk& desk) {
    return {.id = id,
            .parent_id = desk.parent_id,
            .municipality_id = desk.municipality_id,
            .organization_id = desk.organization_id,
            .kind = desk.kind,
            .name = desk.name,
            .short_name = desk.short_name,
            .header = desk.header,
            .phone = desk.phone,
            .region_ids = desk.region_ids,
            .ended_on = desk.ended_on};
}

std::int64_t last_position(const RegionTree& tree, const std::optional<core::RegionId>& parent) {
    std::int64_t position = -1;
    if (!parent)
        return static_cast<std::int64_t>(tree.all().size());
    for (const Region* sibling : tree.children(*parent))
        position = std::max(position, sibling->position);
    return position + 1;
}

void refuse(std::vector<core::FieldError> errors) {
    if (!errors.empty())
        throw core::invalid(std::move(errors));
}

template <class Record, class Id>
const Record& find(const std::vector<Record>& records, const Id& id) {
    const auto found = std::ranges::find(records, id, &Record::id);
    if (found == records.end())
        throw core::not_found();
    return *found;
}

/// What an organization refers to exists. A code that it already had stays allowed.
std::vector<core::FieldError> check(const packs::CodeBook& codes, const RegionTree& tree, const core::Date& today,
                                    const Organization* present, const NewOrganization& organization) {
    std::vector<core::FieldError> errors;
    const bool kept = present != nullptr && present->kind == organization.kind;
    codes.check(organization.kind, today, "/kind", errors, kept);
    if (organization.region_id && tree.find(*organization.region_id) == nullptr) {
        errors.push_back({"/region_id", "not_found", ""});
    }
    return errors;
}

void check_organization(db::ReadTx& tx, const NewDesk& desk, std::vector<core::FieldError>& errors) {
    if (desk.organization_id && !organization_exists(tx, *desk.organization_id)) {
        errors.push_back({"/organization_id", "not_found", ""});
    }
}

}  // namespace

RegionService::RegionService(db::Database& database, const audit::AuditService& audit, const packs::PacksService& packs,
                             core::Clock clock)
    : database_(database), audit_(audit), packs_(packs), clock_(std::move(clock)) {}

void RegionService::note(db::WriteTx& tx, const access::Actor& actor, const std::string& action,
                         const std::string& kind, const std::string& id) const {
    audit_.record(tx, {.actor_id = actor.user_id,
                       .actor_name = actor.name,
                       .action = action,
                       .subject_kind = kind,
                       .subject_id = id,
                       .detail = ""});
}

std::shared_ptr<const RegionTree> RegionService::tree() const {
    return database_.read([&](db::ReadTx& tx) {
        const std::int64_t version = tree_version(tx);
        const std::lock_guard lock(mutex_);
        if (!tree_ || tree_version_ != version) {
            tree_ = std::make_shared<const RegionTree>(load_regions(tx));
            tree_version_ = version;
        }
        return tree_;
    });
}

RegionList RegionService::regions() const {
    return {tree()->all()};
}

Region RegionService::create(const access::Actor& actor, const NewRegion& region, const std::string& idempotency_key) {
    access::require(actor, permission);
    const std::string fingerprint = db::request_fingerprint("createRegion", record::to_json(region));
    return database_.write([&](db::WriteTx& tx) {
        const RegionTree tree(load_regions(tx));
        if (const auto before = db::remembered(tx, actor.user_id, idempotency_key, fingerprint)) {
            return find(tree.all(), core::RegionId(*before));
        }
        refuse(regions::check(tree, nullptr, region));
        Region result = made(core::RegionId::make(), region, last_position(tree, region.parent_id));
        insert_region(tx, result);
        note(tx, actor, "create", "region", result.id.str());
        db::remember(tx, actor.user_id, idempotency_key, fingerprint, result.id.str(), clock_.now());
        return result;
    });
}

Region RegionService::change(const access::Actor& actor, const core::RegionId& id, const NewRegion& region) {
    access::require(actor, permission);
    return database_.write([&](db::WriteTx& tx) {
        const RegionTree tree(load_regions(tx));
        const Region& present = find(tree.all(), id);
        refuse(regions::check(tree, &present, region));
        Region result = made(id, region, present.position);
        update_region(tx, result);
        note(tx, actor, "change", "region", id.str());
        return result;
    });
}

OrganizationList RegionService::organizations() const {
    return {database_.read(load_organizations)};
}

Organization RegionService::create(const access::Actor& actor, const NewOrganization& organization,
                                   const std::string& idempotency_key) {
    access::require(actor, permission);
    const auto codes = packs_.codes();
    const std::string fingerprint = db::request_fingerprint("createOrganization", record::to_json(organization));
    return database_.write([&](db::WriteTx& tx) {
        if (const auto before = db::remembered(tx, actor.user_id, idempotency_key, fingerprint)) {
            return find(load_organizations(tx), core::OrganizationId(*before));
        }
        refuse(check(*codes, RegionTree(load_regions(tx)), clock_.today(), nullptr, organization));
        Organization result = made(core::OrganizationId::make(), organization);
        insert_organization(tx, result);
        note(tx, actor, "create", "organization", result.id.str());
        db::remember(tx, actor.user_id, idempotency_key, fingerprint, result.id.str(), clock_.now());
        return result;
    });
}

Organization RegionService::change(const access::Actor& actor, const core::OrganizationId& id,
                                   const NewOrganization& organization) {
    access::require(actor, permission);
    const auto codes = packs_.codes();
    return database_.write([&](db::WriteTx& tx) {
        const auto all = load_organizations(tx);
        const Organization& present = find(all, id);
        refuse(check(*codes, RegionTree(load_regions(tx)), clock_.today(), &present, organization));
        Organization result = made(id, organization);
        update_organization(tx, result);
        note(tx, actor, "change", "organization", id.str());
        return result;
    });
}

DeskList RegionService::desks() const {
    return {database_.read(load_desks)};
}

Desk RegionService::create(const access::Actor& actor, const NewDesk& desk, const std::string& idempotency_key) {
    access::require(actor, permission);
    const std::string fingerprint = db::request_fingerprint("createDesk", record::to_json(desk));
    return database_.write([&](db::WriteTx& tx) {
        const auto desks = load_desks(tx);
        if (const auto before = db::remembered(tx, actor.user_id, idempotency_key, fingerprint)) {
            return find(desks, core::DeskId(*before));
        }
        auto errors = regions::check(RegionTree(load_regions(tx)), desks, nullptr, desk);
        check_organization(tx, desk, errors);
        refuse(std::move(errors));
        Desk result = made(core::DeskId::make(), desk);
        insert_desk(tx, result);
        note(tx, actor, "create", "desk", result.id.str());
        db::remember(tx, actor.user_id, idempotency_key, fingerprint, result.id.str(), clock_.now());
        return result;
    });
}

Desk RegionService::change(const access::Actor& actor, const core::DeskId& id, const NewDesk& desk) {
    access::require(actor, permission);
    return database_.write([&](db::WriteTx& tx) {
        const auto desks = load_desks(tx);
        const Desk& present = find(desks, id);
        auto errors = regions::check(RegionTree(load_regions(tx)), desks, &present, desk);
        check_organization(tx, desk, errors);
        refuse(std::move(errors));
        Desk result = made(id, desk);
        update_desk(tx, result);
        note(tx, actor, "change", "desk", id.str());
        return result;
    });
}

}  // namespace tsunagi::regions
