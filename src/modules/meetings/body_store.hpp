// SPDX-License-Identifier: Apache-2.0
// SQL of bodies. What the reader may not see is in no result.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "db/record_versions.hpp"
#include "db/transaction.hpp"
#include "modules/access/actor.hpp"
#include "modules/meetings/meeting.hpp"

namespace tsunagi::meetings {

/// A row of `bodies`; the categories are kept as JSON.
struct BodyRecord {
    core::BodyId id;
    std::optional<core::BodyId> parent_id;
    core::RegionId municipality_id;
    std::optional<core::DeskId> desk_id;
    std::int64_t version = 1;
    std::string name;
    std::optional<record::Code<"body_kind">> kind;
    std::optional<record::Code<"layer">> layer;
    std::string member_categories;
    std::string frequency;
    std::string basis;
    bool dormant = false;
};
BOOST_DESCRIBE_STRUCT(BodyRecord, (),
                      (id, parent_id, municipality_id, desk_id, version, name, kind, layer, member_categories,
                       frequency, basis, dormant))

/// Kinds: created, edited.
constexpr db::VersionTable body_version_table{"body_versions", "body_id"};

/// All bodies within the scope by name, with the number of meetings of this fiscal year and the next planned one.
[[nodiscard]] std::vector<Body> bodies(db::ReadTx& tx, const access::Actor& actor, const core::Date& today);
[[nodiscard]] BodyRecord record_of(const Body& body);
void insert(db::WriteTx& tx, const BodyRecord& body);
[[nodiscard]] bool update(db::WriteTx& tx, const BodyRecord& body);

}  // namespace tsunagi::meetings
