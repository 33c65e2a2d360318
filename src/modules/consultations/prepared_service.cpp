// SPDX-License-Identifier: Apache-2.0
#include "modules/consultations/prepared_service.hpp"

#include "core/sealing.hpp"
#include "modules/consultations/caller_store.hpp"
#include "modules/consultations/consultation_rules.hpp"
#include "modules/consultations/facts_store.hpp"
#include "modules/consultations/prepared_store.hpp"
#include "record/json_writer.hpp"

namespace tsunagi::consultations {
namespace {

constexpr std::int64_t dropped_at_once = 2000;
constexpr std::int64_t most_told = 100;

}  // namespace

PreparedService::PreparedService(db::Database& database, std::string person_key)
    : database_(database), person_key_(std::move(person_key)) {}

void PreparedService::prepare(db::WriteTx& tx, const std::string& batch, const std::vector<Prepared>& records) const {
    for (const Prepared& one : records) {
        std::optional<std::string> sealed;
        if (one.person) {
            sealed = core::seal(person_key_, record::to_json(*one.person),
                                "consultation_persons/" + one.consultation.id.str());
        }
        store::add_prepared(tx, batch, one, sealed, record::to_json(one.consultation.sheet));
    }
}

void PreparedService::discard(const std::string& batch) const {
    while (database_.write([&](db::WriteTx& tx) { return store::drop_prepared(tx, batch, dropped_at_once); }) > 0) {
    }
}

void PreparedService::discard_lines(db::WriteTx& tx, const std::string& batch,
                                    const std::vector<std::int64_t>& lines) const {
    store::drop_prepared_lines(tx, batch, lines);
}

std::vector<std::string> PreparedService::batches(db::ReadTx& tx) const {
    return store::prepared_batches(tx);
}

std::vector<RepeatedLine> PreparedService::repeated(db::ReadTx& tx, const std::string& batch) const {
    return store::repeated(tx, batch);
}

std::vector<NumbersTaken> PreparedService::take(db::WriteTx& tx, const std::string& batch, const Taking& taking) const {
    std::vector<NumbersTaken> result;
    const auto years = store::years(tx, batch);
    if (years.empty())
        return result;
    // One change for all of them: what keeps the desk in memory reads them together.
    const std::int64_t change = store::next_change(tx, years.front().desk_id, years.front().municipality_id);
    for (const auto& year : years) {
        const std::int64_t before = store::take_numbers(tx, year);
        store::insert_prepared(tx, batch, year, before, change, taking);
        result.push_back({.fiscal_year = year.fiscal_year,
                          .first = paper_number(year.fiscal_year, before + 1),
                          .last = paper_number(year.fiscal_year, before + year.count),
                          .count = year.count});
    }
    store::insert_prepared_parts(tx, batch, taking);
    return result;
}

void PreparedService::complete_callers() const {
    while (database_.write(store::write_searched)) {
    }
}

std::vector<RecordInUse> PreparedService::in_use(db::ReadTx& tx, const std::string& batch) const {
    return store::in_use(tx, batch, most_told);
}

std::int64_t PreparedService::take_back(db::WriteTx& tx, const std::string& batch) const {
    return store::remove_batch(tx, batch);
}

}  // namespace tsunagi::consultations
