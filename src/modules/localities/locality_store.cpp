// SPDX-License-Identifier: Apache-2.0
#include "modules/localities/locality_store.hpp"

namespace tsunagi::localities::store {

using record::Params;

std::vector<LocalityList> lists(db::ReadTx& tx) {
    return tx.rows<LocalityList>(
        "SELECT kind, file_name, count, loaded_at, loaded_by_name FROM locality_lists ORDER BY kind");
}

void put(db::WriteTx& tx, const LocalityList& list) {
    tx.send("DELETE FROM locality_lists WHERE kind = :kind", Params().set("kind", list.kind));
    tx.insert("locality_lists", list);
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
