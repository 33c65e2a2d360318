// SPDX-License-Identifier: Apache-2.0
// SQL of the switch, and of the public layer as everybody may see it.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "db/transaction.hpp"
#include "modules/directories/directory.hpp"

namespace tsunagi::directories::store {

/// A row of `public_directories`.
struct DirectoryRecord {
    core::RegionId municipality_id;
    std::int64_t version = 1;
    bool published = false;
    std::string note;
    core::Instant updated_at;
    core::UserId updated_by;
};
BOOST_DESCRIBE_STRUCT(DirectoryRecord, (), (municipality_id, version, published, note, updated_at, updated_by))

struct DirectoryReading : DirectoryRecord {
    std::string updated_by_name;
};
BOOST_DESCRIBE_STRUCT(DirectoryReading, (DirectoryRecord), (updated_by_name))

struct Municipality {
    core::RegionId id;
    std::string code;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(Municipality, (), (id, code, name))

[[nodiscard]] std::optional<Municipality> municipality(db::ReadTx& tx, const core::RegionId& id);
[[nodiscard]] std::optional<Municipality> municipality_with(db::ReadTx& tx, const std::string& code);
[[nodiscard]] std::optional<DirectoryReading> find(db::ReadTx& tx, const core::RegionId& municipality);
/// False when the version is not the newest; version 1 is the first.
[[nodiscard]] bool put(db::WriteTx& tx, const DirectoryRecord& record);

/// Of the municipality and its wards. Places whose every service is missing from the newest files are left out.
[[nodiscard]] std::int64_t count(db::ReadTx& tx, const core::RegionId& municipality);
/// Services carry their codes only.
[[nodiscard]] std::vector<PublicPlace> places(db::ReadTx& tx, const core::RegionId& municipality);
/// Of everything that is shown; each must be credited.
[[nodiscard]] std::vector<std::string> sources(db::ReadTx& tx, const core::RegionId& municipality);
[[nodiscard]] std::optional<core::Date> newest(db::ReadTx& tx, const core::RegionId& municipality);

}  // namespace tsunagi::directories::store
