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
            .fax = desk.fax,
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

void note(db::WriteTx& tx, const audit::AuditService& audit, const access::Actor& actor, const std::string& action,
          const std::string& kind, const std::string& id) {
    audit.record(tx, {.actor_id = actor.user_id,
                      .actor_name = actor.name,
                      .action = action,
                      .subject_kind = kind,
                      .subject_id = id,
                      .detail = ""});
}

}  // namespace

RegionService::RegionService(db::Database& database, const audit::AuditService& audit, const packs::PacksService& packs,
                             core::Clock clock)
    : database_(database), audit_(audit), packs_(packs), clock_(std::move(clock)) {}

Region PlaceMaker::make(const NewRegion& region) {
    const RegionTree tree(load_regions(tx_));
    refuse(regions::check(tree, nullptr, region));
    Region result = made(core::RegionId::make(), region, last_position(tree, region.parent_id));
    insert_region(tx_, result);
    note(tx_, audit_, actor_, "create", "region", result.id.str());
    return result;
}

Organization PlaceMaker::make(const NewOrganization& organization) {
    refuse(check(codes_, RegionTree(load_regions(tx_)), today_, nullptr, organization));
    Organization result = made(core::OrganizationId::make(), organization);
    insert_organization(tx_, result);
    note(tx_, audit_, actor_, "create", "organization", result.id.str());
    return result;
}

Desk PlaceMaker::make(const NewDesk& desk) {
    auto errors = regions::check(RegionTree(load_regions(tx_)), load_desks(tx_), nullptr, desk);
    check_organization(tx_, desk, errors);
    refuse(std::move(errors));
    Desk result = made(core::DeskId::make(), desk);
    insert_desk(tx_, result);
    note(tx_, audit_, actor_, "create", "desk", result.id.str());
    return result;
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

template <class Made, class New>
Made RegionService::create(const access::Actor& actor, const std::string& operation, const New& body,
                           const std::string& idempotency_key,
                           const std::function<Made(db::ReadTx&, const std::string&)>& again) {
    access::require(actor, permission);
    const auto codes = packs_.codes();
    const std::string fingerprint = db::request_fingerprint(operation, record::to_json(body));
    return database_.write([&](db::WriteTx& tx) {
        if (const auto before = db::remembered(tx, actor.user_id, idempotency_key, fingerprint))
            return again(tx, *before);
        Made result = PlaceMaker(tx, actor, audit_, *codes, clock_.today()).make(body);
        db::remember(tx, actor.user_id, idempotency_key, fingerprint, result.id.str(), clock_.now());
        return result;
    });
}

Region RegionService::create(const access::Actor& actor, const NewRegion& region, const std::string& idempotency_key) {
    return create<Region>(actor, "createRegion", region, idempotency_key, [](db::ReadTx& tx, const std::string& id) {
        return find(load_regions(tx), core::RegionId(id));
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
        note(tx, audit_, actor, "change", "region", id.str());
        return result;
    });
}

OrganizationList RegionService::organizations() const {
    return {database_.read(load_organizations)};
}

Organization RegionService::create(const access::Actor& actor, const NewOrganization& organization,
                                   const std::string& idempotency_key) {
    return create<Organization>(
        actor, "createOrganization", organization, idempotency_key,
        [](db::ReadTx& tx, const std::string& id) { return find(load_organizations(tx), core::OrganizationId(id)); });
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
        note(tx, audit_, actor, "change", "organization", id.str());
        return result;
    });
}

DeskList RegionService::desks() const {
    return {database_.read(load_desks)};
}

Desk RegionService::create(const access::Actor& actor, const NewDesk& desk, const std::string& idempotency_key) {
    return create<Desk>(actor, "createDesk", desk, idempotency_key,
                        [](db::ReadTx& tx, const std::string& id) { return find(load_desks(tx), core::DeskId(id)); });
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
        note(tx, audit_, actor, "change", "desk", id.str());
        return result;
    });
}

void RegionService::make_together(const access::Actor& actor, const std::function<void(PlaceMaker&)>& work) {
    access::require(actor, permission);
    const auto codes = packs_.codes();
    database_.write([&](db::WriteTx& tx) {
        PlaceMaker maker(tx, actor, audit_, *codes, clock_.today());
        work(maker);
    });
}

}  // namespace tsunagi::regions
