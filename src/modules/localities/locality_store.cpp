// SPDX-License-Identifier: Apache-2.0
#include "modules/localities/locality_store.hpp"

#include "record/json_reader.hpp"

namespace tsunagi::localities::store {
namespace {

using record::Params;

void take_out(db::WriteTx& tx, const LocalityFile& rows) {
    for (const auto& one : rows.municipalities)
        remove(tx, one);
    for (const auto& one : rows.changes)
        remove(tx, one);
    for (const auto& one : rows.towns)
        remove(tx, one);
}

void put_back(db::WriteTx& tx, const LocalityFile& rows) {
    for (const auto& one : rows.municipalities)
        insert(tx, one);
    for (const auto& one : rows.changes)
        insert(tx, one);
    for (const auto& one : rows.towns)
        insert(tx, one);
}

const char* table_of(LocalityKind kind) {
    switch (kind) {
        case LocalityKind::codes:
            return "municipality_codes";
        case LocalityKind::changes:
            return "municipality_changes";
        case LocalityKind::postal:
            return "postal_towns";
    }
    return "";
}

}  // namespace

std::vector<LocalityList> lists(db::ReadTx& tx) {
    return tx.rows<LocalityList>(
        "SELECT id, kind, file_name, count, loaded_at, loaded_by_name FROM locality_loadings l WHERE id = (SELECT "
        "MAX(id) FROM locality_loadings WHERE kind = l.kind) ORDER BY kind");
}

std::optional<Loading> loading(db::ReadTx& tx, const LocalityLoadingId& id) {
    return tx.row<Loading>("SELECT " + record::columns<Loading>("l") + " FROM locality_loadings l WHERE l.id = :id",
                           Params().set("id", id));
}

void insert(db::WriteTx& tx, const Loading& loading) {
    tx.insert("locality_loadings", loading);
}

void take_back(db::WriteTx& tx, const Loading& loading) {
    const auto undo = record::from_stored_json<Undo>(loading.undo);
    if (undo.everything)
        tx.send(std::string("DELETE FROM ") + table_of(loading.kind), Params());
    take_out(tx, undo.out);
    put_back(tx, undo.back);
    tx.send("DELETE FROM locality_loadings WHERE id = :id", Params().set("id", loading.id));
}

std::vector<Municipality> municipalities(db::ReadTx& tx) {
    return tx.rows<Municipality>("SELECT code, prefecture, name, kana FROM municipality_codes ORDER BY code");
}

std::vector<MunicipalityChange> changes(db::ReadTx& tx) {
    return tx.rows<MunicipalityChange>(
        "SELECT code, successor, changed_on, name, successor_name, reason FROM municipality_changes ORDER BY code, "
        "successor, changed_on");
}

std::vector<Town> towns(db::ReadTx& tx) {
    return tx.rows<Town>(
        "SELECT postal_code, municipality_code, prefecture, municipality, town FROM postal_towns ORDER BY postal_code, "
        "municipality_code, town");
}

void insert(db::WriteTx& tx, const Municipality& one) {
    tx.insert("municipality_codes", one);
}

void insert(db::WriteTx& tx, const MunicipalityChange& one) {
    tx.insert("municipality_changes", one);
}

void insert(db::WriteTx& tx, const Town& one) {
    tx.insert("postal_towns", one);
}

void remove(db::WriteTx& tx, const Municipality& one) {
    tx.send("DELETE FROM municipality_codes WHERE code = :code", Params().set("code", one.code));
}

void remove(db::WriteTx& tx, const MunicipalityChange& one) {
    tx.send("DELETE FROM municipality_changes WHERE code = :code AND successor = :successor AND changed_on = :day",
            Params().set("code", one.code).set("successor", one.successor).set("day", one.changed_on));
}

void remove(db::WriteTx& tx, const Town& one) {
    tx.send(
        "DELETE FROM postal_towns WHERE postal_code = :postal AND municipality_code = :municipality AND town = :town",
        Params().set("postal", one.postal_code).set("municipality", one.municipality_code).set("town", one.town));
}

std::vector<NextCode> next_codes(db::ReadTx& tx) {
    return tx.rows<NextCode>("SELECT code, successor FROM municipality_changes ORDER BY code, successor");
}

std::vector<std::string> standing_codes(db::ReadTx& tx) {
    return tx.rows<std::string>("SELECT code FROM municipality_codes");
}

std::vector<PostalTown> towns_of(db::ReadTx& tx, const std::string& postal_code) {
    return tx.rows<PostalTown>(
        "SELECT t.postal_code, t.municipality_code, COALESCE(NULLIF(m.prefecture, ''), t.prefecture), COALESCE(m.name, "
        "t.municipality), t.town FROM postal_towns t LEFT JOIN municipality_codes m ON m.code = t.municipality_code "
        "WHERE t.postal_code = :postal ORDER BY t.municipality_code, t.town",
        Params().set("postal", postal_code));
}

}  // namespace tsunagi::localities::store
