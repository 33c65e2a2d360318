// SPDX-License-Identifier: Apache-2.0
// Records that count their versions and keep each of them whole.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/date.hpp"
#include "core/id.hpp"
#include "db/transaction.hpp"
#include "record/json_reader.hpp"

namespace tsunagi::db {

/// Overwrites every column of the row where the version is still the one the row was read with, and counts it up.
/// False when somebody was faster.
template <record::DescribedStruct Row>
[[nodiscard]] bool update_versioned(WriteTx& tx, std::string_view table, const Row& row) {
    static const std::string columns = [] {
        std::string result;
        record::for_each_member<Row>([&](auto member) {
            const std::string name = member.name;
            if (name != "id" && name != "version")
                result += ", " + name + " = :" + name;
        });
        return result;
    }();
    return tx.execute("UPDATE " + std::string(table) + " SET version = version + 1" + columns +
                          " WHERE id = :id AND version = :version",
                      record::Params().set_all(row)) == 1;
}

/// A table of versions and its column that names the record.
struct VersionTable {
    std::string_view table;
    std::string_view record;
};

/// One state of a record as it was saved.
struct VersionRow {
    std::int64_t version = 0;
    core::Instant at;
    core::UserId by_id;
    std::string kind;  ///< created, edited, or the step as the module names it
    std::string reason;
    std::string document;  ///< the whole text as JSON
};

void add_version(WriteTx& tx, const VersionTable& table, const std::string& record_id, const VersionRow& version);

/// A version as it is read, with the name of its author.
struct SavedVersion {
    std::int64_t version = 0;
    core::Instant at;
    std::string by_name;
    std::string kind;
    std::string reason;
    std::string document;
};
BOOST_DESCRIBE_STRUCT(SavedVersion, (), (version, at, by_name, kind, reason, document))

/// Oldest first. The caller has made sure that the reader sees the record.
[[nodiscard]] std::vector<SavedVersion> versions(ReadTx& tx, const VersionTable& table, const std::string& record_id);

/// The answer's form of the versions; `text` is read from the document.
template <class Version>
[[nodiscard]] std::vector<Version> read_versions(std::vector<SavedVersion> saved) {
    std::vector<Version> result;
    result.reserve(saved.size());
    for (SavedVersion& one : saved) {
        Version version;
        version.version = one.version;
        version.kind = std::move(one.kind);
        version.at = std::move(one.at);
        version.by_name = std::move(one.by_name);
        version.reason = std::move(one.reason);
        version.text = record::from_stored_json<decltype(Version::text)>(one.document);
        result.push_back(std::move(version));
    }
    return result;
}

}  // namespace tsunagi::db
