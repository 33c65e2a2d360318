// SPDX-License-Identifier: Apache-2.0
#include "modules/suggestions/sheet_store.hpp"

#include "record/json_reader.hpp"

namespace tsunagi::suggestions::store {
namespace {

using record::Params;

struct SheetRow {
    std::int64_t change = 0;
    std::string id;
    std::string sheet;
};
BOOST_DESCRIBE_STRUCT(SheetRow, (), (change, id, sheet))

std::vector<LearnedSheet> read(db::ReadTx& tx, const Place& place, const Cursor& cursor, std::int64_t most,
                               const std::string& comparison, const std::string& order) {
    std::vector<LearnedSheet> result;
    for (const auto& row : tx.rows<SheetRow>(
             "SELECT c.change, c.id, v.sheet FROM consultations c JOIN consultation_versions v ON "
             "v.consultation_id = c.id AND v.version = c.version WHERE c.desk_id = :desk AND c.municipality_id = :city "
             "AND (c.change, c.id) " +
                 comparison + " (:change, :id) AND c.state <> 'draft' ORDER BY c.change " + order + ", c.id " + order +
                 " LIMIT :most",
             Params()
                 .set("desk", place.desk)
                 .set("city", place.municipality)
                 .set("change", cursor.change)
                 .set("id", cursor.id)
                 .set("most", most)))
        result.push_back({{row.change, row.id}, record::from_stored_json<consultations::ConsultationSheet>(row.sheet)});
    return result;
}

}  // namespace

std::vector<ShelfState> shelves(db::ReadTx& tx) {
    return tx.rows<ShelfState>(
        "SELECT d.id, COALESCE(s.municipality_id, d.municipality_id), COALESCE(s.last_change, 0) AS changes FROM desks "
        "d LEFT JOIN consultation_shelves s ON s.desk_id = d.id ORDER BY changes DESC, d.id");
}

std::vector<LearnedSheet> before(db::ReadTx& tx, const Place& place, const Cursor& cursor, std::int64_t most) {
    return read(tx, place, cursor, most, "<", "DESC");
}

std::vector<LearnedSheet> behind(db::ReadTx& tx, const Place& place, const Cursor& cursor, std::int64_t most) {
    return read(tx, place, cursor, most, ">", "ASC");
}

}  // namespace tsunagi::suggestions::store
