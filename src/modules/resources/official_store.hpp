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
    std::string covers = "[]";
    std::int64_t lines_all = 0;
    std::int64_t lines_done = 0;
    std::int64_t left_out = 0;
    std::int64_t good = 0;
    std::int64_t bad = 0;
    std::int64_t doubtful = 0;
    std::int64_t added = 0;
    std::int64_t changed = 0;
    std::int64_t missing = 0;
    std::string refusal;
    std::string refused_at;
    std::string preview = "[]";
    core::Instant created_at;
    std::optional<core::UserId> created_by;  ///< nobody: the command line
    std::optional<core::Instant> compared_at;
    std::optional<core::Instant> beat_at;  ///< sign of life of its job
    std::optional<core::Instant> applied_at;
    std::optional<core::UserId> applied_by;
    std::optional<core::Instant> undone_at;
    std::optional<core::UserId> undone_by;
};
BOOST_DESCRIBE_STRUCT(ImportRecord, (),
                      (id, version, state, source, service, file_name, size, fingerprint, as_of, municipalities, covers,
                       lines_all, lines_done, left_out, good, bad, doubtful, added, changed, missing, refusal,
                       refused_at, preview, created_at, created_by, compared_at, beat_at, applied_at, applied_by,
                       undone_at, undone_by))

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

/// A place and its key in the source it came from. `id`: the one it was joined to, else itself.
struct KnownPlace {
    std::string source_key;
    std::string municipality_code;
    PlaceId id;
    PlaceId own_id;
};
BOOST_DESCRIBE_STRUCT(KnownPlace, (), (source_key, municipality_code, id, own_id))

/// A municipality as official files and the tree name it.
struct MunicipalityName {
    std::string code;
    std::string prefecture;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(MunicipalityName, (), (code, prefecture, name))

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
/// A sign of life of its job; false when the import is no longer at that version.
bool beat(db::WriteTx& tx, const ImportRecord& import, const core::Instant& now, std::int64_t lines_done);
[[nodiscard]] std::optional<ImportRecord> load(db::ReadTx& tx, const OfficialImportId& id);
/// Those with a job that showed no sign of life since that moment.
[[nodiscard]] std::vector<ImportRecord> running_without_beat(db::ReadTx& tx, const core::Instant& since);

/// A row of `official_mappings`; the columns are JSON.
struct MappingRecord {
    OfficialMappingId id;
    std::string name;
    std::string service;
    std::string municipality_code;
    std::string columns;
    core::Instant created_at;
    core::UserId created_by;
};
BOOST_DESCRIBE_STRUCT(MappingRecord, (), (id, name, service, municipality_code, columns, created_at, created_by))

[[nodiscard]] std::vector<MappingRecord> mappings(db::ReadTx& tx);
/// Sources of imports that were read with a mapping.
[[nodiscard]] std::vector<std::string> used_mappings(db::ReadTx& tx);
void insert(db::WriteTx& tx, const MappingRecord& mapping);
void remove(db::WriteTx& tx, const OfficialMappingId& id);

[[nodiscard]] std::vector<MunicipalityName> municipality_names(db::ReadTx& tx);
void put(db::WriteTx& tx, const MunicipalityName& name);

void add(db::WriteTx& tx, const ChangeRecord& change);
void add(db::WriteTx& tx, const FaultRecord& fault);
/// In their order, from behind `after`, of one kind or of all.
[[nodiscard]] std::vector<ChangeRecord> changes(db::ReadTx& tx, const OfficialImportId& id,
                                                const std::optional<ChangeKind>& kind, std::int64_t after,
                                                std::int64_t limit);
[[nodiscard]] std::vector<OfficialFaultRow> faults(db::ReadTx& tx, const OfficialImportId& id,
                                                   const std::optional<bool>& bad, std::int64_t after,
                                                   std::int64_t limit);

/// The import of the same source and service that was applied last and is not undone. Here and below: imports that
/// cover other numbers do not count.
[[nodiscard]] std::optional<ImportRecord> last_applied(db::ReadTx& tx, const ImportRecord& import);
/// Whether another import of the same source and service was applied or undone at that moment or later.
[[nodiscard]] bool overtaken(db::ReadTx& tx, const ImportRecord& import, const core::Instant& since);
/// What earlier imports of the source and service kept for undoing them goes.
void forget_earlier_changes(db::WriteTx& tx, const ImportRecord& import);

/// Records that the import covers within the areas; no area: all.
[[nodiscard]] std::vector<KnownRecord> known_records(db::ReadTx& tx, const ImportRecord& import,
                                                     const std::vector<CodeRange>& areas);
[[nodiscard]] std::vector<KnownPlace> known_places(db::ReadTx& tx, const std::string& source);
[[nodiscard]] std::optional<PlaceId> place_with(db::ReadTx& tx, const std::string& source_key);

/// A row of `places`.
struct PlaceRecord : PlaceSummary {
    PlaceId id;
    std::string source;
    std::string source_key;
};
BOOST_DESCRIBE_STRUCT(PlaceRecord, (PlaceSummary), (id, source, source_key))

/// `corporation_searched`: here and below, the name of whoever runs it, folded.
void add_place(db::WriteTx& tx, const PlaceRecord& place, const std::string& corporation_searched);
/// The service of a place, unless it has it, and the row of the file that tells of it.
void add_record(db::WriteTx& tx, const ImportRecord& import, const KnownPlace& place, const OfficialRow& row);
/// The row names another service of its place than its record tells of: the record goes to that one.
void move_to_service(db::WriteTx& tx, const ImportRecord& import, const OfficialRow& row);
/// The row says something else now, or is there again. Here and below: `of_place` when it tells of its place's service
/// and not only more of it.
void change_record(db::WriteTx& tx, const ImportRecord& import, const OfficialRow& row, bool of_place);
void miss_record(db::WriteTx& tx, const ImportRecord& import, const std::string& key, const core::Date& since,
                 bool of_place);
/// Every other row of the file within the areas was seen again.
void confirm_records(db::WriteTx& tx, const ImportRecord& import, const std::vector<CodeRange>& areas);

/// Takes away the records that the import added.
void remove_added(db::WriteTx& tx, const ImportRecord& import);
/// Of these places: services without a record, then places of the source with nothing left; one of which a municipality
/// knows something, or about which somebody decided, stays.
void remove_empty(db::WriteTx& tx, const std::string& source, const std::vector<PlaceId>& places);
void restore_changed(db::WriteTx& tx, const ImportRecord& import, const OfficialRow& before,
                     const std::optional<core::Date>& missing_since, bool of_place);
void restore_missing(db::WriteTx& tx, const ImportRecord& import, const std::string& key, bool of_place);
/// What the import only confirmed counts as seen by the import before it.
void withdraw_confirmation(db::WriteTx& tx, const ImportRecord& import);

/// Places of which the import saw or missed a record.
[[nodiscard]] std::vector<PlaceId> places_of(db::ReadTx& tx, const ImportRecord& import);

/// A source record as it is stored, with its place as it is shown.
struct StoredFacts {
    PlaceId place_id;
    ServiceId service_id;
    std::string source;
    std::string service;
    std::string source_key;
    std::string municipality_code;
    std::optional<core::Date> as_of;
    std::optional<core::Date> missing_since;
    bool own = true;  ///< not of a place that was joined to it
    std::string cells;
};
BOOST_DESCRIBE_STRUCT(StoredFacts, (),
                      (place_id, service_id, source, service, source_key, municipality_code, as_of, missing_since, own,
                       cells))

/// By place.
[[nodiscard]] std::vector<StoredFacts> facts(db::ReadTx& tx, const std::vector<PlaceId>& places);
[[nodiscard]] std::vector<PlaceRecord> place_records(db::ReadTx& tx, const std::vector<PlaceId>& places);
void update_place(db::WriteTx& tx, const PlaceRecord& place, const std::string& corporation_searched);
/// What several records tell of one service.
void put_service(db::WriteTx& tx, const ServiceId& id, const OfficialRow& row,
                 const std::optional<core::Date>& missing_since);

}  // namespace tsunagi::resources::store
