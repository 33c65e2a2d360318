// SPDX-License-Identifier: Apache-2.0
#include "modules/packs/pack_store.hpp"

#include <map>

#include "record/json_writer.hpp"

namespace tsunagi::packs {
namespace {

struct SchemeRow {
    std::string name;
    std::string label_ja;
    std::string label_en;
    std::optional<std::string> parent_scheme;
    std::string pack;
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(SchemeRow, (), (name, label_ja, label_en, parent_scheme, pack, version))

struct CodeRow {
    std::string scheme;
    std::string code;
    std::string label_ja;
    std::string label_en;
    std::string short_label;
    std::optional<std::string> parent;
    std::int64_t position = 0;
    std::optional<core::Date> valid_from;
    std::optional<core::Date> retired_on;
    std::optional<std::string> field;
};
BOOST_DESCRIBE_STRUCT(CodeRow, (),
                      (scheme, code, label_ja, label_en, short_label, parent, position, valid_from, retired_on, field))

struct SheetRow {
    std::string pack;
    std::int64_t version = 1;
    std::string title_ja;
    std::string title_en;
    std::string form_number_ja;
    std::string form_number_en;
    std::string fields;
};
BOOST_DESCRIBE_STRUCT(SheetRow, (), (pack, version, title_ja, title_en, form_number_ja, form_number_en, fields))

struct Fields {
    std::vector<SheetField> fields;
};
BOOST_DESCRIBE_STRUCT(Fields, (), (fields))

std::optional<record::CodeName> name_of(const std::optional<std::string>& text) {
    return text ? std::optional(record::CodeName(*text)) : std::nullopt;
}

std::optional<std::string> text_of(const std::optional<record::CodeName>& name) {
    return name ? std::optional(name->str()) : std::nullopt;
}

CodeEntry entry_of(const CodeRow& row) {
    return {.code = record::CodeName(row.code),
            .label = {.ja = row.label_ja, .en = row.label_en},
            .short_label = row.short_label,
            .parent = name_of(row.parent),
            .position = row.position,
            .valid_from = row.valid_from,
            .retired_on = row.retired_on,
            .field = name_of(row.field)};
}

CodeRow row_of(const Scheme& scheme, const CodeEntry& entry) {
    return {.scheme = scheme.name.str(),
            .code = entry.code.str(),
            .label_ja = entry.label.ja,
            .label_en = entry.label.en,
            .short_label = entry.short_label,
            .parent = text_of(entry.parent),
            .position = entry.position,
            .valid_from = entry.valid_from,
            .retired_on = entry.retired_on,
            .field = text_of(entry.field)};
}

}  // namespace

std::vector<Scheme> load_schemes(db::ReadTx& tx) {
    static const std::string schemes_sql = "SELECT " + record::columns<SchemeRow>() + " FROM schemes ORDER BY name";
    static const std::string codes_sql =
        "SELECT " + record::columns<CodeRow>() + " FROM codes ORDER BY scheme, position, code";
    std::map<std::string, std::vector<CodeEntry>> codes;
    for (const CodeRow& row : tx.rows<CodeRow>(codes_sql))
        codes[row.scheme].push_back(entry_of(row));
    std::vector<Scheme> result;
    for (const SchemeRow& row : tx.rows<SchemeRow>(schemes_sql)) {
        result.push_back({.name = record::CodeName(row.name),
                          .label = {.ja = row.label_ja, .en = row.label_en},
                          .parent_scheme = name_of(row.parent_scheme),
                          .pack = row.pack,
                          .version = row.version,
                          .codes = std::move(codes[row.name])});
    }
    return result;
}

std::vector<std::string> edited_schemes(db::ReadTx& tx) {
    return tx.rows<std::string>("SELECT name FROM schemes WHERE edited = 1");
}

void save_scheme(db::WriteTx& tx, const Scheme& scheme, bool edited) {
    static const std::string code_sql =
        "INSERT INTO codes (" + record::columns<CodeRow>() +
        ") VALUES (:scheme, :code, :label_ja, :label_en, :short_label, :parent, :position, :valid_from, :retired_on, "
        ":field) "
        "ON CONFLICT (scheme, code) DO UPDATE SET label_ja = excluded.label_ja, label_en = excluded.label_en, "
        "short_label = excluded.short_label, parent = excluded.parent, position = excluded.position, "
        "valid_from = excluded.valid_from, retired_on = excluded.retired_on, field = excluded.field";
    tx.send(
        "INSERT INTO schemes (name, label_ja, label_en, parent_scheme, pack, version, edited) "
        "VALUES (:name, :label_ja, :label_en, :parent_scheme, :pack, :version, :edited) "
        "ON CONFLICT (name) DO UPDATE SET label_ja = excluded.label_ja, label_en = excluded.label_en, "
        "parent_scheme = excluded.parent_scheme, pack = excluded.pack, version = excluded.version, "
        "edited = excluded.edited",
        db::Params()
            .set("name", scheme.name.str())
            .set("label_ja", scheme.label.ja)
            .set("label_en", scheme.label.en)
            .set("parent_scheme", text_of(scheme.parent_scheme))
            .set("pack", scheme.pack)
            .set("version", scheme.version)
            .set("edited", edited));
    for (const CodeEntry& entry : scheme.codes)
        tx.send(code_sql, db::Params().set_all(row_of(scheme, entry)));
}

bool claim_version(db::WriteTx& tx, const std::string& name, std::int64_t version) {
    return tx.execute("UPDATE schemes SET version = version + 1 WHERE name = :name AND version = :version",
                      db::Params().set("name", name).set("version", version)) == 1;
}

std::vector<std::string> chosen_packs(db::ReadTx& tx) {
    return tx.rows<std::string>("SELECT name FROM packs ORDER BY position");
}

void save_choice(db::WriteTx& tx, const std::vector<record::CodeName>& names, const core::Instant& now) {
    tx.send("DELETE FROM packs");
    std::int64_t position = 0;
    for (const record::CodeName& name : names) {
        tx.send("INSERT INTO packs (name, position, chosen_at) VALUES (:name, :position, :now)",
                db::Params().set("name", name.str()).set("position", position++).set("now", now));
    }
}

std::optional<Sheet> sheet_in_force(db::ReadTx& tx) {
    static const std::string sql = "SELECT " + record::columns<SheetRow>("s") +
                                   " FROM sheets s JOIN packs p ON p.name = s.pack "
                                   "ORDER BY p.position DESC, s.version DESC LIMIT 1";
    const auto row = tx.row<SheetRow>(sql);
    if (!row)
        return std::nullopt;
    return Sheet{.title = {.ja = row->title_ja, .en = row->title_en},
                 .form_number = {.ja = row->form_number_ja, .en = row->form_number_en},
                 .version = row->version,
                 .pack = row->pack,
                 .fields = record::from_stored_json<Fields>(row->fields).fields};
}

void save_sheet(db::WriteTx& tx, const Sheet& sheet) {
    const SheetRow row{.pack = sheet.pack,
                       .version = sheet.version,
                       .title_ja = sheet.title.ja,
                       .title_en = sheet.title.en,
                       .form_number_ja = sheet.form_number.ja,
                       .form_number_en = sheet.form_number.en,
                       .fields = record::to_json(Fields{sheet.fields})};
    // In one statement: two servers that start together both bring the sheet up to date.
    static const std::string sql =
        "INSERT INTO sheets (" + record::columns<SheetRow>() +
        ") VALUES (:pack, :version, :title_ja, :title_en, :form_number_ja, :form_number_en, :fields) "
        "ON CONFLICT (pack, version) DO UPDATE SET title_ja = excluded.title_ja, title_en = excluded.title_en, "
        "form_number_ja = excluded.form_number_ja, form_number_en = excluded.form_number_en, fields = excluded.fields";
    tx.send(sql, db::Params().set_all(row));
}

}  // namespace tsunagi::packs
