// SPDX-License-Identifier: Apache-2.0
#include "modules/regions/region_store.hpp"

#include <map>

namespace tsunagi::regions {
namespace {

/// A desk without the list of regions.
struct DeskRow {
    core::DeskId id;
    std::optional<core::DeskId> parent_id;
    core::RegionId municipality_id;
    std::optional<core::OrganizationId> organization_id;
    DeskKind kind{};
    std::string name;
    std::string short_name;
    std::string header;
    std::string phone;
    std::string fax;
    std::optional<core::Date> ended_on;
};
BOOST_DESCRIBE_STRUCT(DeskRow, (),
                      (id, parent_id, municipality_id, organization_id, kind, name, short_name, header, phone, fax,
                       ended_on))

struct DeskRegion {
    core::DeskId desk_id;
    core::RegionId region_id;
};
BOOST_DESCRIBE_STRUCT(DeskRegion, (), (desk_id, region_id))

DeskRow row_of(const Desk& desk) {
    return {.id = desk.id,
            .parent_id = desk.parent_id,
            .municipality_id = desk.municipality_id,
            .organization_id = desk.organization_id,
            .kind = desk.kind,
            .name = desk.name,
            .short_name = desk.short_name,
            .header = desk.header,
            .phone = desk.phone,
            .fax = desk.fax,
            .ended_on = desk.ended_on};
}

Desk desk_of(const DeskRow& row, std::vector<core::RegionId> regions) {
    Desk desk;
    desk.id = row.id;
    desk.parent_id = row.parent_id;
    desk.municipality_id = row.municipality_id;
    desk.organization_id = row.organization_id;
    desk.kind = row.kind;
    desk.name.value = row.name;
    desk.short_name.value = row.short_name;
    desk.header.value = row.header;
    desk.phone.value = row.phone;
    desk.fax.value = row.fax;
    desk.region_ids = std::move(regions);
    desk.ended_on = row.ended_on;
    return desk;
}

void insert_served(db::WriteTx& tx, const Desk& desk) {
    for (const core::RegionId& region : desk.region_ids)
        tx.insert("desk_regions", DeskRegion{desk.id, region});
}

void count_change(db::WriteTx& tx) {
    tx.send(
        "INSERT INTO settings (name, value) VALUES ('regions_version', '1') ON CONFLICT (name) DO UPDATE "
        "SET value = CAST(CAST(settings.value AS INTEGER) + 1 AS TEXT)");
}

}  // namespace

std::int64_t tree_version(db::ReadTx& tx) {
    return tx.number("SELECT CAST(value AS INTEGER) FROM settings WHERE name = 'regions_version'");
}

std::vector<Region> load_regions(db::ReadTx& tx) {
    static const std::string sql = "SELECT " + record::columns<Region>() + " FROM regions ORDER BY position, code, id";
    return tx.rows<Region>(sql);
}

void insert_region(db::WriteTx& tx, const Region& region) {
    tx.insert("regions", region);
    count_change(tx);
}

void update_region(db::WriteTx& tx, const Region& region) {
    tx.send(
        "UPDATE regions SET parent_id = :parent_id, kind = :kind, code = :code, name = :name, kana = :kana, "
        "position = :position, ended_on = :ended_on WHERE id = :id",
        db::Params().set_all(region));
    count_change(tx);
}

std::vector<Organization> load_organizations(db::ReadTx& tx) {
    static const std::string sql =
        "SELECT " + record::columns<Organization>() + " FROM organizations ORDER BY kana, name, id";
    return tx.rows<Organization>(sql);
}

bool organization_exists(db::ReadTx& tx, const core::OrganizationId& id) {
    return tx.number("SELECT count(*) FROM organizations WHERE id = :id", db::Params().set("id", id)) > 0;
}

void insert_organization(db::WriteTx& tx, const Organization& organization) {
    tx.insert("organizations", organization);
}

void update_organization(db::WriteTx& tx, const Organization& organization) {
    tx.send(
        "UPDATE organizations SET name = :name, kana = :kana, kind = :kind, region_id = :region_id, "
        "phone = :phone, fax = :fax, corporate_number = :corporate_number, office_number = :office_number, "
        "ended_on = :ended_on WHERE id = :id",
        db::Params().set_all(organization));
}

std::vector<Desk> load_desks(db::ReadTx& tx) {
    std::map<core::DeskId, std::vector<core::RegionId>> served;
    for (DeskRegion& row :
         tx.rows<DeskRegion>("SELECT s.desk_id, s.region_id FROM desk_regions s JOIN regions r ON r.id = s.region_id "
                             "ORDER BY s.desk_id, r.position, r.id")) {
        served[row.desk_id].push_back(std::move(row.region_id));
    }
    // A centre stands before its stations; ids follow the order in which desks were made.
    static const std::string sql = "SELECT " + record::columns<DeskRow>() +
                                   " FROM desks ORDER BY municipality_id, COALESCE(parent_id, id), "
                                   "CASE WHEN parent_id IS NULL THEN 0 ELSE 1 END, id";
    std::vector<Desk> result;
    for (const DeskRow& row : tx.rows<DeskRow>(sql))
        result.push_back(desk_of(row, std::move(served[row.id])));
    return result;
}

void insert_desk(db::WriteTx& tx, const Desk& desk) {
    tx.insert("desks", row_of(desk));
    insert_served(tx, desk);
}

void update_desk(db::WriteTx& tx, const Desk& desk) {
    tx.send(
        "UPDATE desks SET parent_id = :parent_id, municipality_id = :municipality_id, "
        "organization_id = :organization_id, kind = :kind, name = :name, short_name = :short_name, "
        "header = :header, phone = :phone, fax = :fax, ended_on = :ended_on WHERE id = :id",
        db::Params().set_all(row_of(desk)));
    tx.send("DELETE FROM desk_regions WHERE desk_id = :id", db::Params().set("id", desk.id));
    insert_served(tx, desk);
}

}  // namespace tsunagi::regions
