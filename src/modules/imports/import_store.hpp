// SPDX-License-Identifier: Apache-2.0
// SQL of imports and nothing else. Every query of a person carries the desks they work at; the job names its import.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "db/transaction.hpp"
#include "modules/access/actor.hpp"
#include "modules/imports/import.hpp"
#include "modules/imports/word_rules.hpp"

namespace tsunagi::imports::store {

/// A row of `imports`.
struct ImportRecord {
    ImportId id;
    core::DeskId desk_id;
    core::RegionId municipality_id;
    std::int64_t version = 1;
    core::Instant created_at;
    core::UserId created_by;
    core::Instant updated_at;
    core::UserId updated_by;
    ImportState state{};
    std::string file_name;
    std::int64_t size = 0;
    std::string fingerprint;
    std::string refusal;
    std::string refused_at;
    std::string tables;
    std::string plan;
    std::string mapping_name;
    std::int64_t lines_done = 0;
    std::int64_t lines_all = 0;
    std::int64_t good = 0;
    std::int64_t bad = 0;
    std::int64_t repeated = 0;
    std::string empty_fields;
    std::string numbers;
    std::optional<core::Instant> beat_at;
    std::optional<core::Instant> taken_at;
    std::optional<core::UserId> taken_by;
    std::optional<core::Instant> undone_at;
    std::optional<core::UserId> undone_by;
};
BOOST_DESCRIBE_STRUCT(ImportRecord, (),
                      (id, desk_id, municipality_id, version, created_at, created_by, updated_at, updated_by, state,
                       file_name, size, fingerprint, refusal, refused_at, tables, plan, mapping_name, lines_done,
                       lines_all, good, bad, repeated, empty_fields, numbers, beat_at, taken_at, taken_by, undone_at,
                       undone_by))

/// As it is answered.
struct ImportReading : ImportRecord {
    std::string created_by_name;
    std::string undone_by_name;
    std::optional<core::Instant> same_file_taken_at;
};
BOOST_DESCRIBE_STRUCT(ImportReading, (ImportRecord), (created_by_name, undone_by_name, same_file_taken_at))

struct MappingRecord {
    MappingId id;
    core::DeskId desk_id;
    core::RegionId municipality_id;
    std::int64_t version = 1;
    std::string name;
    core::Instant updated_at;
    core::UserId updated_by;
    std::string plan;
};
BOOST_DESCRIBE_STRUCT(MappingRecord, (), (id, desk_id, municipality_id, version, name, updated_at, updated_by, plan))

[[nodiscard]] std::vector<ImportReading> list(db::ReadTx& tx, const access::Actor& actor, const ImportFilter& filter);
[[nodiscard]] std::optional<ImportReading> find(db::ReadTx& tx, const access::Actor& actor, const ImportId& id);
/// For the job, which was let in by somebody who may.
[[nodiscard]] std::optional<ImportRecord> load(db::ReadTx& tx, const ImportId& id);
void insert(db::WriteTx& tx, const ImportRecord& import);
/// Overwrites the row where the version is still that one and counts it up; false when something was faster.
[[nodiscard]] bool update(db::WriteTx& tx, const ImportRecord& import);
/// Throws the import away with its lines, which are swept before.
[[nodiscard]] bool remove(db::WriteTx& tx, const ImportRecord& import);

/// The job says how far it is; false when somebody has stopped it.
[[nodiscard]] bool beat(db::WriteTx& tx, const ImportId& id, std::int64_t version, const core::Instant& now,
                        std::int64_t done, std::int64_t all);
/// What runs, or did when its server stopped: no sign of life since then.
[[nodiscard]] std::vector<ImportRecord> running_without_beat(db::ReadTx& tx, const core::Instant& since);
/// What nobody took until then.
[[nodiscard]] std::vector<ImportRecord> untaken_since(db::ReadTx& tx, const core::Instant& since);

void add_lines(db::WriteTx& tx, const ImportId& id, std::int64_t table, const std::vector<FileLine>& lines);
/// The pieces of a table behind that line, some at a time; empty at the end.
[[nodiscard]] std::vector<FileLine> lines(db::ReadTx& tx, const ImportId& id, std::int64_t table, std::int64_t behind,
                                          std::int64_t pieces);
/// How many pieces went.
std::int64_t drop_lines(db::WriteTx& tx, const ImportId& id, std::int64_t most);

void add_faults(db::WriteTx& tx, const ImportId& id, const std::vector<FaultyLine>& lines);
[[nodiscard]] FaultyLines faults(db::ReadTx& tx, const ImportId& id, std::int64_t after, std::int64_t limit);
std::int64_t drop_faults(db::WriteTx& tx, const ImportId& id, std::int64_t most);

/// Everybody who works or has worked at the desk or the desk above it.
[[nodiscard]] std::vector<Named> receivers(db::ReadTx& tx, const core::DeskId& desk);
/// What lies below the municipality.
[[nodiscard]] std::vector<Named> districts(db::ReadTx& tx, const core::RegionId& municipality);

[[nodiscard]] std::vector<SavedMapping> mappings(db::ReadTx& tx, const access::Actor& actor,
                                                 const ImportFilter& filter);
[[nodiscard]] std::vector<MappingRecord> mappings_of(db::ReadTx& tx, const core::DeskId& desk);
/// At any desk: for the command line.
[[nodiscard]] std::vector<MappingRecord> mappings_named(db::ReadTx& tx, const std::string& name);
[[nodiscard]] std::optional<MappingRecord> find_mapping(db::ReadTx& tx, const access::Actor& actor,
                                                        const MappingId& id);
/// Makes the mapping of that name or a new version of it.
void save_mapping(db::WriteTx& tx, const MappingRecord& mapping);
/// Whether another mapping of the desk has the name.
[[nodiscard]] bool is_named(db::ReadTx& tx, const MappingRecord& mapping, const std::string& name);
/// Overwrites the name where the version is still that one and counts it up; false when something was faster.
[[nodiscard]] bool rename_mapping(db::WriteTx& tx, const MappingRecord& mapping);
[[nodiscard]] bool remove_mapping(db::WriteTx& tx, const MappingRecord& mapping);

}  // namespace tsunagi::imports::store
