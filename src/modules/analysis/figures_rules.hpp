// SPDX-License-Identifier: Apache-2.0
// Tables from counted rows: pure, without database and clock.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "modules/analysis/figures.hpp"
#include "modules/packs/packs_service.hpp"

namespace tsunagi::analysis {

/// How many consultations of a month share topic, profession and district.
struct CountedGroup {
    std::string month;
    std::string topic;
    std::string profession;
    std::string district;
    std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(CountedGroup, (), (month, topic, profession, district, count))

/// How many consultations of a month carry these marks, a re-listed item among them.
struct CountedMarks {
    std::string month;
    std::string marks;
    std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(CountedMarks, (), (month, marks, count))

/// A region below a municipality of the table; `column` is the region it is counted under.
struct CountedRegion {
    std::string id;
    std::string column;
    std::string name;
    bool is_column = false;  ///< stands in the head of the table even when nothing is counted
};

struct MonthSource {
    std::vector<CountedGroup> groups;
    std::vector<CountedMarks> marks;
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

[[nodiscard]] MonthTable month_table(const Period& period, const MonthSource& source, const packs::CodeBook& codes,
                                     const TableWords& words);

/// Withholds counts from 1 to 9, and beside a lone one a second, so that no sum of the table gives it away.
void suppress(MonthTable& table);

/// One case and the words of its marks.
struct MarkedCase {
    core::ConsultationId id;
    std::string marks;
};
BOOST_DESCRIBE_STRUCT(MarkedCase, (), (id, marks))

/// Columns, frequencies and combinations of the matrix; the cases themselves are filled in by the caller.
[[nodiscard]] Matrix matrix(const std::vector<MarkedCase>& cases, const Period& period, const packs::CodeBook& codes);

/// The codes of a scheme among the marks.
[[nodiscard]] std::vector<std::string> marked(const std::string& marks, const std::string& scheme);

}  // namespace tsunagi::analysis
