// SPDX-License-Identifier: Apache-2.0
#include "modules/search/index_store.hpp"

#include <algorithm>
#include <array>

#include "modules/search/record_store.hpp"
#include "modules/search/written_store.hpp"

namespace tsunagi::search::store {
namespace {

using record::Params;

/// A place in `search_pieces`: the bucket of a block, or behind the buckets a part of its documents.
constexpr std::int64_t places_of_block = 65'536;
constexpr std::int64_t first_part = 32'768;
constexpr std::size_t ids_of_part = 4096;

constexpr std::array<std::size_t, 4> list_lengths{4, 16, 64, 256};

struct PieceRow {
    std::int64_t place = 0;
    std::string piece;
};
BOOST_DESCRIBE_STRUCT(PieceRow, (), (place, piece))

struct TextRow {
    std::int64_t change = 0;
    std::string id;
    std::string number;
    std::string sheet;
};
BOOST_DESCRIBE_STRUCT(TextRow, (), (change, id, number, sheet))

Params at(const Place& place) {
    return Params().set("desk", place.desk).set("city", place.municipality);
}

/// Change and id of what changed on the shelf behind the cursor: of each table no more than is asked for, from its own
/// index.
std::string changes_behind() {
    std::string sql;
    for (const char* table : {"consultations", "activities", "attachments"}) {
        sql += std::string(sql.empty() ? "" : " UNION ALL ") + "SELECT change, id FROM (SELECT t.change, t.id FROM " +
               table +
               " t WHERE t.desk_id = :desk AND t.municipality_id = :city AND (t.change, t.id) > (:change, :id) "
               "ORDER BY t.change, t.id LIMIT :most) AS of_" +
               table;
    }
    return sql;
}

std::string between(const std::string& alias) {
    const std::string key = "(" + alias + ".change, " + alias + ".id)";
    return alias + ".desk_id = :desk AND " + alias + ".municipality_id = :city AND " + key + " > (:change, :id) AND " +
           key + " <= (:to, :to_id)";
}

}  // namespace

std::vector<ShelfState> shelves(db::ReadTx& tx) {
    return tx.rows<ShelfState>(
        "SELECT s.desk_id, s.municipality_id, s.last_change, COALESCE(x.form, ''), COALESCE(x.indexed_change, -1), "
        "COALESCE(x.indexed_id, '') FROM consultation_shelves s LEFT JOIN search_shelves x ON x.desk_id = s.desk_id "
        "AND x.municipality_id = s.municipality_id ORDER BY s.desk_id, s.municipality_id");
}

std::vector<Block> blocks(db::ReadTx& tx, BlockState state) {
    return tx.rows<Block>(
        "SELECT " + record::columns<Block>() + " FROM search_blocks WHERE state = :state ORDER BY number",
        Params().set("state", state));
}

std::map<std::int64_t, Pieces> pieces(db::ReadTx& tx,
                                      const std::map<std::int64_t, std::vector<std::uint32_t>>& buckets) {
    std::vector<std::int64_t> places;
    for (const auto& [block, of_block] : buckets) {
        for (const std::uint32_t bucket : of_block)
            places.push_back(block * places_of_block + bucket);
    }
    std::map<std::int64_t, Pieces> result;
    for (std::span<const std::int64_t> rest = places; !rest.empty();) {
        const auto part = rest.first(std::min(rest.size(), list_lengths.back()));
        rest = rest.subspan(part.size());
        Params params;
        std::string list;
        for (std::size_t i = 0; i < *std::ranges::lower_bound(list_lengths, part.size()); ++i) {
            const std::string name = "p" + std::to_string(i);
            params.set(name, part[std::min(i, part.size() - 1)]);
            list += (i == 0 ? ":" : ", :") + name;
        }
        for (auto& row :
             tx.rows<PieceRow>("SELECT place, piece FROM search_pieces WHERE place IN (" + list + ")", params))
            result[row.place / places_of_block].emplace(static_cast<std::uint32_t>(row.place % places_of_block),
                                                        std::move(row.piece));
    }
    return result;
}

std::vector<IdNumber> documents(db::ReadTx& tx, std::int64_t block) {
    std::vector<IdNumber> ids;
    for (const auto& part : tx.rows<std::string>(
             "SELECT piece FROM search_pieces WHERE place >= :first AND place < :behind "
             "ORDER BY place",
             Params().set("first", block * places_of_block + first_part).set("behind", (block + 1) * places_of_block)))
        read_ids(part, ids);
    return ids;
}

void begin_block(db::WriteTx& tx, Block& block) {
    block.number = tx.number("SELECT COALESCE(max(number), 0) + 1 FROM search_blocks");
    const auto added = tx.execute("INSERT INTO search_blocks (" + record::columns<Block>() +
                                      ") VALUES (:number, :desk_id, :municipality_id, :documents, :buckets, :state, "
                                      ":created_at, :source) ON CONFLICT (number) DO NOTHING",
                                  Params().set_all(block));
    if (added == 0)  // `reindex` beside the server took the number first: run again, with the next one
        throw db::DatabaseError(db::FailureKind::busy, "two blocks begin at once");
}

void add_pieces(db::WriteTx& tx, std::int64_t block, const Pieces& pieces) {
    for (const auto& [bucket, piece] : pieces) {
        tx.send("INSERT INTO search_pieces (place, piece) VALUES (:place, :piece)",
                Params().set("place", block * places_of_block + bucket).set("piece", piece));
    }
}

void add_documents(db::WriteTx& tx, std::int64_t block, std::span<const IdNumber> ids) {
    for (std::int64_t part = 0; !ids.empty(); ++part) {
        const auto some = ids.first(std::min(ids.size(), ids_of_part));
        ids = ids.subspan(some.size());
        tx.send("INSERT INTO search_pieces (place, piece) VALUES (:place, :piece)",
                Params().set("place", block * places_of_block + first_part + part).set("piece", write_ids(some)));
    }
}

void set_state(db::WriteTx& tx, std::int64_t block, BlockState state) {
    tx.send("UPDATE search_blocks SET state = :state WHERE number = :number",
            Params().set("state", state).set("number", block));
}

bool sweep(db::WriteTx& tx, std::int64_t block) {
    const auto range = Params().set("first", block * places_of_block).set("behind", (block + 1) * places_of_block);
    if (tx.execute("DELETE FROM search_pieces WHERE place IN (SELECT place FROM search_pieces WHERE place >= :first "
                   "AND place < :behind ORDER BY place LIMIT 100)",
                   range) > 0)
        return true;
    tx.send("DELETE FROM search_blocks WHERE number = :number", Params().set("number", block));
    return false;
}

bool move_on(db::WriteTx& tx, const Place& place, const std::string& form, const Cursor& from, const Cursor& to) {
    if (from.change < 0)
        put_cursor(tx, place, form, {});
    Params params = at(place);
    params.set("form", form).set("from", from.change).set("from_id", from.id).set("to", to.change).set("to_id", to.id);
    return tx.execute(
               "UPDATE search_shelves SET indexed_change = :to, indexed_id = :to_id WHERE desk_id = :desk AND "
               "municipality_id = :city AND form = :form AND indexed_change = :from AND indexed_id = :from_id",
               params) == 1;
}

void put_cursor(db::WriteTx& tx, const Place& place, const std::string& form, const Cursor& to) {
    tx.send(
        "INSERT INTO search_shelves (desk_id, municipality_id, form, indexed_change, indexed_id) "
        "VALUES (:desk, :city, :form, :to, :to_id) ON CONFLICT (desk_id, municipality_id) DO UPDATE SET "
        "form = excluded.form, indexed_change = excluded.indexed_change, indexed_id = excluded.indexed_id",
        at(place).set("form", form).set("to", to.change).set("to_id", to.id));
}

Changed texts(db::ReadTx& tx, const Place& place, const Cursor& behind, std::int64_t most) {
    static const std::string keys_sql =
        "SELECT change, id FROM (" + changes_behind() + ") AS changed ORDER BY change, id LIMIT :most";
    Changed result{.texts = {}, .records = 0, .to = behind};
    const auto keys =
        tx.rows<Cursor>(keys_sql, at(place).set("change", behind.change).set("id", behind.id).set("most", most));
    if (keys.empty())
        return result;
    result.records = static_cast<std::int64_t>(keys.size());
    result.to = keys.back();
    const Params params = at(place)
                              .set("change", behind.change)
                              .set("id", behind.id)
                              .set("to", result.to.change)
                              .set("to_id", result.to.id);
    for (auto& row :
         tx.rows<TextRow>("SELECT c.change, c.id, c.number, v.sheet FROM consultations c JOIN consultation_versions v "
                          "ON v.consultation_id = c.id AND v.version = c.version WHERE " +
                              between("c"),
                          params)) {
        result.texts.push_back(
            {Source::consultation,
             {row.change, row.id},
             IdNumber::of(row.id),
             document_of(row.number, record::from_stored_json<consultations::ConsultationSheet>(row.sheet))});
    }
    for (auto& row : written_texts(tx, Source::activity, between("t"), params))
        result.texts.push_back(std::move(row));
    for (auto& row : written_texts(tx, Source::attachment, between("t"), params))
        result.texts.push_back(std::move(row));
    return result;
}

std::int64_t changed(db::ReadTx& tx, const Place& place, const Cursor& behind, std::int64_t most) {
    static const std::string sql =
        "SELECT count(*) FROM (SELECT 1 FROM (" + changes_behind() + ") AS changed LIMIT :most) AS found";
    return tx.number(sql, at(place).set("change", behind.change).set("id", behind.id).set("most", most));
}

std::int64_t records(db::ReadTx& tx) {
    return tx.number(
        "SELECT (SELECT count(*) FROM consultations) + (SELECT count(*) FROM activities) + "
        "(SELECT count(*) FROM attachments)");
}

}  // namespace tsunagi::search::store
