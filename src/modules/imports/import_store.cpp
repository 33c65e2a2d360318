// SPDX-License-Identifier: Apache-2.0
#include "modules/imports/import_store.hpp"

#include <algorithm>
#include <iterator>

#include "db/record_versions.hpp"
#include "record/json_reader.hpp"
#include "record/json_writer.hpp"
#include "record/sql_text.hpp"

namespace tsunagi::imports::store {
namespace {

using record::Params;

constexpr const char* most_imports = "200";
constexpr std::size_t lines_of_piece = 200;
const db::VersionTable mapping_versions{"import_mapping_versions", "mapping_id"};

std::string scope(const access::Actor& actor, const std::string& alias, Params& params) {
    return actor.desks.empty() ? std::string("1 = 0")
                               : record::in_list(alias + ".desk_id", actor.desks, "scope_desk", params);
}

const std::string& select_reading() {
    static const std::string sql =
        "SELECT " + record::columns<ImportRecord>("i") +
        ", u.name, COALESCE(n.name, ''), (SELECT max(s.taken_at) FROM imports s WHERE s.desk_id = i.desk_id AND "
        "s.fingerprint = i.fingerprint AND s.state = 'taken' AND s.id <> i.id) FROM imports i JOIN users u ON u.id = "
        "i.created_by LEFT JOIN users n ON n.id = i.undone_by WHERE ";
    return sql;
}

struct FaultRow {
    std::int64_t line = 0;
    FaultKind kind{};
    std::string faults;
};
BOOST_DESCRIBE_STRUCT(FaultRow, (), (line, kind, faults))

struct SavedRow {
    MappingId id;
    core::DeskId desk_id;
    std::int64_t version = 1;
    std::string name;
    core::Instant updated_at;
    std::string updated_by_name;
};
BOOST_DESCRIBE_STRUCT(SavedRow, (), (id, desk_id, version, name, updated_at, updated_by_name))

}  // namespace

std::vector<ImportReading> list(db::ReadTx& tx, const access::Actor& actor, const ImportFilter& filter) {
    Params params;
    std::string where = scope(actor, "i", params);
    if (!filter.desk.empty())
        where += " AND " + record::in_list("i.desk_id", filter.desk, "desk", params);
    return tx.rows<ImportReading>(
        select_reading() + where + " ORDER BY i.created_at DESC, i.id DESC LIMIT " + most_imports, params);
}

std::optional<ImportReading> find(db::ReadTx& tx, const access::Actor& actor, const ImportId& id) {
    Params params;
    params.set("id", id);
    const std::string desks = scope(actor, "i", params);
    return tx.row<ImportReading>(select_reading() + "i.id = :id AND " + desks, params);
}

std::optional<ImportRecord> load(db::ReadTx& tx, const ImportId& id) {
    return tx.row<ImportRecord>("SELECT " + record::columns<ImportRecord>("i") + " FROM imports i WHERE i.id = :id",
                                Params().set("id", id));
}

void insert(db::WriteTx& tx, const ImportRecord& import) {
    tx.insert("imports", import);
}

bool update(db::WriteTx& tx, const ImportRecord& import) {
    return db::update_versioned(tx, "imports", import);
}

bool remove(db::WriteTx& tx, const ImportRecord& import) {
    return tx.execute("DELETE FROM imports WHERE id = :id AND version = :version",
                      Params().set("id", import.id).set("version", import.version)) == 1;
}

bool beat(db::WriteTx& tx, const ImportId& id, std::int64_t version, const core::Instant& now, std::int64_t done,
          std::int64_t all) {
    return tx.execute(
               "UPDATE imports SET beat_at = :now, lines_done = :done, lines_all = :all WHERE id = :id AND version = "
               ":version",
               Params().set("id", id).set("version", version).set("now", now).set("done", done).set("all", all)) == 1;
}

std::vector<ImportRecord> running_without_beat(db::ReadTx& tx, const core::Instant& since) {
    return tx.rows<ImportRecord>("SELECT " + record::columns<ImportRecord>("i") +
                                     " FROM imports i WHERE i.state IN ('reading', 'checking', 'taking', 'undoing') "
                                     "AND (i.beat_at IS NULL OR i.beat_at <= :since) AND i.updated_at <= :since",
                                 Params().set("since", since));
}

std::vector<ImportRecord> untaken_since(db::ReadTx& tx, const core::Instant& since) {
    return tx.rows<ImportRecord>("SELECT " + record::columns<ImportRecord>("i") +
                                     " FROM imports i WHERE i.state IN ('refused', 'read', 'checked') AND "
                                     "i.updated_at <= :since LIMIT 20",
                                 Params().set("since", since));
}

void add_lines(db::WriteTx& tx, const ImportId& id, std::int64_t table, const std::vector<FileLine>& lines) {
    for (std::size_t at = 0; at < lines.size(); at += lines_of_piece) {
        const auto first = lines.begin() + static_cast<std::ptrdiff_t>(at);
        const auto last = lines.begin() + static_cast<std::ptrdiff_t>(std::min(lines.size(), at + lines_of_piece));
        tx.send(
            "INSERT INTO import_lines (import_id, table_number, first_line, lines) VALUES (:id, :table, :first, "
            ":lines)",
            Params()
                .set("id", id)
                .set("table", table)
                .set("first", first->number)
                .set("lines", record::to_json(std::vector<FileLine>(first, last))));
    }
}

std::vector<FileLine> lines(db::ReadTx& tx, const ImportId& id, std::int64_t table, std::int64_t behind,
                            std::int64_t pieces) {
    std::vector<FileLine> result;
    for (const auto& piece : tx.rows<std::string>(
             "SELECT lines FROM import_lines WHERE import_id = :id AND table_number = :table AND first_line > :behind "
             "ORDER BY first_line LIMIT :pieces",
             Params().set("id", id).set("table", table).set("behind", behind).set("pieces", pieces))) {
        auto more = record::from_stored_json<std::vector<FileLine>>(piece);
        std::move(more.begin(), more.end(), std::back_inserter(result));
    }
    return result;
}

std::int64_t drop_lines(db::WriteTx& tx, const ImportId& id, std::int64_t most) {
    return tx.execute(
        "DELETE FROM import_lines WHERE import_id = :id AND (table_number, first_line) IN (SELECT l.table_number, "
        "l.first_line FROM import_lines l WHERE l.import_id = :id ORDER BY l.table_number, l.first_line LIMIT :most)",
        Params().set("id", id).set("most", most));
}

void add_faults(db::WriteTx& tx, const ImportId& id, const std::vector<FaultyLine>& lines) {
    for (const FaultyLine& line : lines) {
        tx.send("INSERT INTO import_faults (import_id, line, kind, faults) VALUES (:id, :line, :kind, :faults)",
                Params()
                    .set("id", id)
                    .set("line", line.number)
                    .set("kind", line.kind)
                    .set("faults", record::to_json(line.faults)));
    }
}

FaultyLines faults(db::ReadTx& tx, const ImportId& id, std::int64_t after, std::int64_t limit) {
    FaultyLines result;
    for (const auto& row : tx.rows<FaultRow>(
             "SELECT line, kind, faults FROM import_faults WHERE import_id = :id AND line > :after ORDER BY line "
             "LIMIT :limit",
             Params().set("id", id).set("after", after).set("limit", limit + 1))) {
        if (static_cast<std::int64_t>(result.items.size()) == limit) {
            result.next = result.items.back().number;
            break;
        }
        result.items.push_back({row.line, row.kind, record::from_stored_json<std::vector<LineFault>>(row.faults)});
    }
    return result;
}

std::int64_t drop_faults(db::WriteTx& tx, const ImportId& id, std::int64_t most) {
    return tx.execute(
        "DELETE FROM import_faults WHERE import_id = :id AND line IN (SELECT f.line FROM import_faults f WHERE "
        "f.import_id = :id ORDER BY f.line LIMIT :most)",
        Params().set("id", id).set("most", most));
}

std::vector<Named> receivers(db::ReadTx& tx, const core::DeskId& desk) {
    return tx.rows<Named>(
        "SELECT DISTINCT u.id, u.name FROM desks d JOIN assignments a ON a.desk_id = d.id OR a.desk_id = d.parent_id "
        "JOIN users u ON u.id = a.user_id WHERE d.id = :desk ORDER BY u.id",
        Params().set("desk", desk));
}

std::vector<Named> districts(db::ReadTx& tx, const core::RegionId& municipality) {
    return tx.rows<Named>(
        "WITH RECURSIVE below (id, name) AS (SELECT r.id, r.name FROM regions r WHERE r.parent_id = :city UNION "
        "SELECT r.id, r.name FROM regions r JOIN below ON r.parent_id = below.id) SELECT id, name FROM below ORDER BY "
        "id",
        Params().set("city", municipality));
}

std::vector<SavedMapping> mappings(db::ReadTx& tx, const access::Actor& actor, const ImportFilter& filter) {
    Params params;
    std::string where = scope(actor, "m", params);
    if (!filter.desk.empty())
        where += " AND " + record::in_list("m.desk_id", filter.desk, "desk", params);
    std::vector<SavedMapping> result;
    for (auto& row : tx.rows<SavedRow>("SELECT m.id, m.desk_id, m.version, m.name, m.updated_at, u.name FROM "
                                       "import_mappings m JOIN users u ON u.id = m.updated_by WHERE " +
                                           where + " ORDER BY m.name, m.id LIMIT 500",
                                       params))
        result.push_back({row.id, row.desk_id, row.version, row.name, row.updated_at, row.updated_by_name});
    return result;
}

std::vector<MappingRecord> mappings_of(db::ReadTx& tx, const core::DeskId& desk) {
    return tx.rows<MappingRecord>(
        "SELECT " + record::columns<MappingRecord>() +
            " FROM import_mappings WHERE desk_id = :desk ORDER BY updated_at DESC, id LIMIT 500",
        Params().set("desk", desk));
}

std::vector<MappingRecord> mappings_named(db::ReadTx& tx, const std::string& name) {
    return tx.rows<MappingRecord>(
        "SELECT " + record::columns<MappingRecord>() + " FROM import_mappings WHERE name = :name ORDER BY desk_id",
        Params().set("name", name));
}

std::optional<MappingRecord> find_mapping(db::ReadTx& tx, const access::Actor& actor, const MappingId& id) {
    Params params;
    params.set("id", id);
    const std::string desks = scope(actor, "m", params);
    return tx.row<MappingRecord>(
        "SELECT " + record::columns<MappingRecord>("m") + " FROM import_mappings m WHERE m.id = :id AND " + desks,
        params);
}

void save_mapping(db::WriteTx& tx, const MappingRecord& mapping) {
    auto known = tx.row<MappingRecord>(
        "SELECT " + record::columns<MappingRecord>() + " FROM import_mappings WHERE desk_id = :desk AND name = :name",
        Params().set("desk", mapping.desk_id).set("name", mapping.name));
    if (known && known->plan == mapping.plan)
        return;
    MappingRecord next = mapping;
    if (known) {
        next.id = known->id;
        next.version = known->version;
        if (!db::update_versioned(tx, "import_mappings", next))
            throw core::stale(known->version + 1);
        ++next.version;
    } else {
        next.id = MappingId::make();
        tx.insert("import_mappings", next);
    }
    db::add_version(tx, mapping_versions, next.id.str(),
                    {.version = next.version,
                     .at = next.updated_at,
                     .by_id = next.updated_by,
                     .kind = known ? "edited" : "created",
                     .reason = {},
                     .document = next.plan});
}

bool is_named(db::ReadTx& tx, const MappingRecord& mapping, const std::string& name) {
    return tx
        .row<std::string>("SELECT id FROM import_mappings WHERE desk_id = :desk AND name = :name AND id <> :id",
                          Params().set("desk", mapping.desk_id).set("name", name).set("id", mapping.id))
        .has_value();
}

bool rename_mapping(db::WriteTx& tx, const MappingRecord& mapping) {
    if (!db::update_versioned(tx, "import_mappings", mapping))
        return false;
    db::add_version(tx, mapping_versions, mapping.id.str(),
                    {.version = mapping.version + 1,
                     .at = mapping.updated_at,
                     .by_id = mapping.updated_by,
                     .kind = "renamed",
                     .reason = {},
                     .document = mapping.plan});
    return true;
}

bool remove_mapping(db::WriteTx& tx, const MappingRecord& mapping) {
    tx.send("DELETE FROM import_mapping_versions WHERE mapping_id = :id", Params().set("id", mapping.id));
    return tx.execute("DELETE FROM import_mappings WHERE id = :id AND version = :version",
                      Params().set("id", mapping.id).set("version", mapping.version)) == 1;
}

}  // namespace tsunagi::imports::store
