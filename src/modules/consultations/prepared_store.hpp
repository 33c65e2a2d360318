// SPDX-License-Identifier: Apache-2.0
// SQL of consultations that come in many at once: prepared beside the records, then moved by statements over all of
// them.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "db/transaction.hpp"
#include "modules/consultations/prepared_service.hpp"

namespace tsunagi::consultations::store {

void add_prepared(db::WriteTx& tx, const std::string& batch, const Prepared& one,
                  const std::optional<std::string>& sealed, const std::string& sheet);
/// Takes away at most `most` of the batch; how many it were.
std::int64_t drop_prepared(db::WriteTx& tx, const std::string& batch, std::int64_t most);
void drop_prepared_lines(db::WriteTx& tx, const std::string& batch, const std::vector<std::int64_t>& lines);
[[nodiscard]] std::vector<std::string> prepared_batches(db::ReadTx& tx);

[[nodiscard]] std::vector<RepeatedLine> repeated(db::ReadTx& tx, const std::string& batch);

struct YearOfBatch {
    core::DeskId desk_id;
    core::RegionId municipality_id;
    std::int64_t fiscal_year = 0;
    std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(YearOfBatch, (), (desk_id, municipality_id, fiscal_year, count))

[[nodiscard]] std::vector<YearOfBatch> years(db::ReadTx& tx, const std::string& batch);
/// Reserves so many numbers of the desk and fiscal year; answers the last one given out before.
[[nodiscard]] std::int64_t take_numbers(db::WriteTx& tx, const YearOfBatch& year);
/// Makes records of the batch's year: the rows, their elements, versions, persons, follow-ups.
void insert_prepared(db::WriteTx& tx, const std::string& batch, const YearOfBatch& year, std::int64_t last_before,
                     std::int64_t change, const Taking& taking);
/// Everything beside the records: elements, versions, persons, follow-ups, callers, and the batch itself.
void insert_prepared_parts(db::WriteTx& tx, const std::string& batch, const Taking& taking);

/// Which of the batch's records were changed or are pointed to, at most `most`.
[[nodiscard]] std::vector<RecordInUse> in_use(db::ReadTx& tx, const std::string& batch, std::int64_t most);
/// Takes the records of the batch away with all their parts; how many there were.
std::int64_t remove_batch(db::WriteTx& tx, const std::string& batch);

}  // namespace tsunagi::consultations::store
