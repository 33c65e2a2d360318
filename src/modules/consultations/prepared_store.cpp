// SPDX-License-Identifier: Apache-2.0
#include "modules/consultations/prepared_store.hpp"

#include "modules/consultations/consultation_columns.hpp"
#include "record/sql_text.hpp"

namespace tsunagi::consultations::store {
namespace {

using record::Params;

/// Letters of the request that make two lines the same.
constexpr const char* first_letters = "40";

/// Every column of a consultation, as both tables have it.
const std::vector<std::string>& all_columns() {
    static const std::vector<std::string> columns = [] {
        std::vector<std::string> result;
        record::for_each_member<HeadRow>([&](auto member) { result.emplace_back(member.name); });
        for (const char* name : {"listed_on", "marks", "change"})
            result.emplace_back(name);
        for_each_column([&](auto member) { result.emplace_back(member.name); });
        return result;
    }();
    return columns;
}

std::string joined(const std::vector<std::string>& names, const std::string& before) {
    std::string result;
    for (const std::string& name : names)
        result += (result.empty() ? "" : ", ") + before + name;
    return result;
}

Params of_batch(const std::string& batch) {
    return Params().set("batch", batch);
}

constexpr const char* ids_of_batch = "(SELECT b.consultation_id FROM consultation_batches b WHERE b.batch_id = :batch)";

}  // namespace

void add_prepared(db::WriteTx& tx, const std::string& batch, const Prepared& one,
                  const std::optional<std::string>& sealed, const std::string& sheet) {
    static const std::string sql = "INSERT INTO prepared_consultations (batch_id, line, sheet, sealed, follow_up_id, " +
                                   joined(all_columns(), "") +
                                   ") VALUES (:batch, :line, :sheet, :sealed, :follow_up, " +
                                   joined(all_columns(), ":") + ")";
    const auto& elements = one.consultation.sheet.elements;
    std::optional<core::FollowUpId> follow_up;
    if (one.consultation.sheet.follow_up_on)
        follow_up = core::FollowUpId::make();
    tx.send(sql, columns_of(one.consultation, 0)
                     .set("follow_up_on", one.consultation.sheet.follow_up_on)
                     .set("follow_up_note", one.consultation.sheet.follow_up_note)
                     .set("batch", batch)
                     .set("line", one.line)
                     .set("sheet", sheet)
                     .set("sealed", sealed)
                     .set("follow_up", follow_up));
    for (std::size_t i = 0; i < elements.size(); ++i) {
        tx.send(
            "INSERT INTO prepared_elements (batch_id, line, consultation_id, element, value, text, position) VALUES "
            "(:batch, :line, :id, :element, :value, :text, :position)",
            of_batch(batch)
                .set("line", one.line)
                .set("id", one.consultation.id)
                .set("element", elements[i].element)
                .set("value", elements[i].value)
                .set("text", elements[i].text)
                .set("position", static_cast<std::int64_t>(i)));
    }
}

std::int64_t drop_prepared(db::WriteTx& tx, const std::string& batch, std::int64_t most) {
    const Params params = of_batch(batch).set("most", most);
    const auto first = [](const std::string& table) {
        // Up to a line: PostgreSQL would compare each row with a list of lines.
        return "DELETE FROM " + table +
               " WHERE batch_id = :batch AND line <= (SELECT max(n.line) FROM (SELECT o.line "
               "FROM " +
               table + " o WHERE o.batch_id = :batch ORDER BY o.line LIMIT :most) n)";
    };
    const std::int64_t elements = tx.execute(first("prepared_elements"), params);
    return elements + tx.execute(first("prepared_consultations"), params);
}

void drop_prepared_lines(db::WriteTx& tx, const std::string& batch, const std::vector<std::int64_t>& lines) {
    for (const char* table : {"prepared_elements", "prepared_consultations"}) {
        for (const std::int64_t line : lines) {
            tx.send("DELETE FROM " + std::string(table) + " WHERE batch_id = :batch AND line = :line",
                    of_batch(batch).set("line", line));
        }
    }
}

std::vector<std::string> prepared_batches(db::ReadTx& tx) {
    return tx.rows<std::string>(
        "SELECT DISTINCT batch_id FROM prepared_consultations UNION SELECT DISTINCT batch_id FROM prepared_elements");
}

std::vector<RepeatedLine> repeated(db::ReadTx& tx, const std::string& batch) {
    // The records are walked once and looked up among what is prepared, not the other way round: no index leads from a
    // day to the records of a desk. (Bounds on received_on would make SQLite search a range of days for each.)
    const std::string letters = first_letters;
    return tx.rows<RepeatedLine>(
        "SELECT p.line, min(c.number) FROM (SELECT p.desk_id AS desk_id, p.municipality_id AS municipality_id, "
        "min(p.received_on) AS first_day, max(p.received_on) AS last_day FROM prepared_consultations p "
        "WHERE p.batch_id = :batch GROUP BY p.desk_id, p.municipality_id) d "
        "CROSS JOIN consultations c CROSS JOIN prepared_consultations p WHERE c.desk_id = d.desk_id AND "
        "c.municipality_id = d.municipality_id AND c.listed_on >= d.first_day AND c.listed_on <= d.last_day AND "
        "c.state <> 'draft' AND p.batch_id = :batch AND p.desk_id = c.desk_id AND p.received_on = c.received_on AND "
        "p.caller_name = c.caller_name AND substr(p.request, 1, " +
            letters + ") = substr(c.request, 1, " + letters +
            // Of a log of codes alone, the rest of the record must be the same too.
            ") AND (p.caller_name <> '' OR p.request <> '' OR (p.marks = c.marks AND p.subject = c.subject AND "
            "p.background = c.background AND p.support_text = c.support_text AND "
            "COALESCE(p.topic, '') = COALESCE(c.topic, ''))) GROUP BY p.line ORDER BY p.line",
        of_batch(batch));
}

std::vector<YearOfBatch> years(db::ReadTx& tx, const std::string& batch) {
    return tx.rows<YearOfBatch>(
        "SELECT desk_id, municipality_id, fiscal_year, count(*) FROM prepared_consultations WHERE batch_id = :batch "
        "GROUP BY desk_id, municipality_id, fiscal_year ORDER BY fiscal_year",
        of_batch(batch));
}

std::int64_t take_numbers(db::WriteTx& tx, const YearOfBatch& year) {
    return tx.number(
               "INSERT INTO counters (name, owner_id, fiscal_year, last_number) VALUES ('consultation', :desk, :year, "
               ":count) ON CONFLICT (name, owner_id, fiscal_year) DO UPDATE SET last_number = counters.last_number + "
               "excluded.last_number RETURNING last_number",
               Params().set("desk", year.desk_id).set("year", year.fiscal_year).set("count", year.count)) -
           year.count;
}

void insert_prepared(db::WriteTx& tx, const std::string& batch, const YearOfBatch& year, std::int64_t last_before,
                     std::int64_t change, const Taking& taking) {
    static const std::string sql = [] {
        std::string columns;
        std::string values;
        for (const std::string& name : all_columns()) {
            columns += (columns.empty() ? "" : ", ") + name;
            values += values.empty() ? "" : ", ";
            if (name == "sequence")
                values += "n.place";
            else if (name == "number")  // as `paper_number` writes it
                values +=
                    "CAST(:prefix AS TEXT) || CASE WHEN n.place < 10000 THEN substr('0000' || CAST(n.place AS TEXT), "
                    "length(CAST(n.place AS TEXT)) + 1) ELSE CAST(n.place AS TEXT) END";
            else if (name == "change")
                values += "CAST(:change AS BIGINT)";
            else if (name == "created_at" || name == "updated_at")
                values += "CAST(:at AS TEXT)";
            else if (name == "created_by" || name == "updated_by")
                values += "CAST(:by AS TEXT)";
            else if (name == "closed_at")
                values += "CASE WHEN n.closed_at IS NULL THEN NULL ELSE CAST(:at AS TEXT) END";
            else
                values += "n." + name;
        }
        return "INSERT INTO consultations (" + columns + ") SELECT " + values +
               " FROM (SELECT p.*, CAST(:before AS BIGINT) + row_number() OVER (ORDER BY p.received_on, p.line) AS "
               "place FROM prepared_consultations p WHERE p.batch_id = :batch AND p.fiscal_year = :year) n";
    }();
    std::string prefix = paper_number(year.fiscal_year, 0);
    prefix.erase(prefix.rfind('-') + 1);
    tx.send(sql, of_batch(batch)
                     .set("year", year.fiscal_year)
                     .set("before", last_before)
                     .set("change", change)
                     .set("prefix", prefix)
                     .set("at", taking.at)
                     .set("by", taking.by));
}

void insert_prepared_parts(db::WriteTx& tx, const std::string& batch, const Taking& taking) {
    const Params params = of_batch(batch);
    const Params taken = of_batch(batch).set("at", taking.at).set("by", taking.by);
    tx.send(
        "INSERT INTO consultation_batches (batch_id, line, consultation_id) SELECT batch_id, line, id FROM "
        "prepared_consultations WHERE batch_id = :batch",
        params);
    tx.send(
        "INSERT INTO consultation_elements (consultation_id, element, value, text, position) SELECT consultation_id, "
        "element, value, text, position FROM prepared_elements WHERE batch_id = :batch",
        params);
    tx.send(
        "INSERT INTO consultation_versions (consultation_id, version, kind, at, by_id, reason, sheet) SELECT id, 1, "
        "'created', CAST(:at AS TEXT), CAST(:by AS TEXT), CAST(:reason AS TEXT), sheet FROM prepared_consultations "
        "WHERE batch_id = :batch",
        of_batch(batch).set("at", taking.at).set("by", taking.by).set("reason", taking.reason));
    tx.send(
        "INSERT INTO consultation_persons (consultation_id, desk_id, municipality_id, sealed, updated_at, updated_by) "
        "SELECT id, desk_id, municipality_id, sealed, CAST(:at AS TEXT), CAST(:by AS TEXT) FROM prepared_consultations "
        "WHERE batch_id = :batch AND sealed IS NOT NULL",
        taken);
    tx.send(
        "INSERT INTO follow_ups (id, desk_id, municipality_id, consultation_id, version, due_on, note, owner_id, "
        "of_sheet, done_at, done_by, created_at, created_by, updated_at, updated_by) SELECT follow_up_id, desk_id, "
        "municipality_id, id, 1, follow_up_on, follow_up_note, NULL, 1, NULL, NULL, CAST(:at AS TEXT), "
        "CAST(:by AS TEXT), CAST(:at AS TEXT), CAST(:by AS TEXT) FROM prepared_consultations WHERE batch_id = :batch "
        "AND follow_up_id IS NOT NULL",
        taken);
    // What newer sheets have said of a caller holds; these only fill what nobody has said. The compared form is written
    // by `write_searched`.
    tx.send(
        "INSERT INTO callers (desk_id, municipality_id, name, affiliation, kana, profession, phone, contact, times, "
        "last_on, last_day, searched) SELECT n.desk_id, n.municipality_id, n.caller_name, n.caller_affiliation, "
        "n.caller_kana, n.caller_profession, n.caller_phone, n.caller_contact, n.times, n.newest, 0, '' FROM (SELECT "
        "p.*, count(*) OVER (PARTITION BY p.desk_id, p.caller_name, p.caller_affiliation) AS times, "
        "max(p.listed_on) OVER (PARTITION BY p.desk_id, p.caller_name, p.caller_affiliation) AS newest, "
        "row_number() OVER (PARTITION BY p.desk_id, p.caller_name, p.caller_affiliation ORDER BY CASE WHEN "
        "p.caller_phone = '' THEN 1 ELSE 0 END, p.listed_on DESC, p.line DESC) AS place "
        "FROM prepared_consultations p WHERE p.batch_id = :batch AND p.state <> 'draft' AND p.caller_name <> '') n "
        "WHERE n.place = 1 ON CONFLICT (desk_id, name, affiliation) DO UPDATE SET times = callers.times + "
        "excluded.times, kana = CASE WHEN callers.kana = '' THEN excluded.kana ELSE callers.kana END, phone = CASE "
        "WHEN callers.phone = '' THEN excluded.phone ELSE callers.phone END, profession = "
        "COALESCE(callers.profession, excluded.profession), contact = COALESCE(callers.contact, excluded.contact), "
        "last_on = CASE WHEN callers.last_on < excluded.last_on THEN excluded.last_on ELSE callers.last_on END, "
        "searched = ''",
        params);
}

std::vector<RecordInUse> in_use(db::ReadTx& tx, const std::string& batch, std::int64_t most) {
    return tx.rows<RecordInUse>(
        "SELECT c.id, c.number, CASE WHEN c.version <> 1 OR c.updated_at <> c.created_at THEN 'changed' ELSE 'cited' "
        "END FROM consultation_batches b JOIN consultations c ON c.id = b.consultation_id WHERE b.batch_id = :batch "
        "AND (c.version <> 1 OR c.updated_at <> c.created_at OR c.activities > 0 "
        "OR EXISTS (SELECT 1 FROM activities a WHERE a.consultation_id = c.id) "
        "OR EXISTS (SELECT 1 FROM issue_evidence e WHERE e.consultation_id = c.id) "
        "OR EXISTS (SELECT 1 FROM attachments f WHERE f.consultation_id = c.id) "
        "OR EXISTS (SELECT 1 FROM anonymised_texts t WHERE t.consultation_id = c.id) "
        "OR EXISTS (SELECT 1 FROM finalisation_undos u WHERE u.consultation_id = c.id) "
        "OR c.id IN (SELECT i.subject_id FROM agenda_items i WHERE i.subject = 'consultation')) "
        "ORDER BY c.fiscal_year, c.sequence LIMIT :most",
        of_batch(batch).set("most", most));
}

std::int64_t remove_batch(db::WriteTx& tx, const std::string& batch) {
    const Params params = of_batch(batch);
    const auto years = tx.rows<YearOfBatch>(
        "SELECT c.desk_id, c.municipality_id, 0, count(*) FROM consultation_batches b JOIN consultations c ON c.id = "
        "b.consultation_id WHERE b.batch_id = :batch GROUP BY c.desk_id, c.municipality_id",
        params);
    std::int64_t removed = 0;
    for (const YearOfBatch& shelf : years) {
        const std::int64_t last = tx.number(
            "UPDATE consultation_shelves SET last_change = last_change + :count WHERE desk_id = :desk AND "
            "municipality_id = :city RETURNING last_change",
            Params().set("desk", shelf.desk_id).set("city", shelf.municipality_id).set("count", shelf.count));
        tx.send(
            "INSERT INTO consultation_removals (desk_id, municipality_id, change, consultation_id) SELECT c.desk_id, "
            "c.municipality_id, CAST(:before AS BIGINT) + row_number() OVER (ORDER BY b.line), c.id FROM "
            "consultation_batches b JOIN consultations c ON c.id = b.consultation_id WHERE b.batch_id = :batch AND "
            "c.desk_id = :desk AND c.municipality_id = :city",
            of_batch(batch)
                .set("before", last - shelf.count)
                .set("desk", shelf.desk_id)
                .set("city", shelf.municipality_id));
        removed += shelf.count;
    }
    tx.send(
        "UPDATE callers SET times = callers.times - n.times FROM (SELECT c.desk_id, c.caller_name, "
        "c.caller_affiliation, count(*) AS times FROM consultation_batches b JOIN consultations c ON c.id = "
        "b.consultation_id WHERE b.batch_id = :batch AND c.state <> 'draft' GROUP BY c.desk_id, c.caller_name, "
        "c.caller_affiliation) n WHERE callers.desk_id = n.desk_id AND callers.name = n.caller_name AND "
        "callers.affiliation = n.caller_affiliation",
        params);
    for (const YearOfBatch& shelf : years) {
        tx.send("DELETE FROM callers WHERE desk_id = :desk AND times <= 0", Params().set("desk", shelf.desk_id));
    }
    for (const char* table : {"consultation_elements", "consultation_versions", "consultation_persons", "follow_ups"}) {
        tx.send("DELETE FROM " + std::string(table) + " WHERE consultation_id IN " + ids_of_batch, params);
    }
    // The batch points to the records, so it goes first; what it held stands among the removals.
    tx.send("DELETE FROM consultation_batches WHERE batch_id = :batch", params);
    for (const YearOfBatch& shelf : years) {
        tx.execute(
            "DELETE FROM consultations WHERE id IN (SELECT r.consultation_id FROM consultation_removals r WHERE "
            "r.desk_id = :desk AND r.municipality_id = :city AND r.change > (SELECT s.last_change FROM "
            "consultation_shelves s WHERE s.desk_id = :desk AND s.municipality_id = :city) - :count)",
            Params().set("desk", shelf.desk_id).set("city", shelf.municipality_id).set("count", shelf.count));
    }
    return removed;
}

}  // namespace tsunagi::consultations::store
