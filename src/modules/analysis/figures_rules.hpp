// SPDX-License-Identifier: Apache-2.0
// Tables from counted rows: pure, without database and clock.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "modules/analysis/figures.hpp"
#include "modules/consultations/consultation_service.hpp"
#include "modules/packs/packs_service.hpp"

namespace tsunagi::analysis {

/// How many consultations of a month carry the code; none stands for "not filled in".
struct CountedCode {
    std::string month;
    std::string code;
    std::int64_t count = 0;
};

/// A region below a municipality of the table; `column` is the region it is counted under.
struct CountedRegion {
    std::string id;
    std::string column;
    std::string name;
    bool is_column = false;  ///< stands in the head of the table even when nothing is counted
};

struct MonthSource {
    std::vector<CountedCode> all;  ///< without codes
    std::vector<CountedCode> topics;
    std::vector<CountedCode> relisted;
    std::vector<CountedCode> professions;
    std::vector<CountedCode> districts;
    std::vector<CountedRegion> regions;  ///< in tree order
};

/// The words of a table that no code has.
struct TableWords {
    packs::Label total;
    packs::Label not_filled_in;
};

/// First and last day of a table. Longer than 36 months is `invalid` at `?to`.
struct Period {
    core::Date from;
    core::Date to;
};

[[nodiscard]] Period period_of(const consultations::ConsultationFilter& filter, const core::Date& today);

/// What the month table needs to know of the records of a period; `regions` is filled in by the caller.
[[nodiscard]] MonthSource count_months(const consultations::Selection& selection, const Period& period);

[[nodiscard]] MonthTable month_table(const Period& period, const MonthSource& source, const packs::CodeBook& codes,
                                     const TableWords& words);

/// Withholds counts from 1 to 9, and beside a lone one a second, so that no sum of the table gives it away.
void suppress(MonthTable& table);

/// Columns, frequencies, combinations and total of the matrix over all records of the selection; its rows are filled in
/// by the caller.
[[nodiscard]] Matrix count_matrix(const consultations::Selection& selection, const Period& period,
                                  const packs::CodeBook& codes);

/// Names under each combination those of the rows that show it.
void name_cases(Matrix& matrix);

/// The numbers of all marks of a scheme that any record carries, each with its code.
[[nodiscard]] std::map<consultations::Numbering::Number, std::string> marks_of(const consultations::FactWords& words,
                                                                               const std::string& scheme);

}  // namespace tsunagi::analysis
