// SPDX-License-Identifier: Apache-2.0
// SQL of official imports and of the public layer they fill. Public data: no scope.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "db/transaction.hpp"
#include "modules/resources/official.hpp"
#include "modules/resources/official_layout.hpp"
#include "modules/resources/resource.hpp"
#include "modules/resources/resource_rules.hpp"

namespace tsunagi::resources::store {

/// A row of `official_imports`.
struct ImportRecord {
    OfficialImportId id;
    std::int64_t version = 1;
    OfficialState state{};
    std::string source;
    std::string service;
    std::string file_name;
    std::int64_t size = 0;
    std::string fingerprint;
    std::optional<core::Date> as_of;
    std::string municipalities;
    std::int64_t lines_all = 0;
    std::int64_t left_out = 0;
    std::int64_t good = 0;
    std::int64_t bad = 0;
    std::int64_t doubtful = 0;
    std::int64_t added = 0;
    std::int64_t changed = 0;
    std::int64_t missing = 0;
    core::Instant created_at;
    std::optional<core::UserId> created_by;  ///< nobody: the command line
    std::optional<core::Instant> applied_at;
    std::optional<core::UserId> applied_by;
    std::optional<core::Instant> undone_at;
    std::optional<core::UserId> undone_by;
};
BOOST_DESCRIBE_STRUCT(ImportRecord, (),
                      (id, version, state, source, service, file_name, size, fingerprint, as_of, municipalities,
                       lines_all, left_out, good, bad, doubtful, added, changed, missing, created_at, created_by,
                       applied_at, applied_by, undone_at, undone_by))

/// As it is answered.
struct ImportReading : ImportRecord {
    std::string created_by_name;
    std::string applied_by_name;
    std::string undone_by_name;
};
BOOST_DESCRIBE_STRUCT(ImportReading, (ImportRecord), (created_by_name, applied_by_name, undone_by_name))

/// A row of `official_changes`.
struct ChangeRecord {
    OfficialImportId import_id;
    std::int64_t number = 0;
    ChangeKind kind{};
    std::string source_key;
    std::string name;
    std::string municipality_code;
    std::string cells;         ///< JSON; empty for what is missing
    std::string cells_before;  ///< JSON; empty for what is added
    std::optional<core::Date> missing_before;
};
BOOST_DESCRIBE_STRUCT(ChangeRecord, (),
                      (import_id, number, kind, source_key, name, municipality_code, cells, cells_before,
                       missing_before))

/// A row of `official_faults`.
struct FaultRecord {
    OfficialImportId import_id;
    std::int64_t number = 0;
    std::int64_t line = 0;
    std::string header;
    std::string reason;
    std::string value;
    bool bad = false;
};
BOOST_DESCRIBE_STRUCT(FaultRecord, (), (import_id, number, line, header, reason, value, bad))

/// What the difference needs to know of a source record.
struct KnownRecord {
    std::string source_key;
    std::string name;  ///< of its place
    std::string municipality_code;
    std::string cells;
    std::optional<core::Date> missing_since;
};
BOOST_DESCRIBE_STRUCT(KnownRecord, (), (source_key, name, municipality_code, cells, missing_since))

/// A place and its key in the source it came from.
struct KnownPlace {
    std::string source_key;
    PlaceId id;
};
BOOST_DESCRIBE_STRUCT(KnownPlace, (), (source_key, id))

/// `homes`: municipalities of the reader, whose people are named.
[[nodiscard]] std::vector<ImportReading> list(db::ReadTx& tx, const std::vector<core::RegionId>& homes);
[[nodiscard]] std::optional<ImportReading> find(db::ReadTx& tx, const OfficialImportId& id,
                                                const std::vector<core::RegionId>& homes);
void insert(db::WriteTx& tx, const ImportRecord& import);
[[nodiscard]] bool update(db::WriteTx& tx, const ImportRecord& import);
/// Waits for the other works on imports of the source, also those of another program on the same database. What is read
/// after it is what they left.
void wait_for_others(db::WriteTx& tx, const std::string& source);
/// With its changes and faults.
void remove(db::WriteTx& tx, const OfficialImportId& id);

void add(db::WriteTx& tx, const ChangeRecord& change);
void add(db::WriteTx& tx, const FaultRecord& fault);
/// In their order, from behind `after`, of one kind or of all.
[[nodiscard]] std::vector<ChangeRecord> changes(db::ReadTx& tx, const OfficialImportId& id,
                                                const std::optional<ChangeKind>& kind, std::int64_t after,
                                                std::int64_t limit);
[[nodiscard]] std::vector<OfficialFaultRow> faults(db::ReadTx& tx, const OfficialImportId& id,
                                                   const std::optional<bool>& bad, std::int64_t after,
                                                   std::int64_t limit);

/// The import of the same source and service that was applied last and is not undone.
[[nodiscard]] std::optional<ImportRecord> last_applied(db::ReadTx& tx, const std::string& source,
                                                       const std::string& service);
/// Whether another import of the same source and service was applied or undone at that moment or later.
[[nodiscard]] bool overtaken(db::ReadTx& tx, const ImportRecord& import, const core::Instant& since);
/// What earlier imports of the source and service kept for undoing them goes.
void forget_earlier_changes(db::WriteTx& tx, const ImportRecord& import);

/// Records of the source and service within the areas; no area: all.
[[nodiscard]] std::vector<KnownRecord> known_records(db::ReadTx& tx, const std::string& source,
                                                     const std::string& service, const std::vector<CodeRange>& areas);
[[nodiscard]] std::vector<KnownPlace> known_places(db::ReadTx& tx, const std::string& source);
[[nodiscard]] std::optional<PlaceId> place_with(db::ReadTx& tx, const std::string& source_key);

/// A row of `places`.
struct PlaceRecord : PlaceSummary {
    PlaceId id;
    std::string source;
    std::string source_key;
};
BOOST_DESCRIBE_STRUCT(PlaceRecord, (PlaceSummary), (id, source, source_key))

void add_place(db::WriteTx& tx, const PlaceRecord& place);
/// The service of a place and the row of the file that tells of it.
void add_record(db::WriteTx& tx, const ImportRecord& import, const PlaceId& place, const OfficialRow& row);
/// The row says something else now, or is there again.
void change_record(db::WriteTx& tx, const ImportRecord& import, const OfficialRow& row);
void miss_record(db::WriteTx& tx, const ImportRecord& import, const std::string& key, const core::Date& since);
/// Every other row of the file within the areas was seen again.
void confirm_records(db::WriteTx& tx, const ImportRecord& import, const std::vector<CodeRange>& areas);

/// Takes away what the import added; a place of which a municipality knows something stays.
void remove_added(db::WriteTx& tx, const ImportRecord& import);
void restore_changed(db::WriteTx& tx, const ImportRecord& import, const OfficialRow& before,
                     const std::optional<core::Date>& missing_since);
void restore_missing(db::WriteTx& tx, const ImportRecord& import, const std::string& key);
/// What the import only confirmed counts as seen by the import before it.
void withdraw_confirmation(db::WriteTx& tx, const ImportRecord& import);

/// Places of which the import saw or missed a record.
[[nodiscard]] std::vector<PlaceId> places_of(db::ReadTx& tx, const ImportRecord& import);

/// A source record as it is stored, with its place as it is shown.
struct StoredFacts {
    PlaceId place_id;
    std::string source;
    std::string service;
    std::optional<core::Date> as_of;
    std::optional<core::Date> missing_since;
    std::string cells;
};
BOOST_DESCRIBE_STRUCT(StoredFacts, (), (place_id, source, service, as_of, missing_since, cells))

/// By place.
[[nodiscard]] std::vector<StoredFacts> facts(db::ReadTx& tx, const std::vector<PlaceId>& places);
[[nodiscard]] std::vector<PlaceRecord> place_records(db::ReadTx& tx, const std::vector<PlaceId>& places);
void update_place(db::WriteTx& tx, const PlaceRecord& place);

}  // namespace tsunagi::resources::store
