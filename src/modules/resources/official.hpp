// SPDX-License-Identifier: Apache-2.0
// Imports of official files, as they are asked for and answered.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/id.hpp"
#include "modules/uploads/upload.hpp"
#include "record/describe.hpp"
#include "record/types.hpp"

namespace tsunagi::resources {

using OfficialImportId = core::Id<struct OfficialImportTag>;

/// reading, applying, undoing: a job is at it. refused: it was not read, `refusal` says why. staged: read, compared,
/// waiting for approval. repeated: the file that was applied last, there is nothing to approve.
enum class OfficialState { reading, refused, staged, repeated, applying, applied, undoing, undone };
BOOST_DESCRIBE_ENUM(OfficialState, reading, refused, staged, repeated, applying, applied, undoing, undone)

/// missing: the file has the row no more.
enum class ChangeKind { added, changed, missing };
BOOST_DESCRIBE_ENUM(ChangeKind, added, changed, missing)

struct NewOfficialImport {
    uploads::UploadId upload_id;
    std::vector<record::Text<6>> municipalities;  ///< codes of 2, 5 or 6 digits; none: the whole file
    std::optional<core::Date> as_of;              ///< where the name of the file does not tell it
};
BOOST_DESCRIBE_STRUCT(NewOfficialImport, (), (upload_id, municipalities, as_of))

struct OfficialImport {
    OfficialImportId id;
    std::int64_t version = 1;
    OfficialState state{};
    std::string source;
    std::string service;
    std::string file_name;
    std::int64_t size = 0;
    std::optional<core::Date> as_of;
    std::vector<std::string> municipalities;
    std::int64_t lines_all = 0;
    std::int64_t lines_done = 0;  ///< of a job: of the file while it is read, of the difference afterwards
    std::int64_t left_out = 0;
    std::int64_t good = 0;
    std::int64_t bad = 0;
    std::int64_t doubtful = 0;
    std::int64_t added = 0;
    std::int64_t changed = 0;
    std::int64_t missing = 0;
    std::string refusal;                            ///< why it was not read, or why the last job came to nothing
    std::string refused_at;                         ///< what it was about, such as the name of a column
    std::vector<std::vector<std::string>> preview;  ///< of a file of no known layout, the first lines
    core::Instant created_at;
    std::string created_by_name;
    std::optional<core::Instant> applied_at;
    std::string applied_by_name;
    std::optional<core::Instant> undone_at;
    std::string undone_by_name;
};
BOOST_DESCRIBE_STRUCT(OfficialImport, (),
                      (id, version, state, source, service, file_name, size, as_of, municipalities, lines_all,
                       lines_done, left_out, good, bad, doubtful, added, changed, missing, refusal, refused_at, preview,
                       created_at, created_by_name, applied_at, applied_by_name, undone_at, undone_by_name))

using OfficialMappingId = core::Id<struct OfficialMappingTag>;

/// What a column means; an empty field: it is only kept.
struct MappedColumn {
    record::NonEmpty<record::Text<200>> header;
    record::Text<40> field;
};
BOOST_DESCRIBE_STRUCT(MappedColumn, (), (header, field))

/// A list that no layout describes, read by hand. Every column of its header, in their order.
struct NewOfficialMapping {
    record::NonEmpty<record::Text<100>> name;
    record::Code<"resource_service"> service;
    record::Text<6> municipality_code;  ///< of rows that tell none
    std::vector<MappedColumn> columns;
};
BOOST_DESCRIBE_STRUCT(NewOfficialMapping, (), (name, service, municipality_code, columns))

struct OfficialMapping {
    OfficialMappingId id;
    std::string source;  ///< of its records
    std::string name;
    std::string service;
    std::string municipality_code;
    core::Instant created_at;
    bool used = false;
};
BOOST_DESCRIBE_STRUCT(OfficialMapping, (), (id, source, name, service, municipality_code, created_at, used))

struct OfficialMappings {
    std::vector<OfficialMapping> items;  ///< by name
};
BOOST_DESCRIBE_STRUCT(OfficialMappings, (), (items))

struct OfficialImportList {
    std::vector<OfficialImport> items;  ///< newest first
};
BOOST_DESCRIBE_STRUCT(OfficialImportList, (), (items))

struct CellChange {
    std::string header;
    std::string before;
    std::string after;
};
BOOST_DESCRIBE_STRUCT(CellChange, (), (header, before, after))

struct OfficialChange {
    std::int64_t number = 0;
    ChangeKind kind{};
    std::string source_key;
    std::string name;
    std::string municipality_code;
    std::vector<CellChange> cells;  ///< of a changed row, those that differ
};
BOOST_DESCRIBE_STRUCT(OfficialChange, (), (number, kind, source_key, name, municipality_code, cells))

struct OfficialChanges {
    std::vector<OfficialChange> items;
    std::optional<std::int64_t> next;
};
BOOST_DESCRIBE_STRUCT(OfficialChanges, (), (items, next))

struct OfficialFaultRow {
    std::int64_t number = 0;
    std::int64_t line = 0;
    std::string header;
    std::string reason;
    std::string value;
    bool bad = false;
};
BOOST_DESCRIBE_STRUCT(OfficialFaultRow, (), (number, line, header, reason, value, bad))

struct OfficialFaults {
    std::vector<OfficialFaultRow> items;
    std::optional<std::int64_t> next;
};
BOOST_DESCRIBE_STRUCT(OfficialFaults, (), (items, next))

/// `after`: the number of the last one that was seen.
struct NumberedQuery {
    std::optional<ChangeKind> kind;
    std::optional<std::int64_t> after;
    std::optional<std::int64_t> limit;
};
BOOST_DESCRIBE_STRUCT(NumberedQuery, (), (kind, after, limit))

struct OfficialFaultsQuery {
    std::optional<bool> bad;
    std::optional<std::int64_t> after;
    std::optional<std::int64_t> limit;
};
BOOST_DESCRIBE_STRUCT(OfficialFaultsQuery, (), (bad, after, limit))

}  // namespace tsunagi::resources
