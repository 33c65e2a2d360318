// SPDX-License-Identifier: Apache-2.0
#include "modules/resources/official_store.hpp"

#include <algorithm>

#include "db/record_versions.hpp"
#include "record/json_reader.hpp"
#include "record/json_writer.hpp"
#include "record/sql_text.hpp"

namespace tsunagi::resources::store {
namespace {

using record::Params;

constexpr const char* most_imports = "200";

/// The names of people are for those of the same municipality; everybody else's stay empty.
std::string select_reading(const std::vector<core::RegionId>& homes, Params& params) {
    const std::string near = homes.empty() ? std::string("('')")
                                           : "(SELECT h.user_id FROM assignments h JOIN desks d ON d.id = h.desk_id "
                                             "WHERE " +
                                                 record::in_list("d.municipality_id", homes, "home", params) + ")";
    const auto name = [&](const std::string& alias) {
        return ", COALESCE(CASE WHEN " + alias + ".id IN " + near + " THEN " + alias + ".name END, '')";
    };
    return "SELECT " + record::columns<ImportRecord>("i") + name("c") + name("a") + name("u") +
           " FROM official_imports i LEFT JOIN users c ON c.id = i.created_by LEFT JOIN users a ON a.id = i.applied_by "
           "LEFT JOIN users u ON u.id = i.undone_by";
}

std::string within(const std::vector<CodeRange>& areas, const std::string& column, Params& params) {
    if (areas.empty())
        return {};
    std::string any;
    for (std::size_t i = 0; i < areas.size(); ++i) {
        const std::string number = std::to_string(i);
        params.set("first" + number, areas[i].first).set("last" + number, areas[i].last);
        any += (any.empty() ? "" : " OR ") + column + " BETWEEN :first" + number + " AND :last" + number;
    }
    return " AND (" + any + ")";
}

Params of(const ImportRecord& import) {
    return std::move(Params().set("import", import.id).set("source", import.source).set("service", import.service));
}

/// Of numbers that begin with one of these; none: of all.
std::string covered(const ImportRecord& import, const std::string& column, Params& params) {
    std::string any;
    int number = 0;
    for (const std::string& begin : record::from_stored_json<std::vector<std::string>>(import.covers)) {
        const std::string name = "cover" + std::to_string(number++);
        params.set(name, record::anywhere(begin).substr(1));
        any += (any.empty() ? "" : " OR ") + column + " LIKE :" + name + " ESCAPE '!'";
    }
    return any.empty() ? any : " AND (" + any + ")";
}

bool overlap(const ImportRecord& a, const ImportRecord& b) {
    const auto first = record::from_stored_json<std::vector<std::string>>(a.covers);
    const auto second = record::from_stored_json<std::vector<std::string>>(b.covers);
    return first.empty() || second.empty() || std::ranges::any_of(first, [&](const std::string& one) {
               return std::ranges::any_of(
                   second, [&](const std::string& other) { return one.starts_with(other) || other.starts_with(one); });
           });
}

std::vector<ImportRecord> others(db::ReadTx& tx, const ImportRecord& import, const std::string& which,
                                 const Params& params) {
    auto found =
        tx.rows<ImportRecord>("SELECT " + record::columns<ImportRecord>() +
                                  " FROM official_imports WHERE source = :source AND service = :service AND " + which,
                              params);
    std::erase_if(found, [&](const ImportRecord& one) { return !overlap(one, import); });
    return found;
}

/// Names the record, and the service it tells of.
constexpr const char* one_record = " WHERE source = :source AND service = :service AND source_key = :key";
constexpr const char* its_service =
    " WHERE id = (SELECT r.service_id FROM source_records r WHERE r.source = :source AND r.service = :service AND "
    "r.source_key = :key)";

Params of_service(const OfficialRow& row, const std::optional<core::Date>& missing_since) {
    return std::move(Params()
                         .set("capacity", row.capacity)
                         .set("days", record::to_json(row.open_days))
                         .set("note", row.days_note)
                         .set("since", row.since)
                         .set("missing", missing_since));
}

constexpr const char* set_service =
    "UPDATE place_services SET capacity = :capacity, open_days = :days, days_note = :note, since = :since, "
    "missing_since = :missing";

/// Whoever runs the place, by the newest name; `searched` is that name folded.
void put_corporation(db::WriteTx& tx, const PlaceSummary& place, const std::string& searched) {
    if (place.corporate_number.empty() || place.corporation.empty())
        return;
    tx.send(
        "INSERT INTO corporations (number, name, searched) VALUES (:number, :name, :searched) ON CONFLICT (number) DO "
        "UPDATE SET name = excluded.name, searched = excluded.searched WHERE corporations.name <> excluded.name OR "
        "corporations.searched <> excluded.searched",
        Params().set("number", place.corporate_number).set("name", place.corporation).set("searched", searched));
}

/// The service of a place that the row tells of, unless it has it.
void add_service(db::WriteTx& tx, const PlaceId& place, const OfficialRow& row) {
    tx.send(
        "INSERT INTO place_services (id, place_id, service, capacity, open_days, days_note, since) VALUES (:id, "
        ":place, :its_service, :capacity, :days, :note, :since) ON CONFLICT (place_id, service) DO NOTHING",
        Params()
            .set("id", ServiceId::make())
            .set("place", place)
            .set("its_service", row.service)
            .set("capacity", row.capacity)
            .set("days", record::to_json(row.open_days))
            .set("note", row.days_note)
            .set("since", row.since));
}

struct ServiceOfRecord {
    ServiceId id;
    PlaceId place_id;
    std::string service;
};
BOOST_DESCRIBE_STRUCT(ServiceOfRecord, (), (id, place_id, service))

void put_service_of(db::WriteTx& tx, const ImportRecord& import, const OfficialRow& row,
                    const std::optional<core::Date>& missing_since) {
    tx.send(
        std::string(set_service) + its_service,
        of_service(row, missing_since).set("source", import.source).set("service", import.service).set("key", row.key));
}

}  // namespace

std::vector<ImportReading> list(db::ReadTx& tx, const std::vector<core::RegionId>& homes) {
    Params params;
    const std::string sql = select_reading(homes, params);
    return tx.rows<ImportReading>(sql + " ORDER BY i.created_at DESC, i.id DESC LIMIT " + most_imports, params);
}

std::optional<ImportReading> find(db::ReadTx& tx, const OfficialImportId& id,
                                  const std::vector<core::RegionId>& homes) {
    Params params;
    const std::string sql = select_reading(homes, params);
    return tx.row<ImportReading>(sql + " WHERE i.id = :id", params.set("id", id));
}

void insert(db::WriteTx& tx, const ImportRecord& import) {
    tx.insert("official_imports", import);
}

bool update(db::WriteTx& tx, const ImportRecord& import) {
    return db::update_versioned(tx, "official_imports", import);
}

void wait_for_others(db::WriteTx& tx, const std::string& source) {
    tx.execute("UPDATE official_imports SET version = version WHERE source = :source", Params().set("source", source));
}

void remove(db::WriteTx& tx, const OfficialImportId& id) {
    for (const char* sql :
         {"DELETE FROM official_changes WHERE import_id = :id", "DELETE FROM official_faults WHERE import_id = :id",
          "DELETE FROM official_imports WHERE id = :id"})
        tx.send(sql, Params().set("id", id));
}

bool beat(db::WriteTx& tx, const ImportRecord& import, const core::Instant& now, std::int64_t lines_done) {
    return tx.execute(
               "UPDATE official_imports SET beat_at = :now, lines_done = :done WHERE id = :id AND version = :version",
               Params().set("now", now).set("done", lines_done).set("id", import.id).set("version", import.version)) ==
           1;
}

std::optional<ImportRecord> load(db::ReadTx& tx, const OfficialImportId& id) {
    return tx.row<ImportRecord>("SELECT " + record::columns<ImportRecord>() + " FROM official_imports WHERE id = :id",
                                Params().set("id", id));
}

std::vector<ImportRecord> running_without_beat(db::ReadTx& tx, const core::Instant& since) {
    return tx.rows<ImportRecord>("SELECT " + record::columns<ImportRecord>() +
                                     " FROM official_imports WHERE state IN ('reading', 'applying', 'undoing') AND "
                                     "(beat_at IS NULL OR beat_at <= :since)",
                                 Params().set("since", since));
}

std::vector<MappingRecord> mappings(db::ReadTx& tx) {
    return tx.rows<MappingRecord>("SELECT " + record::columns<MappingRecord>() +
                                  " FROM official_mappings ORDER BY name, id");
}

std::vector<std::string> used_mappings(db::ReadTx& tx) {
    return tx.rows<std::string>("SELECT DISTINCT source FROM official_imports WHERE source LIKE 'mapped:%'");
}

void insert(db::WriteTx& tx, const MappingRecord& mapping) {
    tx.insert("official_mappings", mapping);
}

void remove(db::WriteTx& tx, const OfficialMappingId& id) {
    tx.send("DELETE FROM official_mappings WHERE id = :id", Params().set("id", id));
}

std::vector<MunicipalityName> municipality_names(db::ReadTx& tx) {
    return tx.rows<MunicipalityName>(
        "SELECT m.code, m.prefecture, m.name FROM municipality_names m UNION SELECT c.code, c.prefecture, c.name FROM "
        "municipality_codes c UNION SELECT r.code, '', r.name FROM regions r WHERE r.kind IN ('municipality', 'ward') "
        "AND r.code <> ''");
}

void put(db::WriteTx& tx, const MunicipalityName& name) {
    tx.send(
        "INSERT INTO municipality_names (code, prefecture, name) VALUES (:code, :prefecture, :name) ON CONFLICT (code) "
        "DO UPDATE SET prefecture = excluded.prefecture, name = excluded.name",
        Params().set_all(name));
}

void add(db::WriteTx& tx, const ChangeRecord& change) {
    tx.insert("official_changes", change);
}

void add(db::WriteTx& tx, const FaultRecord& fault) {
    tx.insert("official_faults", fault);
}

std::vector<ChangeRecord> changes(db::ReadTx& tx, const OfficialImportId& id, const std::optional<ChangeKind>& kind,
                                  std::int64_t after, std::int64_t limit) {
    Params params;
    params.set("id", id).set("after", after).set("limit", limit);
    std::string only;
    if (kind) {
        params.set("kind", *kind);
        only = " AND kind = :kind";
    }
    return tx.rows<ChangeRecord>("SELECT " + record::columns<ChangeRecord>() +
                                     " FROM official_changes WHERE import_id = :id AND number > :after" + only +
                                     " ORDER BY number LIMIT :limit",
                                 params);
}

std::vector<OfficialFaultRow> faults(db::ReadTx& tx, const OfficialImportId& id, const std::optional<bool>& bad,
                                     std::int64_t after, std::int64_t limit) {
    Params params;
    params.set("id", id).set("after", after).set("limit", limit);
    std::string only;
    if (bad) {
        params.set("bad", *bad);
        only = " AND bad = :bad";
    }
    return tx.rows<OfficialFaultRow>("SELECT " + record::columns<OfficialFaultRow>() +
                                         " FROM official_faults WHERE import_id = :id AND number > :after" + only +
                                         " ORDER BY number LIMIT :limit",
                                     params);
}

std::optional<ImportRecord> last_applied(db::ReadTx& tx, const ImportRecord& import) {
    auto found = others(tx, import, "state = 'applied' ORDER BY applied_at DESC NULLS LAST, id DESC",
                        Params().set("source", import.source).set("service", import.service));
    return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

bool overtaken(db::ReadTx& tx, const ImportRecord& import, const core::Instant& since) {
    return !others(tx, import, "id <> :import AND (applied_at >= :since OR undone_at >= :since)",
                   of(import).set("since", since))
                .empty();
}

void forget_earlier_changes(db::WriteTx& tx, const ImportRecord& import) {
    for (const ImportRecord& one :
         others(tx, import, "id <> :import AND state NOT IN ('reading', 'staged', 'applying')", of(import)))
        tx.send("DELETE FROM official_changes WHERE import_id = :id", Params().set("id", one.id));
}

std::vector<KnownRecord> known_records(db::ReadTx& tx, const ImportRecord& import,
                                       const std::vector<CodeRange>& areas) {
    Params params;
    params.set("source", import.source).set("service", import.service);
    std::string only = within(areas, "r.municipality_code", params);
    only += covered(import, "r.source_key", params);
    return tx.rows<KnownRecord>(
        "SELECT r.source_key, p.name, r.municipality_code, r.cells, r.missing_since FROM source_records r JOIN places "
        "p ON p.id = r.place_id WHERE r.source = :source AND r.service = :service" +
            only + " ORDER BY r.source_key",
        params);
}

std::vector<KnownPlace> known_places(db::ReadTx& tx, const std::string& source) {
    return tx.rows<KnownPlace>(
        "SELECT source_key, municipality_code, COALESCE(joined_to, id), id FROM places WHERE source = :source",
        Params().set("source", source));
}

std::optional<PlaceId> place_with(db::ReadTx& tx, const std::string& source_key) {
    return tx.row<PlaceId>("SELECT id FROM places WHERE source_key = :key ORDER BY source LIMIT 1",
                           Params().set("key", source_key));
}

void add_place(db::WriteTx& tx, const PlaceRecord& place, const std::string& corporation_searched) {
    tx.insert("places", place);
    put_corporation(tx, place, corporation_searched);
}

void add_record(db::WriteTx& tx, const ImportRecord& import, const KnownPlace& place, const OfficialRow& row) {
    add_service(tx, place.id, row);
    tx.send(
        "INSERT INTO source_records (id, service_id, place_id, own_place_id, source, service, source_key, "
        "municipality_code, cells, import_id) VALUES (:id, (SELECT s.id FROM place_services s WHERE s.place_id = "
        ":place AND s.service = :its_service), :place, :own_place, :source, :service, :key, :code, :cells, :import)",
        of(import)
            .set("id", core::new_uuid())
            .set("its_service", row.service)
            .set("place", place.id)
            .set("own_place", place.own_id)
            .set("key", row.key)
            .set("code", row.municipality_code)
            .set("cells", record::to_json(row.cells)));
}

void move_to_service(db::WriteTx& tx, const ImportRecord& import, const OfficialRow& row) {
    const auto told = tx.row<ServiceOfRecord>(
        "SELECT s.id, s.place_id, s.service FROM place_services s JOIN source_records r ON r.service_id = s.id WHERE "
        "r.source = :source AND r.service = :service AND r.source_key = :key",
        Params().set("source", import.source).set("service", import.service).set("key", row.key));
    if (!told || told->service == row.service)
        return;
    add_service(tx, told->place_id, row);
    tx.send(std::string("UPDATE source_records SET service_id = (SELECT s.id FROM place_services s WHERE s.place_id = "
                        ":place AND s.service = :its_service)") +
                one_record,
            Params()
                .set("place", told->place_id)
                .set("its_service", row.service)
                .set("source", import.source)
                .set("service", import.service)
                .set("key", row.key));
    tx.send(
        "DELETE FROM place_services WHERE id = :from AND NOT EXISTS (SELECT 1 FROM source_records r WHERE r.service_id "
        "= :from)",
        Params().set("from", told->id));
}

void change_record(db::WriteTx& tx, const ImportRecord& import, const OfficialRow& row, bool of_place) {
    tx.send(std::string("UPDATE source_records SET cells = :cells, municipality_code = :code, earlier_import_id = "
                        "import_id, import_id = :import, missing_since = NULL") +
                one_record,
            of(import).set("key", row.key).set("code", row.municipality_code).set("cells", record::to_json(row.cells)));
    if (of_place)
        put_service_of(tx, import, row, {});
}

void miss_record(db::WriteTx& tx, const ImportRecord& import, const std::string& key, const core::Date& since,
                 bool of_place) {
    const auto params = [&] {
        return std::move(
            Params().set("source", import.source).set("service", import.service).set("key", key).set("since", since));
    };
    tx.send(std::string("UPDATE source_records SET missing_since = :since") + one_record, params());
    if (of_place)
        tx.send(std::string("UPDATE place_services SET missing_since = :since") + its_service, params());
}

void confirm_records(db::WriteTx& tx, const ImportRecord& import, const std::vector<CodeRange>& areas) {
    Params params = of(import);
    std::string only = within(areas, "municipality_code", params);
    only += covered(import, "source_key", params);
    tx.send(
        "UPDATE source_records SET earlier_import_id = import_id, import_id = :import WHERE source = :source AND "
        "service = :service AND missing_since IS NULL AND import_id <> :import" +
            only,
        params);
}

void remove_added(db::WriteTx& tx, const ImportRecord& import) {
    tx.send(
        "DELETE FROM source_records WHERE source = :source AND service = :service AND source_key IN (SELECT "
        "c.source_key FROM official_changes c WHERE c.import_id = :import AND c.kind = 'added')",
        of(import));
}

void remove_empty(db::WriteTx& tx, const std::string& source, const std::vector<PlaceId>& places) {
    if (places.empty())
        return;
    const auto among = [&](const char* sql, const char* column, const char* behind) {
        Params params;
        params.set("source", source);
        const std::string list = record::in_list(column, places, "place", params);
        tx.send(sql + list + behind, params);
    };
    among("DELETE FROM place_services WHERE :source <> 'own' AND ", "place_id",
          " AND NOT EXISTS (SELECT 1 FROM source_records r WHERE r.service_id = place_services.id) AND NOT EXISTS "
          "(SELECT 1 FROM own_places o WHERE o.id = place_services.place_id)");
    among("DELETE FROM place_matches WHERE :source <> 'own' AND state = 'proposed' AND ", "place_id",
          " AND NOT EXISTS (SELECT 1 FROM source_records r WHERE r.own_place_id = place_matches.place_id)");
    among("DELETE FROM place_matches WHERE :source <> 'own' AND state = 'proposed' AND ", "other_id",
          " AND NOT EXISTS (SELECT 1 FROM source_records r WHERE r.own_place_id = place_matches.other_id)");
    among(
        "DELETE FROM places WHERE source = :source AND ", "id",
        " AND NOT EXISTS (SELECT 1 FROM place_services s WHERE s.place_id = places.id) AND NOT EXISTS (SELECT 1 FROM "
        "source_records r WHERE r.own_place_id = places.id) AND NOT EXISTS (SELECT 1 FROM place_locals l WHERE "
        "l.place_id = places.id) AND NOT EXISTS (SELECT 1 FROM place_matches m WHERE m.place_id = places.id OR "
        "m.other_id = places.id) AND NOT EXISTS (SELECT 1 FROM places j WHERE j.joined_to = places.id) AND NOT EXISTS "
        "(SELECT 1 FROM confirmations c WHERE c.place_id = places.id) AND NOT EXISTS (SELECT 1 FROM vacancies v WHERE "
        "v.place_id = places.id) AND NOT EXISTS (SELECT 1 FROM referrals q WHERE q.place_id = places.id)");
}

void restore_changed(db::WriteTx& tx, const ImportRecord& import, const OfficialRow& before,
                     const std::optional<core::Date>& missing_since, bool of_place) {
    tx.send(std::string("UPDATE source_records SET cells = :cells, municipality_code = COALESCE(NULLIF(:code, ''), "
                        "municipality_code), import_id = earlier_import_id, earlier_import_id = NULL, missing_since = "
                        ":missing") +
                one_record,
            Params()
                .set("source", import.source)
                .set("service", import.service)
                .set("key", before.key)
                .set("code", before.municipality_code)
                .set("cells", record::to_json(before.cells))
                .set("missing", missing_since));
    if (of_place)
        put_service_of(tx, import, before, missing_since);
}

void restore_missing(db::WriteTx& tx, const ImportRecord& import, const std::string& key, bool of_place) {
    const auto params = [&] {
        return std::move(Params().set("source", import.source).set("service", import.service).set("key", key));
    };
    tx.send(std::string("UPDATE source_records SET missing_since = NULL") + one_record, params());
    if (of_place)
        tx.send(std::string("UPDATE place_services SET missing_since = NULL") + its_service, params());
}

void withdraw_confirmation(db::WriteTx& tx, const ImportRecord& import) {
    tx.send(
        "UPDATE source_records SET import_id = earlier_import_id, earlier_import_id = NULL WHERE import_id = :import "
        "AND earlier_import_id IS NOT NULL",
        Params().set("import", import.id));
}

std::vector<PlaceId> places_of(db::ReadTx& tx, const ImportRecord& import) {
    const std::string missed =
        " FROM official_changes c JOIN source_records r ON r.source = :source AND r.service = :service AND "
        "r.source_key = c.source_key WHERE c.import_id = :import AND c.kind = 'missing'";
    return tx.rows<PlaceId>(
        "SELECT place_id FROM source_records WHERE import_id = :import UNION SELECT own_place_id FROM source_records "
        "WHERE import_id = :import UNION SELECT r.place_id" +
            missed + " UNION SELECT r.own_place_id" + missed,
        of(import));
}

std::vector<StoredFacts> facts(db::ReadTx& tx, const std::vector<PlaceId>& places) {
    Params params;
    const std::string among = record::in_list("r.place_id", places, "place", params);
    return tx.rows<StoredFacts>(
        "SELECT r.place_id, r.service_id, r.source, s.service, r.source_key, r.municipality_code, i.as_of, "
        "r.missing_since, CASE WHEN r.own_place_id = r.place_id THEN 1 ELSE 0 END, r.cells FROM source_records r JOIN "
        "place_services s ON s.id = r.service_id JOIN "
        "official_imports i ON i.id = r.import_id WHERE " +
            among + " ORDER BY r.place_id, s.service, r.source_key",
        params);
}

std::vector<PlaceRecord> place_records(db::ReadTx& tx, const std::vector<PlaceId>& places) {
    Params params;
    const std::string among = record::in_list("p.id", places, "place", params);
    return tx.rows<PlaceRecord>(
        "SELECT " + record::columns<PlaceRecord>("p") + " FROM places p WHERE " + among + " ORDER BY p.id", params);
}

void update_place(db::WriteTx& tx, const PlaceRecord& place, const std::string& corporation_searched) {
    static const std::string columns = [] {
        std::string result;
        record::for_each_member<PlaceSummary>([&](auto member) {
            result += (result.empty() ? "" : ", ") + std::string(member.name) + " = :" + member.name;
        });
        return result;
    }();
    Params params;
    params.set_all(static_cast<const PlaceSummary&>(place)).set("id", place.id);
    tx.send("UPDATE places SET " + columns + " WHERE id = :id", params);
    put_corporation(tx, place, corporation_searched);
}

void put_service(db::WriteTx& tx, const ServiceId& id, const OfficialRow& row,
                 const std::optional<core::Date>& missing_since) {
    tx.send(std::string(set_service) + " WHERE id = :id", of_service(row, missing_since).set("id", id));
}

}  // namespace tsunagi::resources::store
