// SPDX-License-Identifier: Apache-2.0
#include "modules/resources/official_store.hpp"

#include "db/record_versions.hpp"
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

/// Names the record, and the service it tells of.
constexpr const char* one_record = " WHERE source = :source AND service = :service AND source_key = :key";
constexpr const char* its_service =
    " WHERE id = (SELECT r.service_id FROM source_records r WHERE r.source = :source AND r.service = :service AND "
    "r.source_key = :key)";

void put_service(db::WriteTx& tx, const ImportRecord& import, const OfficialRow& row,
                 const std::optional<core::Date>& missing_since) {
    tx.send(std::string("UPDATE place_services SET capacity = :capacity, open_days = :days, days_note = :note, "
                        "missing_since = :missing") +
                its_service,
            Params()
                .set("source", import.source)
                .set("service", import.service)
                .set("key", row.key)
                .set("capacity", row.capacity)
                .set("days", record::to_json(row.open_days))
                .set("note", row.days_note)
                .set("missing", missing_since));
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

std::optional<ImportRecord> last_applied(db::ReadTx& tx, const std::string& source, const std::string& service) {
    return tx.row<ImportRecord>("SELECT " + record::columns<ImportRecord>() +
                                    " FROM official_imports WHERE source = :source AND service = :service AND state = "
                                    "'applied' ORDER BY applied_at DESC NULLS LAST, id DESC LIMIT 1",
                                Params().set("source", source).set("service", service));
}

bool overtaken(db::ReadTx& tx, const ImportRecord& import, const core::Instant& since) {
    return tx.number(
               "SELECT count(*) FROM official_imports WHERE source = :source AND service = :service AND id <> :import "
               "AND (applied_at >= :since OR undone_at >= :since)",
               of(import).set("since", since)) > 0;
}

void forget_earlier_changes(db::WriteTx& tx, const ImportRecord& import) {
    tx.send(
        "DELETE FROM official_changes WHERE import_id IN (SELECT i.id FROM official_imports i WHERE i.source = :source "
        "AND i.service = :service AND i.state <> 'staged' AND i.id <> :import)",
        of(import));
}

std::vector<KnownRecord> known_records(db::ReadTx& tx, const std::string& source, const std::string& service,
                                       const std::vector<CodeRange>& areas) {
    Params params;
    params.set("source", source).set("service", service);
    const std::string area = within(areas, "r.municipality_code", params);
    return tx.rows<KnownRecord>(
        "SELECT r.source_key, p.name, r.municipality_code, r.cells, r.missing_since FROM source_records r JOIN places "
        "p ON p.id = r.place_id WHERE r.source = :source AND r.service = :service" +
            area + " ORDER BY r.source_key",
        params);
}

std::vector<KnownPlace> known_places(db::ReadTx& tx, const std::string& source) {
    return tx.rows<KnownPlace>("SELECT source_key, id FROM places WHERE source = :source",
                               Params().set("source", source));
}

std::optional<PlaceId> place_with(db::ReadTx& tx, const std::string& source_key) {
    return tx.row<PlaceId>("SELECT id FROM places WHERE source_key = :key ORDER BY source LIMIT 1",
                           Params().set("key", source_key));
}

void add_place(db::WriteTx& tx, const PlaceRecord& place) {
    tx.insert("places", place);
}

void add_record(db::WriteTx& tx, const ImportRecord& import, const PlaceId& place, const OfficialRow& row) {
    const ServiceId service = ServiceId::make();
    tx.send(
        "INSERT INTO place_services (id, place_id, service, capacity, open_days, days_note) VALUES (:id, :place, "
        ":service, :capacity, :days, :note)",
        Params()
            .set("id", service)
            .set("place", place)
            .set("service", import.service)
            .set("capacity", row.capacity)
            .set("days", record::to_json(row.open_days))
            .set("note", row.days_note));
    tx.send(
        "INSERT INTO source_records (id, service_id, place_id, source, service, source_key, municipality_code, cells, "
        "import_id) VALUES (:id, :of_service, :place, :source, :service, :key, :code, :cells, :import)",
        of(import)
            .set("id", core::new_uuid())
            .set("of_service", service)
            .set("place", place)
            .set("key", row.key)
            .set("code", row.municipality_code)
            .set("cells", record::to_json(row.cells)));
}

void change_record(db::WriteTx& tx, const ImportRecord& import, const OfficialRow& row) {
    tx.send(std::string("UPDATE source_records SET cells = :cells, municipality_code = :code, earlier_import_id = "
                        "import_id, import_id = :import, missing_since = NULL") +
                one_record,
            of(import).set("key", row.key).set("code", row.municipality_code).set("cells", record::to_json(row.cells)));
    put_service(tx, import, row, {});
}

void miss_record(db::WriteTx& tx, const ImportRecord& import, const std::string& key, const core::Date& since) {
    const auto params = [&] {
        return std::move(
            Params().set("source", import.source).set("service", import.service).set("key", key).set("since", since));
    };
    tx.send(std::string("UPDATE source_records SET missing_since = :since") + one_record, params());
    tx.send(std::string("UPDATE place_services SET missing_since = :since") + its_service, params());
}

void confirm_records(db::WriteTx& tx, const ImportRecord& import, const std::vector<CodeRange>& areas) {
    Params params = of(import);
    const std::string area = within(areas, "municipality_code", params);
    tx.send(
        "UPDATE source_records SET earlier_import_id = import_id, import_id = :import WHERE source = :source AND "
        "service = :service AND missing_since IS NULL AND import_id <> :import" +
            area,
        params);
}

void remove_added(db::WriteTx& tx, const ImportRecord& import) {
    const std::string added =
        "(SELECT c.source_key FROM official_changes c WHERE c.import_id = :import AND c.kind = 'added')";
    const auto only_import_and_source = [&] {
        return std::move(Params().set("import", import.id).set("source", import.source));
    };
    tx.send("DELETE FROM source_records WHERE source = :source AND service = :service AND source_key IN " + added,
            of(import));
    tx.send(
        "DELETE FROM place_services WHERE service = :service AND place_id IN (SELECT p.id FROM places p WHERE p.source "
        "= :source AND p.source_key IN " +
            added + ")",
        of(import));
    tx.send("DELETE FROM places WHERE source = :source AND source_key IN " + added +
                " AND NOT EXISTS (SELECT 1 FROM place_services s WHERE s.place_id = places.id) AND NOT EXISTS (SELECT "
                "1 FROM place_locals l WHERE l.place_id = places.id) AND NOT EXISTS (SELECT 1 FROM confirmations c WHERE "
                "c.place_id = places.id) AND NOT EXISTS (SELECT 1 FROM vacancies v WHERE v.place_id = places.id)",
            only_import_and_source());
}

void restore_changed(db::WriteTx& tx, const ImportRecord& import, const OfficialRow& before,
                     const std::optional<core::Date>& missing_since) {
    tx.send(std::string("UPDATE source_records SET cells = :cells, municipality_code = :code, import_id = "
                        "earlier_import_id, earlier_import_id = NULL, missing_since = :missing") +
                one_record,
            Params()
                .set("source", import.source)
                .set("service", import.service)
                .set("key", before.key)
                .set("code", before.municipality_code)
                .set("cells", record::to_json(before.cells))
                .set("missing", missing_since));
    put_service(tx, import, before, missing_since);
}

void restore_missing(db::WriteTx& tx, const ImportRecord& import, const std::string& key) {
    const auto params = [&] {
        return std::move(Params().set("source", import.source).set("service", import.service).set("key", key));
    };
    tx.send(std::string("UPDATE source_records SET missing_since = NULL") + one_record, params());
    tx.send(std::string("UPDATE place_services SET missing_since = NULL") + its_service, params());
}

void withdraw_confirmation(db::WriteTx& tx, const ImportRecord& import) {
    tx.send(
        "UPDATE source_records SET import_id = earlier_import_id, earlier_import_id = NULL WHERE import_id = :import "
        "AND earlier_import_id IS NOT NULL",
        Params().set("import", import.id));
}

std::vector<PlaceId> places_of(db::ReadTx& tx, const ImportRecord& import) {
    return tx.rows<PlaceId>(
        "SELECT place_id FROM source_records WHERE import_id = :import UNION SELECT r.place_id FROM official_changes c "
        "JOIN source_records r ON r.source = :source AND r.service = :service AND r.source_key = c.source_key WHERE "
        "c.import_id = :import AND c.kind = 'missing'",
        of(import));
}

std::vector<StoredFacts> facts(db::ReadTx& tx, const std::vector<PlaceId>& places) {
    Params params;
    const std::string among = record::in_list("r.place_id", places, "place", params);
    return tx.rows<StoredFacts>(
        "SELECT r.place_id, r.source, r.service, i.as_of, r.missing_since, r.cells FROM source_records r JOIN "
        "official_imports i ON i.id = r.import_id WHERE " +
            among + " ORDER BY r.place_id, r.service",
        params);
}

std::vector<PlaceRecord> place_records(db::ReadTx& tx, const std::vector<PlaceId>& places) {
    Params params;
    const std::string among = record::in_list("p.id", places, "place", params);
    return tx.rows<PlaceRecord>(
        "SELECT " + record::columns<PlaceRecord>("p") + " FROM places p WHERE " + among + " ORDER BY p.id", params);
}

void update_place(db::WriteTx& tx, const PlaceRecord& place) {
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
}

}  // namespace tsunagi::resources::store
