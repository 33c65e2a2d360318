// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/id.hpp"
#include "record/describe.hpp"
#include "record/types.hpp"

namespace tsunagi::regions {

/// What a place is in the tree. `outside` stands for 市外等, the last district column of 図8.
enum class RegionKind { prefecture, medical_area, municipality, ward, district, block, outside };
BOOST_DESCRIBE_ENUM(RegionKind, prefecture, medical_area, municipality, ward, district, block, outside)

struct Region {
    core::RegionId id;
    std::optional<core::RegionId> parent_id;
    RegionKind kind{};
    record::Text<20> code;  ///< 全国地方公共団体コード where the place has one
    record::NonEmpty<record::Text<100>> name;
    record::Text<100> kana;
    std::int64_t position = 0;
    std::optional<core::Date> ended_on;
};
BOOST_DESCRIBE_STRUCT(Region, (), (id, parent_id, kind, code, name, kana, position, ended_on))

struct NewRegion {
    std::optional<core::RegionId> parent_id;
    RegionKind kind{};
    record::Text<20> code;
    record::NonEmpty<record::Text<100>> name;
    record::Text<100> kana;
    std::optional<std::int64_t> position;
    std::optional<core::Date> ended_on;
};
BOOST_DESCRIBE_STRUCT(NewRegion, (), (parent_id, kind, code, name, kana, position, ended_on))

/// 組織: association, hospital, office, municipal department. Source: dictionary section 6.
struct Organization {
    core::OrganizationId id;
    record::NonEmpty<record::Text<200>> name;
    record::Text<200> kana;
    record::Code<"organization_kind"> kind;
    std::optional<core::RegionId> region_id;
    record::Text<40> phone;
    record::Text<40> fax;
    record::Text<13> corporate_number;
    record::Text<10> office_number;
    std::optional<core::Date> ended_on;
};
BOOST_DESCRIBE_STRUCT(Organization, (),
                      (id, name, kana, kind, region_id, phone, fax, corporate_number, office_number, ended_on))

struct NewOrganization {
    record::NonEmpty<record::Text<200>> name;
    record::Text<200> kana;
    record::Code<"organization_kind"> kind;
    std::optional<core::RegionId> region_id;
    record::Text<40> phone;
    record::Text<40> fax;
    record::Text<13> corporate_number;
    record::Text<10> office_number;
    std::optional<core::Date> ended_on;
};
BOOST_DESCRIBE_STRUCT(NewOrganization, (),
                      (name, kana, kind, region_id, phone, fax, corporate_number, office_number, ended_on))

enum class DeskKind { center, station, association };
BOOST_DESCRIBE_ENUM(DeskKind, center, station, association)

/// 窓口: where consultations arrive. A station belongs to a centre (`parent_id`), which reads its records.
struct Desk {
    core::DeskId id;
    std::optional<core::DeskId> parent_id;
    core::RegionId municipality_id;
    std::optional<core::OrganizationId> organization_id;
    DeskKind kind{};
    record::NonEmpty<record::Text<100>> name;
    record::Text<20> short_name;
    record::Text<400> header;  ///< printed at the top left of every sheet of the desk
    record::Text<40> phone;
    record::Text<40> fax;
    std::vector<core::RegionId> region_ids;  ///< wards or districts the desk serves
    std::optional<core::Date> ended_on;
};
BOOST_DESCRIBE_STRUCT(Desk, (),
                      (id, parent_id, municipality_id, organization_id, kind, name, short_name, header, phone, fax,
                       region_ids, ended_on))

struct NewDesk {
    std::optional<core::DeskId> parent_id;
    core::RegionId municipality_id;
    std::optional<core::OrganizationId> organization_id;
    DeskKind kind{};
    record::NonEmpty<record::Text<100>> name;
    record::Text<20> short_name;
    record::Text<400> header;
    record::Text<40> phone;
    record::Text<40> fax;
    std::vector<core::RegionId> region_ids;
    std::optional<core::Date> ended_on;
};
BOOST_DESCRIBE_STRUCT(NewDesk, (),
                      (parent_id, municipality_id, organization_id, kind, name, short_name, header, phone, fax,
                       region_ids, ended_on))

}  // namespace tsunagi::regions
