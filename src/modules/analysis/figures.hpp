// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "modules/consultations/consultation.hpp"
#include "record/describe.hpp"
#include "record/types.hpp"

namespace tsunagi::analysis {

/// Which part of the table a column belongs to. Only the topics must add up to the total; re-listed items never do.
enum class ColumnGroup { total, topic, relisted, caller, district };
BOOST_DESCRIBE_ENUM(ColumnGroup, total, topic, relisted, caller, district)

struct MonthColumn {
    ColumnGroup group{};
    std::string code;  ///< code of the scheme, region id for districts; empty for the total and for "not filled in"
    std::string ja;
    std::string en;
};
BOOST_DESCRIBE_STRUCT(MonthColumn, (), (group, code, ja, en))

struct MonthRow {
    std::string month;                                ///< 2026-04; empty in the total row
    std::vector<std::optional<std::int64_t>> counts;  ///< one per column; null where a small count is withheld
};
BOOST_DESCRIBE_STRUCT(MonthRow, (), (month, counts))

/// A group whose columns do not add up to the consultations of the row, "not filled in" left out: shown in words beside
/// the table, never corrected silently.
struct SumCheck {
    std::string month;  ///< empty: the total row
    ColumnGroup group{};
    std::int64_t expected = 0;
    std::int64_t actual = 0;
    bool required = false;  ///< topics must match; callers and districts only warn
};
BOOST_DESCRIBE_STRUCT(SumCheck, (), (month, group, expected, actual, required))

/// 月次クロス集計 of 図8: months × (total, topics, re-listed, callers, districts). Drafts never count.
/// Districts are the regions directly below the municipality; whatever lies below one of them counts there.
/// A prefectural officer gets a column per municipality, and small counts are withheld.
struct MonthTable {
    core::Date from;
    core::Date to;
    bool suppressed = false;  ///< small counts are withheld, sums are not checked
    std::vector<MonthColumn> columns;
    std::vector<MonthRow> rows;
    MonthRow total;
    std::vector<SumCheck> checks;  ///< only those that fail
};
BOOST_DESCRIBE_STRUCT(MonthTable, (), (from, to, suppressed, columns, rows, total, checks))

struct MatrixColumn {
    std::string element;
    std::string group;
    std::string ja;
    std::string en;
    std::string group_ja;
    std::string group_en;
    std::int64_t count = 0;      ///< cases with any mark
    std::int64_t suspected = 0;  ///< of these, 疑い
};
BOOST_DESCRIBE_STRUCT(MatrixColumn, (), (element, group, ja, en, group_ja, group_en, count, suspected))

/// Two or more elements that stand together more often than chance would have it.
struct Combination {
    std::vector<std::string> elements;
    std::int64_t count = 0;
    double lift = 0;                          ///< observed ÷ expected if the elements were independent
    std::vector<core::ConsultationId> cases;  ///< those of the rows that show them
};
BOOST_DESCRIBE_STRUCT(Combination, (), (elements, count, lift, cases))

/// 事例×要素 of 図3 with the case behind every row: the cases that carry an element, or those that were named.
/// Counts and combinations are those of all such cases; the newest are rows.
struct Matrix {
    std::vector<MatrixColumn> columns;
    std::vector<consultations::CaseBackground> cases;
    std::int64_t filled = 0;  ///< non-empty cells in all
    std::vector<Combination> combinations;
    std::int64_t total = 0;  ///< cases that match
    bool truncated = false;  ///< not all of them are rows
};
BOOST_DESCRIBE_STRUCT(Matrix, (), (columns, cases, filled, combinations, total, truncated))

/// The filter of the list, and `cases` to name the rows of the matrix one by one. `limit` is how many rows it has,
/// 1 to 500, 100 when absent.
struct MatrixQuery : consultations::ConsultationFilter {
    std::vector<core::ConsultationId> cases;
};
BOOST_DESCRIBE_STRUCT(MatrixQuery, (consultations::ConsultationFilter), (cases))

/// `csv` is UTF-8 with a byte order mark, `csv_cp932` what older Excel reads.
enum class FileFormat { xlsx, csv, csv_cp932 };
BOOST_DESCRIBE_ENUM(FileFormat, xlsx, csv, csv_cp932)

enum class Language { ja, en };
BOOST_DESCRIBE_ENUM(Language, ja, en)

struct MonthExportQuery : consultations::ConsultationFilter {
    FileFormat format{};
    Language lang{};
};
BOOST_DESCRIBE_STRUCT(MonthExportQuery, (consultations::ConsultationFilter), (format, lang))

struct MatrixExportQuery : MatrixQuery {
    FileFormat format{};
    Language lang{};
};
BOOST_DESCRIBE_STRUCT(MatrixExportQuery, (MatrixQuery), (format, lang))

}  // namespace tsunagi::analysis
