// SPDX-License-Identifier: Apache-2.0
#include "modules/maps/maps_store.hpp"

#include "record/sql_text.hpp"

namespace tsunagi::maps::store {

using record::Params;

std::vector<MapImport> imports(db::ReadTx& tx) {
    return tx.rows<MapImport>(
        "SELECT i.id, i.source, i.file_name, (SELECT count(*) FROM map_regions r WHERE r.import_id = i.id) + (SELECT "
        "count(*) FROM map_labels l WHERE l.import_id = i.id), i.imported_at, COALESCE(u.name, '') FROM map_imports i "
        "LEFT JOIN users u ON u.id = i.imported_by ORDER BY i.imported_at DESC, i.id DESC");
}

void insert(db::WriteTx& tx, const ImportRecord& import) {
    tx.insert("map_imports", import);
}

void put(db::WriteTx& tx, const RegionRecord& region) {
    tx.send("DELETE FROM map_regions WHERE code = :code", Params().set("code", region.code));
    tx.insert("map_regions", region);
}

void insert(db::WriteTx& tx, const LabelRecord& label) {
    tx.insert("map_labels", label);
}

void remove_labels(db::WriteTx& tx, LabelKind kind, const std::optional<std::string>& area) {
    Params params;
    params.set("kind", kind);
    if (area)
        params.set("area", *area);
    tx.send(std::string("DELETE FROM map_labels WHERE kind = :kind") + (area ? " AND area = :area" : ""), params);
}

void sweep(db::WriteTx& tx) {
    tx.send(
        "DELETE FROM map_imports WHERE NOT EXISTS (SELECT 1 FROM map_regions r WHERE r.import_id = map_imports.id) AND "
        "NOT EXISTS (SELECT 1 FROM map_labels l WHERE l.import_id = map_imports.id)");
}

bool remove(db::WriteTx& tx, const MapImportId& id) {
    tx.send("DELETE FROM map_regions WHERE import_id = :id", Params().set("id", id));
    tx.send("DELETE FROM map_labels WHERE import_id = :id", Params().set("id", id));
    return tx.execute("DELETE FROM map_imports WHERE id = :id", Params().set("id", id)) == 1;
}

std::vector<RegionRecord> regions(db::ReadTx& tx, const std::vector<CodeSpan>& spans) {
    Params params;
    std::string any;
    for (std::size_t i = 0; i < spans.size(); ++i) {
        const std::string at = std::to_string(i);
        params.set("first" + at, spans[i].first).set("last" + at, spans[i].last);
        any += (any.empty() ? " WHERE " : " OR ") + ("code BETWEEN :first" + at + " AND :last" + at);
    }
    return tx.rows<RegionRecord>(
        "SELECT " + record::columns<RegionRecord>() + " FROM map_regions" + any + " ORDER BY code", params);
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
        "name, '' AS area, latitude, longitude FROM map_regions UNION ALL SELECT id, kind, name, area, latitude, "
        "longitude FROM map_labels) m" +
            where + " ORDER BY m.kind, length(m.name), m.name, m.area, m.id LIMIT :limit",
        params);
}

std::vector<MapSource> sources(db::ReadTx& tx) {
    return tx.rows<MapSource>("SELECT DISTINCT source FROM map_imports ORDER BY source");
}

}  // namespace tsunagi::maps::store
