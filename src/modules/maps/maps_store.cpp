// SPDX-License-Identifier: Apache-2.0
#include "modules/maps/maps_store.hpp"

#include "record/sql_text.hpp"

namespace tsunagi::maps::store {

using record::Params;

std::vector<MapImport> imports(db::ReadTx& tx) {
    const auto number = [](const char* table, const char* condition) {
        return std::string("(SELECT count(*) FROM ") + table + " r WHERE " + condition + ")";
    };
    constexpr const char* standing = "r.import_id = i.id AND r.replaced_by = ''";
    constexpr const char* below = "r.replaced_by = i.id";
    return tx.rows<MapImport>("SELECT i.id, i.source, i.file_name, " + number("map_regions", standing) + " + " +
                              number("map_labels", standing) + ", " + number("map_regions", below) + " + " +
                              number("map_labels", below) +
                              ", i.imported_at, COALESCE(u.name, '') FROM map_imports i LEFT JOIN users u ON u.id = "
                              "i.imported_by ORDER BY i.imported_at DESC, i.id DESC");
}

void insert(db::WriteTx& tx, const ImportRecord& import) {
    tx.insert("map_imports", import);
}

void insert(db::WriteTx& tx, const RegionRecord& region) {
    tx.insert("map_regions", region);
}

void insert(db::WriteTx& tx, const LabelRecord& label) {
    tx.insert("map_labels", label);
}

std::vector<RegionSpot> spots(db::ReadTx& tx) {
    return tx.rows<RegionSpot>("SELECT " + record::columns<RegionSpot>() +
                               " FROM map_regions ORDER BY code, import_id");
}

void make_way(db::WriteTx& tx, const RegionSpot& region, const MapImportId& by) {
    const Params key = Params().set("code", region.code).set("import", region.import_id);
    if (!region.replaced_by.empty()) {
        tx.send("DELETE FROM map_regions WHERE code = :code AND import_id = :import", key);
        return;
    }
    tx.send("UPDATE map_regions SET replaced_by = :by WHERE code = :code AND import_id = :import",
            Params(key).set("by", by));
}

namespace {

std::string among(const LabelArea& of, Params& params) {
    params.set("kind", of.kind);
    if (of.area)
        params.set("area", *of.area);
    return std::string("kind = :kind") + (of.area ? " AND area = :area" : "");
}

}  // namespace

std::vector<LabelSpot> label_spots(db::ReadTx& tx, const LabelArea& of) {
    Params params;
    const std::string where = among(of, params);
    return tx.rows<LabelSpot>(
        "SELECT " + record::columns<LabelSpot>() + " FROM map_labels WHERE " + where + " AND replaced_by = ''", params);
}

void make_way(db::WriteTx& tx, const LabelArea& of, const MapImportId& by) {
    Params params;
    const std::string where = among(of, params);
    tx.send("DELETE FROM map_labels WHERE " + where + " AND replaced_by <> ''", params);
    tx.send("UPDATE map_labels SET replaced_by = :by WHERE " + where, Params(params).set("by", by));
}

void sweep(db::WriteTx& tx) {
    tx.send(
        "DELETE FROM map_imports WHERE NOT EXISTS (SELECT 1 FROM map_regions r WHERE r.import_id = map_imports.id) AND "
        "NOT EXISTS (SELECT 1 FROM map_labels l WHERE l.import_id = map_imports.id)");
}

bool remove(db::WriteTx& tx, const MapImportId& id) {
    const Params params = Params().set("id", id);
    for (const char* table : {"map_regions", "map_labels"}) {
        tx.send(std::string("DELETE FROM ") + table + " WHERE import_id = :id", params);
        tx.send(std::string("UPDATE ") + table + " SET replaced_by = '' WHERE replaced_by = :id", params);
    }
    return tx.execute("DELETE FROM map_imports WHERE id = :id", params) == 1;
}

std::vector<RegionRecord> regions(db::ReadTx& tx, const std::vector<CodeSpan>& spans) {
    Params params;
    std::string any;
    for (std::size_t i = 0; i < spans.size(); ++i) {
        const std::string at = std::to_string(i);
        params.set("first" + at, spans[i].first).set("last" + at, spans[i].last);
        any += (any.empty() ? " AND (" : " OR ") + ("code BETWEEN :first" + at + " AND :last" + at);
    }
    return tx.rows<RegionRecord>("SELECT " + record::columns<RegionRecord>() +
                                     " FROM map_regions WHERE replaced_by = ''" + any + (any.empty() ? "" : ")") +
                                     " ORDER BY code",
                                 params);
}

std::vector<MapLabel> labels(db::ReadTx& tx, const LabelSearch& search) {
    Params params;
    std::string where = " WHERE 1 = 1" + record::all_words_in({"m.name", "m.area"}, search.words, params);
    if (!search.kinds.empty())
        where += " AND " + record::in_list("m.kind", search.kinds, "kind", params);
    if (search.west) {
        params.set("west", *search.west).set("south", search.south).set("east", search.east);
        params.set("north", search.north);
        where += " AND m.latitude BETWEEN :south AND :north AND m.longitude BETWEEN :west AND :east";
    }
    params.set("limit", search.limit);
    return tx.rows<MapLabel>(
        "SELECT m.id, m.kind, m.name, m.area, m.latitude, m.longitude FROM (SELECT code AS id, 'municipality' AS kind, "
        "name, '' AS area, latitude, longitude FROM map_regions WHERE replaced_by = '' UNION ALL SELECT id, kind, "
        "name, "
        "area, latitude, longitude FROM map_labels WHERE replaced_by = '') m" +
            where + " ORDER BY m.kind, length(m.name), m.name, m.area, m.id LIMIT :limit",
        params);
}

std::vector<MapSource> sources(db::ReadTx& tx) {
    return tx.rows<MapSource>(
        "SELECT DISTINCT i.source FROM map_imports i WHERE EXISTS (SELECT 1 FROM map_regions r WHERE r.import_id = "
        "i.id "
        "AND r.replaced_by = '') OR EXISTS (SELECT 1 FROM map_labels l WHERE l.import_id = i.id AND l.replaced_by = "
        "'') "
        "ORDER BY i.source");
}

}  // namespace tsunagi::maps::store
